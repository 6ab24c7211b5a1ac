"""Statements brought together: headline targets, target beside result, counts."""

from __future__ import annotations

import pandas as pd

from workbench.targets.horizons import is_average
from workbench.targets.stages import first_of_stage

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


def pair_results(panel: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Set beside each target of the plan year the result that the same report states for the year before.

    Parameters
    ----------
    panel, statements : DataFrame
        TARGET_PANEL and STATEMENTS of the same documents.

    Returns
    -------
    DataFrame
        The rows of `panel` that are not absent and, where the report states the same indicator,
        measure and unit as a result of the year before (the first, that of the review before
        others, of the same stage of building): result_low, result_high, result_bound,
        result_direction, result_start, result_end, result_quote, result_evidence (else missing). A
        half-year's result and an average of years are none of the year.
    """
    columns = ["low", "high", "bound", "direction", "start", "end", "quote", "evidence"]
    promised = panel[panel["form"] != "absent"].drop(columns=["result_low", "result_high"])
    year = statements["document_id"].map(panel.groupby("document_id")["year"].first())
    reviewed = (year.astype("Int64") - 1).astype("string").fillna("")
    results = statements[
        (statements["kind"] == "numeric")
        & (statements["indicator_id"] != "")
        & (statements["status"] == "result")
        & (statements["period"] == reviewed)
        & (reviewed != "")
        & ~is_average(statements)
    ]
    results = results.assign(elsewhere=results["part"] != "review").sort_values(["elsewhere", "start"])
    keys = [*SUMMARY_KEY, "unit"]
    promised = promised.reset_index(drop=True)
    first = first_of_stage(promised, results[keys + columns], keys)[columns]
    return promised.join(first.add_prefix("result_"))


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
