"""Figures of similarity: of reports with each other, and with their superior's over the years."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from workbench.display.axes import ink_on, mark_years, new_axes, say, spread_labels
from workbench.display.labels import Language, choose_words, in_one_language, name
from workbench.display.style import BLUE, GREY, INK, ORANGE, PURPLE, SHADE

RELATION_COLOURS = {
    "oneself a year before": BLUE,
    "superior of the year": ORANGE,
    "superior a year before": PURPLE,
}


def plot_similarity(
    similarity: pd.DataFrame, *, label: str, highlight: str = "", ax: Axes | None = None
) -> Axes:
    """Draw the similarity of reports as a grid in the order of the dendrogram beside it.

    Average linkage on 1 - similarity. With up to 16 reports the values are written into the tiles;
    with more, the row and column of the report of the page are framed and the nearest pairs named.

    Parameters
    ----------
    similarity : DataFrame
        document_id, other_document_id, value in 0 to 1; each pair once.
    label : str
        The measure, with its unit of comparison.
    highlight : str
        document_id whose row and column are framed.
    """
    table = square(similarity)
    size = len(table)
    if not size:
        return say(ax or new_axes(8, 1.2), choose_words("没有另一份报告可比 no other report to compare with"))
    ax = ax or new_axes(*_grid_size(size))
    order, tree = _cluster(table)
    table = table.loc[order, order]
    off = ~np.eye(size, dtype=bool)
    shown = table.where(off)
    low, high = (float(np.nanmin(shown)), float(np.nanmax(shown))) if size > 1 else (0.0, 1.0)
    image = ax.imshow(shown.astype(float), cmap="Blues", vmin=low - 0.15 * max(high - low, 0.05), vmax=high)
    if size <= 16:
        for row, column in zip(*np.nonzero(off), strict=True):
            value = table.iloc[row, column]
            colour = ink_on(image, value)
            ax.text(column, row, f"{value:.2f}", ha="center", va="center", color=colour, fontsize=7)
    font = 8 if size <= 25 else 6.5
    ax.set_xticks(range(size), table.columns, fontsize=font, rotation=90)
    ax.set_yticks(range(size), table.index, fontsize=font)
    ax.yaxis.tick_right()
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    if highlight in order:
        _frame_report(ax, order.index(highlight), size)
    if tree is not None:
        _draw_tree(ax, tree)
    ax.set_title(_nearest_pairs(similarity), fontsize=9, color=INK)
    ax.figure.colorbar(image, ax=ax, label=label, location="bottom", shrink=0.4, aspect=30, pad=0.02)
    return ax


def square(similarity: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs as a symmetric table with 1 on the diagonal; 0 where a pair has no value."""
    swapped = similarity.rename(
        columns={"document_id": "other_document_id", "other_document_id": "document_id"}
    )
    both = pd.concat([similarity, swapped])
    table = both.pivot_table(index="document_id", columns="other_document_id", values="value")
    names = table.index.union(table.columns)
    table = table.reindex(index=names, columns=names).fillna(0.0)
    return table.where(~np.eye(len(table), dtype=bool), 1.0)


def _grid_size(size: int) -> tuple[float, float]:
    tile = 0.42 if size <= 16 else 0.21
    return 2.4 + tile * size, 2.0 + tile * size


def _cluster(table: pd.DataFrame) -> tuple[list[str], Any]:
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    if len(table) < 3:
        return list(table.index), None
    distance = squareform((1 - table).to_numpy().clip(0), checks=False)
    tree = linkage(distance, method="average", optimal_ordering=True)
    return [str(table.index[leaf]) for leaf in leaves_list(tree)], tree


def _draw_tree(ax: Axes, tree: Any) -> None:
    """Draw the dendrogram at the left of the grid, its leaves at the rows."""
    from scipy.cluster.hierarchy import dendrogram

    side = ax.inset_axes((-0.17, 0, 0.16, 1))
    drawn = dendrogram(tree, no_plot=True)
    for depth, leaf in zip(drawn["dcoord"], drawn["icoord"], strict=True):
        side.plot(depth, (np.array(leaf) - 5) / 10, color=GREY, linewidth=0.8, clip_on=True)
    side.set_ylim(ax.get_ylim())
    heights = tree[:, 2]
    side.set_xlim(heights.max(), heights.min() - 0.3 * max(heights.max() - heights.min(), 1e-9))
    side.set_axis_off()


def _frame_report(ax: Axes, place: int, size: int) -> None:
    from matplotlib.patches import Rectangle

    for corner, width, height in (((-0.5, place - 0.5), size, 1), ((place - 0.5, -0.5), 1, size)):
        frame = Rectangle(corner, width, height, fill=False, edgecolor=ORANGE, linewidth=1.6, clip_on=False)
        ax.add_patch(frame)


def _nearest_pairs(similarity: pd.DataFrame, most: int = 3) -> str:
    best = similarity.dropna(subset=["value"]).nlargest(most, "value")
    pairs = [f"{r.document_id} – {r.other_document_id} {r.value:.2f}" for r in best.itertuples()]
    return choose_words("最近 nearest") + ": " + "\n".join(pairs) if pairs else ""


@in_one_language
def plot_relatives(
    relatives: pd.DataFrame,
    *,
    measure: str = "share_in_other",
    highlight: int | None = None,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw by year how much of a region's report stands in its superior's and in its own last one.

    A year that cannot be compared is a gap; hollow marks are pairs of unlike genres.

    Parameters
    ----------
    relatives : DataFrame
        RELATIVES of one region.
    measure : str
        The measure drawn.
    highlight : int
        Year to be shaded.
    """
    ax = ax or new_axes(9, 3.4)
    data = relatives[(relatives["measure"] == measure) & relatives["year"].notna()]
    if data["value"].notna().sum() == 0:
        return say(ax, "没有可比的报告:" + "、".join(sorted(set(data["reason"]) - {""})))
    years = range(int(data["year"].min()), int(data["year"].max()) + 1)
    ends = []
    for relation, colour in RELATION_COLOURS.items():
        own = data[data["relation"] == relation].drop_duplicates("year").set_index("year")
        line = 100 * own["value"].reindex(years)
        ax.plot(years, line, color=colour, linewidth=1.5)
        doubtful = own["caution"].reindex(years).fillna("") != ""
        ax.plot(years, line.where(~doubtful), "o", color=colour, markersize=4)
        ax.plot(years, line.where(doubtful), "o", color=colour, markersize=4, mfc="white")
        if line.notna().any():
            last = line.dropna().index[-1]
            ends.append(
                (float(last), float(line[last]), name("relation", relation, language=language), colour)
            )
    if highlight is not None and pd.notna(highlight) and highlight in years:
        ax.axvspan(highlight - 0.4, highlight + 0.4, color=SHADE, zorder=0)
    ax.set_ylim(bottom=0)
    spread_labels(ax, ends)
    ax.set_ylabel("%")
    ax.set_title(name("similarity", measure, language=language), fontsize=9, color=GREY)
    mark_years(ax)
    return ax
