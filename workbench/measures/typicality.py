"""What is typical of a report against a chosen reference, with an interval that knows how words cluster."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.dispersion import measure_dispersion
from workbench.measures.frequency import count_matrix
from workbench.measures.typical import find_typical_terms

_DRAWS = 500
REFERENCES = ("others", "year", "level", "province", "past")

TYPICALITY = Table(
    "typicality",
    "term",
    ("term",),
    {
        "term": Column("str", "term"),
        "target_count": Column("int64", "count in the report", "tokens"),
        "reference_count": Column("int64", "count in the reference", "tokens"),
        "log_ratio": Column("float64", "log2 of the relative frequencies, 0 as 0.5 (Hardie 2014)"),
        "low": Column("float64", "lower end of its bootstrap interval"),
        "high": Column("float64", "upper end of its bootstrap interval"),
        "g2": Column("float64", "log likelihood, four cells (Dunning 1993), signed"),
        "p_adjusted": Column("float64", "p of g2, Benjamini-Hochberg", "0..1"),
        "target_sections": Column("int64", "sections of the report that hold it", "sections"),
        "reference_documents": Column("int64", "reports of the reference that hold it", "documents"),
        "documents": Column("int64", "reports of the reference", "documents"),
        "rarer_in": Column("float64", "share of them in which it is rarer than here", "0..1"),
        "dp_norm": Column("float64", "DPnorm over them; 0 even, 1 in one", "0..1", nullable=True),
        "start": Column("Int64", "first occurrence in the report", "characters", nullable=True),
        "end": Column("Int64", "after its last character", "characters", nullable=True),
    },
)


def choose_reference(documents: pd.DataFrame, document_id: str, *, reference: str = "others") -> list[str]:
    """Return the reports that one report is held against.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS.
    document_id : str
    reference : {"others", "year", "level", "province", "past"}
        All others; those of its year; those of its level and year; those of its province and year,
        the province's own among them; its own of earlier years.

    Returns
    -------
    list of str
        document_ids, in the order of `documents`; empty where the corpus has none.

    Raises
    ------
    ParameterError
        Unknown reference or document.
    """
    if reference not in REFERENCES:
        raise ParameterError(f"reference: expected one of {', '.join(REFERENCES)}; found {reference!r}.")
    found = documents[documents["document_id"] == document_id]
    if found.empty:
        raise ParameterError(f"document_id: expected one of the documents, found {document_id!r}.")
    me = found.iloc[0]
    others = documents[documents["document_id"] != document_id]
    same_year = (others["year"] == me["year"]).fillna(False).astype(bool)
    province = others["province"].fillna("") == (me["province"] or "none")
    chosen = {
        "others": pd.Series(True, index=others.index),
        "year": same_year,
        "level": same_year & (others["level"] == me["level"]),
        "province": same_year & province,
        "past": (others["region"] == me["region"]) & (others["year"] < me["year"]).fillna(False).astype(bool),
    }[reference]
    return others.loc[chosen, "document_id"].tolist()


def measure_typicality(
    counts: pd.DataFrame,
    tokens: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    document_id: str,
    reference: Collection[str],
    minimum_count: int = 5,
    minimum_spread: int = 2,
    seed: int = 1,
) -> pd.DataFrame:
    """Find the terms that mark a report against a reference, allowing for how words cluster.

    Words come in bunches, so a test that takes each token for a draw finds too much (Lijffijt et al.
    2016). Returned are terms that pass three hurdles: G² adjusted for many tests; a bootstrap interval
    of the log ratio that leaves out 0, for which the sections of the report and the reports of the
    reference (with fewer than five of them, their sections) are drawn anew; and a spread over at
    least `minimum_spread` sections of the report, or reports of the reference where the term marks those.

    Parameters
    ----------
    counts : DataFrame
        TERM_COUNTS of report and reference, narrowed by `select_terms`.
    tokens, sentences : DataFrame
        TOKENS and SENTENCES of the same reports.
    document_id : str
        The report.
    reference : collection of str
        document_ids, as `choose_reference` gives them. Without any the table is empty.
    minimum_count, minimum_spread : int
    seed : int
        State that the 500 bootstrap samples are drawn from; the interval is of 95 %, by percentiles.

    Returns
    -------
    DataFrame
        TYPICALITY, by the size of G², those that mark the report first.

    References
    ----------
    Lijffijt, Nevalainen, Säily, Papapetrou, Puolamäki and Mannila (2016), Significance testing of word
    frequencies in corpora, Digital Scholarship in the Humanities 31(2): 374-397.
    """
    terms = find_typical_terms(counts, target=[document_id], reference=reference, minimum_count=minimum_count)
    if terms.empty:
        return TYPICALITY.empty()
    held = counts[counts["document_id"].isin([document_id, *reference])]
    places = tokens[tokens["document_id"].isin([document_id, *reference])]
    sections = _count_by_section(places[places["document_id"] == document_id], held, sentences)
    own = count_matrix(held[held["document_id"] != document_id])
    others = own
    if len(own) < 5:
        others = _count_by_section(places[places["document_id"] != document_id], held, sentences)
    ends = _bootstrap(sections, others, terms["term"].tolist(), seed)
    out = terms.assign(low=ends[0], high=ends[1])
    out = _describe_spread(out, sections, own, held[held["document_id"] != document_id])
    out = out.merge(_first_places(places, document_id), on="term", how="left")
    up = out["log_ratio"] > 0
    certain = np.where(up, out["low"] > 0, out["high"] < 0)
    spread = np.where(up, out["target_sections"], out["reference_documents"]) >= min(
        minimum_spread, max(len(own), 1)
    )
    out = out[certain & spread]
    out = out.sort_values(["g2", "term"], ascending=[False, True])
    out = pd.concat([out[out["g2"] > 0], out[out["g2"] < 0].iloc[::-1]])
    return TYPICALITY.check(out[list(TYPICALITY.columns)])


def _count_by_section(tokens: pd.DataFrame, counts: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return sections × terms of the terms in `counts`."""
    kept = set(counts["term"].astype("str").unique())
    used = tokens[tokens["token"].isin(kept)].astype({"document_id": "str"})
    used = used.merge(sentences[["document_id", "sentence", "section"]], on=["document_id", "sentence"])
    unit = used["document_id"] + "#" + used["section"].astype("str")
    table = pd.DataFrame({"document_id": unit, "term": used["token"].astype("str")})
    sizes = table.groupby(["document_id", "term"]).size().rename("count").reset_index()
    return count_matrix(sizes)


