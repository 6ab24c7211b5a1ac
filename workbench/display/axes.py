"""Fresh axes for a plot that was given none."""

from __future__ import annotations

from matplotlib.axes import Axes


def new_axes(width: float = 8, height: float = 4) -> Axes:
    """Return the axes of a new figure of this size in inches."""
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(width, height))[1]
