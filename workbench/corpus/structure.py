"""Sections: the headings of a report, how deep they are, and the part that each belongs to."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import pandas as pd

from workbench.tables import SECTIONS

_NUMERAL = "[一二三四五六七八九十百零〇]{1,4}"
_MARKERS = (
    ("#", re.compile(r"#{1,6}\s")),
    ("一、", re.compile(rf"第?{_NUMERAL}[、．.]")),
    ("（一）", re.compile(rf"[（(]\s*{_NUMERAL}\s*[）)]")),
    ("1、", re.compile(r"\d{1,2}(?:[、．]|\.(?!\d)|\s(?=[\u4e00-\u9fff]))")),
    ("【", re.compile(r"【[^】\n]{2,15}】")),
)
_LINE = re.compile(r"[^\r\n]+")
_BOLD = re.compile(r"\*\*([^*\n]{2,60})\*\*")
_YEAR = re.compile(r"(?<!\d)(19[4-9]\d|20[0-4]\d)年")
_HEADING_LENGTH = 70


@dataclass(frozen=True)
class Section:
    """A section of one text: where it is, its heading and depth, the part it belongs to."""

    start: int
    end: int
    depth: int
    heading: str
    part: str


@cache
def _cues(year: int) -> dict[str, Any]:
    text = resources.files("workbench.lexicons").joinpath("parts.toml").read_text("utf-8")
    data = tomllib.loads(text.replace("{year}", str(year)).replace("{last}", str(year - 1)))
    return {
        "heading": [(rule["part"], re.compile(rule["pattern"])) for rule in data["heading"]],
        "sentence": [(rule["part"], re.compile(rule["pattern"])) for rule in data["sentence"]],
        "closing": re.compile(data["closing"]["pattern"]),
    }


def plan_year(text: str) -> int:
    """Guess the year a text plans for: the one that it names most in its first lines, else overall."""
    for stretch in (text[:400], text):
        if years := Counter(_YEAR.findall(stretch)):
            return (
                max(int(year) for year in years) if stretch is not text else int(years.most_common(1)[0][0])
            )
    return 0


def text_sections(text: str, noise: list[tuple[int, int]], year: int) -> list[Section]:
    """Return the sections of one text, which tile it from its first character to its last."""
    cues = _cues(year)
    sections: list[Section] = []
    styles: list[str] = []
    part, top = "front", 0
    for start, heading, style in _openings(text, noise, cues):
        depth = 0
        if style:
            styles = styles[: styles.index(style) + 1] if style in styles else [*styles, style]
            depth = len(styles)
        found = _part_of(heading or text[start : start + 120], cues["heading" if heading else "sentence"])
        if found and (depth <= max(top, 1) or part == "front" or found == "glossary"):
            part, top = found, depth
        if not heading and not found:
            part = "closing" if cues["closing"].match(text, start) and part != "front" else part
        sections.append(Section(start, len(text), depth, heading, part))
    if not sections or sections[0].start:
        sections.insert(0, Section(0, len(text), 0, "", "front" if sections else "plan"))
    ends = [section.start for section in sections[1:]] + [len(text)]
    return [replace(section, end=end) for section, end in zip(sections, ends, strict=True)]


def _part_of(words: str, rules: list[tuple[str, re.Pattern[str]]]) -> str:
    return next((part for part, pattern in rules if pattern.search(words)), "")


def _openings(text: str, noise: list[tuple[int, int]], cues: dict[str, Any]) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    skipped = sorted(noise)
    number = 0
    lines = list(_LINE.finditer(text))
    for index, line in enumerate(lines):
        while number < len(skipped) and skipped[number][1] <= line.start():
            number += 1
        if number < len(skipped) and skipped[number][0] <= line.start():
            continue
        raw = line.group()
        bare = raw.lstrip(" \t\u3000*")
        start = line.start() + len(raw) - len(bare)
        heading, style = _heading(bare, raw)
        if heading:
            found.append((start, heading, style))
        elif any(p.match(bare) for _, p in cues["sentence"]):
            found.append((start, "", ""))
        elif cues["closing"].match(bare) and index >= len(lines) - 3:
            found.append((start, "", ""))
    return found


def _heading(bare: str, raw: str) -> tuple[str, str]:
    for style, marker in _MARKERS:
        if match := marker.match(bare):
            title = re.split(r"[。！？：:]|\*\*", bare[match.end() :], maxsplit=1)[0]
            if len(title) > _HEADING_LENGTH:
                return "", ""
            return bare[: match.end() + len(title)].strip(" #*\u3000"), style
    if (bold := _BOLD.fullmatch(raw.strip())) and raw.strip().startswith("**"):
        return bold.group(1).strip(), "bold"
    return "", ""


def split_sections(texts: Mapping[str, str], noise: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Split each text into sections and say to which part of the report each belongs.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    noise, documents : DataFrame
        NOISE and DOCUMENTS of the same texts; of documents, `year` is used where it is known.

    Returns
    -------
    DataFrame
        SECTIONS: one row a section (document_id, section, depth, heading, part, start, end).
    """
    outside = noise[noise["reason"] != "markup"]
    skipped = {
        name: list(zip(g["start"], g["end"], strict=True)) for name, g in outside.groupby("document_id")
    }
    years = dict(zip(documents["document_id"], documents["year"], strict=True))
    rows = []
    for name, text in texts.items():
        year = years.get(name)
        known = plan_year(text) if year is None or pd.isna(year) else int(year)
        for number, s in enumerate(text_sections(text, skipped.get(name, []), known)):
            rows.append((name, number, s.depth, s.heading, s.part, s.start, s.end))
    return SECTIONS.frame(rows)
