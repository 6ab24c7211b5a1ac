"""Figures of fulfilment: what became of targets, as a grid of marks and as shares of an indicator."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from workbench.display.axes import new_axes, say
from workbench.display.labels import Language, in_one_language, name
from workbench.display.marks import frame_passages, link_marks
from workbench.display.style import BLUE, GREEN, GREY, LIGHT, RED, SHADE, SKY

OUTCOME_MARKS = {
    "exceeded": ("^", GREEN),
    "met": ("o", BLUE),
    "missed": ("v", RED),
    "reported without a number": ("D", SKY),
    "not reported": ("x", GREY),
    "no report": ("$·$", LIGHT),
}
HATCHES = ("", "///", "xx", "...", "")
"""Of the outcomes with a next report: bars are told apart without colour too; the last is the lightest."""


@in_one_language
def plot_outcomes(
    panel: pd.DataFrame,
    *,
    rows: str = "indicator_id",
    columns: str = "year",
    highlight: str | int | None = None,
    most: int = 22,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw what became of targets as a grid of marks: ▲ exceeded, ● met, ▼ missed, ◆ told without a number.

    × is a target of which the next report says nothing, a faint dot one whose next report the corpus
    lacks; an empty place has no target.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL: of one region for indicators × years, of one year for indicators × regions.
    rows, columns : str
        Columns of `panel`.
    highlight : str
        A value of `columns` to be shaded.
    most : int
        Rows drawn: those with most targets.
    """
    data = panel[panel["outcome"].fillna("") != ""].copy()
    data["order"] = data["outcome"].map({code: k for k, code in enumerate(OUTCOME_MARKS)})
    data = data.sort_values(["order"], kind="stable").drop_duplicates([rows, columns])
    labels = data[rows].value_counts().head(most).index.tolist()[::-1]
    places = sorted(data[columns].dropna().unique())
    ax = ax or new_axes(2.6 + 0.36 * max(len(places), 6), 1.6 + 0.25 * max(len(labels), 2))
    if not labels:
        return say(ax, "没有可核对的目标" if language == "zh" else "no target that could be checked")
    data = data[data[rows].isin(labels)]
    if pd.notna(highlight) and highlight in places:
        at = places.index(highlight)
        ax.axvspan(at - 0.5, at + 0.5, color=SHADE, zorder=0)
    for code, own in ((code, data[data["outcome"] == code]) for code in OUTCOME_MARKS):
        spots = [places.index(value) for value in own[columns]], [labels.index(value) for value in own[rows]]
        _draw_marks(ax, own, spots, code, language)
    group = {"indicator_id": "indicator"}.get(rows, rows)
    ax.set_yticks(
        range(len(labels)), [name(group, str(label), language=language) for label in labels], fontsize=8
    )
    turned = 90 if len(places) > 8 else 0
    ax.set_xticks(range(len(places)), map(str, places), rotation=turned, fontsize=8)
    ax.set_xlim(-0.6, len(places) - 0.4)
    ax.set_ylim(-0.6, len(labels) - 0.4)
    ax.grid(color=LIGHT, linewidth=0.4, zorder=-1)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=8, handletextpad=0.2, columnspacing=1
    )
    return ax


def _draw_marks(
    ax: Axes, own: pd.DataFrame, spots: tuple[list[int], list[int]], code: str, language: Language
) -> None:
    marker, colour = OUTCOME_MARKS[code]
    known = name("outcome", code, language=language)
    drawn = ax.scatter(*spots, marker=marker, s=34, color=colour, label=f"{known} {len(own)}")
    said = zip(own["document_id"], own["quote"], strict=True)
    link_marks(drawn, frame_passages(own, [f"{document} {quote}: {known}" for document, quote in said]))


@in_one_language
def plot_outcome_shares(
    outcomes: pd.DataFrame, *, most: int = 18, language: Language = "zh", ax: Axes | None = None
) -> Axes:
    """Draw for each indicator how its targets turned out, as shares of all with a next report.

    Parameters
    ----------
    outcomes : DataFrame
        What `summarise_outcomes` returns by indicator_id.
    most : int
        Indicators drawn: those with most targets. The bar's parts are in the order exceeded, met,
        missed, told without a number, not reported; counts are written into them.
    """
    codes = [code for code in OUTCOME_MARKS if code != "no report"]
    table = outcomes.pivot(index="indicator_id", columns="outcome", values="count").reindex(columns=codes)
    totals = table.sum(axis=1).sort_values(ascending=False).head(most)
    totals = totals[totals > 0]
    table = table.loc[totals.index].iloc[::-1]
    if table.empty:
        nothing = "没有可核对的目标:语料无次年报告" if language == "zh" else "no target could be checked"
        return say(ax or new_axes(8, 1.2), nothing)
    ax = ax or new_axes(8, 1.2 + 0.28 * max(len(table), 2))
    left = pd.Series(0.0, index=table.index)
    for code, hatch in zip(codes, HATCHES, strict=True):
        share = table[code] / table.sum(axis=1)
        colour = OUTCOME_MARKS[code][1]
        ax.barh(range(len(table)), share, left=left, color=colour, hatch=hatch, edgecolor="white", height=0.8,
                label=name("outcome", code, language=language))  # fmt: skip
        for place, (part, start, count) in enumerate(zip(share, left, table[code], strict=True)):
            if part > 0.05:
                ax.text(
                    start + part / 2,
                    place,
                    f"{count:.0f}",
                    ha="center",
                    va="center",
                    color="white",
                    fontsize=7.5,
                    bbox={"boxstyle": "square,pad=0.15", "facecolor": colour, "edgecolor": "none"},
                )
        left = left + share
    names = [f"{name('indicator', i, language=language)} ({table.loc[i].sum():.0f})" for i in table.index]
    ax.set_yticks(range(len(table)), names, fontsize=8)
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    ax.tick_params(axis="y", length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=5, fontsize=8, handlelength=1, columnspacing=1)
    return ax
