"""Each report beside its superior's of this and the last year, and its own of a year ago."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.measures.similarity import MEASURES, measure_similarity

RELATIONS = ("superior of the year", "superior a year before", "oneself a year before")
MISSING = ("no superior", "no such report in the corpus", "year unknown", "no text to compare")

RELATIVES = Table(
    "relatives",
    "report, relation and measure",
    ("document_id", "relation", "measure"),
    {
        "document_id": Column("str", "report, REGION_YEAR"),
        "region": Column("str", "region that reports"),
        "year": Column("Int64", "year that the report plans for", "year", nullable=True),
        "relation": Column("str", "whom it is compared with", codes=RELATIONS),
        "other_document_id": Column("str", "the report it is compared with", nullable=True),
        "measure": Column("str", "which similarity", codes=tuple(MEASURES)),
        "value": Column("float64", "similarity, 0 to 1", nullable=True),
        "reason": Column("str", "why there is no value", codes=MISSING, nullable=True),
        "caution": Column("str", "what makes the value doubtful", nullable=True),
    },
)


def pair_relatives(documents: pd.DataFrame) -> pd.DataFrame:
    """Pair each report with its superior's of the year and of the year before, and with its own last.

    A report of January can take over from the superior's of the year before, hardly from the one of
    the year, where that is read later (the State Council reports in March).

    Returns
    -------
    DataFrame
        One row a pair: document_id, other_document_id, relation (of RELATIONS). Of two versions of
        a report each is paired with each.
    """
    known = documents["year"].notna() & (documents["region"].fillna("") != "")
    dated = documents.loc[known, ["document_id", "region", "parent", "year"]]
    others = dated[["document_id", "region", "year"]].rename(columns={"document_id": "other_document_id"})
    superiors = others.rename(columns={"region": "parent"})
    found = [
        dated.merge(superiors, on=["parent", "year"]),
        dated.merge(superiors.assign(year=superiors["year"] + 1), on=["parent", "year"]),
        dated.merge(others.assign(year=others["year"] + 1), on=["region", "year"]),
    ]
    named = [frame.assign(relation=name) for frame, name in zip(found, RELATIONS, strict=True)]
    columns = ["document_id", "other_document_id", "relation"]
    return pd.concat(named, ignore_index=True)[columns].sort_values(columns, ignore_index=True)


def pair_report(documents: pd.DataFrame, document_id: str, *, relation: str = "") -> pd.DataFrame:
    """Pair one report with all others, or with the one that stands in a relation to it.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS.
    document_id : str
    relation : str
        Of RELATIONS: at most one pair, of two versions the full and longer one. "" takes all.

    Returns
    -------
    DataFrame
        document_id, other_document_id; without rows where the corpus has no such report.
    """
    if not relation:
        others = documents.loc[documents["document_id"] != document_id, "document_id"]
        return pd.DataFrame({"document_id": document_id, "other_document_id": others.to_numpy()})
    others = _choose_versions(documents[documents["document_id"] != document_id])
    own = documents[documents["document_id"] == document_id]
    pairs = pair_relatives(pd.concat([own, others]))
    found = pairs[(pairs["document_id"] == document_id) & (pairs["relation"] == relation)]
    return found[["document_id", "other_document_id"]].reset_index(drop=True)


def compare_relatives(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    regions: Sequence[str] = (),
    measures: Sequence[str] = ("share_in_other", "containment_shingles"),
    parts: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Measure how alike reports are to their superior's and to their own of a year ago.

    Every report of the regions has a row for each relation; where there is nothing to compare with,
    `reason` says why in the place of the number. Of two versions of a report the full and longer one
    is compared; a pair of unlike genres is measured and marked in `caution`.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences, documents : DataFrame
        SENTENCES and DOCUMENTS of the same texts.
    regions : sequence of str
        Reports of these regions only; all where empty.
    measures : sequence of str
        Of MEASURES without tokens. A cosine depends on the texts compared here.
    parts : sequence of str, optional
        Compare these parts of the reports only.

    Returns
    -------
    DataFrame
        RELATIVES, by region, year and relation.
    """
    versions = _choose_versions(documents)
    own = versions[versions["region"].isin(list(regions))] if len(regions) else versions
    pairs = pair_relatives(versions)
    asked = own[["document_id", "region", "parent", "year", "genre"]].merge(
        pd.Series(RELATIONS, name="relation"), how="cross"
    )
    asked = asked.merge(pairs, on=["document_id", "relation"], how="left")
    found = asked.dropna(subset=["other_document_id"])
    used = set(found["document_id"]) | set(found["other_document_id"])
    some = {name: text for name, text in texts.items() if name in used}
    spans = sentences[sentences["document_id"].isin(used)]
    values = measure_similarity(some, spans, measures=measures, parts=parts, pairs=found)
    rows = asked.merge(pd.Series(list(measures), name="measure"), how="cross")
    rows = rows.merge(values, on=["document_id", "other_document_id", "measure"], how="left")
    genres = versions.set_index("document_id")["genre"]
    other = rows["other_document_id"].map(genres).fillna("")
    unlike = rows["value"].notna() & (other != rows["genre"].fillna(""))
    rows["caution"] = np.where(unlike, "unlike genres: " + rows["genre"].fillna("") + " / " + other, "")
    rows["reason"] = _explain(rows)
    rows["other_document_id"] = rows["other_document_id"].fillna("")
    rows = rows.assign(order=rows["relation"].map({name: k for k, name in enumerate(RELATIONS)}))
    rows = rows.sort_values(["region", "year", "order", "measure"], na_position="first")
    return RELATIVES.check(rows[list(RELATIVES.columns)])


def _choose_versions(documents: pd.DataFrame) -> pd.DataFrame:
    """Keep one report of a region and year, the full and longest; those without a year all stay."""
    ranked = documents.assign(full=documents["genre"].fillna("") == "full report")
    ranked = ranked.sort_values(["full", "characters", "document_id"], ascending=[False, False, True])
    repeated = ranked.duplicated(["region", "year"]) & ranked["year"].notna()
    return ranked[~repeated].sort_index().drop(columns="full")


def _explain(rows: pd.DataFrame) -> np.ndarray:
    up = rows["relation"] != RELATIONS[2]
    conditions = [
        rows["value"].notna(),
        rows["year"].isna(),
        up & (rows["parent"].fillna("") == ""),
        rows["other_document_id"].isna(),
    ]
    return np.select(conditions, ["", MISSING[2], MISSING[0], MISSING[1]], MISSING[3])
