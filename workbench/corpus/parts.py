"""Parts: which part of the report each line belongs to, by the cues that speak for it.

Every line gets a score for each part: the weights of the cues in its heading, its opening and its
words. The parts of a text are the run of parts with the highest sum of scores less the cost of
changing parts, found by dynamic programming (Viterbi 1967); a change is cheap at a high heading and
dear inside running text, so that parts begin where headings and turning sentences stand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import ahocorasick_rs

from workbench.corpus.headings import Line
from workbench.tables import PARTS

_NUMERALS = "〇一二三四五六七八九"
_CARRIED = {  # how much of the plan's words also speaks for parts that are written like it
    "longterm": 0.6,
    "party": 0.7,
    "livelihood": 0.7,
}


@dataclass(frozen=True)
class _Cues:
    headings: list[tuple[int, re.Pattern[str], float, float]]
    openings: list[tuple[int, re.Pattern[str], float]]
    words: ahocorasick_rs.AhoCorasick
    weights: list[tuple[int, float]]
    change: dict[str, float]
    first: list[float]
    penalties: list[list[float]]
    cap: float


def _in_both_scripts(year: int) -> str:
    if year <= 0:
        return "(?!)"
    digits = [f"[{digit}{_NUMERALS[int(digit)]}{'' if int(digit) else '零○'}]" for digit in str(year)]
    return f"(?:{''.join(digits)})"


@cache
def _cues(year: int) -> _Cues:
    data = tomllib.loads(resources.files("workbench.lexicons").joinpath("parts.toml").read_text("utf-8"))
    index = {part: number for number, part in enumerate(PARTS)}

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, number in (("{year}", year), ("{last}", year - 1)):
            pattern = pattern.replace(name, _in_both_scripts(number))
        return re.compile(pattern)

    terms, weights = [], []
    for group in data["words"]:
        for term in group["terms"]:
            terms.append(term.replace("{year}", str(year)).replace("{last}", str(year - 1)))
            weights.append((index[group["part"]], group["weight"]))
    return _Cues(
        [(index[r["part"]], compiled(r["pattern"]), r["weight"], r["deeper"]) for r in data["heading"]],
        [(index[r["part"]], compiled(r["pattern"]), r["weight"]) for r in data["opening"]],
        ahocorasick_rs.AhoCorasick(terms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        weights,
        data["change"],
        [data["first"][part] for part in PARTS],
        [[data["order"][before][data["order"]["to"].index(after)] for after in PARTS] for before in PARTS],
        data["change"]["cap"],
    )


def line_parts(text: str, lines: Sequence[Line], year: int) -> list[str]:
    """Return the part of each line of a text.

    Parameters
    ----------
    text : str
        The unchanged text.
    lines : sequence of Line
        Its lines outside noise, in order.
    year : int
        The year the report plans for; 0 where nobody knows.
    """
    if not lines:
        return []
    cues = _cues(year)
    scores, costs = _scores(text, lines, cues)
    return [PARTS[number] for number in _best_run(scores, costs, cues)]


def _scores(text: str, lines: Sequence[Line], cues: _Cues) -> tuple[list[list[float]], list[list[float]]]:
    found = cues.words.find_matches_as_indexes(text.translate(_FULL_WIDTH))
    scores, costs = [], []
    number = 0
    plan = PARTS.index("plan")
    for line in lines:
        row = [0.0] * len(PARTS)
        while number < len(found) and found[number][1] < line.end:
            if found[number][1] >= line.start:
                part, weight = cues.weights[found[number][0]]
                row[part] += weight
            number += 1
        row = [min(value, cues.cap) for value in row]
        for name, share in _CARRIED.items():
            row[PARTS.index(name)] += share * row[plan]
        opened = set()
        for part, pattern, weight in cues.openings:
            if pattern.match(text, line.start, line.end):
                row[part] += weight
                opened.add(part)
        if line.heading:
            for part, pattern, weight, deeper in cues.headings:
                if pattern.search(line.heading):
                    row[part] += weight if line.depth == 1 and line.whole else deeper
        scores.append(row)
        costs.append(_costs(line, opened, cues))
    return scores, costs


_FULL_WIDTH = str.maketrans(",;:!?", "，；：！？")


def _costs(line: Line, opened: set[int], cues: _Cues) -> list[float]:
    kind = "paragraph"
    if line.heading:
        kind = "run_in" if not line.whole else "heading" if line.depth == 1 else "deeper"
    cost = cues.change[kind]
    return [min(cost, cues.change["opening"]) if part in opened else cost for part in range(len(PARTS))]


def _best_run(scores: list[list[float]], costs: list[list[float]], cues: _Cues) -> list[int]:
    count = len(PARTS)
    best = [score - cues.first[part] for part, score in enumerate(scores[0])]
    back: list[list[int]] = []
    for row, cost in zip(scores[1:], costs[1:], strict=True):
        step, origin = [], []
        for part in range(count):
            values = [
                best[before] - (0.0 if before == part else cost[part] + cues.penalties[before][part])
                for before in range(count)
            ]
            winner = max(range(count), key=values.__getitem__)
            origin.append(winner)
            step.append(values[winner] + row[part])
        best = step
        back.append(origin)
    path = [max(range(count), key=best.__getitem__)]
    for origin in reversed(back):
        path.append(origin[path[-1]])
    return path[::-1]
