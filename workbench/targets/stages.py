"""Stages of what is built: a start is not held against an end (`开工5万套` beside `建成3万套`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import pandas as pd

from workbench.lexicons.reader import read_lexicon

_CLAUSE = re.compile(r"[，,；;。：:、]")
_BEFORE, _AFTER = 24, 16
_COUNTED = ("level", "increment")


def stage_of(sentence: str, quote: str) -> str:
    """Return the stage of building that a value counts, empty where no word tells one.

    It is the last that is named before the value in its clause, else the first after it; the words
    are those of `panel_cues.toml`.
    """
    start = sentence.find(quote)
    if start < 0:
        return ""
    end = start + len(quote)
    before = _CLAUSE.split(sentence[max(0, start - _BEFORE) : start])[-1]
    after = _CLAUSE.split(sentence[end : end + _AFTER])[0]
    named = [(match.end(), stage) for stage, words in _stages() for match in words.finditer(before)]
    if named:
        return max(named)[1]
    later = [(match.start(), stage) for stage, words in _stages() for match in words.finditer(after)]
    return min(later)[1] if later else ""


@cache
def _stages() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(words)) for name, words in read_lexicon("panel_cues").about["stages"].items()
    )


def first_of_stage(asked: pd.DataFrame, found: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Take for each row asked for the first found with equal keys whose stage is no other one.

    One of the same stage goes before one that names none. Where the row asked for names none, or is
    no count of things, the first found is taken.

    Parameters
    ----------
    asked, found : DataFrame
        The `keys`, measure, quote and evidence; `found` in the order in which it is to be taken.

    Returns
    -------
    DataFrame
        Rows of `found`, on the index of `asked`; rows without one are missing.
    """
    words = ["quote", "evidence"]
    pairs = asked[[*keys, *words]].fillna({word: "" for word in words}).reset_index(names="row")
    pairs = pairs.merge(found.assign(order=range(len(found))), on=list(keys), suffixes=("_asked", ""))
    counted = pairs["measure"].isin(_COUNTED)
    texts = (zip(pairs[f"evidence{end}"], pairs[f"quote{end}"], strict=True) for end in ("_asked", ""))
    wanted, told = (
        pd.Series([stage_of(*text) for text in side], index=pairs.index, dtype="str").where(counted, "")
        for side in texts
    )
    other = (wanted != "") & (told != "") & (wanted != told)
    pairs = pairs.assign(unsaid=(wanted != "") & (told == ""))[~other]
    return pairs.sort_values(["unsaid", "order"]).drop_duplicates("row").set_index("row")[list(found.columns)]
