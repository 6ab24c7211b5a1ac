"""What is typical of a report against a chosen reference, with an interval that knows how words cluster."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.dispersion import score_dispersion
from workbench.measures.frequency import count_matrix
from workbench.measures.typical import find_typical_terms

Units = tuple[np.ndarray, np.ndarray]
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
        TERM_COUNTS that hold report and reference, narrowed by `select_terms`.
    tokens, sentences : DataFrame
        TOKENS and SENTENCES of the same corpus.
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
    held = counts[counts["document_id"].isin([document_id, *reference])]
    terms = find_typical_terms(held, target=[document_id], reference=reference, minimum_count=minimum_count)
    if terms.empty:
        return TYPICALITY.empty()
    names = terms["term"].tolist()
    mine = tokens[tokens["document_id"] == document_id]
    sections = _lay_out(_count_by_section(mine, held, sentences), names)
    reports = _lay_out(held[held["document_id"] != document_id], names)
    others = reports
    if len(reports[1]) < 5:
        theirs = tokens[tokens["document_id"].isin(list(reference))]
        others = _lay_out(_count_by_section(theirs, held, sentences), names)
    ends = _bootstrap(sections, others, seed)
    out = _describe_spread(terms.assign(low=ends[0], high=ends[1]), sections, reports)
    out = out.merge(_first_places(mine), on="term", how="left")
    up = out["log_ratio"] > 0
    least = min(minimum_spread, max(len(reports[1]), 1))
    certain = np.where(up, out["low"] > 0, out["high"] < 0)
    spread = np.where(up, out["target_sections"], out["reference_documents"]) >= least
    out = out[certain & spread]
    out = out.sort_values(["g2", "term"], ascending=[False, True])
    out = pd.concat([out[out["g2"] > 0], out[out["g2"] < 0].iloc[::-1]])
    return TYPICALITY.check(out[list(TYPICALITY.columns)])


def _count_by_section(tokens: pd.DataFrame, counts: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return TERM_COUNTS of sections in the place of documents, of the terms in `counts`."""
    kept = set(counts["term"].astype("str").unique())
    used = tokens[tokens["token"].isin(kept)].astype({"document_id": "str"})
    used = used.merge(sentences[["document_id", "sentence", "section"]], on=["document_id", "sentence"])
    unit = used["document_id"] + "#" + used["section"].astype("str")
    table = pd.DataFrame({"document_id": unit, "term": used["token"].astype("str")})
    return table.groupby(["document_id", "term"]).size().rename("count").reset_index()


def _lay_out(counts: pd.DataFrame, terms: list[str]) -> Units:
    """Return the counts of the terms, units × terms, and the sizes of the units in all their terms."""
    sizes = counts.groupby("document_id", observed=True)["count"].sum()
    sizes.index = sizes.index.astype("str")
    table = count_matrix(counts[counts["term"].isin(terms)], documents=list(sizes.index))
    return table.reindex(columns=terms, fill_value=0).to_numpy(dtype=float), sizes.to_numpy(dtype=float)


def _bootstrap(target: Units, reference: Units, seed: int) -> np.ndarray:
    """Return the ends of the interval of the log ratio of each term, units drawn with replacement."""
    rng = np.random.default_rng(seed)
    rates = []
    for table, sizes in (target, reference):
        units = len(sizes)
        weights = rng.multinomial(units, np.full(units, 1 / units), size=_DRAWS)
        rates.append(np.maximum(weights @ table, 0.5) / np.maximum(weights @ sizes, 1.0)[:, None])
    ratios = np.log2(rates[0] / rates[1])
    return np.asarray(np.percentile(ratios, [2.5, 97.5], axis=0))


def _describe_spread(terms: pd.DataFrame, sections: Units, reports: Units) -> pd.DataFrame:
    """Add in how many sections and reports the terms stand, and how evenly."""
    here, there = sections[0], reports[0]
    rates = there / reports[1][:, None]
    rate = here.sum(axis=0) / sections[1].sum()
    return terms.assign(
        target_sections=(here > 0).sum(axis=0),
        reference_documents=(there > 0).sum(axis=0),
        documents=len(there),
        rarer_in=(rates < rate).mean(axis=0),
        dp_norm=score_dispersion(there.T, reports[1])["dp_norm"].to_numpy(),
    )


def _first_places(tokens: pd.DataFrame) -> pd.DataFrame:
    ordered = tokens.astype({"token": "str"}).sort_values("start")
    first = ordered.drop_duplicates("token")[["token", "start", "end"]].rename(columns={"token": "term"})
    return first.astype({"start": "Int64", "end": "Int64"})
