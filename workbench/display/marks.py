"""Marks of a figure that lead to passages: which passage each shows, and where it stands in the picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matplotlib.artist import Artist
from matplotlib.collections import PathCollection
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from workbench.display.reading import Passage

_KEY = "workbench_passages"
_LEAST = 12
"""Pixels that a mark is wide and high to a pointer, however small it is drawn."""

Box = tuple[float, float, float, float]


def link_marks(drawn: Artist | BarContainer, passages: Sequence[Passage | None]) -> None:
    """Let the marks of an artist lead to passages, one each, in the order of its data.

    Parameters
    ----------
    drawn : Artist or BarContainer
        Bars, the points of a line or of a scatter, or any other artist as one mark.
    passages : sequence of Passage
        None for a mark that leads nowhere.
    """
    if isinstance(drawn, BarContainer):
        for bar, passage in zip(drawn, passages, strict=True):
            vars(bar)[_KEY] = [passage]
    else:
        vars(drawn)[_KEY] = list(passages)


def label_passage(passages: Mapping[Any, Passage] | None, key: Any, label: str) -> Passage | None:
    """Return the passage of a key with the words that its mark stands for, None where there is none."""
    found = (passages or {}).get(key)
    return None if found is None else replace(found, context=label)


def list_marks(figure: Figure) -> list[dict[str, Any]]:
    """Return the marks of a figure that has been drawn, as plain values for the page.

    Returns
    -------
    list of dict
        ``href``, ``document``, ``label`` (what the mark stands for) and ``box``: left, top, width and
        height in percent of the picture; in the order of reading, from above.
    """
    marks = []
    for artist in figure.findobj(lambda one: _KEY in vars(one)):
        passages = vars(artist)[_KEY]
        for passage, box in zip(passages, _boxes(artist, len(passages), figure), strict=True):
            if passage is not None:
                marks.append(_describe(passage, box, figure))
    return sorted(marks, key=lambda mark: (round(mark["box"][1]), mark["box"][0]))


def _describe(passage: Passage, box: Box, figure: Figure) -> dict[str, Any]:
    left, bottom, width, height = box
    wide, high = figure.bbox.width, figure.bbox.height
    left, bottom = left - max(_LEAST - width, 0) / 2, bottom - max(_LEAST - height, 0) / 2
    width, height = max(width, _LEAST), max(height, _LEAST)
    shares = (left / wide, 1 - (bottom + height) / high, width / wide, height / high)
    return {
        "href": passage.href,
        "document": passage.document_id,
        "label": passage.context or passage.quote,
        "box": [round(100 * share, 2) for share in shares],
    }


def _boxes(artist: Any, count: int, figure: Figure) -> Iterator[Box]:
    """Yield left, bottom, width and height in pixels of each mark of an artist."""
    if isinstance(artist, Line2D):
        points = artist.get_transform().transform(artist.get_xydata())
        size = artist.get_markersize() * figure.dpi / 72
        yield from (_around(x, y, size) for x, y in points)
    elif isinstance(artist, PathCollection):
        points = artist.get_offset_transform().transform(artist.get_offsets())
        size = float(artist.get_sizes()[0]) ** 0.5 * figure.dpi / 72
        yield from (_around(x, y, size) for x, y in points)
    else:
        extent = artist.get_window_extent()
        yield from [(extent.x0, extent.y0, extent.width, extent.height)] * count


def _around(x: float, y: float, size: float) -> Box:
    return x - size / 2, y - size / 2, size, size
