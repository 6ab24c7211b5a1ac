"""What became of the targets: the results that next year's report of the region states."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.corpus.variants import name_variants, offer_variants
from workbench.lexicons.reader import read_lexicon
from workbench.targets.stages import first_of_stage

RATES = ("growth", "share")
COMPARABLE_TIMES = 4.0
"""A level reported at more than so many times its target, or less than that part of it, measures
something else (a stock beside a flow, 累计 beside 新建; the whole beside a part) and is not judged."""


@dataclass(frozen=True)
class Tolerance:
    """How near counts as reached.

    Parameters
    ----------
    about_points : float
        Of rates (growth, share): percentage points by which a target with 左右 may be missed or
        passed and still be met. Targets lie on a grid of half points, so 0.25 is the distance within
        which a result rounds to its target.
    about_share : float
        Of levels and increments with 左右 or 约: the same as a share of the target.
    step_points : float
        Percentage points by which a rate may differ from the growth of the economy and still be in
        step with it (与经济增长同步).
    """

    about_points: float = 0.25
    about_share: float = 0.05
    step_points: float = 0.5


def choose_versions(documents: pd.DataFrame) -> pd.DataFrame:
    """Return one document for each known region and year: the full report, else the longest, else the first.

    Two versions of one report (an excerpt beside the full text) each keep their own rows in the
    panel, but only one of them can be the next report, or the superior's, of another.
    """
    dated = documents[documents["year"].notna() & (documents["region"].fillna("") != "")]
    ranked = dated.assign(full=dated["genre"].fillna("") == "full report").sort_values(
        ["full", "characters", "document_id"], ascending=[False, False, True]
    )
    return ranked.drop_duplicates(["region", "year"])


def add_results(
    panel: pd.DataFrame, documents: pd.DataFrame, statements: pd.DataFrame, *, tolerance: Tolerance
) -> pd.DataFrame:
    """Put beside each target what the region's next report says of it.

    The next report is the one for the year after the target's; if the corpus lacks it, the outcome
    is `no report` (a later report is not searched). Its result is the first statement with status
    `result`, the same indicator, measure and unit, and the target's year as period, in the review
    before other parts, and of the way of measuring that the target names (registered unemployment); one
    with a bound (20%以上) counts as its number. What is begun is not held against what is finished
    (`first_of_stage`: 开工5万套, 建成3万套). Signs follow the target: where it is a decrease and the result
    an increase, the result is negative.

    Outcomes: `missed` when worse than the worst number that the target allows, `exceeded` when
    better than the best that it names, else `met`. Both are the number itself, but for 左右 (the
    number less and more the tolerance) and ranges (their ends). Better is higher or lower as
    `orientation.csv` says; what only has a ceiling is met or missed. A target in step with, or
    faster than, the own economy is held against the growth of the economy in the same report.
    `reported without a number`: the next report speaks of the indicator for that year, but with
    no number in the target's measure and unit, or with one that cannot be of the same thing
    (`COMPARABLE_TIMES`). Other targets without a number, and absent ones,
    have no outcome.

    Returns
    -------
    DataFrame
        `panel` with result_document_id, result_low, result_high, gap, outcome.
    """
    following = choose_versions(documents).assign(year=lambda d: d["year"] - 1)
    following = following[["region", "year", "document_id"]].rename(
        columns={"document_id": "result_document_id"}
    )
    out = panel.merge(following, on=["region", "year"], how="left")
    results = list_results(documents, statements)
    out = _match_numbers(out, results)
    out = _hold_against_economy(out, results)
    out["gap"] = (out["result_low"] + out["result_high"]) / 2 - (out["aim_low"] + out["aim_high"]) / 2
    out["outcome"] = _judge(out, _mentioned(out, results), tolerance)
    out["result_document_id"] = out["result_document_id"].fillna("")
    return out.drop(columns=["aim_low", "aim_high"])


def list_results(documents: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return what each report states of the year before its plan year, the review first.

    Of a document, indicator, measure and unit `add_results` takes the first row, or the first of a stage.
    """
    years = (documents.set_index("document_id")["year"].astype("Int64") - 1).astype("string")
    reviewed = statements["document_id"].map(years).fillna("")
    rows = statements[
        (statements["status"] == "result")
        & (statements["indicator_id"].fillna("") != "")
        & (statements["period"].fillna("") == reviewed)
        & (reviewed != "")
    ]
    rows = rows.assign(elsewhere=rows["part"] != "review")
    return rows.sort_values(["document_id", "elsewhere", "start"])


