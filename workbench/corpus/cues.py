"""Cues: what speaks for each part of a report, read from ``lexicons/parts.toml`` for one plan year."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import ahocorasick_rs

from workbench.tables import PARTS

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
class Cues:
    """All cues; parts by their number in `PARTS`, words of the plan year as one number more."""

    headings: list[HeadingCue]
    openings: list[tuple[int, re.Pattern[str], float]]
    sections: list[tuple[str, re.Pattern[str], frozenset[str]]]
    words: ahocorasick_rs.AhoCorasick
    weights: list[tuple[int, float]]
    like_plan: list[tuple[int, float]]
    change: dict[str, float]
    first: list[float]
    order: list[list[float]]
    cap: float


@cache
def read_cues(year: int) -> Cues:
    """Return the cues for reports that plan for `year` (0: no year known)."""
    data = tomllib.loads(resources.files("workbench.lexicons").joinpath("parts.toml").read_text("utf-8"))
    number = {part: at for at, part in enumerate([*PARTS, "annual"])}
    terms = [
        (term.replace("{year}", str(year)).replace("{last}", str(year - 1)), number[group["part"]], group["weight"])
        for group in data["words"]
        for term in group["terms"]
    ]
    column = data["order"]["to"].index
    return Cues(
        headings=[
            HeadingCue(
                number[rule["part"]],
                _compiled(rule["pattern"], year),
                rule["weight"],
                rule["deeper"],
                rule.get("only_alone", False),
            )
            for rule in data["heading"]
        ],
        openings=[(number[r["part"]], _compiled(r["pattern"], year), r["weight"]) for r in data["opening"]],
        sections=[
            (r["part"], _compiled(r["pattern"], year), frozenset(r["within"])) for r in data["section"]
        ],
        words=ahocorasick_rs.AhoCorasick(
            [term for term, _, _ in terms], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        ),
        weights=[(part, weight) for _, part, weight in terms],
        like_plan=[(number[part], share) for part, share in data["like_plan"].items()],
        change=data["change"],
        first=[data["first"][part] for part in PARTS],
        order=[[data["order"][before][column(after)] for after in PARTS] for before in PARTS],
        cap=data["change"]["cap"],
    )


def _compiled(pattern: str, year: int) -> re.Pattern[str]:
    for name, value in (("{year}", year), ("{last}", year - 1)):
        pattern = pattern.replace(name, _in_both_scripts(value))
    return re.compile(pattern)


def _in_both_scripts(year: int) -> str:
    if year <= 0:
        return "(?!)"
    digits = [f"[{digit}{_NUMERALS[int(digit)]}{'' if int(digit) else '零○'}]" for digit in str(year)]
    return f"(?:{''.join(digits)})"
