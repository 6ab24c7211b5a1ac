"""Goals of the plan year: which statements count as annual targets, and which of several is taken."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from workbench.lexicons.reader import read_lexicon
from workbench.targets.horizons import UNLIKELY_PARTS, is_annual

GOAL_COLUMNS = (
    "document_id",
    "sentence",
    "part",
    "indicator_id",
    "indicator",
    "form",
    "measure",
    "direction",
    "low",
    "high",
    "unit",
    "bound",
    "strength",
    "quote",
    "evidence",
    "start",
    "end",
)
FORM_OF_BOUND = {
    "in_step": "relative",
    "faster_than": "relative",
    "assigned": "delegated",
    "stable": "qualitative",
    "full_coverage": "qualitative",
    "breakthrough": "qualitative",
    "doubling": "qualitative",
}
_GROUP = ["document_id", "indicator_id", "measure"]


def find_annual_goals(
    texts: Mapping[str, str], documents: pd.DataFrame, statements: pd.DataFrame
) -> pd.DataFrame:
    """Return the statements that are targets of a canonical indicator for the report's own plan year.

    A statement counts when its status is `target` and its period is exactly the plan year: averages
    of several years (`2026/2030`), goals for a later year, parts of a year, last year's figures and
    what a glossary explains do not; nor what `is_annual` finds to be for another horizon.

    Returns
    -------
    DataFrame
        One row a statement, with GOAL_COLUMNS.
    """
    years = documents.set_index("document_id")["year"].astype("Int64").astype("string")
    planned = statements["document_id"].map(years).fillna("")
    annual = statements[
        (statements["status"] == "target")
        & (statements["indicator_id"].fillna("") != "")
        & (statements["period"].fillna("") == planned)
        & (planned != "")
        & (statements["part"] != "glossary")
    ]
    numbers = annual["document_id"].map(documents.set_index("document_id")["year"])
    annual = annual[is_annual(texts, annual, numbers)]
    forms = annual["bound"].map(FORM_OF_BOUND).fillna("stated")
    return annual.assign(form=forms.astype("str"))[list(GOAL_COLUMNS)].reset_index(drop=True)


def mark_headline(goals: pd.DataFrame) -> pd.Series:
    """Tell which goals stand in the headline list of their report.

    The headline list is the run of consecutive sentences with goals that names its subject
    (主要预期目标 …; pattern `headline` of `panel_cues.toml`) and, among such runs or where there is
    none, the one with most indicators; the first of equals.

    Returns
    -------
    Series of bool, on the index of `goals`
    """
    pattern = read_lexicon("panel_cues").about["headline"]
    ordered = goals.sort_values(["document_id", "sentence", "start"])
    jump = ordered["sentence"].diff().fillna(0).abs() > 1
    run = (jump | (ordered["document_id"] != ordered["document_id"].shift())).cumsum()
    named = ordered["evidence"].str.contains(pattern, regex=True)
    likely = ~ordered["part"].isin(UNLIKELY_PARTS)
    scores = (
        ordered.assign(run=run, named=named, likely=likely)
        .groupby(["document_id", "run"], sort=True)
        .agg(likely=("likely", "any"), named=("named", "any"), width=("indicator_id", "nunique"))
        .reset_index()
        .sort_values(
            ["document_id", "likely", "named", "width", "run"], ascending=[True, False, False, False, True]
        )
    )
    best = set(scores.drop_duplicates("document_id")["run"])
    return run.isin(best).reindex(goals.index)


def choose_goals(texts: Mapping[str, str], goals: pd.DataFrame, starts: pd.DataFrame) -> pd.DataFrame:
    """Take one goal for each document, indicator and measure, and tell whether it is to be bettered.

    Taken is the goal of the headline list, there first of the sentence that names its subject, else
    the first in the plan; a direction without a number or bound (进一步下降) only where there is
    nothing else. Within its sentence one with a number before one without, one that is said to be of
    this year (达到150亿元，其中今年97亿元) before others, one that is not itself striven for (力争9%) before
    one that is.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    goals : DataFrame
        GOAL_COLUMNS, as `find_annual_goals` and `find_unnumbered` give them.
    starts : DataFrame
        document_id and start of every statement: a clause of stretch ends where the next begins.

    Returns
    -------
    DataFrame
        GOAL_COLUMNS, `stretch` (bool) and `stretch_value` (the second number that is striven for,
        if there is one), one row for each document, indicator and measure.
    """
    if goals.empty:
        return goals.assign(stretch=pd.Series(dtype="bool"), stretch_value=pd.Series(dtype="float64"))
    about = read_lexicon("panel_cues").about
    words = about["stretch_words"]
    ranked = goals.assign(
        weak=(goals["form"] == "qualitative") & (goals["bound"] == ""),
        late=~mark_headline(goals),
        unnamed=~goals["evidence"].str.contains(about["headline"], regex=True),
        unlikely=goals["part"].isin(UNLIKELY_PARTS),
        unnumbered=goals["form"] != "stated",
        striven=goals["strength"].isin(words),
        undated=~_names_the_year(texts, goals, about["of_the_year"]),
    ).sort_values(["document_id", "weak", "late", "unlikely", "unnamed", "start"])
    place = ranked.groupby(_GROUP)["sentence"].transform("first")
    order = ["unnumbered", "undated", "striven", "start"]
    rivals = ranked[ranked["sentence"] == place].sort_values([*_GROUP, *order])
    taken = rivals.drop_duplicates(_GROUP).sort_values(["document_id", "start"]).reset_index(drop=True)
    seconds, promises = _second_values(texts, rivals, words), _promises(texts, taken, starts)
    keys = list(pd.MultiIndex.from_frame(taken[_GROUP]))
    return taken[list(GOAL_COLUMNS)].assign(
        stretch=[key in seconds or key in promises for key in keys],
        stretch_value=[seconds.get(key, float("nan")) for key in keys],
    )


def _names_the_year(texts: Mapping[str, str], goals: pd.DataFrame, pattern: str) -> pd.Series:
    """Tell which goals follow, in their clause, on words that set this year apart from a longer period."""
    cue, before = re.compile(pattern), 20
    places = zip(goals["document_id"], goals["start"].fillna(0).astype(int), strict=True)
    told = [cue.search(texts[name][max(0, start - before) : start]) is not None for name, start in places]
    return pd.Series(told, index=goals.index, dtype=bool)


def _second_values(texts: Mapping[str, str], rivals: pd.DataFrame, words: list[str]) -> dict[Any, float]:
    """Return the second number of groups where a higher one is striven for (8%以上、力争9%)."""
    numbers = rivals[rivals["form"] == "stated"].sort_values([*_GROUP, "start"])
    before = numbers.groupby(_GROUP)[["end", "low", "unit", "striven"]].shift()
    seconds = numbers.join(before.add_prefix("before_")).dropna(subset=["before_end"])
    seconds = seconds[(seconds["low"] != seconds["before_low"]) & (seconds["unit"] == seconds["before_unit"])]
    word = re.compile("|".join(words))
    named = [
        word.search(texts[row["document_id"]], int(row["before_end"]), row["start"]) is not None
        for row in seconds.to_dict("records")
    ]
    fewer = read_lexicon("orientation").table.query("better != 'higher'")["indicator_id"]
    rises = seconds["low"] > seconds["before_low"]
    first, second = seconds["before_striven"].astype(bool), seconds["striven"].astype(bool)
    higher = (rises != (first & ~second)) | seconds["indicator_id"].isin(fewer)
    told = seconds[higher & (pd.Series(named, index=seconds.index, dtype=bool) | (first != second))]
    # 力争9%、确保8%: the number striven for is the first
    values = told["low"].where(~(told["before_striven"].astype(bool) & ~told["striven"]), told["before_low"])
    return dict(zip(zip(*(told[name] for name in _GROUP), strict=True), values, strict=True))


def _promises(texts: Mapping[str, str], taken: pd.DataFrame, starts: pd.DataFrame) -> set[Any]:
    """Return the groups whose clause, or whose list, ends with 争取更好结果."""
    about = read_lexicon("panel_cues").about
    own, of_list = re.compile(about["stretch"]), re.compile(about["stretch_of_list"])
    stops = {name: sorted(set(group)) for name, group in starts.groupby("document_id")["start"]}
    columns = (taken[name].tolist() for name in ("document_id", "sentence", "indicator_id", "measure", "end"))
    found = set()
    for (name, _), group in groupby(zip(*columns, strict=True), key=itemgetter(0, 1)):
        text, edges = texts[str(name)], stops.get(name, [])
        listed = list(group)
        keys = [(name, indicator, measure) for _, _, indicator, measure, _ in listed]
        ends = [end for *_, end in listed]
        found |= {
            key
            for key, end in zip(keys, ends, strict=True)
            if own.search(_after(text, end, edges, "；;。\n"))
        }
        if len(listed) > 1 and of_list.search(_after(text, max(ends), edges, "\n")):
            found |= set(keys)
    return found


def _after(text: str, end: int, edges: list[Any], stops: str) -> str:
    """Return the text from `end` to the next statement or the next of `stops`."""
    place = bisect_right(edges, end)
    limit = edges[place] if place < len(edges) else len(text)
    ends = [at for stop in stops if (at := text.find(stop, end, limit)) >= 0]
    return text[end : min([*ends, limit])]
