"""Figures of how sure attention is: ways of counting, and levels of themes between breaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from workbench.display.axes import new_axes
from workbench.display.labels import Language, in_one_language, name
from workbench.display.plots_themes import plot_theme_trend
from workbench.display.style import BLUE, GREY, INK, LIGHT, SKY
from workbench.measures.breaks import LEAST_YEARS
from workbench.measures.specifications import CHOICES


@in_one_language
def plot_specifications(compared: pd.DataFrame, *, language: Language = "zh") -> Figure:
    """Draw how far each way of counting ranks reports as the reference does, and what its choices are.

    Above, a line from the lower to the upper quartile of the themes' rank correlations with their
    median, sorted; below, a mark for each choice of the specification (Simonsohn, Simmons & Nelson
    2020).

    Parameters
    ----------
    compared : DataFrame
        As `workbench.measures.specifications.compare_specifications` returns.
    """
    known = compared.dropna(subset=["rank_correlation"])
    if known.empty:
        ax = new_axes(8, 1.2)
        ax.set_axis_off()
        few = (
            "不足四份报告,无从比较" if language == "zh" else "Fewer than four reports: no ranking to compare"
        )
        ax.text(0, 0.5, few, color=GREY)
        return ax.figure  # type: ignore[return-value]
    curve = known.groupby(list(CHOICES))["rank_correlation"].quantile([0.25, 0.5, 0.75]).unstack()
    curve = curve.sort_values(0.5, ascending=False)
    codes = [(choice, curve.index.get_level_values(choice)) for choice in CHOICES]
    rows = [
        (choice, code, column == code) for choice, column in codes for code in sorted(set(column)) if code
    ]
    figure = _clear_figure(9, 3 + 0.2 * len(rows))
    above, below = figure.subplots(2, sharex=True, height_ratios=(3, 0.2 * len(rows)))
    places = np.arange(len(curve))
    above.vlines(places, curve[0.25], curve[0.75], color=SKY, linewidth=3)
    above.plot(places, curve[0.5], "o", color=BLUE, markersize=4)
    above.set_ylabel("与基准的等级相关" if language == "zh" else "Rank correlation with the reference")
    above.grid(axis="y", color=LIGHT)
    for number, (_, _, there) in enumerate(rows):
        below.plot(places[there], np.full(there.sum(), number), "s", color=INK, markersize=3)
    named = [tuple(name("choice", code, language=language) for code in row[:2]) for row in rows]
    below.set_yticks(range(len(rows)), [" ".join(pair) for pair in named], fontsize=8)
    below.set_ylim(len(rows) - 0.5, -0.5)
    below.set_xticks([])
    below.spines[:].set_visible(False)
    below.tick_params(length=0)
    return figure


@in_one_language
def plot_theme_course(
    shares: pd.DataFrame, breaks: pd.DataFrame, *, themes: list[str], language: Language = "zh"
) -> Figure:
    """Draw themes over the years: in one panel where they are few, else each with its levels.

    In the panels points are the shares, lines the mean levels between breaks, and grey bands the
    intervals of the breaks; a year without a report has no point.

    Parameters
    ----------
    shares : DataFrame
        year, theme, share_pct, low_pct, high_pct of one region.
    breaks : DataFrame
        As `workbench.measures.breaks.find_breaks` returns for the same.
    """
    if shares.dropna(subset=["share_pct"])["year"].nunique() < LEAST_YEARS:
        return plot_theme_trend(shares, themes=themes, language=language).figure  # type: ignore[return-value]
    figure = _clear_figure(8, 1.3 * len(themes))
    axes = figure.subplots(len(themes), sharex=True, squeeze=False)[:, 0]
    for ax, theme in zip(axes, themes, strict=True):
        own = breaks[(breaks["theme"] == theme) & breaks["break_year"].notna()]
        _draw_levels(ax, shares[shares["theme"] == theme].dropna(subset=["share_pct"]), own)
        ax.set_title(name("theme", theme, language=language), fontsize=10)
    axes[-1].xaxis.set_major_locator(MaxNLocator(integer=True))
    axes[len(themes) // 2].set_ylabel("占比(%)" if language == "zh" else "Share (%)")
    return figure


def _draw_levels(ax: Axes, line: pd.DataFrame, own: pd.DataFrame) -> None:
    line = line.sort_values("year")
    ax.vlines(line["year"], line["low_pct"], line["high_pct"], color=SKY, linewidth=1)
    ax.plot(line["year"], line["share_pct"], "o", color=BLUE, markersize=3)
    for row in own.itertuples():
        ax.axvspan(row.low_year - 0.5, row.high_year - 0.5, color=LIGHT, alpha=0.7, linewidth=0)
    first = int(line["year"].min())
    for cut in [*own["break_year"].astype(int), int(line["year"].max()) + 1]:
        part = line[(line["year"] >= first) & (line["year"] < cut)]
        ax.hlines(part["share_pct"].mean(), first - 0.5, cut - 0.5, color=INK, linewidth=1.5)
        first = cut
    ax.set_ylim(bottom=0)


def _clear_figure(width: float, height: float) -> Figure:
    figure = new_axes(width, height).figure
    figure.clear()
    return figure  # type: ignore[return-value]
