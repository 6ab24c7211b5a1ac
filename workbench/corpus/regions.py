"""Regions: GB/T 2260 codes valid in a year, parents, levels and aliases."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FIRST_YEAR, LAST_YEAR = 1980, 2024
NATION = "全国"


@dataclass(frozen=True)
class Region:
    """A region as it was in a year: full name, code (none for zones), level, parent, province."""

    name: str
    code: str
    level: str
    parent: str
    province: str


@dataclass(frozen=True)
class _Row:
    code: str
    name: str
    level: str
    parent_code: str
    valid_from: int
    valid_to: int


@cache
def _rows() -> dict[str, list[_Row]]:
    text = files("workbench.lexicons").joinpath("regions.csv").read_text("utf-8")
    rows: dict[str, list[_Row]] = {}
    for r in csv.DictReader(text.splitlines()):
        row = _Row(
            r["code"],
            r["name"],
            r["level"],
            r["parent_code"],
            int(r["valid_from"]),
            int(r["valid_to"] or 9999),
        )
        rows.setdefault(row.name, []).append(row)
    return rows


@cache
def _names_by_code() -> dict[str, list[_Row]]:
    by_code: dict[str, list[_Row]] = {}
    for rows in _rows().values():
        for row in rows:
            by_code.setdefault(row.code, []).append(row)
    return by_code


def _name_of(code: str, year: int) -> str:
    candidates = _names_by_code().get(code, [])
    return min(candidates, key=lambda row: _distance(row, year)).name if candidates else ""


def _distance(row: _Row, year: int) -> int:
    """Return by how many years `row` misses `year`: 0 where it is valid."""
    return max(row.valid_from - max(year, FIRST_YEAR), year - row.valid_to, 0)


def find_region(name: str, *, year: int | None = None) -> Region | None:
    """Return the region called `name` as it was in `year` (default: the last year known), or None."""
    year = LAST_YEAR if year is None else year
    if name in (NATION, "中国", "国务院"):
        return Region(NATION, "", "national", "", "")
    rows = _rows().get(name, [])
    if not rows:
        return None
    row = min(rows, key=lambda row: (_distance(row, year), row.code))
    province = _name_of(row.code[:2] + "0000", year)
    parent = NATION if row.level == "province" else _name_of(row.parent_code, year)
    return Region(row.name, row.code, row.level, parent, province)
