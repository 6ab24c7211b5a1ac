"""Figures of a text: its sections, its frequent and typical terms, where terms occur."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from workbench.display.axes import new_axes
from workbench.display.labels import Language, in_one_language, name
from workbench.display.marks import label_passage, link_marks
from workbench.display.reading import Passage, link_passages
from workbench.display.style import BLUE, GREY, INK, LIGHT, ORANGE, PART_COLOURS, RED

MOST_KEY_TERMS = 12
"""Terms drawn on either side."""


@in_one_language
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
        colour = PART_COLOURS[row.part]
        bar = ax.barh(row.Index, row.end - row.start, left=row.start, color=colour, height=0.8)
        # The heading, not the section: a whole section marked says nothing.
        opens = min(int(row.start) + max(len(row.heading), 1), int(row.end))
        called = f"{name('part', row.part, language=language)}: {_heading(row, language)}"
        link_marks(bar, [Passage(called, row.document_id, int(row.start), opens)])
    ax.set_yticks(shown.index, [_heading(row, language) for row in shown.itertuples()], fontsize=8)
    ax.set_xlim(0, sections["end"].max())
    parts = list(dict.fromkeys(sections["part"]))
    handles = [
        ax.barh(0, 0, color=PART_COLOURS[part], label=name("part", part, language=language)) for part in parts
    ]
    ax.legend(handles=handles, ncols=min(len(parts), 4), loc="lower left", bbox_to_anchor=(0, 1), fontsize=9)
    ax.set_xlabel("文中位置(字)" if language == "zh" else "Place in the text (characters)")
    return ax


@in_one_language
def plot_terms(
    terms: pd.DataFrame,
    *,
    value: str,
    label: str = "",
    passages: Mapping[str, Passage] | None = None,
    most: int = 20,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw the first `most` terms of a table as bars.

    Parameters
    ----------
    terms : DataFrame
        term and the column named by `value`, sorted as they are to be drawn.
    label : str
        What the axis counts, with its unit; occurrences when left out.
    passages : mapping of str to Passage, optional
        Where each term stands, as `group_passages` gives: a bar leads to them.
    """
    data = terms.head(most).iloc[::-1]
    ax = ax or new_axes(8, 0.8 + 0.25 * len(data))
    bars = ax.barh(data["term"], data[value], color=BLUE, height=0.7)
    counted = zip(data["term"], data[value], strict=True)
    link_marks(bars, [label_passage(passages, term, f"{term}: {number:,.10g}") for term, number in counted])
    ax.set_xlabel(label or ("次" if language == "zh" else "occurrences"))
    if pd.api.types.is_integer_dtype(data[value]):
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.margins(y=0.02)
    return ax


