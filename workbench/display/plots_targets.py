"""Figures of targets: value with its bound, split by bound and measure, place along the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from workbench.display.axes import new_axes
from workbench.display.labels import Language, in_one_language, name
from workbench.display.marks import label_passage, link_marks
from workbench.display.reading import Passage, link_passages
from workbench.display.style import BLUE, BOUND_MARKERS, GREEN, GREY, LIGHT, ORANGE, PART_COLOURS, RED
from workbench.display.wording import word_value
from workbench.tables import BOUNDS_NUMERIC, MEASURES, STATUSES

STATUS_COLOURS = {"target": ORANGE, "result": BLUE, "qualifier": GREY, "context": GREEN}


@in_one_language
def plot_growth_targets(promises: pd.DataFrame, *, language: Language = "zh", ax: Axes | None = None) -> Axes:
    """Draw growth targets as marks, ranges as bars, and the result of the year before as a ring.

    Parameters
    ----------
    promises : DataFrame
        As `workbench.targets.summaries.pair_results` returns, of one document; growth in percent
        is drawn, the rest has no common axis. A decrease is drawn below zero.
    """
    rates = (promises["measure"] == "growth") & (promises["unit"] == "%") & promises["low"].notna()
    data = promises[rates].iloc[::-1].reset_index(drop=True)
    ax = ax or new_axes(8, 1.4 + 0.42 * max(len(data), 1))
    for row in data.itertuples():
        _draw_promise(ax, row, language)
    ax.set_yticks(range(len(data)), [name("indicator", i, language=language) for i in data["indicator_id"]])
    ax.set_ylim(-0.7, len(data) - 0.3)
    ax.axvline(0, color=LIGHT, zorder=0)
    ax.margins(x=0.15)
    ax.set_xlabel("增速(%)" if language == "zh" else "Growth (%)")
    ax.legend(
        handles=_promise_legend(data, language),
        ncols=4,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        frameon=False,
        handletextpad=0.3,
        columnspacing=1.2,
    )
    return ax


def _draw_promise(ax: Axes, row: Any, language: Language) -> None:
    """Draw one target and the result beside it; both lead to their words."""
    called = name("indicator", row.indicator_id, language=language)
    sign = -1 if row.direction == "down" else 1
    ends = sorted((sign * row.low, sign * row.high))
    if pd.notna(row.result_low):
        _draw_result(ax, row, called, sum(ends) / 2, language)
    ax.plot(ends, [row.Index] * 2, color=ORANGE, linewidth=6, solid_capstyle="butt")
    mirrored = {"at_least": "at_most", "at_most": "at_least"} if sign < 0 else {}
    marker = BOUND_MARKERS[mirrored.get(row.bound, row.bound)]  # points to where more of the change lies
    (mark,) = ax.plot(sum(ends) / 2, row.Index, marker, color=ORANGE, markersize=8)
    text = word_value(row.low, row.high, row.unit, row.bound, row.direction)
    words = Passage(text, row.document_id, int(row.start), int(row.end), f"{called} {text}: {row.quote}")
    link_marks(mark, [words])
    ax.annotate(text, (ends[1], row.Index), (8, 6), textcoords="offset points", fontsize=9)


def _draw_result(ax: Axes, row: Any, called: str, target: float, language: Language) -> None:
    result = (row.result_low + row.result_high) / 2 * (-1 if row.result_direction == "down" else 1)
    ax.plot([result, target], [row.Index] * 2, color=LIGHT, zorder=0)
    (ring,) = ax.plot(result, row.Index, "o", mfc="white", color=BLUE, markersize=9)
    reached = word_value(row.result_low, row.result_high, row.unit, direction=row.result_direction)
    place = int(row.result_start), int(row.result_end)
    label = f"{called}, {name('status', 'result', language=language)} {reached}"
    link_marks(ring, [Passage(reached, row.document_id, *place, label)])


def _promise_legend(data: pd.DataFrame, language: Language) -> list[Line2D]:
    """Return a handle for each mark that is drawn, in the order of the codebook."""
    target, result = ("目标:", "上年结果") if language == "zh" else ("target: ", "result of the year before")
    drawn = [bound for bound in BOUNDS_NUMERIC if bound in set(data["bound"])]
    marks = [
        Line2D(
            [],
            [],
            ls="",
            marker=BOUND_MARKERS[b],
            color=ORANGE,
            label=target + name("bound", b, language=language),
        )
        for b in drawn
    ]
    if data["result_low"].notna().any():
        marks.append(Line2D([], [], ls="", marker="o", mfc="white", color=BLUE, label=result))
    return marks


@in_one_language
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


@in_one_language
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
