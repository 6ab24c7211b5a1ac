"""Figures of the chain of government: who sets above the superior, the levels by year, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from workbench.display.axes import mark_years, new_axes, say, spread_labels
from workbench.display.labels import Language, in_one_language, name
from workbench.display.marks import frame_passages, link_marks
from workbench.display.style import BLUE, GREEN, GREY, INK, LIGHT, ORANGE, RED

CHAIN_COLOURS = (INK, BLUE, ORANGE, GREEN, RED)


@in_one_language
def plot_amplification(
    pairs: pd.DataFrame,
    *,
    highlight: str = "",
    most: int = 14,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw by indicator how far regions set above (right) or below (left) their superior.

    A dot a report, stacked where values are equal; the region of the page in a ring, the two ends named where
    they are its only ones. At the right: how many set above, at and below the superior.

    Parameters
    ----------
    pairs : DataFrame
        SUPERIOR_PAIRS of the reports to be shown, best of one year; rows with an amplification count.
    highlight : str
        Region drawn in a ring.
    most : int
        Indicators drawn: those that most reports share with their superior.
    """
    data = pairs[pairs["amplification"].notna()]
    shown = data["indicator_id"].value_counts().head(most).index.tolist()[::-1]
    ax = ax or new_axes(8, 1.2 + 0.42 * max(len(shown), 2))
    if data.empty:
        return say(
            ax, "没有可与上级相减的目标" if language == "zh" else "no target to set against a superior's"
        )
    ax.axvline(0, color=GREY, linewidth=0.8, zorder=0)
    limit = max(data["amplification"].abs().quantile(0.97), 1.0) * 1.15
    for place, indicator in enumerate(shown):
        rows = data[data["indicator_id"] == indicator]
        _draw_dots(ax, rows, place, highlight, limit)
        above, below = (rows["amplification"] > 1e-9).sum(), (rows["amplification"] < -1e-9).sum()
        label = f"{above}↑ {len(rows) - above - below}= {below}↓"
        ax.text(limit * 1.05, place, label, va="center", fontsize=8, color=GREY)
    ax.set_yticks(range(len(shown)), [name("indicator", i, language=language) for i in shown])
    ax.set_xlim(-limit * 1.02, limit * 1.02)
    ax.set_ylim(-0.6, len(shown) - 0.4)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    zh = language == "zh"
    ax.set_xlabel(
        "本级减上级(百分点);右侧:高于、等于、低于上级的报告数"
        if zh
        else "local less superior (points); right: reports above, at, below"
    )
    return ax


def _draw_dots(ax: Axes, rows: pd.DataFrame, place: float, highlight: str, limit: float) -> None:
    ordered = rows.sort_values("amplification")
    clipped = ordered["amplification"].clip(-limit, limit)
    level = ordered.groupby(ordered["amplification"].round(2)).cumcount()
    sizes = ordered["amplification"].round(2).map(ordered["amplification"].round(2).value_counts())
    heights = place + (level - (sizes - 1) / 2) * (0.7 / sizes.clip(lower=6))
    own = (ordered["region"] == highlight).to_numpy()
    others = ax.scatter(clipped[~own], heights[~own], s=16, color=BLUE, alpha=0.75, linewidths=0)
    mine = ax.scatter(clipped[own], heights[own], s=46, color=ORANGE, edgecolor=INK, linewidths=0.6, zorder=4)
    for drawn, rows_drawn in ((others, ordered[~own]), (mine, ordered[own])):
        shown = zip(rows_drawn["document_id"], rows_drawn["amplification"], strict=True)
        link_marks(drawn, frame_passages(rows_drawn, [f"{region} {value:+g}" for region, value in shown]))
    for end in {0, len(ordered) - 1}:
        row = ordered.iloc[end]
        alone = (ordered["amplification"] - row["amplification"]).abs().lt(1e-9).sum() == 1
        if alone and abs(row["amplification"]) > 1e-9:
            beyond = abs(row["amplification"]) > limit
            text = f"{row['region']} {row['amplification']:+g}" if beyond else row["region"]
            _name_dot(ax, text, float(clipped.iloc[end]), float(heights.iloc[end]), limit)


def _name_dot(ax: Axes, text: str, x: float, y: float, limit: float) -> None:
    """Write the name of a region outwards of its dot, or above it where the edge is near."""
    outwards = 1 if x > 0 else -1
    if abs(x) > 0.75 * limit:
        shift, side, vertical = (4 * outwards, 5), ("right" if outwards > 0 else "left"), "bottom"
    else:
        shift, side, vertical = (5 * outwards, 0), ("left" if outwards > 0 else "right"), "center"
    ax.annotate(text, (x, y), shift, textcoords="offset points", ha=side, va=vertical, fontsize=7, color=INK)


@in_one_language
def plot_cascade(
    panel: pd.DataFrame,
    averages: pd.DataFrame,
    *,
    chain: Sequence[str],
    indicator: str,
    first_year: int = 2000,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw by year what each level of one chain of government set, over the span of all provinces.

    Ranges are bars; a year without a number is a gap. The grey band is the span of the provinces in
    the corpus, its line their mean.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL; growth in percent is drawn.
    averages : DataFrame
        What `average_levels` returns for the indicator.
    chain : sequence of str
        Regions from the top down, as `trace_chain` gives them.
    indicator : str
    first_year : int
        Earlier years are left out.
    """
    ax = ax or new_axes(9, 4)
    _draw_band(ax, averages[averages["year"] >= first_year])
    rows = panel[
        (panel["indicator_id"] == indicator)
        & (panel["measure"] == "growth")
        & (panel["form"] == "stated")
        & (panel["unit"] == "%")
        & (panel["year"] >= first_year)
    ]
    ends, missing = [], []
    for k, region in enumerate(chain):
        own = rows[rows["region"] == region].drop_duplicates("year").sort_values("year")
        colour = CHAIN_COLOURS[k % len(CHAIN_COLOURS)]
        if own.empty:
            missing.append(region)
            continue
        ends.append((*_draw_line(ax, own, colour, (k - (len(chain) - 1) / 2) * 0.08), region, colour))
    mark_years(ax)
    spread_labels(ax, ends)
    zh = language == "zh"
    ax.set_ylabel(f"{name('indicator', indicator, language=language)} (%)")
    note = "灰带:语料中各省目标的范围,点线为均值" if zh else "grey: provinces of the corpus, and their mean"
    lacking = (";无数值:" if zh else "; without numbers: ") + "、".join(missing) if missing else ""
    ax.set_title(note + lacking, fontsize=9, color=GREY)
    return ax


def _draw_band(ax: Axes, averages: pd.DataFrame) -> None:
    band = averages[(averages["level"] == "province") & (averages["stated"] > 1)].sort_values("year")
    years = band["year"].astype(int)
    low, high = band["lowest"].astype(float), band["highest"].astype(float)
    ax.fill_between(years, low, high, color=LIGHT, alpha=0.6, linewidth=0)
    ax.plot(years, band["mean"], color=GREY, linewidth=1, linestyle=":")


def _draw_line(ax: Axes, own: pd.DataFrame, colour: str, shift: float) -> tuple[float, float]:
    years = own["year"].astype(int)
    middle = ((own["low"] + own["high"]) / 2).set_axis(years)
    whole = middle.reindex(range(years.min(), years.max() + 1))
    ax.plot(whole.index + shift, whole, color=colour, linewidth=1.5, marker="o", markersize=3)
    ax.vlines(years + shift, own["low"], own["high"], color=colour, linewidth=4, alpha=0.5)
    return float(years.iloc[-1]), float(middle.iloc[-1])
