"""Targets that are no statements: comparisons with another place, and goals such as 正增长."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pandas as pd

from workbench.lexicons.reader import read_lexicon
from workbench.targets.coordination import split_members
from workbench.targets.evidence import evidence_at
from workbench.targets.horizons import UNLIKELY_PARTS, speaks_of_other_years
from workbench.targets.indicators import indicator_id
from workbench.targets.panel_goals import GOAL_COLUMNS
from workbench.targets.subjects import clean_phrase

_REACH = 600  # longer than any sentence of prose: reading stays linear in what is none
_CLAUSE_ENDS = "，,；;。：:！!？?\n"
_ABOUT_GROWTH = re.compile(r"增[长速幅加]|涨幅|同比|(?:下降|降低|削减)率|降幅")
_ABOUT_SIZE = re.compile(r"占比|比重|率")


@cache
def _cues() -> tuple[tuple[re.Pattern[str], str, str, str], ...]:
    lexicon = read_lexicon("panel_cues")
    place = str(lexicon.about["place"])
    return tuple(
        (re.compile(row["cue"].replace("PLACE", place)), row["form"], row["bound"], row["where"])
        for row in lexicon.table.to_dict("records")
    )


@cache
def _usual_measures() -> dict[str, str]:
    table = read_lexicon("orientation").table
    return dict(zip(table["indicator_id"], table["usual_measure"], strict=True))


def find_unnumbered(texts: Mapping[str, str], sentences: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Find targets that the codebook leaves out of the statements, in the sentences that hold goals.

    Looked for are comparisons with another place or the year before (高于全国平均水平, 与全省同步:
    form `relative`, also with a margin, 高于全省1个百分点), goals without a number (正增长, 只增不减:
    `qualitative`) and what the superior sets (控制在省定标准以内: `delegated`), by the cues of
    `panel_cues.csv`, of the canonical indicators named in the same clause. Searched are the
    sentences with an annual goal, and those right before and after them in the plan; a direction
    without a number (进一步下降) counts only in a sentence that names the list of main targets. What
    a goal already covers is not found again.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences, goals : DataFrame
        SENTENCES; annual goals (GOAL_COLUMNS).

    Returns
    -------
    DataFrame
        GOAL_COLUMNS, one row for each indicator that a cue governs; the span is the cue.
    """
    about = read_lexicon("panel_cues").about
    effort, headline = re.compile("|".join(about["effort"])), re.compile(about["headline"])
    spans: dict[Any, list[tuple[int, int]]] = {
        key: list(zip(group["start"], group["end"], strict=True))
        for key, group in goals.groupby(["document_id", "sentence"])
    }
    rows: list[dict[str, Any]] = []
    for row in _target_sentences(sentences, goals).to_dict("records"):
        text = texts[row["document_id"]]
        taken = spans.get((row["document_id"], row["sentence"]), [])
        ends = sorted(end for _, end in taken)
        listed = headline.search(text, row["start"], row["end"]) is not None
        for cue in _find_cues(text, row["start"], row["end"], taken, listed=listed):
            first = max(row["start"], cue["start"] - _REACH)
            if speaks_of_other_years(text[first : cue["start"]]):
                continue
            opening = _clause_start(text, first, cue["start"], ends)
            subject = text[opening : cue["start"]]
            words = subject + cue["quote"]
            strength = (effort.findall(words) or [""])[-1]
            place = {name: row[name] for name in ("document_id", "sentence", "part")}
            span = cue["start"], cue["end"]
            place["evidence"] = evidence_at(text, (row["start"], row["end"]), span)
            rows += [
                {**place, **cue, **_measure(name, words, cue["bound"]), "strength": strength}
                for name in _named(subject)
            ]
    found = pd.DataFrame(rows, columns=list(GOAL_COLUMNS))
    return found.astype({"low": "float64", "high": "float64"})


def _named(subject: str) -> list[str]:
    """Return the canonical indicators that the subject of a cue coordinates."""
    found = (indicator_id(clean_phrase(member)) for member in split_members(subject))
    return list(dict.fromkeys(name for name in found if name))


def _target_sentences(sentences: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences with a goal and their neighbours, none of them in a review or a long-term plan."""
    with_goals = goals[["document_id", "sentence"]].drop_duplicates()
    near = pd.concat([with_goals.assign(sentence=with_goals["sentence"] + step) for step in (-1, 0, 1)])
    likely = sentences[~sentences["part"].isin([*UNLIKELY_PARTS, "glossary"])]
    return likely.merge(near.drop_duplicates(), on=["document_id", "sentence"])


def _find_cues(
    text: str, start: int, end: int, covered: list[tuple[int, int]], *, listed: bool
) -> Iterator[dict[str, Any]]:
    taken = sorted(covered)
    for pattern, form, bound, where in _cues():
        if where and not listed:
            continue
        for match in pattern.finditer(text, start, end):
            place = bisect_left(taken, match.span())
            if any(
                match.start() < last and first < match.end()
                for first, last in taken[max(0, place - 2) : place + 2]
            ):
                continue
            taken.insert(place, match.span())
            yield {
                "form": form,
                "bound": bound,
                "quote": match.group(),
                "start": match.start(),
                "end": match.end(),
            }


def _clause_start(text: str, first: int, cue: int, stops: list[int]) -> int:
    """Return where the clause of a cue begins: after the last comma, or the last goal before it."""
    comma = max(text.rfind(mark, first, cue) for mark in _CLAUSE_ENDS)
    return max([comma + 1, first, *stops[: bisect_right(stops, cue)][-1:]])


def _measure(identity: str, words: str, bound: str) -> dict[str, Any]:
    usual = _usual_measures().get(identity, "growth")
    measure = usual
    if bound == "assigned":
        measure = "level"
    elif _ABOUT_GROWTH.search(words):
        measure = "growth"
    elif usual == "growth" and _ABOUT_SIZE.search(words):
        measure = "share"
    empty = {"low": float("nan"), "high": float("nan"), "unit": "", "direction": ""}
    return {"indicator_id": identity, "measure": measure, **empty}
