"""Figures of targets: value with its bound, split by bound and measure, place along the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from workbench.display.axes import new_axes
from workbench.display.labels import Language, name
from workbench.display.marks import label_passage, link_marks
from workbench.display.reading import Passage, link_passages
from workbench.display.style import BLUE, BOUND_MARKERS, GREEN, GREY, LIGHT, ORANGE, PART_COLOURS, RED
from workbench.display.wording import word_value
from workbench.tables import BOUNDS_NUMERIC, MEASURES, STATUSES

STATUS_COLOURS = {"target": ORANGE, "result": BLUE, "qualifier": GREY, "context": GREEN}


def plot_growth_targets(pairs: pd.DataFrame, *, language: Language = "zh", ax: Axes | None = None) -> Axes:
    """Draw growth targets as marks, ranges as bars, and the result of the year before as a ring.

    Parameters
    ----------
    pairs : DataFrame
        As `workbench.targets.summaries.pair_results` returns, of one document; growth in percent
        is drawn, the rest has no common axis.
    """
    data = pairs[(pairs["measure"] == "growth") & (pairs["unit"] == "%")].iloc[::-1].reset_index(drop=True)
    ax = ax or new_axes(8, 1.2 + 0.42 * max(len(data), 1))
    for row in data.itertuples():
        _draw_pair(ax, row, language)
    ax.set_yticks(range(len(data)), [name("indicator", i, language=language) for i in data["indicator_id"]])
    ax.set_ylim(-0.7, len(data) - 0.3)
    ax.axvline(0, color=LIGHT, zorder=0)
    ax.margins(x=0.15)
    zh = language == "zh"
    ax.set_xlabel("增速(%)" if zh else "Growth (%)")
    ax.set_title(
        "橙:今年目标(◆左右 ▶以上 ◀以内 ●定值 ━区间);蓝圈:上年结果"
        if zh
        else "Orange: target (◆ about ▶ at least ◀ at most ● exact ━ range); blue ring: last year's result"
    )
    return ax


def _draw_pair(ax: Axes, row: Any, language: Language) -> None:
    """Draw one target and the result beside it; both lead to their words."""
    called = name("indicator", row.indicator_id, language=language)
    text, middle = word_value(row.low, row.high, row.unit, row.bound), (row.low + row.high) / 2
    ax.plot([row.low, row.high], [row.Index] * 2, color=ORANGE, linewidth=6, solid_capstyle="butt")
    (mark,) = ax.plot(middle, row.Index, BOUND_MARKERS[row.bound], color=ORANGE, markersize=8)
    words = Passage(text, row.document_id, int(row.start), int(row.end), f"{called} {text}: {row.quote}")
    link_marks(mark, [words])
    ax.annotate(text, (row.high, row.Index), (8, 6), textcoords="offset points", fontsize=9)
    if pd.notna(row.result_low):
        (ring,) = ax.plot(row.result_low, row.Index, "o", mfc="none", color=BLUE, markersize=9)
        reached = word_value(row.result_low, row.result_high, row.unit)
        place = int(row.result_start), int(row.result_end)
        label = f"{called}, {name('status', 'result', language=language)} {reached}"
        link_marks(ring, [Passage(reached, row.document_id, *place, label)])


def plot_bounds(
    counts: pd.DataFrame,
    *,
    passages: Mapping[tuple[str, str], Passage] | None = None,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw how many numeric statements bind how, stacked by measure.

    Parameters
    ----------
    counts : DataFrame
        bound, measure, count.
    passages : mapping of (bound, measure) to Passage, optional
        Where the counted statements stand, as `group_passages` gives: each bar leads to them.
    """
    table = counts.pivot_table(index="bound", columns="measure", values="count", aggfunc="sum").fillna(0)
    table = table.reindex(index=list(BOUNDS_NUMERIC), columns=list(MEASURES)).fillna(0).iloc[::-1]
    ax = ax or new_axes(8, 3)
    left = pd.Series(0.0, index=table.index)
    hatches = ("", "///", "...", "xx")
    for measure, colour, hatch in zip(MEASURES, (BLUE, ORANGE, GREEN, RED), hatches, strict=True):
        bars = ax.barh(
            [name("bound", b, language=language) for b in table.index],
            table[measure],
            left=left,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            label=name("measure", measure, language=language),
        )
        named = name("measure", measure, language=language)
        labels = [f"{name('bound', bound, language=language)}, {named}" for bound in table.index]
        keys = zip(table.index, labels, table[measure], strict=True)
        link_marks(bars, [label_passage(passages, (b, measure), f"{label}: {n:.0f}") for b, label, n in keys])
        left = left + table[measure]
    for position, total in enumerate(left):
        ax.annotate(f"{total:.0f}", (total, position), (4, 0), textcoords="offset points", va="center")
    ax.legend(ncols=4, loc="lower right")
    ax.set_xlabel("条" if language == "zh" else "statements")
    return ax


def plot_positions(
    statements: pd.DataFrame,
    sections: pd.DataFrame,
    *,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw where numbers stand along the text, a row a status, the parts as a band below.

    Parameters
    ----------
    statements, sections : DataFrame
        Of one document.
    """
    ax = ax or new_axes(8, 3)
    for row in sections.itertuples():
        ax.barh(-1, row.end - row.start, left=row.start, height=0.7, color=PART_COLOURS[row.part])
    for place, status in enumerate(STATUSES):
        rows = statements[statements["status"] == status]
        level, colour = [place] * len(rows), STATUS_COLOURS[status]
        (strokes,) = ax.plot(rows["start"], level, "|", color=colour, markersize=16)
        link_marks(strokes, list(link_passages(rows)))
    for part, group in sections.groupby("part", sort=False):
        if group["end"].sub(group["start"]).sum() > 0.05 * sections["end"].max():
            middle = (group["start"].min() + group["end"].max()) / 2
            ax.text(
                middle,
                -1,
                name("part", str(part), language=language),
                ha="center",
                va="center",
                fontsize=9,
                color="white",
            )
    labels = [name("status", status, language=language) for status in STATUSES]
    ax.set_yticks([-1, *range(len(STATUSES))], ["", *labels])
    ax.set_xlabel("文中位置(字)" if language == "zh" else "Place in the text (characters)")
    ax.set_xlim(0, sections["end"].max())
    return ax
