"""Statements brought together: headline targets, target beside result, counts."""

from __future__ import annotations

import pandas as pd

SUMMARY_KEY = ["document_id", "indicator_id", "measure"]


def headline_targets(statements: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the targets for canonical indicators: those for the plan year, then longer horizons.

    Parameters
    ----------
    statements, documents : DataFrame
        STATEMENTS, DOCUMENTS (for the year that each report plans for).

    Returns
    -------
    DataFrame
        The rows of `statements` with an `indicator_id` and status target; within a horizon in the
        order of the text.
    """
    chosen = statements[(statements["status"] == "target") & (statements["indicator_id"] != "")]
    years = documents.set_index("document_id")["year"].astype("str")
    later = chosen["period"] != chosen["document_id"].map(years)
    order = chosen.assign(later=later).sort_values(["document_id", "later", "start"])
    return order.drop(columns="later").reset_index(drop=True)


def pair_results(statements: pd.DataFrame) -> pd.DataFrame:
    """Set beside each numeric headline target the result that the same report states.

    A report of year Y gives the result of Y-1 and the target for Y; where a result is stated
    several times (half-year and year) the one with the longest period counts, then the first.

    Returns
    -------
    DataFrame
        One row per document, canonical indicator and measure with a target:
        document_id, indicator_id, measure, low, high, unit, bound, start, end, quote, evidence and,
        where stated, result_low, result_high, result_bound, result_start, result_end,
        result_quote, result_evidence (else missing).
    """
    columns = ["low", "high", "bound", "start", "end", "quote", "evidence"]
    numeric = statements[(statements["kind"] == "numeric") & (statements["indicator_id"] != "")]
    targets = numeric[numeric["status"] == "target"].drop_duplicates(SUMMARY_KEY)
    results = numeric[numeric["status"] == "result"].assign(part_year=lambda f: f["period"].str.len() != 4)
    results = results.sort_values(["part_year", "start"], kind="stable").drop_duplicates(SUMMARY_KEY)
    results = results[SUMMARY_KEY + columns].rename(columns={name: f"result_{name}" for name in columns})
    paired = targets[[*SUMMARY_KEY, "unit", *columns]].merge(results, on=SUMMARY_KEY, how="left")
    return paired.sort_values(["document_id", "start"]).reset_index(drop=True)


def count_statements(statements: pd.DataFrame, *, by: list[str]) -> pd.DataFrame:
    """Count statements by columns, every combination of the codes found as a row, zeros too.

    Returns
    -------
    DataFrame
        The columns of `by` and `count` (statements).
    """
    levels = [sorted(statements[name].unique()) for name in by]
    counts = statements.groupby(by).size()
    if len(by) > 1:
        counts = counts.reindex(pd.MultiIndex.from_product(levels, names=by), fill_value=0)
    return counts.rename("count").reset_index()
