"""Numerals with their multipliers and units, as they stand in a text: the parts of a quantity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from workbench.targets.cues import Unit, read_units
from workbench.targets.numerals import read_number

# Runs are bounded, so that reading stays linear in texts that consist of numerals.
ARABIC = (
    r"[0-9]{1,3}(?:，[0-9]{3}){1,4}(?=[万亿])"  # thousands set off by a full-width comma
    r"|[0-9]{1,3}(?:，[0-9]{3}){0,3}，000(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3}){1,3}(?=[万亿元人吨户家名亩套辆])"  # thousands set off by a blank
    r"|[0-9](?: [0-9]{1,3}){1,6}(?: ?\. ?[0-9]{1,4})?(?![ ]?[0-9.])|[0-9]+ \. ?[0-9]+"  # torn by blanks
    r"|(?<=[一-鿿、:])[0-9]+\. [0-9]{1,4}(?=[ ]?[%‰倍万亿元])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
    r"|[0-9]+(?:[.·][ ]?[0-9]+(?=%)|\.[ ][0-9]+(?=[万亿‰]|个百分点)|\.[0-9]+)?(?:\.(?=%))?"
)
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]{1,16}(?:点[零一二三四五六七八九]{1,8})?"
MULTIPLIER_SIGNS = frozenset("十百千万亿")
_POINTS = re.compile(r"(?:[、和及与]|到|至)[0-9]+(?:\.[0-9]+)?个百分点")
_LISTED = re.compile(r"[、和及与](?:[0-9]+(?:\.[0-9]+)?[、和及与]){0,6}[0-9]+(?:\.[0-9]+)?(?=%|‰|个百分点)")
_LISTED_LARGE = re.compile(
    r"[、和及与](?:[0-9]+(?:\.[0-9]+)?[万亿]{1,2}[、和及与]){0,6}[0-9]+(?:\.[0-9]+)?[万亿]{1,2}(?=[^万亿、和])"
)
_BRACKETED = re.compile(r"\(([一-鿿]{1,2})\)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value expression: its span, its numbers in the base unit and how it is written.

    `vague` says that 余 or 多 belongs to it, `spoken` that it is in Chinese numerals, `bare` that it is
    a magnitude without a digit (`亿元`, `百亿`).
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    kind: str
    vague: bool = False
    spoken: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """A numeral that is no quantity, with the reason; an empty reason means that none was found."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral with its multipliers, before a unit is looked for."""

    start: int
    end: int
    digits: str
    times: str
    vague: bool
    trailing: int

    @property
    def spoken(self) -> bool:
        """Whether it is written in Chinese numerals."""
        return not self.digits[0].isascii()

    @property
    def bare(self) -> bool:
        """Whether it is a magnitude without a digit (`百亿`)."""
        return MULTIPLIER_SIGNS.issuperset(self.digits)

    @property
    def value(self) -> float | None:
        """Return its value, None where it cannot be read."""
        return read_number(self.digits, self.times)


@cache
def _number_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<digits>{ARABIC}|{CHINESE})[ ]?(?P<times>(?:(?<=[0-9 ])[十百千万亿]{{1,3}})?)"
        r"(?P<vague>[余多几]?)(?P<more>(?:(?<=[余多几])(?:万亿|[百千万亿]))?)(?P<late>多?)"
    )


def number_at(text: str, start: int) -> Number | None:
    """Return the numeral that begins at a place of a normalised text."""
    match = _number_pattern().match(text, start)
    if match is None:
        return None
    digits, times, end = match["digits"], match["times"] + match["more"], match.end()
    vague = bool(match["vague"] or match["late"])
    if (
        times.endswith("千")
        and not vague
        and (unit := unit_at(text, end - 1)[0])
        and unit.unit.startswith("千")
    ):
        end, times = end - 1, times[:-1]
    if not vague and text[end - 1] == " ":
        end -= 1
    trailing = len(match["late"]) or (0 if match["more"] else len(match["vague"]))
    digits = digits.replace("·", ".").replace(" ", "")
    return Number(start, end, digits, times, vague, trailing)


def unit_at(text: str, start: int, *, spoken: bool = False) -> tuple[Unit | None, int]:
    """Return the longest unit that stands at a place (one blank may precede) and where it ends."""
    units = read_units()
    if text[start : start + 1] == " ":
        start += 1
    for length in range(min(6, len(text) - start), 0, -1):
        unit = units.get(text[start : start + length])
        if unit is not None and unit.fits(text, start + length, spoken=spoken):
            return unit, start + length
    return None, start


def unit_of(text: str, number: Number) -> tuple[Unit | None, int]:
    """Return the unit of a numeral; in a list (`7.3个和4.8个百分点`, `8.5、9.4%`) that of the list."""
    unit, end = unit_at(text, number.end, spoken=number.spoken)
    if unit is not None and unit.unit == "个" and _POINTS.match(text, end):
        return read_units()["个百分点"], end
    if unit is None and number.times and (match := _LISTED_LARGE.match(text, number.end)) is not None:
        return unit_at(text, match.end())[0], number.end
    if unit is None and not number.spoken and not number.times:
        match = _LISTED.match(text, number.end)
        return (unit_at(text, match.end())[0], number.end) if match else (None, end)
    return unit, end


def per_unit(text: str, unit: Unit, end: int) -> tuple[str, int]:
    """Return the base unit with what it is per or its other form, and its end (`微克/立方米`, `头(只)`)."""
    other = _BRACKETED.match(text, end)
    if other is not None and other[1] in read_units():
        return unit.canonical + other.group(), other.end()
    if text[end : end + 1] != "/":
        return unit.canonical, end
    start = end + 1 + (text[end + 1 : end + 2] in ("百", "千", "万"))
    below, stop = unit_at(text, start)
    if below is None or stop == start:
        return unit.canonical, end
    return unit.canonical + text[end:stop], stop