def _bootstrap(target: pd.DataFrame, reference: pd.DataFrame, terms: list[str], seed: int) -> np.ndarray:
    """Return the ends of the interval of the log ratio of each term, units drawn with replacement."""
    rng = np.random.default_rng(seed)
    rates = []
    for table in (target, reference):
        units = len(table)
        weights = rng.multinomial(units, np.full(units, 1 / units), size=_DRAWS)
        counts = weights @ table.reindex(columns=terms, fill_value=0).to_numpy(dtype=float)
        sizes = weights @ table.to_numpy(dtype=float).sum(axis=1)
        rates.append(np.maximum(counts, 0.5) / np.maximum(sizes, 1.0)[:, None])
    ratios = np.log2(rates[0] / rates[1])
    return np.asarray(np.percentile(ratios, [2.5, 97.5], axis=0))


def _describe_spread(
    terms: pd.DataFrame, sections: pd.DataFrame, own: pd.DataFrame, counts: pd.DataFrame
) -> pd.DataFrame:
    """Add in how many sections and reports the terms stand, and how evenly."""
    names = terms["term"].tolist()
    here = sections.reindex(columns=names, fill_value=0)
    there = own.reindex(columns=names, fill_value=0)
    rates = there.div(own.sum(axis=1), axis=0).to_numpy()
    rate = (here.sum(axis=0) / sections.to_numpy().sum()).to_numpy()
    dispersion = measure_dispersion(counts, minimum_count=1)[["term", "dp_norm"]]
    out = terms.assign(
        target_sections=(here > 0).sum(axis=0).to_numpy(),
        reference_documents=(there > 0).sum(axis=0).to_numpy(),
        documents=len(own),
        rarer_in=(rates < rate).mean(axis=0),
    )
    return out.merge(dispersion, on="term", how="left")


def _first_places(tokens: pd.DataFrame, document_id: str) -> pd.DataFrame:
    mine = tokens[tokens["document_id"] == document_id].astype({"token": "str"}).sort_values("start")
    first = mine.drop_duplicates("token")[["token", "start", "end"]].rename(columns={"token": "term"})
    return first.astype({"start": "Int64", "end": "Int64"})
