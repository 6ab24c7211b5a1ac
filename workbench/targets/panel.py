"""The target panel: per report and indicator, what is promised, what became of it, what the superior set."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from workbench.lexicons.reader import read_lexicon
from workbench.tables import TARGET_PANEL
from workbench.targets.cascade import add_superiors
from workbench.targets.commitment import code_constraint
from workbench.targets.fulfilment import Tolerance, add_results
from workbench.targets.horizons import is_average
from workbench.targets.panel_goals import GOAL_COLUMNS, choose_goals, find_annual_goals
from workbench.targets.unnumbered import find_unnumbered

_REGION = ["document_id", "region", "region_code", "level", "year"]


def build_target_panel(
    texts: Mapping[str, str],
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    statements: pd.DataFrame,
    *,
    indicators: pd.DataFrame | None = None,
    tolerance: Tolerance | None = None,
    commitment: str | Path = "commitment",
) -> pd.DataFrame:
    """Build the panel of annual targets, with their results and the superior's targets.

    A report has a row for each canonical indicator and measure of which it gives a target for its
    own plan year, and one row of form `absent` for each indicator in scope of which it gives none.
    `absent` means that none was found in this document: of an excerpt or a digest (`genre`) it says
    little. Averages and goals of five-year plans, figures of the year before and a superior's goals
    are not annual targets and are not in the panel.

    Forms: `stated` (a number), `relative` (in step with or faster than another indicator or another
    place), `delegated` (as assigned from above), `qualitative` (稳中提质, 正增长 …, no number),
    `absent`. Where a report names a target more than once, the headline list counts, and there the
    first value that is not itself striven for; `stretch` is true when a second, striven-for value or
    争取更好结果 follows in the clause, or ends the list; `stretch_value` is that second value. A decrease
    is a positive number with direction `down`, as in the statements. Where one indicator is given
    for several of its parts in one breath (化学需氧量、二氧化硫分别下降), the first stands.

    Ranges are compared by their lower numbers, middles and upper numbers (`gap_low`, `gap`,
    `gap_high`, and so for `amplification`).

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    documents, sentences, statements : DataFrame
        DOCUMENTS, SENTENCES and STATEMENTS of the same texts. A document without a year has no
        annual targets: all its rows are absent.
    indicators : DataFrame, optional
        The indicators in scope, by their `id`; by default all of `indicators.csv`. Targets of other
        indicators are left out.
    tolerance : Tolerance, optional
        What counts as reached; see `add_results` for the outcomes.
    commitment : str or Path
        What codes the wording as hard or soft; see `code_constraint`.

    Returns
    -------
    DataFrame
        TARGET_PANEL, in the order of documents, indicators and measures.
    """
    goals = list_goals(texts, documents, sentences, statements, indicators=indicators)
    return complete_panel(
        goals, documents, statements, indicators=indicators, tolerance=tolerance, commitment=commitment
    )


def list_goals(
    texts: Mapping[str, str],
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    statements: pd.DataFrame,
    *,
    indicators: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the rows of the panel as each report alone gives them; parameters as for the panel.

    Returns
    -------
    DataFrame
        GOAL_COLUMNS and `stretch`, absent goals among them.
    """
    scope = read_lexicon("indicators").table if indicators is None else indicators
    goals = find_annual_goals(texts, documents, statements)
    unnumbered = find_unnumbered(texts, sentences, goals)
    goals = pd.concat([goals, unnumbered], ignore_index=True) if len(unnumbered) else goals
    goals = goals[goals["indicator_id"].isin(scope["id"])]
    chosen = choose_goals(texts, goals, statements[["document_id", "start"]])
    return _add_absent(chosen, documents, scope)


def complete_panel(
    goals: pd.DataFrame,
    documents: pd.DataFrame,
    statements: pd.DataFrame,
    *,
    indicators: pd.DataFrame | None = None,
    tolerance: Tolerance | None = None,
    commitment: str | Path = "commitment",
) -> pd.DataFrame:
    """Put results and the superior's targets beside the goals of `list_goals`.

    `documents` and `statements` may be few: those of the goals, of the next reports and of the
    superiors' are enough.

    Returns
    -------
    DataFrame
        TARGET_PANEL.
    """
    scope = read_lexicon("indicators").table if indicators is None else indicators
    rows = goals.merge(documents[_REGION], on="document_id", validate="m:1")
    of_one_year = statements[~is_average(statements)]
    rows = add_results(rows, documents, of_one_year, tolerance=tolerance or Tolerance())
    rows = _compare_ends(add_superiors(rows, documents))
    rows["constraint"] = code_constraint(rows, mapping=commitment)["constraint"]
    return TARGET_PANEL.check(_in_order(rows, documents, scope)[list(TARGET_PANEL.columns)])


def _add_absent(chosen: pd.DataFrame, documents: pd.DataFrame, scope: pd.DataFrame) -> pd.DataFrame:
    pairs = pd.MultiIndex.from_product(
        [documents["document_id"], scope["id"]], names=["document_id", "indicator_id"]
    )
    found = pd.MultiIndex.from_frame(chosen[["document_id", "indicator_id"]])
    absent = pairs.difference(found).to_frame(index=False).assign(form="absent", stretch=False)
    columns = [*GOAL_COLUMNS, "stretch", "stretch_value"]
    rows = pd.concat([chosen[columns], absent.reindex(columns=columns)], ignore_index=True)
    words = ["indicator", "measure", "direction", "unit", "bound", "strength", "quote", "evidence"]
    rows[words] = rows[words].fillna("").astype("str")
    numbers = dict.fromkeys(("low", "high", "stretch_value"), "float64")
    return rows.astype({"stretch": "bool", "start": "Int64", "end": "Int64", **numbers})


def _compare_ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the middle, and gap and amplification at both ends of ranges."""
    reported = (rows["result_low"] + rows["result_high"]) / 2
    stated = rows["form"] == "stated"
    aim = reported - rows["gap"]  # of a target in step with the economy: what it stands for
    raised = rows["amplification"].notna()
    return rows.assign(
        middle=(rows["low"] + rows["high"]) / 2,
        gap_low=rows["result_low"] - rows["low"].where(stated, aim),
        gap_high=rows["result_high"] - rows["high"].where(stated, aim),
        amplification_low=(rows["low"] - rows["superior_low"]).where(raised),
        amplification_high=(rows["high"] - rows["superior_high"]).where(raised),
    )


def _in_order(rows: pd.DataFrame, documents: pd.DataFrame, scope: pd.DataFrame) -> pd.DataFrame:
    document = {name: number for number, name in enumerate(documents["document_id"])}
    indicator = {name: number for number, name in enumerate(scope["id"])}
    order = rows.assign(
        document_order=rows["document_id"].map(document), indicator_order=rows["indicator_id"].map(indicator)
    )
    return order.sort_values(["document_order", "indicator_order", "measure"], kind="stable")
