"""Sections: the headings of a report, how deep they stand, and the part that each belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.corpus.headings import Line, read_lines
from workbench.corpus.parts import line_parts
from workbench.tables import SECTIONS

_DIGITS = str.maketrans("〇零○一二三四五六七八九０１２３４５６７８９", "000123456789" + "0123456789")
_Y = r"((?:19|20|一九|二[〇零○])[\d〇零○一二三四五六七八九]{2})年"
_REVIEWED = re.compile(_Y + r"(?:的)?(?:国内|政府|主要)?(?:的)?工作(?:的)?(?:简要|基本)?(?:回顾|总结|完成情况)|回顾" + _Y[:-1])
_PLANNED = re.compile(
    _Y + r"(?:的)?(?:政府|经济社会发展|国民经济和社会发展)?(?:的)?(?:工作)?(?:的)?"
    r"(?:重点工作|主要工作$|工作安排|工作任务|主要任务|重点任务|目标任务|总体要求|总体部署|主要目标|预期目标|工作部署|工作建议|政府工作的建议|安排)"
    r"|(?:谋划|展望)" + _Y[:-1]
)
_DELIVERED = re.compile(_Y + r"\s*([\d一二三四五六七八九十]{1,3})\s*月")
_ANY = re.compile(_Y)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of one text: where it is, its heading and depth, the part it belongs to."""

    start: int
    end: int
    depth: int
    heading: str
    part: str


def plan_year(text: str, lines: Sequence[Line]) -> int:
    """Return the year that a text plans for, as its headings, its date or its words tell; 0 if nothing does."""
    headings = [line.heading for line in lines if line.heading and line.whole]
    reviewed = [int((m[1] or m[2]).translate(_DIGITS)) + 1 for h in headings for m in _REVIEWED.finditer(h)]
    planned = [int((m[1] or m[2]).translate(_DIGITS)) for h in headings for m in _PLANNED.finditer(h)]
    if reviewed or planned:
        return Counter(reviewed + planned).most_common(1)[0][0]
    if date := _DELIVERED.search(text, 0, 600):
        late = date[2].translate(_DIGITS) in ("11", "12", "十一", "十二", "10一", "10二", "101", "102", "十1", "十2")
        return int(date[1].translate(_DIGITS)) + late
    years = Counter(year.translate(_DIGITS) for year in _ANY.findall(text))
    return int(years.most_common(1)[0][0]) if years else 0


def text_sections(text: str, noise: Sequence[tuple[int, int]], year: int = 0) -> list[Section]:
    """Return the sections of one text, which tile it from its first character to its last.

    Parameters
    ----------
    text : str
        The unchanged text.
    noise : sequence of (start, end)
        Whole stretches to skip, in order (not the marks inside lines).
    year : int
        The year planned for, if the text's own headings do not tell.
    """
    lines = read_lines(text, noise)
    parts = line_parts(text, lines, plan_year(text, lines) or year)
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
        NOISE and DOCUMENTS of the same texts; of documents, `year` is used where the text does not tell.

    Returns
    -------
    DataFrame
        SECTIONS: one row a section (document_id, section, depth, heading, part, start, end). The rows of
        a document tile it; a section whose part begins without a heading has an empty one and depth 0.
    """
    outside = noise[noise["reason"] != "markup"]
    skipped = {name: list(zip(g["start"], g["end"], strict=True)) for name, g in outside.groupby("document_id")}
    years = {name: 0 if pd.isna(year) else int(year) for name, year in documents[["document_id", "year"]].values}
    rows = [
        (name, number, s.depth, s.heading, s.part, s.start, s.end)
        for name, text in texts.items()
        for number, s in enumerate(text_sections(text, skipped.get(name, []), years.get(name, 0)))
    ]
    return SECTIONS.frame(rows)
