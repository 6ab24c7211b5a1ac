"""PDF: lines put together to paragraphs, without page headers, footers and page numbers."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from workbench.corpus.formats.archives import check_streams
from workbench.corpus.formats.extract import Extract, join_paragraphs
from workbench.corpus.text import unify_characters
from workbench.errors import SeedError

MAX_PAGES = 1000
# Share of the page's height, above and below, in which headers, footers and page numbers stand.
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"[\s—\-–―·•－~]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[，,/／]?\s*共?\s*\d{1,4}\s*页?)?[\s—\-–―·•－~]*"
)
_ENDS = tuple("。！？!?；;：:…”")

# What the parser trips over in damaged files, besides its own error.
_DAMAGE = (
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
)


@dataclass(frozen=True)
class Line:
    """A line of a page: its words, its box in points, its size of type, the page and column it is in."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    column: int


def read_pdf(data: bytes, name: str) -> list[Extract]:
    """Return the text of a PDF, one line a paragraph, its hard line breaks joined.

    Raises
    ------
    SeedError
        The file is no PDF, is encrypted, unpacks to more than a report can hold, has too many pages
        or no layer of text.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    check_streams(data, name)
    # It warns of every font that lacks a box, once a page; nothing of it touches the text.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise SeedError(f"{name}: expected a report, found {len(pdf.pages):,} pages; split the file.")
            lines, heights = _lines(pdf)
            title = str((pdf.metadata or {}).get("Title") or "")
    except (PdfminerException, *_DAMAGE) as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise SeedError(
                f"{name}: expected a PDF that can be read, found one locked with a password; save it without."
            ) from error
        raise SeedError(
            f"{name}: expected a PDF, found a file that is none or is damaged ({error}); get it again."
        ) from error
    lines = _without_margins(lines, heights)
    text = join_paragraphs(_paragraphs(lines))
    if not text:
        raise SeedError(
            f"{name}: expected a PDF with text, found pages without any; "
            "it is a scan: recognise its text (OCR) first."
        )
    return [Extract(text, "pdf", {"title": title} if title else {})]


def _lines(pdf: Any) -> tuple[list[Line], list[float]]:
    """Return the lines of all pages in reading order, and the heights of the pages."""
    lines: list[Line] = []
    heights = []
    for number, page in enumerate(pdf.pages):
        heights.append(float(page.height))
        rows = [row for row in _rows(page.chars) if any(c["text"].strip() for c in row)]
        lines += _in_reading_order(rows, float(page.width), number)
        page.close()
    return lines, heights


def _rows(characters: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the characters of each row of the page, left to right, those printed twice once.

    Rows are told by the middle of the characters: figures are often set in another font, whose box
    is higher or lower than that of the characters beside them.
    """
    from pdfplumber.utils import cluster_objects

    if not characters:
        return []
    tolerance = 0.3 * median(character["size"] for character in characters)
    rows = cluster_objects(characters, lambda c: (c["top"] + c["bottom"]) / 2, tolerance)
    kept = []
    for row in rows:
        row.sort(key=lambda character: character["x0"])
        twice = [
            after["text"] == before["text"] and after["x0"] - before["x0"] < 0.15 * after["size"]
            for before, after in pairwise(row)
        ]
        kept.append([row[0], *(c for c, again in zip(row[1:], twice, strict=True) if not again)])
    return kept


def _in_reading_order(rows: list[list[dict[str, Any]]], width: float, page: int) -> list[Line]:
    """Return the lines of a page; where a gutter parts most rows, the left column before the right."""
    gutter = next((x for x in (width * s / 100 for s in (50, 48, 52, 46, 54)) if _parts(rows, x)), 0.0)
    if not gutter:
        return [_line(row, page, 0) for row in rows]
    lines: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        if _crosses(row, gutter):
            lines += [*left, *right, _line(row, page, 0)]
            left, right = [], []
            continue
        for side, column, half in (
            (left, 1, [c for c in row if c["x1"] <= gutter]),
            (right, 2, [c for c in row if c["x1"] > gutter]),
        ):
            if half:
                side.append(_line(half, page, column))
    return [*lines, *left, *right]