def _match_numbers(panel: pd.DataFrame, results: pd.DataFrame) -> pd.DataFrame:
    numbers = results[results["kind"] == "numeric"].rename(columns={"document_id": "result_document_id"})
    numbers = offer_variants(numbers)
    keys = ["result_document_id", "indicator_id", "measure", "unit", "variant"]
    columns = [*keys, "low", "high", "direction", "quote", "evidence"]
    asked = panel.assign(
        unit=panel["unit"].where(panel["form"] != "relative", "%"),
        variant=name_variants(panel["indicator_id"], panel["indicator"]),
    )
    taken = first_of_stage(asked, numbers[columns], keys)[["low", "high", "direction"]]
    taken.columns = ["result_low", "result_high", "direction_of_result"]
    out = panel.join(taken)
    against = (
        (out["direction"].fillna("") != "")
        & (out["direction_of_result"].fillna("") != "")
        & (out["direction"] != out["direction_of_result"])
    )
    low, high = out["result_low"].copy(), out["result_high"].copy()
    out["result_low"] = low.where(~against, -high)
    out["result_high"] = high.where(~against, -low)
    times = (low + high) / (out["low"] + out["high"])
    alien = (out["measure"] == "level") & ((times > COMPARABLE_TIMES) | (times < 1 / COMPARABLE_TIMES))
    unjudged = ~out["form"].isin(["stated", "relative"]) | alien
    out.loc[unjudged, ["result_low", "result_high"]] = np.nan
    return out.drop(columns="direction_of_result")


def _hold_against_economy(panel: pd.DataFrame, results: pd.DataFrame) -> pd.DataFrame:
    """Give the number that a target stands for: its own, or the growth of the own economy."""
    economy = results[
        (results["indicator_id"] == "gdp")
        & (results["measure"] == "growth")
        & (results["kind"] == "numeric")
        & (results["unit"] == "%")
    ].drop_duplicates("document_id")
    sign = np.where(economy["direction"] == "down", -1.0, 1.0)
    growth = pd.Series(((economy["low"] + economy["high"]) / 2 * sign).to_numpy(), economy["document_id"])
    own = (
        (panel["form"] == "relative")
        & (panel["measure"] == "growth")
        & panel["quote"].fillna("").str.contains("经济|GDP|生产总值")
        & ~panel["quote"].fillna("").str.contains("全国|全[省市区县州盟]|平均|[上去]年")
    )
    implied = panel["result_document_id"].map(growth).where(own)
    low = panel["low"].where(panel["form"] == "stated", implied)
    high = panel["high"].where(panel["form"] == "stated", implied)
    return panel.assign(aim_low=low, aim_high=high)


def orient(panel: pd.DataFrame) -> tuple[pd.Series, np.ndarray]:
    """Tell which way each target is to move.

    Parameters
    ----------
    panel : DataFrame
        indicator_id and direction: a decrease is written as a positive number, so that more of it is
        better.

    Returns
    -------
    better, sign
        `higher`, `lower` or `ceiling` of `orientation.csv`; 1.0 where a higher number asks for more
        of the indicator's purpose, else -1.0.
    """
    orientation = read_lexicon("orientation").table.set_index("indicator_id")["better"]
    better = panel["indicator_id"].map(orientation).fillna("higher")
    falling = (better == "lower") & (panel["direction"].fillna("") != "down")
    return better, np.where(falling | (better == "ceiling"), -1.0, 1.0)


def _judge(panel: pd.DataFrame, mentioned: pd.Series, tolerance: Tolerance) -> pd.Series:
    better, sign = orient(panel)
    slack = np.where(
        panel["measure"].isin(RATES), tolerance.about_points, tolerance.about_share * panel["aim_low"].abs()
    )
    slack = np.where(panel["bound"] == "about", slack, 0.0)
    slack = np.where(panel["bound"] == "in_step", tolerance.step_points, slack)
    ends = np.sort(np.stack([sign * panel["aim_low"], sign * panel["aim_high"]]), axis=0)
    result = sign * (panel["result_low"] + panel["result_high"]) / 2
    tiny = 1e-9
    worse = result < ends[0] - slack - tiny
    surpassed = (result > ends[1] + slack + tiny) & (better != "ceiling")
    surpassed &= panel["bound"] != "faster_than"
    at_par = (panel["bound"] == "faster_than") & (result <= ends[0] + tiny)
    worse |= at_par & ~panel["quote"].fillna("").str.contains("不低于|不慢于")
    outcome = pd.Series(
        np.select([worse, surpassed], ["missed", "exceeded"], "met"), index=panel.index, dtype="str"
    )
    judged = panel["aim_low"].notna() & panel["result_low"].notna()
    silent = np.where(mentioned, "reported without a number", "not reported")
    outcome = outcome.where(judged, pd.Series(silent, index=panel.index))
    outcome = outcome.where(panel["result_document_id"].notna(), "no report")
    countable = (panel["form"] == "stated") | (panel["aim_low"].notna()) | (outcome == "no report")
    return outcome.where(countable & (panel["form"] != "absent"), "")


def _mentioned(panel: pd.DataFrame, results: pd.DataFrame) -> pd.Series:
    spoken = set(zip(results["document_id"], results["indicator_id"], strict=True))
    pairs = zip(panel["result_document_id"], panel["indicator_id"], strict=True)
    return pd.Series([pair in spoken for pair in pairs], index=panel.index)
