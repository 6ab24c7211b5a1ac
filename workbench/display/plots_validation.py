"""Figures of validation: F1 by kind of match and field, agreement by field, with their intervals."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from workbench.display.axes import new_axes
from workbench.display.labels import Language, in_one_language, name
from workbench.display.style import BLUE, GREEN, GREY, LIGHT, ORANGE

_STATISTICS = {
    "percent": ("%", GREY, "s"),
    "kappa": ("Cohen κ", BLUE, "o"),
    "alpha": ("Krippendorff α", ORANGE, "D"),
}


@in_one_language
def plot_scores(
    scores: pd.DataFrame, fields: pd.DataFrame, *, language: Language = "zh", ax: Axes | None = None
) -> Axes:
    """Draw F1 by what counts as a match, above F1 by field, each with its interval.

    Parameters
    ----------
    scores : DataFrame
        level, f1, f1_low, f1_high.
    fields : DataFrame
        field, f1, f1_low, f1_high.
    """
    rows = [(name("match", row.level, language=language), row, BLUE) for row in scores.itertuples()]
    rows += [(name("field", row.field, language=language), row, GREEN) for row in fields.itertuples()]
    rows = rows[::-1]
    ax = ax or new_axes(8, 1 + 0.28 * len(rows))
    for place, (_, row, colour) in enumerate(rows):
        ax.hlines(place, row.f1_low, row.f1_high, color=colour, linewidth=2, alpha=0.5)
        ax.plot(row.f1, place, "D" if colour == BLUE else "o", color=colour)
    ax.axhline(len(fields) - 0.5, color=LIGHT)
    ax.set_yticks(range(len(rows)), [label for label, _, _ in rows])
    ax.set_xlim(right=1.005)
    ax.grid(axis="x", color=LIGHT)
    ax.set_xlabel(
        "F1(线为95%区间;◆ 相符的口径,● 字段)" if language == "zh" else "F1, 95 % interval; ◆ match, ● field"
    )
    return ax


@in_one_language
def plot_agreement(agreement: pd.DataFrame, *, language: Language = "zh", ax: Axes | None = None) -> Axes:
    """Draw the agreement of two coders by field: share of equal codes, kappa, alpha, with intervals.

    Parameters
    ----------
    agreement : DataFrame
        AGREEMENT. A field where only one code occurs has no kappa and no alpha.
    """
    data = agreement.iloc[::-1].reset_index(drop=True)
    ax = ax or new_axes(8, 1.2 + 0.42 * len(data))
    for place, (statistic, (label, colour, marker)) in enumerate(_STATISTICS.items()):
        scale = 100 if statistic == "percent" else 1
        y = data.index + 0.22 * (1 - place)
        ax.hlines(
            y, data[f"{statistic}_low"] / scale, data[f"{statistic}_high"] / scale, color=colour, alpha=0.5
        )
        ax.plot(data[statistic] / scale, y, marker, color=colour, label=label, markersize=5)
    ax.set_yticks(data.index, [name("field", field, language=language) for field in data["field"]])
    ax.set_xlim(right=1.02)
    ax.grid(axis="x", color=LIGHT)
    ax.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1))
    ax.set_xlabel("一致性(线为95%区间)" if language == "zh" else "Agreement (95 % interval)")
    return ax