@in_one_language
def plot_keyness(
    keyness: pd.DataFrame,
    *,
    effect: str,
    low: str,
    high: str,
    labels: tuple[str, str],
    passages: Mapping[str, Passage] | None = None,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw the dozen terms on either side that mark one group of reports against another, with intervals.

    Parameters
    ----------
    keyness : DataFrame
        term, the effect size and the ends of its interval, strongest first.
    effect, low, high : str
        Columns of effect size and interval.
    labels : tuple of str
        What lies to the right (positive) and to the left (negative).
    passages : mapping of str to Passage, optional
        Where each term stands in the report of the page: a mark leads to them.
    """
    zh = language == "zh"
    if keyness.empty:
        why = "没有可比的报告,或无显著的词" if zh else "No reference, or no term passes the test"
        return _say_nothing(ax or new_axes(8, 1.2), why)
    right = keyness[keyness[effect] > 0].head(MOST_KEY_TERMS)
    left = keyness[keyness[effect] < 0].head(MOST_KEY_TERMS)
    data = pd.concat([right, left]).sort_values(effect).reset_index(drop=True)
    ax = ax or new_axes(8, 1 + 0.25 * max(len(data), 1))
    colours = [ORANGE if value > 0 else BLUE for value in data[effect]]
    ax.hlines(data.index, data[low], data[high], color=GREY, linewidth=1)
    points = ax.scatter(data[effect], data.index, c=colours, marker="D", zorder=3)
    drawn = zip(data["term"], data[effect], strict=True)
    link_marks(points, [label_passage(passages, term, f"{term}: {size:+.2f}") for term, size in drawn])
    ax.set_yticks(data.index, data["term"])
    ax.axvline(0, color=LIGHT, zorder=0)
    sides = ("右 →", "左 ←") if zh else ("right →", "left ←")
    ax.set_title(f"◆ {sides[0]} {labels[0]}    {sides[1]} {labels[1]}")
    return ax


@in_one_language
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
        rows = hits[hits["term"] == term]
        (strokes,) = ax.plot(rows["start"], [place] * len(rows), "|", color=BLUE, markersize=14)
        if "end" in rows:
            context = "left" if "left" in rows else "term"
            link_marks(strokes, list(link_passages(rows, quote="term", context=context)))
    counts = hits["term"].value_counts()
    ax.set_yticks(range(len(terms)), [f"{term} ({counts[term]})" for term in terms])
    ax.set_ylim(-0.7, len(terms) - 0.3)
    ax.set_xlim(0, sections["end"].max())
    ax.set_xlabel("文中位置(字)" if language == "zh" else "Place in the text (characters)")
    return ax


@in_one_language
def plot_diversity(
    diversity: pd.DataFrame,
    *,
    highlight: str = "",
    most: int = 40,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw the lexical diversity (MATTR) of reports with its interval, most diverse first.

    Parameters
    ----------
    diversity : DataFrame
        document_id, window, mattr, mattr_low, mattr_high.
    highlight : str
        document_id drawn as a diamond.
    most : int
        Beyond so many reports only those nearest in rank to the highlighted one are drawn.
    """
    ranked = diversity.dropna(subset=["mattr"]).sort_values("mattr").reset_index(drop=True)
    if len(ranked) > most:
        own = ranked.index[ranked["document_id"] == highlight]
        first = max(0, min(int(own[0]) - most // 2 if len(own) else 0, len(ranked) - most))
        ranked = ranked.iloc[first : first + most].reset_index(drop=True)
    ax = ax or new_axes(8, 1 + 0.28 * max(len(ranked), 1))
    own = ranked["document_id"] == highlight
    ax.hlines(ranked.index, ranked["mattr_low"], ranked["mattr_high"], color=GREY, linewidth=2)
    ax.scatter(ranked.loc[~own, "mattr"], ranked.index[~own], c=BLUE, zorder=3)
    ax.scatter(ranked.loc[own, "mattr"], ranked.index[own], c=ORANGE, marker="D", s=60, zorder=3)
    ax.set_yticks(ranked.index, ranked["document_id"])
    window = int(ranked["window"].iloc[0]) if len(ranked) else 0
    ax.set_xlabel(
        f"MATTR(窗口{window}词,线为95%区间)"
        if language == "zh"
        else f"MATTR, windows of {window} words, 95 % interval"
    )
    return ax


@in_one_language
def plot_audit(
    audit: pd.DataFrame,
    *,
    passages: Mapping[str, Mapping[str, Passage]] | None = None,
    most: int = 15,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw how often terms are counted under each way of counting, largest differences first.

    Parameters
    ----------
    audit : DataFrame
        SEGMENTATION_AUDIT.
    passages : mapping of str to mapping, optional
        Way of counting (a column of `audit`) -> term -> what it counted, as `group_passages` gives.
    """
    schemes = ["lexicon", "plain", "leftmost_longest", "overlapping"]
    spread = audit[schemes].max(axis=1) - audit[schemes].min(axis=1)
    data = audit.loc[spread.sort_values(ascending=False, kind="stable").index].head(most).iloc[::-1]
    data = data.reset_index(drop=True)
    ax = ax or new_axes(8, 1.2 + 0.28 * max(len(data), 1))
    ax.hlines(data.index, data[schemes].min(axis=1), data[schemes].max(axis=1), color=LIGHT, linewidth=3)
    for scheme, marker, colour in zip(schemes, "oX|D", (BLUE, RED, INK, ORANGE), strict=True):
        called = name("scheme", scheme, language=language)
        points = ax.scatter(
            data[scheme], data.index, marker=marker, color=colour, label=called, zorder=3, s=45
        )
        drawn, found = zip(data["term"], data[scheme], strict=True), (passages or {}).get(scheme)
        link_marks(points, [label_passage(found, term, f"{term}: {n} ({called})") for term, n in drawn])
    ax.set_yticks(data.index, data["term"])
    ax.set_xlabel("次" if language == "zh" else "occurrences")
    ax.legend(ncols=4, loc="lower left", bbox_to_anchor=(0, 1), fontsize=9)
    return ax


def _say_nothing(ax: Axes, why: str) -> Axes:
    ax.text(0.5, 0.5, why, ha="center", va="center", transform=ax.transAxes, color=GREY)
    ax.set_axis_off()
    return ax


def _heading(row: Any, language: Language) -> str:
    heading = row.heading or name("part", row.part, language=language)
    return heading if len(heading) <= 22 else heading[:21] + "…"
