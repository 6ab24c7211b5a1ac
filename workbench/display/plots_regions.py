"""Figures that set regions side by side: targets, similarity."""

from __future__ import annotations

from textwrap import wrap

import pandas as pd
from matplotlib.axes import Axes

from workbench.display.axes import new_axes
from workbench.display.labels import Language, name
from workbench.display.style import BOUND_MARKERS, GREY, INK, LIGHT, ORANGE
from workbench.display.wording import word_value


def plot_region_targets(
    panel: pd.DataFrame,
    *,
    indicators: list[str],
    highlight: str = "",
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw growth targets as dots, ranges as bars: a column of dots an indicator, a row a report.

    What is stated without a number is written in words at the left of its column, so that nothing
    stated looks like nothing found.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL; growth in percent is drawn.
    indicators : list of str
        Ids, a column each.
    highlight : str
        document_id drawn in orange.
    """
    documents = list(dict.fromkeys(panel["document_id"]))[::-1]
    growth = panel[panel["measure"].isin(["growth", ""]) | panel["measure"].isna()]
    stated = growth[(growth["form"] == "stated") & (growth["unit"] == "%")]
    width = max(stated["high"].max() if len(stated) else 1, 1) * 2.2
    ax = ax or new_axes(1.5 + 1.2 * len(indicators), 1.2 + 0.4 * len(documents))
    for column, indicator in enumerate(indicators):
        ax.axvline(column * width, color=LIGHT, zorder=0)
        for place, document in enumerate(documents):
            rows = growth[(growth["indicator_id"] == indicator) & (growth["document_id"] == document)]
            colour = ORANGE if document == highlight else INK
            _draw_target(ax, rows, column * width, place, colour, language)
    ax.set_yticks(range(len(documents)), documents)
    ax.set_xticks(
        [column * width + width * 0.4 for column in range(len(indicators))],
        [_in_two_lines(name("indicator", i, language=language)) for i in indicators],
        fontsize=9,
    )
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_xlim(-0.05 * width, len(indicators) * width)
    ax.set_ylim(-0.6, len(documents) - 0.4)
    ax.spines[:].set_visible(False)
    return ax


def _in_two_lines(text: str, most: int = 7) -> str:
    if len(text) <= most:
        return text
    return "\n".join(wrap(text, (len(text) + 1) // 2 + (0 if not text.isascii() else 4)))


def _draw_target(
    ax: Axes, rows: pd.DataFrame, offset: float, place: int, colour: str, language: Language
) -> None:
    stated = rows[(rows["form"] == "stated") & (rows["unit"] == "%")]
    if stated.empty:
        form = rows["form"].iloc[0] if len(rows) else "absent"
        ax.text(
            offset, place, f" {name('form', form, language=language)}", va="center", color=GREY, fontsize=8
        )
        return
    row = stated.iloc[0]
    ax.plot([offset + row["low"], offset + row["high"]], [place] * 2, color=colour, linewidth=5)
    ax.plot(offset + (row["low"] + row["high"]) / 2, place, BOUND_MARKERS[row["bound"]], color=colour)
    text = word_value(row["low"], row["high"], row["unit"], row["bound"])
    ax.annotate(
        text, (offset + row["high"], place), (7, 0), textcoords="offset points", va="center", fontsize=9
    )


def plot_similarity(similarity: pd.DataFrame, *, label: str, ax: Axes | None = None) -> Axes:
    """Draw the similarity of reports as a grid, reports in the order of a dendrogram.

    Parameters
    ----------
    similarity : DataFrame
        document_id, other_document_id, value in 0 to 1; each pair once.
    label : str
        The measure, with its unit of comparison.
    """
    table = _square(similarity)
    table = table.loc[_dendrogram_order(table), _dendrogram_order(table)]
    ax = ax or new_axes(2.4 + 0.75 * len(table), 1.6 + 0.55 * len(table))
    shown = table.where(table < 1)
    lowest = 0.1 * int(10 * shown.min().min()) if shown.notna().any(axis=None) else 0.0
    image = ax.imshow(shown, cmap="Blues", vmin=lowest)
    middle = (shown.max().max() + lowest) / 2
    if len(table) <= 15:
        for row, column in ((r, c) for r in range(len(table)) for c in range(len(table)) if r != c):
            value = table.iloc[row, column]
            ax.text(
                column,
                row,
                f"{value:.2f}",
                ha="center",
                va="center",
                color="white" if value > middle else INK,
            )
    labels = [identifier.replace("_", "\n") for identifier in table.columns]
    ax.set_xticks(range(len(table)), labels, fontsize=9)
    ax.set_yticks(range(len(table)), table.index, fontsize=9)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    ax.figure.colorbar(image, ax=ax, label=label, shrink=0.7)
    return ax


def _square(similarity: pd.DataFrame) -> pd.DataFrame:
    swapped = similarity.rename(
        columns={"document_id": "other_document_id", "other_document_id": "document_id"}
    )
    both = pd.concat([similarity, swapped])
    table = both.pivot_table(index="document_id", columns="other_document_id", values="value")
    return table.where(table.notna(), 1.0)


def _dendrogram_order(table: pd.DataFrame) -> list[str]:
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    if len(table) < 3:
        return list(table.index)
    distance = squareform((1 - table).to_numpy().clip(0), checks=False)
    return [
        str(table.index[i]) for i in leaves_list(linkage(distance, method="average", optimal_ordering=True))
    ]