def _parts(rows: list[list[dict[str, Any]]], x: float) -> bool:
    """Return whether at least eight rows, and most of those on both sides, leave a gap around `x`."""
    both = [row for row in rows if row[0]["x1"] < x < row[-1]["x0"]]
    parted = sum(not _crosses(row, x) for row in both)
    return parted >= 8 and parted > 0.7 * len(both)


def _crosses(row: list[dict[str, Any]], x: float) -> bool:
    if not row[0]["x1"] < x < row[-1]["x0"]:
        return row[0]["x0"] < x < row[-1]["x1"]
    gap = min(c["x0"] for c in row if c["x1"] > x) - max(c["x1"] for c in row if c["x1"] <= x)
    return bool(gap < 0.8 * row[0]["size"])


def _line(row: list[dict[str, Any]], page: int, column: int) -> Line:
    inked = [character for character in row if character["text"].strip()] or row
    text = row[0]["text"]
    for before, after in pairwise(row):
        # Justified lines part their characters a little; a blank is wider, but narrower in Latin words.
        latin = before["text"].isascii() and after["text"].isascii() and not before["text"].isdigit()
        gap = after["x0"] - before["x1"]
        text += (" " if gap > (0.2 if latin else 0.8) * after["size"] else "") + after["text"]
    return Line(
        unify_characters(text),
        min(character["x0"] for character in inked),
        max(character["x1"] for character in inked),
        min(character["top"] for character in row),
        max(character["bottom"] for character in row),
        median(character["size"] for character in row),
        page,
        column,
    )


def _without_margins(lines: Sequence[Line], heights: Sequence[float]) -> list[Line]:
    """Leave out page numbers, and what repeats at the top or bottom of pages but for its digits."""

    def in_margin(line: Line) -> bool:
        height = heights[line.page]
        return line.bottom < height * _MARGIN or line.top > height * (1 - _MARGIN)

    def form(line: Line) -> str:
        return re.sub(r"\d+", "0", line.text)

    pages = {(form(line), line.page) for line in lines if in_margin(line)}
    times = Counter(text for text, _ in pages)
    often = max(2, len(heights) // 3)
    return [
        line
        for line in lines
        if not (in_margin(line) and (_PAGE_NUMBER.fullmatch(line.text) or times[form(line)] >= often))
    ]


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the paragraphs: a line goes on unless it ends short, or the next is indented or set apart."""
    if not lines:
        return
    layout = _layout(lines)
    paragraph = lines[0].text
    for before, line in pairwise(lines):
        if _begins_paragraph(before, line, layout):
            yield paragraph
            paragraph = line.text
        else:
            latin = before.text[-1:].isascii() and before.text[-1:].isalpha() and line.text[:1].isascii()
            paragraph += (" " if latin else "") + line.text
    yield paragraph


@dataclass(frozen=True)
class _Layout:
    """Left and right edge of the text of each column, and the usual gap between lines, in points."""

    edges: dict[int, tuple[float, float]]
    gap: float


def _layout(lines: Sequence[Line]) -> _Layout:
    edges = {}
    for column in {line.column for line in lines}:
        own = [line for line in lines if line.column == column]
        # First lines are indented: the edge is the leftmost place where lines begin again and again.
        starts = Counter(round(line.x0) for line in own)
        often = [x for x, times in starts.items() if times > max(1, len(own) // 20)]
        left = min(often, default=starts.most_common(1)[0][0])
        ends = sorted(line.x1 for line in own)
        edges[column] = (float(left), ends[int(len(ends) * 0.9)])
    gaps = [line.top - before.bottom for before, line in pairwise(lines) if _same_place(before, line)]
    return _Layout(edges, median(gaps) if gaps else 0.0)


def _same_place(before: Line, line: Line) -> bool:
    return (before.page, before.column) == (line.page, line.column)


def _begins_paragraph(before: Line, line: Line, layout: _Layout) -> bool:
    left, _ = layout.edges[line.column]
    _, right = layout.edges[before.column]
    if line.x0 > left + 0.9 * line.size or abs(line.size - before.size) > 0.15 * before.size:
        return True
    if _same_place(before, line) and line.top - before.bottom > layout.gap + 0.45 * line.size:
        return True
    # A line broken before a long number or word may end some characters short.
    short = 2.0 if before.text.endswith(_ENDS) else 5.0
    return before.x1 < right - short * before.size
