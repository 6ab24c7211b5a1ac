"""The year that a report plans for, read from its session, headings, goals and title."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FIRST, LAST = 1949, 2049
# How much a kind of cue counts; two independent ones of three points make a year sure.
WEIGHTS = {
    "session": 3.0,
    "session at the year's end": 2.0,
    "plan heading": 3.0,
    "review heading": 2.5,
    "goal": 2.5,
    "five-year plan": 2.5,
    "last heading": 2.0,
    "title": 1.0,
    "date": 1.0,
    "mentions": 0.5,
}
STRONG = frozenset(WEIGHTS) - {"title", "date", "mentions"}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月")
_CHINESE_YEAR = re.compile("[一二][九〇零○O0][〇零○O0一二三四五六七八九]{2}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")


@dataclass(frozen=True)
class YearCue:
    """One reason to believe that a report plans for `year`: its kind and the words."""

    year: int
    kind: str
    words: str


def write_years_in_digits(text: str) -> str:
    """Return a copy of equal length with 一九八三年 and 二〇二六年 written 1983年 and 2026年."""
    return _CHINESE_YEAR.sub(lambda match: match[0].translate(_CHINESE_DIGITS), text)


def find_year_cues(title: str, head: str, headings: Sequence[str], text: str) -> list[YearCue]:
    """Return every cue for the year planned for.

    Parameters
    ----------
    title, head, headings, text : str, str, sequence of str, str
        Title, first characters, heading-like lines and the whole text, all normalised
        (`text.normalise`) and with years in digits.
    """
    cues = [*_session_cues(head), *_heading_cues(headings), *_goal_cues(text)]
    cues += _five_year_plan_cues(text)
    cues += [
        YearCue(int(m[1]), "title", title) for m in _YEAR.finditer(title) if not _DATE.match(title, m.start())
    ]
    cues += _mention_cues(text)
    return [cue for cue in cues if FIRST <= cue.year <= LAST]


def weigh_years(cues: Sequence[YearCue]) -> list[tuple[int, float]]:
    """Return the years with their weights, heaviest first; a kind of cue counts once a year."""
    weights: dict[int, float] = {}
    for year, kind in {(cue.year, cue.kind) for cue in cues}:
        weights[year] = weights.get(year, 0.0) + WEIGHTS[kind]
    return sorted(weights.items(), key=lambda item: (-item[1], -item[0]))


def _session_cues(head: str) -> Iterator[YearCue]:
    words = _words()
    for match in _DATE.finditer(head):
        around = head[max(match.start() - 40, 0) : match.end() + 45]
        year, month = int(match[1]), int(match[2])
        if not re.search(words.session, around):
            yield YearCue(year + (month in words.next_year_months), "date", match[0])
        elif month in words.next_year_months:
            yield YearCue(year + 1, "session at the year's end", around.strip())
            return
        else:
            yield YearCue(year, "session", around.strip())
            return


def _heading_cues(headings: Sequence[str]) -> Iterator[YearCue]:
    words = _words()
    open_years: list[tuple[int, str]] = []
    for heading in headings:
        for match in _YEAR.finditer(heading):
            before, after = heading[: match.start()], heading[match.end() :]
            if re.search(words.not_before, before) or re.search(words.not_after, after):
                continue
            year = int(match[1])
            until = _YEAR.search(after)
            clause = after[: until.start()] if until else after
            if any(word in clause for word in words.review):
                yield YearCue(year + 1, "review heading", heading)
            elif any(word in clause for word in words.plan):
                yield YearCue(year, "plan heading", heading)
            open_years.append((year, heading))
    last, heading = max(open_years, default=(0, ""))
    if any(year == last - 1 for year, _ in open_years) or heading.startswith(tuple("二三四五六")):
        yield YearCue(last, "last heading", heading)


def _goal_cues(text: str) -> Iterator[YearCue]:
    words = _words()
    for match in words.goal.finditer(text):
        if not re.search(words.not_before, text[max(match.start() - 3, 0) : match.start()]):
            yield YearCue(int(match[1]), "goal", match[0])


def _five_year_plan_cues(text: str) -> Iterator[YearCue]:
    """Yield the first or last year of the plan that this year is said to open or close."""
    for match in _words().five_year_plan.finditer(text):
        number = "一二三四五六七八九十".index(match[1][-1]) + 1 + (10 if len(match[1]) > 1 else 0)
        # The sixth plan began in 1981; before it the plans do not follow each other without gaps.
        if number >= 6:
            first = 1981 + 5 * (number - 6)
            yield YearCue(first if match[2] else first + 4, "five-year plan", match[0])


def _mention_cues(text: str) -> list[YearCue]:
    """Return the year after the one named most often: mostly the one reviewed."""
    counts = Counter(m[1] for m in _YEAR.finditer(text))
    if not counts:
        return []
    year, times = max(counts.items(), key=lambda item: (item[1], item[0]))
    return [YearCue(int(year) + 1, "mentions", f"{year}年 is named {times} times")]


@dataclass(frozen=True)
class _Words:
    plan: tuple[str, ...]
    review: tuple[str, ...]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    goal: re.Pattern[str]
    five_year_plan: re.Pattern[str]
    session: re.Pattern[str]
    next_year_months: tuple[int, ...]


@cache
def _words() -> _Words:
    data = tomllib.loads(files("workbench.lexicons").joinpath("years.toml").read_text("utf-8"))
    return _Words(
        tuple(data["plan"]),
        tuple(data["review"]),
        re.compile(data["not_before"]),
        re.compile(data["not_after"]),
        re.compile(r"(?<!\d)((?:19|20)\d\d)年" + data["goal"]),
        re.compile(data["five_year_plan"]),
        re.compile(data["session"]),
        tuple(data["next_year_months"]),
    )
