"""Fresh axes for a plot that was given none, and labels at the ends of lines in place of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.ticker import MaxNLocator

from workbench.display.style import GREY, INK


def new_axes(width: float = 8, height: float = 4) -> Axes:
    """Return the axes of a new figure of this size in inches."""
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(width, height))[1]


def spread_labels(ax: Axes, ends: Sequence[tuple[float, float, str, str]], *, size: float = 9) -> None:
    """Write names beside the ends of lines, moved apart where they would overlap.

    Parameters
    ----------
    ax : Axes
        Its limits are settled: the data are drawn.
    ends : sequence of (x, y, text, colour)
    size : float
        Of the letters, in points.
    """
    if not ends:
        return
    low, high = ax.get_ylim()
    height = ax.get_window_extent().height * 72 / ax.figure.dpi
    step = 1.25 * size / max(height, 1) * (high - low)
    right = max(end[0] for end in ends)
    ordered = sorted(ends, key=lambda end: end[1])
    places = [y for _, y, _, _ in ordered]
    for k in range(1, len(places)):
        places[k] = max(places[k], places[k - 1] + step)
    places[-1] = min(places[-1], max(high, ordered[-1][1]))
    for k in range(len(places) - 2, -1, -1):
        places[k] = min(places[k], places[k + 1] - step)
    gap = 0.02 * (right - ax.get_xlim()[0])
    for (_, _, text, colour), at in zip(ordered, places, strict=True):
        ax.text(right + gap, at, text, color=colour, fontsize=size, va="center")


def say(ax: Axes, text: str) -> Axes:
    """Write a sentence in the place of a figure that cannot be drawn."""
    ax.text(0.5, 0.5, text, ha="center", va="center", color=GREY, transform=ax.transAxes)
    ax.set_axis_off()
    return ax


def mark_years(ax: Axes) -> None:
    """Put ticks at whole years only; an axis of a year or two shows those and not a century."""
    first, last = ax.dataLim.x0, ax.dataLim.x1
    if isfinite(first) and isfinite(last) and last - first < 2:
        ax.set_xlim((first + last) / 2 - 1.5, (first + last) / 2 + 1.5)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))


def ink_on(image: AxesImage, value: float) -> str:
    """Return the colour of letters that can be read on a tile of this value."""
    low, high = image.get_clim()
    return "white" if value > (low or 0.0) + 0.6 * ((high or 1.0) - (low or 0.0)) else INK
