"""Sections of one report beside the sections of another that they resemble most."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.declaration import Column, Table
from workbench.measures.similarity import MEASURES, measure_similarity

MATCHED_SECTIONS = Table(
    "matched_sections",
    "section of a report",
    ("document_id", "section", "other_document_id"),
    {
        "document_id": Column("str", "report, REGION_YEAR"),
        "section": Column("int64", "number of the section"),
        "heading": Column("str", "its heading, empty where there is none", nullable=True),
        "start": Column("int64", "first character of the section", "characters"),
        "end": Column("int64", "after its last character", "characters"),
        "other_document_id": Column("str", "the report it is compared with"),
        "other_section": Column("Int64", "the section there that is most alike", nullable=True),
        "other_heading": Column("str", "its heading", nullable=True),
        "other_start": Column("Int64", "its first character", "characters", nullable=True),
        "other_end": Column("Int64", "after its last character", "characters", nullable=True),
        "measure": Column("str", "which similarity", codes=tuple(MEASURES)),
        "value": Column("float64", "similarity, 0 to 1", nullable=True),
    },
)


def match_sections(
    texts: Mapping[str, str],
    sections: pd.DataFrame,
    sentences: pd.DataFrame,
    pairs: pd.DataFrame,
    *,
    measure: str = "cosine_tfidf_bigrams",
    minimum_characters: int = 100,
) -> pd.DataFrame:
    """Find for each section of a report the section of another report that is most like it.

    The sections of the two reports are the collection that idf is computed over, so what both
    reports say everywhere weighs little.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sections, sentences : DataFrame
        SECTIONS and SENTENCES of the same texts.
    pairs : DataFrame
        document_id and other_document_id, as `pair_report` gives them.
    measure : str
        Of MEASURES, without tokens.
    minimum_characters : int
        Shorter sections, mostly headings, are left out.

    Returns
    -------
    DataFrame
        MATCHED_SECTIONS, in the order of the text; the counterpart is missing where the other report
        has no section that is long enough.
    """
    rows = [
        _match(texts, sections, sentences, one, other, measure, minimum_characters)
        for one, other in zip(pairs["document_id"], pairs["other_document_id"], strict=True)
    ]
    return MATCHED_SECTIONS.check(pd.concat(rows, ignore_index=True) if rows else MATCHED_SECTIONS.empty())


def _match(
    texts: Mapping[str, str],
    sections: pd.DataFrame,
    sentences: pd.DataFrame,
    document_id: str,
    other_document_id: str,
    measure: str,
    minimum_characters: int,
) -> pd.DataFrame:
    both = sections[sections["document_id"].isin([document_id, other_document_id])]
    both = both[both["end"] - both["start"] >= minimum_characters]
    units = both.assign(unit=both["document_id"] + "#" + both["section"].astype("str"))
    pieces = {row.unit: texts[row.document_id] for row in units.itertuples()}
    spans = sentences.merge(units[["document_id", "section", "unit"]], on=["document_id", "section"])
    spans = spans.assign(document_id=spans["unit"]).drop(columns="unit")
    own = units[units["document_id"] == document_id]
    others = units[units["document_id"] == other_document_id]
    crossed = (
        own[["unit"]]
        .merge(others[["unit"]], how="cross")
        .set_axis(["document_id", "other_document_id"], axis=1)
    )
    values = measure_similarity(pieces, spans, measures=[measure], pairs=crossed)
    best = values.sort_values("value", ascending=False, kind="stable").drop_duplicates("document_id")
    columns = ["unit", "section", "heading", "start", "end"]
    out = own[[*columns, "document_id"]].merge(
        best.rename(columns={"document_id": "unit", "other_document_id": "other_unit"}), on="unit", how="left"
    )
    out = out.merge(others[columns].add_prefix("other_"), on="other_unit", how="left")
    out = out.assign(other_document_id=other_document_id, measure=measure).fillna({"other_heading": ""})
    return out[list(MATCHED_SECTIONS.columns)]
