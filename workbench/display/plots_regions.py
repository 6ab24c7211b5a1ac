"""Figures that set regions side by side: the targets of one year, and their ranks."""

from __future__ import annotations

from textwrap import wrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from workbench.display.axes import new_axes
from workbench.display.labels import Language, in_one_language, name
from workbench.display.marks import frame_passages, link_marks
from workbench.display.plots_years import order_reports
from workbench.display.style import BOUND_MARKERS, GREY, INK, LIGHT, ORANGE, SHADE
from workbench.display.wording import word_value


@in_one_language
def plot_region_targets(
    panel: pd.DataFrame,
    *,
    indicators: list[str],
    highlight: str = "",
    order: str = "value",
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw growth targets as marks, ranges as bars: a column an indicator, a row a report.

    Each column has a scale of its own, from its lowest to its highest target (written below it).
    What is stated without a number is written in words, so that nothing stated looks like nothing
    found. A grey line marks the median of a column.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL; growth in percent is drawn.
    indicators : list of str
        Ids, a column each.
    highlight : str
        document_id whose row is shaded and drawn in orange.
    order : {"value", "chain", "given"}
        Rows by level and the first indicator, by province with its cities below it, or as they come.
    """
    growth = panel[panel["measure"].isin(["growth", ""]) | panel["measure"].isna()]
    documents = order_reports(growth, order=order, indicator=indicators[0])[::-1]
    ax = ax or new_axes(1.5 + 1.25 * len(indicators), 1.3 + 0.26 * len(documents))
    if highlight in documents:
        place = documents.index(highlight)
        ax.axhspan(place - 0.5, place + 0.5, color=SHADE, zorder=0)
    for column, indicator in enumerate(indicators):
        rows = growth[growth["indicator_id"] == indicator]
        _draw_column(ax, rows, column, documents, highlight, language)
    _draw_level_lines(ax, growth, documents)
    ax.set_yticks(range(len(documents)), documents, fontsize=9 if len(documents) <= 25 else 8)
    headings = [_in_two_lines(name("indicator", i, language=language)) for i in indicators]
    ax.set_xticks([column + 0.4 for column in range(len(indicators))], headings, fontsize=9)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_xlim(-0.08, len(indicators))
    ax.set_ylim(-1.4, len(documents) - 0.4)
    ax.spines[:].set_visible(False)
    return ax


def _draw_level_lines(ax: Axes, panel: pd.DataFrame, documents: list[str]) -> None:
    """Rule a line where one level ends and the next begins."""
    if "level" not in panel:
        return
    levels = panel.drop_duplicates("document_id").set_index("document_id")["level"].reindex(documents)
    changes = np.flatnonzero(levels.to_numpy()[1:] != levels.to_numpy()[:-1])
    if len(changes) <= 4:
        for place in changes:
            ax.axhline(place + 0.5, color=LIGHT, linewidth=0.8, zorder=0)


def _draw_column(
    ax: Axes, rows: pd.DataFrame, column: int, documents: list[str], highlight: str, language: Language
) -> None:
    stated = rows[(rows["form"] == "stated") & (rows["unit"] == "%")].drop_duplicates("document_id")
    ax.axvline(column - 0.04, color=LIGHT, zorder=0, linewidth=0.8)
    low, high = (stated["low"].min(), stated["high"].max()) if len(stated) else (0.0, 1.0)
    scale = 0.5 / max(high - low, 1e-9) if high > low else 0.0
    words = rows.drop_duplicates("document_id").set_index("document_id")["form"]
    size = 9 if len(documents) <= 25 else 7.5
    for place, document in enumerate(documents):
        colour = ORANGE if document == highlight else INK
        own = stated[stated["document_id"] == document]
        if own.empty:
            text = name("form", words.get(document, "absent"), language=language)
            ax.text(column, place, text, va="center", color=GREY, fontsize=size - 1)
            continue
        row = own.iloc[0]
        ends = [column + 0.04 + (row[side] - low) * scale for side in ("low", "high")]
        ax.plot(ends, [place] * 2, color=colour, linewidth=5 if len(documents) <= 25 else 3.5)
        marker = BOUND_MARKERS[row["bound"]]
        text = word_value(row["low"], row["high"], row["unit"], row["bound"])
        drawn = ax.plot(
            sum(ends) / 2, place, marker, color=colour, markersize=6 if len(documents) <= 25 else 5
        )
        link_marks(drawn[0], frame_passages(own.head(1), [f"{document} {text}"]))
        ax.annotate(text, (ends[1], place), (6, 0), textcoords="offset points", va="center", fontsize=size)
    if len(stated):
        middle = ((stated["low"] + stated["high"]) / 2).median()
        ax.plot([column + 0.04 + (middle - low) * scale] * 2, [-0.5, len(documents) - 0.5], color=GREY,
                linewidth=0.7, linestyle=":", zorder=0)  # fmt: skip
        label = {
            "zh": f"中位 {middle:g}%\n{len(stated)}/{len(documents)} 份",
            "en": f"median {middle:g}%\n{len(stated)} of {len(documents)}",
        }
        ax.text(column, -0.75, label["zh" if language == "zh" else "en"], va="top", color=GREY, fontsize=7.5)


@in_one_language
def plot_ranking(
    ranking: pd.DataFrame, *, highlight: str = "", language: Language = "zh", ax: Axes | None = None
) -> Axes:
    """Draw a ranking: values at the left of the page, the ranks they may have written at the right.

    Parameters
    ----------
    ranking : DataFrame
        RANKED_TARGETS. Reports without a rank stand below, with what they say instead.
    highlight : str
        document_id shaded and drawn in orange.
    """
    rows = ranking.iloc[::-1].reset_index(drop=True)
    ax = ax or new_axes(7, 1.0 + 0.24 * max(len(rows), 2))
    known = rows[rows["rank"].notna()]
    low, high = (known["low"].min(), known["high"].max()) if len(known) else (0.0, 1.0)
    room = max(high - low, 1.0)
    for row in rows.itertuples():
        colour = ORANGE if row.document_id == highlight else INK
        if row.document_id == highlight:
            ax.axhspan(row.Index - 0.5, row.Index + 0.5, color=SHADE, zorder=0)
        if pd.isna(row.rank):
            ax.text(
                low, row.Index, name("form", row.form, language=language), va="center", color=GREY, fontsize=8
            )
            continue
        ax.plot([row.low, row.high], [row.Index] * 2, color=colour, linewidth=5)
        text = word_value(row.low, row.high, row.unit, row.bound)
        drawn = ax.plot((row.low + row.high) / 2, row.Index, BOUND_MARKERS[row.bound], color=colour)
        link_marks(drawn[0], frame_passages(rows.loc[[row.Index]], [f"{row.document_id} {text}"]))
        ax.annotate(text, (row.high, row.Index), (7, 0), textcoords="offset points", va="center", fontsize=8)
        ax.text(
            high + 0.45 * room, row.Index, word_rank(row), va="center", ha="right", color=colour, fontsize=8
        )
    ax.set_yticks(range(len(rows)), rows["document_id"], fontsize=8)
    ax.set_xlim(low - 0.05 * room, high + 0.5 * room)
    ax.set_ylim(-0.7, len(rows) - 0.3)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel(
        f"目标({rows['unit'].iloc[-1] or '%'});右列:可能的位次"
        if language == "zh"
        else "target; right: the ranks it may have"
    )
    ax.spines["left"].set_visible(False)
    return ax


def word_rank(row: object) -> str:
    """Return the ranks of a row of RANKED_TARGETS in words: 2–5 / 15; empty without one."""
    rank, best, worst = (getattr(row, field) for field in ("rank", "rank_best", "rank_worst"))
    if pd.isna(rank):
        return ""
    span = f"{best}" if best == worst else f"{best}–{worst}"
    return f"{span} / {row.ranked}"  # type: ignore[attr-defined]


def _in_two_lines(text: str, most: int = 7) -> str:
    if len(text) <= most:
        return text
    return "\n".join(wrap(text, (len(text) + 1) // 2 + (0 if not text.isascii() else 4)))
