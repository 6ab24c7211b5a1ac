"""Sections: the headings of a report, how deep they stand, and the part that each belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.corpus.headings import Line, read_lines
from workbench.corpus.parts import line_parts
from workbench.corpus.text import normalise
from workbench.tables import SECTIONS

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_Y = r"((?:19|20|一九|二[〇零○])[\d〇零○一二三四五六七八九]{2})年"
_REVIEWED = re.compile("回\\s*顾|总结|估计|估价|完成情况|执行情况|成[就绩]|以来")
_PLANNED = re.compile(
    "安排|任务|要求|目标|方针|部署|重点|建议|打算|谋划|展望|政策取向|政府工作|主要工作|工作$|开局"
)
_ANY = re.compile(_Y)
_SLOGAN = re.compile(r"(回顾|谋划|展望)\s*(20\d\d)(?!年)")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of one text: where it is, its heading and depth, the part it belongs to."""

    start: int
    end: int
    depth: int
    heading: str
    part: str


def plan_year(lines: Sequence[Line]) -> int:
    """Return the year that a text plans for, as its headings tell; 0 if none does."""
    named = [year for line in lines if line.whole for year in _named_years(normalise(line.heading))]
    count = Counter(named)
    return max(count, key=lambda year: (count[year], year), default=0)


def _named_years(heading: str) -> list[int]:
    """Return the plan years that a heading speaks for: the year it plans, the one after that it reviews."""
    found = list(_ANY.finditer(heading))
    years = [int(m[2]) + (m[1] == "回顾") for m in _SLOGAN.finditer(heading)]
    for year, following in zip(found, [*found[1:], None], strict=False):
        words = heading[year.end() : following.start() if following else len(heading)]
        number = int(year[1].translate(_DIGITS))
        before = heading[: year.start()]
        if _REVIEWED.search(words) or (len(found) == 1 and _REVIEWED.search(before)):
            years.append(number + 1)
        elif _PLANNED.search(words) and not before.endswith(("到", "至")) and "远景" not in words:
            years.append(number)
    return years


def text_sections(text: str, noise: Sequence[tuple[int, int]], year: int = 0) -> list[Section]:
    """Return the sections of one text, which tile it from its first character to its last.

    Parameters
    ----------
    text : str
        The unchanged text.
    noise : sequence of (start, end)
        Whole stretches to skip, in order (not the marks inside lines).
    year : int
        The year planned for; 0 leaves it to the headings to tell.
    """
    lines = read_lines(text, noise)
    parts = line_parts(normalise(text), lines, year or plan_year(lines))
    opened = [Section(0, 0, 0, "", parts[0] if parts else "front")]
    for line, part in zip(lines, parts, strict=True):
        if line.heading:
            opened.append(Section(line.start, 0, line.depth, line.heading, part))
        elif part != opened[-1].part:
            opened.append(Section(line.start, 0, 0, "", part))
    if len(opened) > 1 and not text[: opened[1].start].strip():
        opened = [Section(0, 0, opened[1].depth, opened[1].heading, opened[1].part), *opened[2:]]
    ends = [section.start for section in opened[1:]] + [len(text)]
    return [
        Section(section.start, end, section.depth, section.heading, section.part)
        for section, end in zip(opened, ends, strict=True)
    ]


def split_sections(texts: Mapping[str, str], noise: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Split each text into sections and say to which part of the report each belongs.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    noise, documents : DataFrame
        NOISE and DOCUMENTS of the same texts; of documents, `year` (the year planned for) is used.

    Returns
    -------
    DataFrame
        SECTIONS: one row a section (document_id, section, depth, heading, part, start, end). The rows of
        a document tile it; a section whose part begins without a heading has an empty one and depth 0.
    """
    outside = noise[noise["reason"] != "markup"]
    skipped = {
        name: list(zip(g["start"], g["end"], strict=True)) for name, g in outside.groupby("document_id")
    }
    years = {
        name: 0 if pd.isna(year) else int(year) for name, year in documents[["document_id", "year"]].values
    }
    rows = [
        (name, number, s.depth, s.heading, s.part, s.start, s.end)
        for name, text in texts.items()
        for number, s in enumerate(text_sections(text, skipped.get(name, []), years.get(name, 0)))
    ]
    return SECTIONS.frame(rows)
