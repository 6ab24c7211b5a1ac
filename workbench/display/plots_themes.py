"""Figures of attention: themes in review and plan, by report, over the years."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from workbench.display.axes import new_axes
from workbench.display.labels import Language, in_one_language, name
from workbench.display.marks import label_passage, link_marks
from workbench.display.reading import Passage
from workbench.display.style import BLUE, GREY, INK, LIGHT, ORANGE


@in_one_language
def plot_theme_parts(
    shares: pd.DataFrame,
    *,
    passages: Mapping[tuple[str, str], Passage] | None = None,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw each theme's share in review and plan with its interval.

    Parameters
    ----------
    shares : DataFrame
        theme, part, share_pct, low_pct, high_pct; parts review and plan are drawn.
    passages : mapping of (part, theme) to Passage, optional
        The sentences of each mark, as `group_passages` gives.
    """
    order = shares.groupby("theme")["share_pct"].max().sort_values().index
    places = {theme: place for place, theme in enumerate(order)}
    ax = ax or new_axes(8, 1 + 0.36 * len(order))
    for part, colour, marker, shift in (("review", BLUE, "o", 0.14), ("plan", ORANGE, "D", -0.14)):
        data = shares[shares["part"] == part].dropna(subset=["share_pct"])
        if data.empty:  # an excerpt may hold the plan alone
            continue
        y = data["theme"].map(places) + shift
        ax.hlines(y, data["low_pct"], data["high_pct"], color=colour, linewidth=2, alpha=0.6)
        called = name("part", part, language=language)
        (points,) = ax.plot(data["share_pct"], y, marker, color=colour, label=called)
        named = [name("theme", theme, language=language) for theme in data["theme"]]
        drawn = zip(data["theme"], named, data["share_pct"], strict=True)
        labels = [(theme, f"{label}, {called}: {share:.1f} %") for theme, label, share in drawn]
        link_marks(points, [label_passage(passages, (part, theme), label) for theme, label in labels])
    ax.set_yticks(range(len(order)), [name("theme", theme, language=language) for theme in order])
    ax.grid(axis="x", color=LIGHT)
    ax.legend(loc="lower right")
    ax.set_xlabel(
        "占该部分句子的比重(%),线为95%区间"
        if language == "zh"
        else "Share of the part's sentences (%), 95 % interval"
    )
    return ax


@in_one_language
def plot_theme_grid(shares: pd.DataFrame, *, language: Language = "zh", ax: Axes | None = None) -> Axes:
    """Draw themes by report as a grid of shaded cells with their shares written in.

    Parameters
    ----------
    shares : DataFrame
        document_id, theme, share_pct.
    """
    table = shares.pivot_table(index="theme", columns="document_id", values="share_pct")
    table = table.loc[table.mean(axis=1).sort_values(ascending=False).index]
    ax = ax or new_axes(min(2.5 + 1.1 * table.shape[1], 9.5), 1 + 0.3 * table.shape[0])
    ax.imshow(table, cmap="Blues", aspect="auto", vmin=0)
    middle = table.max().max() / 2
    for row, column in ((r, c) for r in range(table.shape[0]) for c in range(table.shape[1])):
        value = table.iloc[row, column]
        ax.text(
            column,
            row,
            f"{value:.0f}",
            ha="center",
            va="center",
            color="white" if value > middle else INK,
            fontsize=9,
        )
    ax.set_xticks(range(table.shape[1]), [label.replace("_", "\n") for label in table.columns])
    ax.set_yticks(range(table.shape[0]), [name("theme", theme, language=language) for theme in table.index])
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    return ax


@in_one_language
def plot_theme_trend(
    shares: pd.DataFrame, *, themes: list[str], language: Language = "zh", ax: Axes | None = None
) -> Axes:
    """Draw themes over the years with their intervals; a year without report is a gap.

    Parameters
    ----------
    shares : DataFrame
        year, theme, share_pct, low_pct, high_pct of one region.
    """
    ax = ax or new_axes(8, 4)
    years = range(int(shares["year"].min()), int(shares["year"].max()) + 1)
    for number, (theme, style) in enumerate(
        zip(themes, ("o-", "s--", "^-.", "D:", "v-", "P--"), strict=False)
    ):
        line = shares[shares["theme"] == theme].set_index("year").reindex(years)
        places = line.index + 0.06 * (number - (len(themes) - 1) / 2)
        ends = [line["share_pct"] - line["low_pct"], line["high_pct"] - line["share_pct"]]
        label = name("theme", theme, language=language)
        ax.errorbar(places, line["share_pct"], np.maximum(ends, 0), fmt=style, label=label, elinewidth=0.8)
    ax.set_ylim(bottom=0)
    ax.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    ax.set_ylabel("占比(%)" if language == "zh" else "Share (%)")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.legend(ncols=2, fontsize=9)
    ax.grid(axis="y", color=LIGHT)
    if shares["year"].nunique() < 3:
        ax.set_title(
            "不足三年,不成走势" if language == "zh" else "Fewer than three years: no trend", color=GREY
        )
    return ax
