"""Headings: which lines of a text are headings or open with one, and how deep they stand."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

_LINE = re.compile(r"[^\r\n]+")
_SENTENCE = re.compile(r"[^\r\n]*?[。！？!?]+[”’）)]*|[^\r\n]+")
_EDGE = " \t\u3000\xa0\ufeff\u200b"
_HASHES = re.compile(r"#{1,6}(?=\s)")
_BOLD = re.compile(r"\*\*([^*\n]{2,80})\*\*")
_CLAUSE = re.compile(r"[。！？!?：:；;]|\.(?!\d)|\s{2,}")
_SENTENCE_MARKS = re.compile(r"[。！？!?；;：:…]")
_CLOSED = "。！？!?：:；;"
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Line:
    """A line outside noise, without blanks at its edges, and the heading that it is or opens with.

    `words` is where its words begin, after marks of Markdown.
    """

    start: int
    end: int
    words: int
    heading: str = ""
    style: str = ""
    whole: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Marks:
    numbering: re.Pattern[str]
    ranks: dict[str, float]
    never: re.Pattern[str]
    wrapped: float
    unbroken: int
    shortest: int
    longest: int
    figures: re.Pattern[str]
    titles: re.Pattern[str]
    glossary: re.Pattern[str]
    after_glossary: re.Pattern[str]


@cache
def _marks() -> _Marks:
    data = tomllib.loads(resources.files("workbench.lexicons").joinpath("headings.toml").read_text("utf-8"))
    rules = {f"m{number}": rule for number, rule in enumerate(data["mark"])}
    return _Marks(
        re.compile("|".join(f"(?P<{name}>{rule['pattern']})" for name, rule in rules.items())),
        {name: rule["rank"] for name, rule in rules.items()} | data["unnumbered"],
        re.compile(data["never"]["pattern"]),
        data["plain"]["wrapped"],
        data["unbroken"],
        data["plain"]["shortest"],
        data["plain"]["longest"],
        re.compile(data["plain"]["figures"]),
        re.compile(data["plain"]["titles"]),
        re.compile(data["glossary"]["begins"]),
        re.compile(data["glossary"]["ends"]),
    )


def read_lines(text: str, noise: Sequence[tuple[int, int]]) -> list[Line]:
    """Return the lines of a text that are not noise, each with its heading and its depth.

    A line so long that the breaks of paragraphs must have been lost is read sentence by sentence.

    Parameters
    ----------
    text : str
        The unchanged text.
    noise : sequence of (start, end)
        Stretches to skip, in order; a line that begins in one is left out.
    """
    starts = [start for start, _ in noise]
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        broken = match.end() - match.start() > _marks().unbroken
        for piece in _SENTENCE.finditer(text, *match.span()) if broken else (match,):
            raw = piece.group()
            bare = raw.strip(_EDGE)
            start = piece.start() + len(raw) - len(raw.lstrip(_EDGE))
            at = bisect_right(starts, start) - 1
            if bare and (at < 0 or noise[at][1] <= start):
                line = _read_line(bare, start)
                lines.append(replace(line, whole=True) if broken and _is_high(line) else line)
    return _nested(_without_entries(text, _without_contents(_with_plain(text, lines))))


def _is_high(line: Line) -> bool:
    return _rank(line.style, _marks().ranks) in (1, 2) if line.style else False


def _read_line(bare: str, start: int) -> Line:
    line = Line(start, start + len(bare), start + len(bare) - len(bare.lstrip("*#> " + _EDGE)))
    words, opened = bare, ""
    if hashes := _HASHES.match(bare):
        words = bare[hashes.end() :].strip(_EDGE)
        opened = hashes.group()
    if bold := _BOLD.match(words):
        inside = bold.group(1).strip(_EDGE)
        rest = words[bold.end() :].strip(_EDGE)
        return _bold_line(line, inside, rest, opened)
    if opened:
        return replace(line, heading=words.strip("#* "), style=opened, whole=True)
    return _numbered_line(line, words.lstrip("*"))


def _bold_line(line: Line, inside: str, rest: str, opened: str) -> Line:
    marks = _marks()
    if marks.never.match(inside):
        return line
    mark = marks.numbering.match(inside)
    style = opened or (
        str(mark.lastgroup) if mark else "bold" if not rest and inside[-1] not in "：:" else "bold clause"
    )
    heading = inside.rstrip("。：:；;，, ")
    if mark and mark.end() == len(inside):
        heading = (inside + _CLAUSE.split(rest, maxsplit=1)[0])[:_LONGEST]
        return replace(line, heading=heading, style=style, whole=not _SENTENCE_MARKS.search(rest))
    if not mark and not opened and (len(heading) < 4 or inside[-1] in "；;"):
        return line
    return replace(line, heading=heading, style=style, whole=not rest.strip("。：:*"))


def _numbered_line(line: Line, words: str) -> Line:
    mark = _marks().numbering.match(words)
    if not mark:
        return line
    title = _CLAUSE.split(words[mark.end() :], maxsplit=1)[0]
    whole = mark.end() + len(title) >= len(words) - 1 and words[-1] not in "；;"
    if len(title) > _LONGEST:
        title = re.split("[，,；;]", title, maxsplit=1)[0]
        whole = False
    if len(title) > _LONGEST or (words[-1] in "；;" and len(words) < _LONGEST):
        return line
    heading = (mark.group() + title).replace("**", "").strip(_EDGE)
    return replace(line, heading=heading, style=str(mark.lastgroup), whole=whole)


def _with_plain(text: str, lines: list[Line]) -> list[Line]:
    """Make headings of short lines that stand alone before a paragraph, once the body has begun."""
    marks, begun = _marks(), False
    result = lines if _is_wrapped(text, lines, marks) else _with_standing_alone(text, lines, marks)
    for index, line in enumerate(result):
        if line.style in ("plain", "bold"):
            if marks.titles.search(line.heading):
                result[index], begun = replace(line, style="title"), True
            elif not begun:
                result[index] = Line(line.start, line.end, line.words)
        begun = begun or (line.end - line.start > 15 and _ends_sentence(text, line))
    if any(line.style == "title" and text.startswith("**", line.start) for line in result):
        result = [replace(line, style="title") if line.style == "bold" else line for line in result]
    return _joined(text, result)


def _ends_sentence(text: str, line: Line, more: str = "") -> bool:
    """Whether a line ends with a mark of a sentence; pictographs of web pages behind it do not count."""
    end = line.end
    while end > line.start and unicodedata.category(text[end - 1]) in ("So", "Sk", "Mn", "Cf"):
        end -= 1
    return text[end - 1] in _CLOSED + more


def _is_wrapped(text: str, lines: list[Line], marks: _Marks) -> bool:
    long = [line for line in lines if line.end - line.start > 20 and not line.heading]
    return sum(not _ends_sentence(text, line, "”）)*") for line in long) > marks.wrapped * len(long)


def _with_standing_alone(text: str, lines: list[Line], marks: _Marks) -> list[Line]:
    result = list(lines)
    for index in range(len(lines) - 2, -1, -1):
        line, following = lines[index], result[index + 1]
        words = text[line.words : line.end].rstrip("*# ")
        leads = following.heading or _ends_sentence(text, following)
        if leads and not line.heading and _stands_alone(words, marks):
            result[index] = replace(line, heading=words, style="plain", whole=True)
    return result


def _stands_alone(words: str, marks: _Marks) -> bool:
    return (
        marks.shortest <= len(words) <= marks.longest
        and words[-1] not in "，,、"
        and not _SENTENCE_MARKS.search(words)
        and (marks.titles.search(words) is not None or not marks.figures.search(words))
        and not marks.never.match(words)
    )


def _joined(text: str, lines: list[Line]) -> list[Line]:
    """Join a heading that runs over several lines: unnumbered ones that follow with only blanks between."""
    result: list[Line] = []
    for line in lines:
        first = result[-1] if result else None
        if (
            first is not None
            and first.whole
            and first.style not in ("", "title")
            and line.style in ("plain", "bold", "title")
            and (line.style != "bold" or first.style.startswith("bold"))
            and not text[first.end : line.start].strip("*# \t\r\n\u3000\xa0")
        ):
            style = line.style if line.style == "title" else first.style
            style = f"{style} lines" if style in ("plain", "bold") else style
            result[-1] = replace(first, end=line.end, heading=f"{first.heading} {line.heading}", style=style)
        else:
            result.append(line)
    return result


def _without_contents(lines: list[Line]) -> list[Line]:
    """Take the headings out of a table of contents: said again later, and beside others of that kind."""
    left = Counter(line.heading for line in lines if line.heading)
    result: list[Line] = []
    listed = False
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        left[line.heading] -= 1
        repeated = bool(line.heading) and left[line.heading] > 0
        listed = repeated and (listed or (following is not None and left[following.heading] > 1))
        result.append(Line(line.start, line.end, line.words) if listed else line)
    return result


def _without_entries(text: str, lines: list[Line]) -> list[Line]:
    """Take the headings out of a glossary, whose numbered entries look like them."""
    marks, inside = _marks(), False
    result = []
    for line in lines:
        named = line.whole and line.end - line.start <= 40
        words = text[line.words : line.end].rstrip("*# ") if line.end - line.start <= 80 else ""
        if words and marks.glossary.search(words):
            inside = True
            line = replace(line, heading=words, style="title", whole=True)
        elif named and inside and marks.after_glossary.search(line.heading):
            inside = False
        elif inside:
            line = Line(line.start, line.end, line.words)
        result.append(line)
    return result


def _nested(lines: list[Line]) -> list[Line]:
    """Give each heading its depth: below the last one of a higher mark, beside the last of its own."""
    ranks = _marks().ranks
    stack: list[str] = []
    result = []
    for line in lines:
        if line.style:
            rank = _rank(line.style, ranks)
            cut = stack.index(line.style) if line.style in stack else len(stack)
            if rank is not None:
                lower = (at for at, style in enumerate(stack) if _below(style, line.style, rank, ranks))
                cut = min(cut, next(lower, cut))
            stack = [*stack[:cut], line.style]
            line = replace(line, depth=len(stack))
        result.append(line)
    return result


def _below(style: str, new: str, rank: float, ranks: dict[str, float]) -> bool:
    above = _rank(style, ranks)
    return new == "title" or new[0] == "#" if above is None else above > rank


def _rank(style: str, ranks: dict[str, float]) -> float | None:
    return len(style) / 10 if style[0] == "#" else ranks.get(style)
