"""Figures of a text: its sections, its frequent and typical terms, where terms occur."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from workbench.display.axes import new_axes
from workbench.display.labels import Language, name
from workbench.display.style import BLUE, GREY, INK, LIGHT, ORANGE, PART_COLOURS, RED


def plot_sections(
    sections: pd.DataFrame, *, language: Language = "zh", most: int = 40, ax: Axes | None = None
) -> Axes:
    """Draw the sections of one document as a staircase along its text, coloured by part.

    Parameters
    ----------
    sections : DataFrame
        SECTIONS of one document.
    most : int
        Beyond so many sections only those of depth 0 and 1 are drawn.
    """
    shown = sections if len(sections) <= most else sections[sections["depth"] <= 1]
    shown = shown.iloc[::-1].reset_index(drop=True)
    ax = ax or new_axes(8, 0.9 + 0.24 * len(shown))
    for row in shown.itertuples():
        ax.barh(row.Index, row.end - row.start, left=row.start, color=PART_COLOURS[row.part], height=0.8)
    ax.set_yticks(shown.index, [_heading(row, language) for row in shown.itertuples()], fontsize=8)
    ax.set_xlim(0, sections["end"].max())
    parts = list(dict.fromkeys(sections["part"]))
    handles = [
        ax.barh(0, 0, color=PART_COLOURS[part], label=name("part", part, language=language)) for part in parts
    ]
    ax.legend(handles=handles, ncols=min(len(parts), 4), loc="lower left", bbox_to_anchor=(0, 1), fontsize=9)
    ax.set_xlabel("文中位置(字)" if language == "zh" else "Place in the text (characters)")
    return ax


def plot_terms(
    terms: pd.DataFrame, *, value: str, label: str, most: int = 20, ax: Axes | None = None
) -> Axes:
    """Draw the first `most` terms of a table as bars.

    Parameters
    ----------
    terms : DataFrame
        term and the column named by `value`, sorted as they are to be drawn.
    label : str
        What the axis counts, with its unit.
    """
    data = terms.head(most).iloc[::-1]
    ax = ax or new_axes(8, 0.8 + 0.25 * len(data))
    ax.barh(data["term"], data[value], color=BLUE, height=0.7)
    ax.set_xlabel(label)
    ax.margins(y=0.02)
    return ax


def plot_keyness(
    keyness: pd.DataFrame,
    *,
    effect: str,
    low: str,
    high: str,
    labels: tuple[str, str],
    most: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """Draw the terms that mark one group of reports against another, with their intervals.

    Parameters
    ----------
    keyness : DataFrame
        term, the effect size and the ends of its interval, strongest first.
    effect, low, high : str
        Columns of effect size and interval.
    labels : tuple of str
        What lies to the right (positive) and to the left (negative).
    """
    if keyness.empty:
        return _say_nothing(
            ax or new_axes(8, 1.2), "没有可比的报告,或无显著的词 no reference, or no term passes the test"
        )
    right = keyness[keyness[effect] > 0].head(most)
    left = keyness[keyness[effect] < 0].head(most)
    data = pd.concat([right, left]).sort_values(effect).reset_index(drop=True)
    ax = ax or new_axes(8, 1 + 0.25 * max(len(data), 1))
    colours = [ORANGE if value > 0 else BLUE for value in data[effect]]
    ax.hlines(data.index, data[low], data[high], color=GREY, linewidth=1)
    ax.scatter(data[effect], data.index, c=colours, marker="D", zorder=3)
    ax.set_yticks(data.index, data["term"])
    ax.axvline(0, color=LIGHT, zorder=0)
    ax.set_title(f"◆ 右 → {labels[0]}    左 ← {labels[1]}")
    return ax


def plot_occurrences(
    hits: pd.DataFrame, sections: pd.DataFrame, *, language: Language = "zh", ax: Axes | None = None
) -> Axes:
    """Draw where terms occur along one text, a row a term.

    Parameters
    ----------
    hits : DataFrame
        term, start.
    sections : DataFrame
        SECTIONS of the document; their parts are the background.
    """
    terms = list(dict.fromkeys(hits["term"]))[::-1]
    ax = ax or new_axes(8, 1 + 0.35 * max(len(terms), 1))
    for row in sections.itertuples():
        ax.axvspan(row.start, row.end, color=PART_COLOURS[row.part], alpha=0.12, linewidth=0)
    for place, term in enumerate(terms):
        starts = hits.loc[hits["term"] == term, "start"]
        ax.plot(starts, [place] * len(starts), "|", color=BLUE, markersize=14)
    counts = hits["term"].value_counts()
    ax.set_yticks(range(len(terms)), [f"{term} ({counts[term]})" for term in terms])
    ax.set_ylim(-0.7, len(terms) - 0.3)
    ax.set_xlim(0, sections["end"].max())
    ax.set_xlabel("文中位置(字)" if language == "zh" else "Place in the text (characters)")
    return ax


def plot_diversity(
    diversity: pd.DataFrame, *, highlight: str = "", most: int = 40, ax: Axes | None = None
) -> Axes:
    """Draw the lexical diversity (MATTR) of reports with its interval, most diverse first.

    Parameters
    ----------
    diversity : DataFrame
        document_id, window, mattr, mattr_low, mattr_high.
    highlight : str
        document_id drawn in orange.
    most : int
        Beyond so many reports only those nearest in rank to the highlighted one are drawn.
    """
    ranked = diversity.dropna(subset=["mattr"]).sort_values("mattr").reset_index(drop=True)
    if len(ranked) > most:
        own = ranked.index[ranked["document_id"] == highlight]
        first = max(0, min(int(own[0]) - most // 2 if len(own) else 0, len(ranked) - most))
        ranked = ranked.iloc[first : first + most].reset_index(drop=True)
    ax = ax or new_axes(8, 1 + 0.28 * max(len(ranked), 1))
    colours = [ORANGE if name == highlight else BLUE for name in ranked["document_id"]]
    ax.hlines(ranked.index, ranked["mattr_low"], ranked["mattr_high"], color=GREY, linewidth=2)
    ax.scatter(ranked["mattr"], ranked.index, c=colours, zorder=3)
    ax.set_yticks(ranked.index, ranked["document_id"])
    ax.set_xlabel(f"MATTR, window {int(ranked['window'].iloc[0]) if len(ranked) else 0}, 95 %")
    return ax


def plot_audit(audit: pd.DataFrame, *, most: int = 15, ax: Axes | None = None) -> Axes:
    """Draw how often terms are counted under each way of counting, largest differences first.

    Parameters
    ----------
    audit : DataFrame
        SEGMENTATION_AUDIT.
    """
    schemes = ["lexicon", "plain", "leftmost_longest", "overlapping"]
    spread = audit[schemes].max(axis=1) - audit[schemes].min(axis=1)
    data = audit.loc[spread.sort_values(ascending=False, kind="stable").index].head(most).iloc[::-1]
    data = data.reset_index(drop=True)
    ax = ax or new_axes(8, 1.2 + 0.28 * max(len(data), 1))
    ax.hlines(data.index, data[schemes].min(axis=1), data[schemes].max(axis=1), color=LIGHT, linewidth=3)
    for scheme, marker, colour in zip(schemes, "oX|D", (BLUE, RED, INK, ORANGE), strict=True):
        ax.scatter(data[scheme], data.index, marker=marker, color=colour, label=scheme, zorder=3, s=45)
    ax.set_yticks(data.index, data["term"])
    ax.set_xlabel("次 occurrences")
    ax.legend(ncols=4, loc="lower left", bbox_to_anchor=(0, 1), fontsize=9)
    return ax


def _say_nothing(ax: Axes, why: str) -> Axes:
    ax.text(0.5, 0.5, why, ha="center", va="center", transform=ax.transAxes, color=GREY)
    ax.set_axis_off()
    return ax


def _heading(row: Any, language: Language) -> str:
    heading = row.heading or name("part", row.part, language=language)
    return heading if len(heading) <= 22 else heading[:21] + "…"
