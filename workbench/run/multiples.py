"""Small multiples of the index: for each region the growth target over its years, all on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 220, 92
LEFT, RIGHT, TOP, BOTTOM = 8, 48, 16, 20
MOST_LONE = 60
"""Regions with one year only are drawn as long as no more regions than this are on the page."""


@dataclass(frozen=True)
class Point:
    """A target in the picture of its region: pixels, words, and the address of its passage."""

    x: float
    y_low: float
    y_high: float
    label: str
    text: str
    href: str

    @property
    def y(self) -> float:
        """The middle of a range."""
        return (self.y_low + self.y_high) / 2


@dataclass(frozen=True)
class Panel:
    """The picture of one region."""

    region: str
    points: Sequence[Point]
    first_year: int
    last_year: int
    path: str
    x_first: float
    x_last: float
    base: float = HEIGHT - BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def lay_out_multiples(rows: Sequence[Mapping[str, Any]], indicator: str) -> list[Panel]:
    """Lay out one panel a region, years and rates on the same scales in all of them.

    Parameters
    ----------
    rows : sequence of mapping
        Of the index: region, year, page (address) and headlines (indicator -> headline).
    indicator : str
        Whose growth target in percent is drawn; what is stated otherwise leaves a gap.
    """
    drawn: dict[str, list[tuple[int, Mapping[str, Any], str]]] = {}
    for row in rows:
        told = (row["headlines"] or {}).get(indicator)
        if told and told["low"] is not None and row["year"]:
            place = f"#p-{told['place'][0]}-{told['place'][1]}" if told["place"] else ""
            drawn.setdefault(row["region"], []).append((row["year"], told, f"{row['page']}{place}"))
    if len(drawn) > MOST_LONE:
        drawn = {region: series for region, series in drawn.items() if len(series) > 1}
    if not drawn:
        return []
    years = [year for series in drawn.values() for year, _, _ in series]
    rates = [
        rate for series in drawn.values() for _, told, _ in series for rate in (told["low"], told["high"])
    ]
    scale = _Scale(min(years), max(years), min(0.0, *rates), max(0.0, *rates))
    return [_panel(region, sorted(series, key=lambda one: one[0]), scale) for region, series in drawn.items()]


@dataclass(frozen=True)
class _Scale:
    first: int
    last: int
    low: float
    high: float

    def x(self, year: int) -> float:
        span = max(self.last - self.first, 1)
        at = 0.5 if self.last == self.first else (year - self.first) / span
        return round(LEFT + at * (WIDTH - LEFT - RIGHT), 1)

    def y(self, rate: float) -> float:
        span = (self.high - self.low) or 1
        return round(HEIGHT - BOTTOM - (rate - self.low) / span * (HEIGHT - TOP - BOTTOM), 1)


def _panel(region: str, series: Sequence[tuple[int, Mapping[str, Any], str]], scale: _Scale) -> Panel:
    points = [
        Point(
            scale.x(year),
            scale.y(told["low"]),
            scale.y(told["high"]),
            f"{region} {year}: {told['text']}",
            told["text"],
            href,
        )
        for year, told, href in series
    ]
    pieces, before = [], None
    for (year, _, _), point in zip(series, points, strict=True):
        step = "L" if before == year - 1 else "M"  # a year without a rate is a gap, never a line
        pieces.append(f"{step}{point.x} {point.y:.1f}")
        before = year
    ends = scale.x(scale.first), scale.x(scale.last)
    return Panel(region, points, scale.first, scale.last, "".join(pieces), *ends, base=scale.y(0.0))
