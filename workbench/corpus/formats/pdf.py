"""PDF: lines put together to paragraphs, without page headers, footers and page numbers."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from workbench.corpus.formats.extract import Extract, join_paragraphs
from workbench.errors import SeedError

MAX_PAGES = 1000
# Share of the page's height, above and below, in which headers, footers and page numbers stand.
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"[\s—\-–―·•－~]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}\s*页?)?[\s—\-–―·•－~]*"
)
_ENDS = tuple("。！？!?；;：:…”")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·]"
_NO_BLANK = re.compile(f"(?<={_WIDE}) +(?=[{_WIDE[1:-1]}\\d])|(?<=[\\d%]) +(?={_WIDE})")


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
        The file is no PDF, is encrypted, has too many pages or no layer of text.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise SeedError(f"{name}: expected a report, found {len(pdf.pages):,} pages; split the file.")
            lines, heights = _lines(pdf)
            title = str((pdf.metadata or {}).get("Title") or "")
    except PdfminerException as error:
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
        words = page.extract_words(x_tolerance_ratio=0.5, y_tolerance=3, extra_attrs=["size"])
        heights.append(float(page.height))
        for column, part in enumerate(_columns(words, float(page.width))):
            lines += _lines_of_words(part, number, column)
        page.close()
    return lines, heights


def _columns(words: list[dict[str, Any]], width: float) -> list[list[dict[str, Any]]]:
    """Return the words of each column: two where a gutter near the middle parts most lines."""
    for gutter in (width * share / 100 for share in (50, 48, 52, 46, 54)):
        left = [word for word in words if word["x1"] <= gutter]
        right = [word for word in words if word["x0"] >= gutter]
        across = len(words) - len(left) - len(right)
        rows = {round(word["top"] / 4) for word in left} & {round(word["top"] / 4) for word in right}
        if across <= 2 and len(rows) >= 8:
            wide = [word for word in words if word["x0"] < gutter < word["x1"]]
            return [[*wide, *left], right]
    return [words]


def _lines_of_words(words: list[dict[str, Any]], page: int, column: int) -> Iterator[Line]:
    from pdfplumber.utils import cluster_objects

    for cluster in cluster_objects(words, lambda word: word["bottom"], 3):
        cluster.sort(key=lambda word: word["x0"])
        text = _NO_BLANK.sub("", " ".join(word["text"] for word in cluster))
        yield Line(
            text,
            min(word["x0"] for word in cluster),
            max(word["x1"] for word in cluster),
            min(word["top"] for word in cluster),
            max(word["bottom"] for word in cluster),
            max(word["size"] for word in cluster),
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
        left = Counter(round(line.x0) for line in own).most_common(1)[0][0]
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
