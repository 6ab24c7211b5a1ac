"""Evidence for year, region, title and date, from a document's name, file and text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from workbench.corpus.openings import Parts
from workbench.corpus.readers import Reading
from workbench.corpus.regions import NATION, Region, find_region, find_regions
from workbench.corpus.years import STRONG, YearCue, find_year_cues, weigh_years

_NAME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DATE = re.compile(r"((?:19|20)\d\d)\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(?:(\d{1,2})\s*日?)?")


@dataclass(frozen=True)
class Evidence:
    """One reason for one value of one field; `confidence` is certain, high, medium or low."""

    field: str
    value: str
    evidence: str
    confidence: str


def find_years(reading: Reading, parts: Parts) -> list[Evidence]:
    """Return the evidence for the year planned for, that which is to be followed first.

    Two independent cues in the text that agree (session, headings, goals) win over the name,
    because portals name many reports by the year they review; a single cue does not.
    """
    found = list(_years_of_name(reading)) + list(_years_of_file(reading))
    text = _years_of_text(parts)
    sure = [item for item in text if item.confidence == "high"]
    return [*sure, *found, *(item for item in text if item.confidence != "high")]


def _years_of_name(reading: Reading) -> Iterator[Evidence]:
    for name in (reading.document_id, reading.path):
        match = _NAME_YEAR.search(name)
        if match:
            yield Evidence("year", match[1], f"name: {name}", "medium")
            return


def _years_of_file(reading: Reading) -> Iterator[Evidence]:
    match = _NAME_YEAR.search(reading.metadata.get("year", ""))
    if match:
        yield Evidence("year", match[1], f"file: year {match[0]}", "medium")


def _years_of_text(parts: Parts) -> list[Evidence]:
    cues = find_year_cues(parts.title, parts.head, parts.headings, parts.text)
    weighed = weigh_years(cues)
    evidence = []
    for year, _ in weighed[:2]:
        own = _first_of_kind(cue for cue in cues if cue.year == year)
        words = "; ".join(f"{kind}: {' '.join(cue.words.split())[:50]}" for kind, cue in own.items())
        evidence.append(Evidence("year", str(year), words, _confidence(year, cues)))
    return evidence


def _first_of_kind(cues: Iterator[YearCue]) -> dict[str, YearCue]:
    own: dict[str, YearCue] = {}
    for cue in cues:
        own.setdefault(cue.kind, cue)
    return own


def _confidence(year: int, cues: list[YearCue]) -> str:
    """Return high for two strong kinds of cue that none contradicts, medium for one, else low."""
    kinds = {cue.kind for cue in cues if cue.year == year} & STRONG
    against = {cue.kind for cue in cues if cue.year != year} & STRONG
    if len(kinds) >= 2 and not against - kinds:
        return "high"
    return "medium" if kinds else "low"


def find_region_evidence(reading: Reading, parts: Parts, year: int | None) -> tuple[Region, list[Evidence]]:
    """Return the region that reports and the evidence for it, that which is followed first.

    The manifest's name, else that of file or folder, else what the file says of itself, else the
    session, the government spoken for and the office named in the first lines.
    """
    near = f"{reading.path} {' '.join(reading.given.values())} {parts.text}"
    candidates: list[tuple[str, str, str]] = []
    if reading.given.get("region"):
        candidates.append((reading.given["region"], "documents.csv", "certain"))
    candidates += [(name, f"name: {name}", "high") for name in _names_of_file(reading)]
    candidates += list(_names_in_text(parts))
    regions: list[Region] = []
    evidence: list[Evidence] = []
    for name, source, confidence in candidates:
        region = find_region(name, year=year, near=near) or _ambiguous(name, year)
        if region is not None:
            regions.append(region)
            if confidence != "certain":
                evidence.append(Evidence("region", region.name, source, confidence))
    if regions:
        return regions[0], evidence
    name = next((name for name, _, _ in candidates), reading.document_id)
    return Region(name, "", "unknown", "", ""), [
        Evidence("region", name, "name, in no list of regions", "low")
    ]


def _ambiguous(name: str, year: int | None) -> Region | None:
    """Return a region without code and superiors where several share the name, None where none has it."""
    found = find_regions(name, year=year)
    return Region(found[0].name, "", found[0].level, "", "") if found else None


def _names_of_file(reading: Reading) -> Iterator[str]:
    columns = [reading.metadata.get(c, "") for c in ("region", "province", "city", "county")]
    folders = reading.path.split("/")[:-1]
    for name in (reading.document_id, *reversed(folders), columns[0], "".join(columns[1:])):
        clean = re.sub(_words()["not_region"], "", name)
        if len(clean) > 1:
            yield clean


def _names_in_text(parts: Parts) -> Iterator[tuple[str, str, str]]:
    words = _words()
    national = re.search(words["nation"]["title"], parts.title) or re.search(
        words["nation"]["head"], parts.head
    )
    if national:
        yield NATION, f"text: {national[0]}", "high"
    for rule in words["region"].values():
        for match in re.finditer(rule["pattern"], getattr(parts, rule["in"])):
            name = _longest_known(match[1])
            if name and name != NATION:
                yield name, f"text: {' '.join(match[0].split())}", rule["confidence"]
                break


def _longest_known(words: str) -> str:
    """Return the longest end of `words` that is a region's name, empty where none is."""
    for cut in range(len(words) - 1):
        found = find_regions(words[cut:])
        if (
            found
            and found[0].level != "township"
            and (found[0].code or found[0].unit or found[0].level == "national")
        ):
            return words[cut:]
    return ""


def find_titles(reading: Reading, parts: Parts) -> list[Evidence]:
    """Return the title the file gives and the first line that looks like one."""
    found: list[Evidence] = []
    if reading.metadata.get("title"):
        found.append(Evidence("title", reading.metadata["title"], "file", "high"))
    if (
        re.search("报告|会议|公报|规划|速读|解读|决议|举行|召开", parts.first)
        and parts.first[-1] not in "的，。；"
    ):
        found.append(Evidence("title", parts.first, "first line", "medium"))
    return found


def find_dates(reading: Reading, parts: Parts) -> list[Evidence]:
    """Return the dates of the session, of the file and of the first lines, in ISO form."""
    found: list[Evidence] = []
    for match in _DATE.finditer(parts.head):
        around = parts.head[max(match.start() - 40, 0) : match.end() + 45]
        session = re.search(_words()["line"]["session"], around)
        iso = _iso(match[1], match[2], match[3])
        if iso and session:
            found.insert(0, Evidence("date", iso, f"session: {' '.join(around.split())}", "high"))
            break
        if iso and not found:
            found.append(Evidence("date", iso, f"first lines: {match[0]}", "low"))
    for name in ("date", "publish_date", "created"):
        given = _DATE.match(reading.metadata.get(name, ""))
        iso = _iso(given[1], given[2], given[3]) if given else ""
        if iso:
            found.append(Evidence("date", iso, f"file: {name}", "medium"))
    return sorted(found, key=lambda item: ("high", "medium", "low").index(item.confidence))


def _iso(year: str, month: str, day: str | None) -> str:
    if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= 31):
        return ""
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("workbench.lexicons").joinpath("identity.toml").read_text("utf-8"))
