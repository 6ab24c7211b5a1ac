"""Cues: what speaks for each part of a report, read from ``lexicons/parts.toml`` for one plan year."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import ahocorasick_rs

_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class HeadingCue:
    """A pattern of headings, the number of the part it speaks for, and how much."""

    part: int
    pattern: re.Pattern[str]
    weight: float
    deeper: float
    only_alone: bool


@dataclass(frozen=True)
class OpeningCue:
    """A pattern of the openings of paragraphs, and whether it ends the hold of the heading above."""

    part: int
    pattern: re.Pattern[str]
    weight: float
    turns: bool


@dataclass(frozen=True)
class SectionCue:
    """A pattern of headings whose own sections are a part, down to which depth, and within which parts."""

    part: str
    pattern: re.Pattern[str]
    within: frozenset[str]
    deepest: int


@dataclass(frozen=True)
class Closing:
    """How the closing of a report is found: see ``parts.toml``."""

    salutation: re.Pattern[str]
    appeal: re.Pattern[str]
    annex: re.Pattern[str]
    lines_before: int
    lines_after: int
    lines_of_label: int


@dataclass(frozen=True)
class Cues:
    """All cues; parts by their number in `states`, words of the plan year as one number more."""

    states: list[str]

    headings: list[HeadingCue]
    openings: list[OpeningCue]
    sections: list[SectionCue]
    section_ends: tuple[str, re.Pattern[str]]
    words: ahocorasick_rs.AhoCorasick
    weights: list[tuple[int, float]]
    like_plan: list[tuple[int, float]]
    change: dict[str, float]
    first: list[float]
    order: list[list[float]]
    only_opened: list[int]
    opened_after: float
    turns: dict[str, list[str]]
    cap: float
    short: dict[str, float]
    closing: Closing


@cache
def read_cues(year: int) -> Cues:
    """Return the cues for reports that plan for `year` (0: no year known)."""
    data = tomllib.loads(resources.files("workbench.lexicons").joinpath("parts.toml").read_text("utf-8"))
    states = data["order"]["to"]
    number = {part: at for at, part in enumerate([*states, "annual"])}
    terms = _terms(data["words"], number, year)
    return Cues(
        states=states,
        headings=_heading_cues(data["heading"], number, year),
        openings=[
            OpeningCue(number[r["part"]], _compiled(r["pattern"], year), r["weight"], r.get("turns", True))
            for r in data["opening"]
        ],
        sections=[
            SectionCue(r["part"], _compiled(r["pattern"], year), frozenset(r["within"]), r.get("deepest", 99))
            for r in data["section"]
        ],
        section_ends=(data["section_ends"]["part"], re.compile(data["section_ends"]["pattern"])),
        words=ahocorasick_rs.AhoCorasick(
            [term for term, _, _ in terms], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        ),
        weights=[(part, weight) for _, part, weight in terms],
        like_plan=[(number[part], share) for part, share in data["like_plan"].items()],
        change=data["change"],
        first=[data["first"][part] for part in states],
        order=[data["order"][before] for before in states],
        only_opened=[number[part] for part in data["only_opened"]["parts"]],
        opened_after=data["only_opened"]["after"],
        turns=data["turns"],
        cap=data["change"]["cap"],
        short=data["short"],
        closing=_closing(data["closing"]),
    )


def _terms(groups: list[dict[str, Any]], number: dict[str, int], year: int) -> list[tuple[str, int, float]]:
    return [
        (
            term.replace("{year}", str(year)).replace("{last}", str(year - 1)),
            number[group["part"]],
            group["weight"],
        )
        for group in groups
        for term in group["terms"]
    ]


def _heading_cues(rules: list[dict[str, Any]], number: dict[str, int], year: int) -> list[HeadingCue]:
    return [
        HeadingCue(
            number[rule["part"]],
            _compiled(rule["pattern"], year),
            rule["weight"],
            rule["deeper"],
            rule.get("only_alone", False),
        )
        for rule in rules
    ]


def _closing(rule: dict[str, Any]) -> Closing:
    return Closing(
        re.compile(rule["salutation"]),
        re.compile(rule["appeal"]),
        re.compile(rule["annex"]),
        rule["lines_before"],
        rule["lines_after"],
        rule["lines_of_label"],
    )


def _compiled(pattern: str, year: int) -> re.Pattern[str]:
    coming, past = _five_year_plans(year)
    for name, value in (
        ("{year}", _in_both_scripts(year)),
        ("{last}", _in_both_scripts(year - 1)),
        ("{coming}", coming),
        ("{past}", past),
    ):
        pattern = pattern.replace(name, value)
    return re.compile(pattern)


def _five_year_plans(year: int) -> tuple[str, str]:
    """Return patterns of the five-year plans that a report of `year` looks forward to and back on."""
    if year < 1981:
        return (_plan_names(range(6, 17)), "(?!)") if year <= 0 else ("(?!)", "(?!)")
    current, position = 6 + (year - 1981) // 5, (year - 1981) % 5
    if position == 0:
        return _plan_names([current]), _plan_names([current - 1])
    if position == 4:
        return _plan_names([current + 1]), _plan_names([current])
    return _plan_names([current, current + 1]), _plan_names([current - 1])


def _plan_names(numbers: Iterable[int]) -> str:
    tens = {
        number: ("十" if number > 9 else "") + "〇一二三四五六七八九"[number % 10].strip("〇")
        for number in numbers
    }
    return "(?:" + "|".join(f'[“"]?(?<!十)(?<!二){name}五[”"]?(?!大|届)' for name in tens.values()) + ")"


def _in_both_scripts(year: int) -> str:
    if year <= 0:
        return "(?!)"
    digits = [f"[{digit}{_NUMERALS[int(digit)]}{'' if int(digit) else '零○'}]" for digit in str(year)]
    return f"(?:{''.join(digits)})"
