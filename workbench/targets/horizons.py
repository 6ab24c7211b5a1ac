"""Horizons that disqualify an annual target: averages, figures since an earlier year, later years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import pandas as pd

from workbench.lexicons.reader import read_lexicon

_REACH = 160
_SENTENCE_ENDS = "；;。！？\n"
_CLAUSE_ENDS = "，,：:" + _SENTENCE_ENDS


def is_annual(texts: Mapping[str, str], goals: pd.DataFrame, years: pd.Series) -> pd.Series:
    """Tell which goals are for their report's plan year alone, by the words before them.

    Not annual are averages (年均增长9%), figures counted from a year before last year's (较2013年下降
    7%), and what stands under a later horizon (到2025年，…), unless 今年 or the like comes between;
    the patterns are those of `panel_cues.toml`. Doubling as the name of a programme (倍增行动) is no
    goal at all.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    goals : DataFrame
        document_id, start, end, bound.
    years : Series
        Plan year of each row of `goals`, on its index.

    Returns
    -------
    Series of bool, on the index of `goals`
    """
    places = zip(goals["document_id"], goals["start"], goals["end"], goals["bound"], years, strict=True)
    kept = [
        _annual(texts[name], int(start), int(end), bound, year) for name, start, end, bound, year in places
    ]
    return pd.Series(kept, index=goals.index, dtype="bool")


def speaks_of_other_years(words: str) -> bool:
    """Whether words before a cue name a longer horizon, with nothing that returns to the plan year."""
    other, back = _pattern("other_years"), _pattern("this_year")
    named = [match.end() for match in other.finditer(words)]
    return bool(named) and back.search(words, named[-1]) is None


def _annual(text: str, start: int, end: int, bound: str, year: int) -> bool:
    if bound == "doubling" and _pattern("programme").match(text, end):
        return False
    lead = text[_after_last(text, _SENTENCE_ENDS, start) : start]
    clause = lead[_after_last(lead, _CLAUSE_ENDS, len(lead)) :]
    if _pattern("average").search(clause):
        return False
    if any(int(match["year"]) < year - 1 for match in _pattern("since").finditer(clause)):
        return False
    later = [match.end() for match in _pattern("horizon").finditer(lead) if int(match["year"]) > year]
    return not later or _pattern("this_year").search(lead, later[-1]) is not None


def _after_last(text: str, marks: str, end: int) -> int:
    first = max(0, end - _REACH)
    return max([first, *(text.rfind(mark, first, end) + 1 for mark in marks)])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(read_lexicon("panel_cues").about[name])
