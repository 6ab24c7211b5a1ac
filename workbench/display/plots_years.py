"""One target over the years and regions as a tile grid; the order of rows that a reader can find."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle

from workbench.display.axes import ink_on, new_axes
from workbench.display.labels import Language, in_one_language
from workbench.display.marks import frame_passages, link_marks
from workbench.display.style import GREY, ORANGE
from workbench.tables import LEVELS

SHORT_FORMS = {
    "zh": {"relative": "相对", "delegated": "下达", "qualitative": "定性", "absent": "·"},
    "en": {"relative": "rel.", "delegated": "deleg.", "qualitative": "words", "absent": "·"},
}


def order_reports(panel: pd.DataFrame, *, order: str, indicator: str = "") -> list[str]:
    """Return the documents of a panel by level and value, by province (`chain`), or as they come."""
    reports = panel.drop_duplicates("document_id").reset_index(drop=True)
    level = reports["level"].map({code: k for k, code in enumerate(LEVELS)}) if "level" in reports else 0
    code = reports["region_code"].fillna("") if "region_code" in reports else ""
    if order == "given":
        return reports["document_id"].tolist()
    if order == "chain":
        keys = reports.assign(top=level != 0, head=pd.Series(code, index=reports.index).str[:2], level=level)
        return keys.sort_values(["top", "head", "level", "document_id"])["document_id"].tolist()
    stated = panel[
        (panel["indicator_id"] == indicator) & (panel["form"] == "stated") & (panel["unit"] == "%")
    ]
    middles = stated.drop_duplicates("document_id").set_index("document_id")
    value = reports["document_id"].map((middles["low"] + middles["high"]) / 2)
    keys = reports.assign(level=level, value=-value)
    return keys.sort_values(["level", "value", "document_id"])["document_id"].tolist()


@in_one_language
def plot_target_years(
    panel: pd.DataFrame,
    *,
    indicator: str,
    highlight: str = "",
    order: str = "chain",
    first_year: int = 2000,
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw one growth target over the years: a row a region, a column a year, deeper is higher.

    A tile with a dot states no such target, one in words says how it is given, and a year without a
    report is blank: absence of a target and absence of a report do not look alike.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL.
    indicator : str
        Id; growth in percent is drawn, ranges by their middle with both ends written.
    highlight : str
        Region whose label and tiles are framed.
    first_year : int
        Earlier years are left out.
    order : {"chain", "dendrogram"}
        Provinces with their cities below them; or regions whose targets moved alike side by side
        (mean absolute difference over common years, average linkage).
    """
    rows = panel[(panel["indicator_id"] == indicator) & (panel["year"] >= first_year).fillna(False)]
    stated = (rows["form"] == "stated") & (rows["measure"] == "growth") & (rows["unit"] == "%")
    rows = rows.assign(stated=stated, full=rows["form"] != "absent").sort_values(
        ["stated", "full"], ascending=False, kind="stable"
    )
    rows = rows.drop_duplicates(["region", "year"])
    regions = _order_regions(rows, order)
    years = list(range(int(rows["year"].min()), int(rows["year"].max()) + 1)) if len(rows) else []
    ax = ax or new_axes(1.3 + 0.34 * max(len(years), 4), 1.2 + 0.26 * max(len(regions), 2))
    if not years:
        return ax
    numbers = rows[rows["stated"]].assign(middle=lambda f: (f["low"] + f["high"]) / 2)
    table = numbers.pivot(index="region", columns="year", values="middle").reindex(regions, columns=years)
    image = ax.imshow(table.astype(float), cmap="Blues", aspect="auto", vmin=_floor(table))
    _write_tiles(ax, rows, regions, years, image, language)
    step = 1 if len(years) <= 30 else 5
    ax.set_xticks(range(0, len(years), step), [str(y) for y in years[::step]], rotation=90, fontsize=8)
    ax.set_yticks(range(len(regions)), regions, fontsize=8)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    if highlight in regions:
        place = regions.index(highlight)
        ax.add_patch(_frame(-0.5, place - 0.5, len(years), 1))
    return ax


def _frame(left: float, bottom: float, width: float, height: float) -> Rectangle:
    return Rectangle(
        (left, bottom), width, height, fill=False, edgecolor=ORANGE, linewidth=1.8, clip_on=False
    )


def _floor(table: pd.DataFrame) -> float:
    """Leave the palest colours free, so that the lowest target does not look like none."""
    low, high = float(table.min().min()), float(table.max().max())
    return low - 0.35 * max(high - low, 1.0)


def _write_tiles(
    ax: Axes, rows: pd.DataFrame, regions: list[str], years: list[int], image: AxesImage, language: Language
) -> None:
    short = SHORT_FORMS["zh" if language == "zh" else "en"]
    for row in rows.itertuples():
        place = (years.index(int(row.year)), regions.index(row.region))
        if not row.stated:
            other = row.form == "stated"  # an amount, not a growth
            text = ("额" if language == "zh" else "amt") if other else short[row.form]
            ax.text(*place, text, ha="center", va="center", color=GREY, fontsize=6)
            continue
        text = f"{row.low:g}" if row.low == row.high else f"{row.low:g}\n–{row.high:g}"
        size = 7.5 if row.low == row.high else 5.5
        drawn = ax.text(*place, text, ha="center", va="center", fontsize=size, linespacing=0.85,
                        color=ink_on(image, (row.low + row.high) / 2))  # fmt: skip
        link_marks(drawn, frame_passages(rows.loc[[row.Index]], [f"{row.region} {row.year}: {text}"]))


def _order_regions(rows: pd.DataFrame, order: str) -> list[str]:
    if order == "chain":
        regions = rows.drop_duplicates("region").assign(document_id=lambda f: f["region"])
        return order_reports(regions, order="chain")
    numbers = rows[rows["stated"]].assign(middle=lambda f: (f["low"] + f["high"]) / 2)
    table = numbers.pivot(index="region", columns="year", values="middle")
    rest = [region for region in rows["region"].unique() if region not in table.index]
    return [*order_by_distance(_gaps(table)), *rest]


def _gaps(table: pd.DataFrame) -> pd.DataFrame:
    """Return the mean absolute difference of two rows over what both have; the largest where nothing."""
    values = table.to_numpy(dtype=float)
    with np.errstate(invalid="ignore"):
        differences = np.abs(values[:, None, :] - values[None, :, :])
        common = ~np.isnan(differences)
        mean = np.where(
            common.any(axis=2), np.nansum(differences, axis=2) / np.maximum(common.sum(axis=2), 1), np.nan
        )
    largest = np.nanmax(mean) if np.isfinite(mean).any() else 1.0
    return pd.DataFrame(np.nan_to_num(mean, nan=largest), index=table.index, columns=table.index)


def order_by_distance(distance: pd.DataFrame) -> list[str]:
    """Return the labels in the order of the leaves of a dendrogram (average linkage)."""
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    if len(distance) < 3:
        return [str(label) for label in distance.index]
    condensed = squareform(distance.to_numpy().clip(0), checks=False)
    tree = linkage(condensed, method="average", optimal_ordering=True)
    return [str(distance.index[leaf]) for leaf in leaves_list(tree)]
