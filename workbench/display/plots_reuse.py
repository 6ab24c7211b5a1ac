"""Figures of reused wording: change from year to year, sources of a report, the spread of phrases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from workbench.display.axes import mark_years, new_axes, say, spread_labels
from workbench.display.labels import Language, choose_words, in_one_language, name
from workbench.display.marks import frame_passages, link_marks
from workbench.display.style import BLUE, GREEN, GREY, INK, LIGHT, ORANGE, PURPLE, SHADE, SKY
from workbench.measures.adoption import count_adopters

CHANGE_COLOURS = {"unchanged": GREY, "reworded": SKY, "new": BLUE, "dropped": ORANGE}
SOURCE_COLOURS = {
    "own earlier": BLUE,
    "superior": ORANGE,
    "other": GREEN,
    "formula": LIGHT,
    "own words": "#F7F7F7",
}


@in_one_language
def plot_changes(summary: pd.DataFrame, *, language: Language = "zh", ax: Axes | None = None) -> Axes:
    """Draw by report how many sentences are unchanged, reworded and new, and below how many were dropped.

    Parameters
    ----------
    summary : DataFrame
        What `summarise_changes` returns, of one region.
    """
    table = summary.pivot(index="document_id", columns="change", values="sentences").fillna(0)
    if table.empty:
        nothing = "没有上一年的报告" if language == "zh" else "no report of the year before"
        return say(ax or new_axes(8, 1.2), nothing)
    ax = ax or new_axes(max(4.0, 2.2 + 0.42 * len(table)), 3.4)
    bottom = np.zeros(len(table))
    drawn: dict[str, Any] = {"width": 0.8, "edgecolor": "white"}
    for change, hatch in zip(("unchanged", "reworded", "new"), ("", "///", "..."), strict=True):
        label, colour = name("change", change, language=language), CHANGE_COLOURS[change]
        ax.bar(
            range(len(table)), table[change], bottom=bottom, color=colour, hatch=hatch, label=label, **drawn
        )
        bottom += table[change].to_numpy()
    label = name("change", "dropped", language=language)
    ax.bar(range(len(table)), -table["dropped"], color=CHANGE_COLOURS["dropped"], label=label, **drawn)
    kept = (table["unchanged"] + table["reworded"]) / table[["unchanged", "reworded", "new"]].sum(axis=1)
    for place, (top, share) in enumerate(zip(bottom, kept, strict=True)):
        ax.text(place, top, f"{100 * share:.0f}%", ha="center", va="bottom", fontsize=7.5, color=INK)
    ax.axhline(0, color=INK, linewidth=0.8)
    ax.set_xticks(
        range(len(table)),
        [identifier.split("_", 1)[1] for identifier in table.index],
        rotation=90,
        fontsize=8,
    )
    ax.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    zh = language == "zh"
    ax.set_ylabel("句" if zh else "sentences")
    ax.legend(ncols=4, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=8)
    ax.set_xlabel("柱顶:留用或改写的句子占比" if zh else "above the bars: share kept or reworded", fontsize=8)
    return ax


@in_one_language
def plot_sources(sources: pd.DataFrame, *, language: Language = "zh", ax: Axes | None = None) -> Axes:
    """Draw where the letters of reports stood before, a bar a report.

    Parameters
    ----------
    sources : DataFrame
        What `share_sources` returns, of one or more reports.
    """
    table = sources.pivot(index="document_id", columns="source", values="share").reindex(
        columns=list(SOURCE_COLOURS)
    )
    table = table.iloc[::-1]
    ax = ax or new_axes(8, 1.0 + 0.5 * len(table))
    left = np.zeros(len(table))
    for source, colour in SOURCE_COLOURS.items():
        label = name("source", source, language=language)
        ax.barh(
            range(len(table)),
            table[source],
            left=left,
            color=colour,
            edgecolor=GREY,
            linewidth=0.4,
            label=label,
        )
        for place, (share, start) in enumerate(zip(table[source], left, strict=True)):
            if share > 0.02:
                dark = source in ("own earlier", "other")
                ax.text(start + share / 2, place, f"{100 * share:.0f}", ha="center", va="center", fontsize=8,
                        color="white" if dark else INK)  # fmt: skip
        left = left + table[source].fillna(0).to_numpy()
    ax.set_yticks(range(len(table)), table.index, fontsize=8)
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    ax.tick_params(axis="y", length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=5, fontsize=8, handlelength=1, columnspacing=1)
    return ax


def plot_adoption(
    uses: Mapping[str, pd.DataFrame], documents: pd.DataFrame, *, first_year: int = 0, ax: Axes | None = None
) -> Axes:
    """Draw for each phrase the share of the year's reports that use it.

    Of reports, not of all regions: a year in which few regions report is no fall of the phrase.

    Parameters
    ----------
    uses : mapping of phrase to DataFrame
        PHRASE_USES of each, as `trace_phrases` gives them.
    documents : DataFrame
        DOCUMENTS that were searched.
    first_year : int
        Years before are left out; 0 begins two years before the first use of any phrase.
    """
    ax = ax or new_axes(9, 3.6)
    curves = {phrase: count_adopters(found, documents) for phrase, found in uses.items()}
    used = [
        int(curve.loc[curve["using"] > 0, "year"].min())
        for curve in curves.values()
        if (curve["using"] > 0).any()
    ]
    if not used:
        return say(ax, choose_words("没有报告使用这些词 no report uses these phrases"))
    first = first_year or min(used) - 2
    ends = []
    colours = (BLUE, ORANGE, GREEN, PURPLE, SKY, INK)
    for k, (phrase, curve) in enumerate(curves.items()):
        data = curve[curve["year"] >= first]
        colour, marker, style = colours[k % 6], "osD^v"[k % 5], ("-", "--", ":")[k % 3]
        ax.plot(data["year"], 100 * data["share"], style, color=colour, marker=marker, markersize=4)
        sign = {"o": "●", "s": "■", "D": "◆", "^": "▲", "v": "▼"}[marker]
        last = data.iloc[-1]
        ends.append((float(last["year"]), float(100 * last["share"]), f"{sign} {phrase}", colour))
    ax.set_ylim(0, 104)
    spread_labels(ax, ends)
    ax.set_ylabel(choose_words("当年报告使用比例 share of the year's reports (%)"), fontsize=8)
    mark_years(ax)
    return ax


@in_one_language
def plot_phrase(
    uses: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    highlight: str = "",
    language: Language = "zh",
    ax: Axes | None = None,
) -> Axes:
    """Draw who used a phrase when: a row a region, in the order of first use; size is how often.

    Filled: the report of the year uses it; a small ring: there is a report, but it does not; nothing:
    the corpus has no report.

    Parameters
    ----------
    uses : DataFrame
        PHRASE_USES of one phrase.
    documents : DataFrame
        DOCUMENTS that were searched.
    highlight : str
        Region whose row is shaded.
    """
    dated = documents.dropna(subset=["year"]).drop_duplicates(["region", "year"])
    if uses.empty:
        return say(ax or new_axes(8, 1.2), choose_words("没有报告使用这个词 no report uses it"))
    first = uses.groupby("region")["year"].min().sort_values(kind="stable")
    rest = sorted(set(dated["region"]) - set(first.index))
    regions = [*first.index, *rest][::-1]
    begin = int(uses["year"].min()) - 1
    dated = dated[dated["year"] >= begin]
    ax = ax or new_axes(8, 1.0 + 0.25 * len(regions))
    place = {region: k for k, region in enumerate(regions)}
    if highlight in place:
        ax.axhspan(place[highlight] - 0.5, place[highlight] + 0.5, color=SHADE, zorder=0)
    ax.scatter(dated["year"].astype(int), dated["region"].map(place), s=8, facecolor="white", edgecolor=LIGHT)
    sizes = 14 + 9 * uses["count"].clip(upper=12)
    colours = [ORANGE if region == highlight else BLUE for region in uses["region"]]
    years = uses["year"].astype(int)
    drawn = ax.scatter(years, uses["region"].map(place), s=sizes, c=colours, alpha=0.85, linewidths=0)
    said = zip(uses["region"], years, uses["count"], strict=True)
    titles = [f"{region} {year} ×{count}" for region, year, count in said]
    link_marks(drawn, frame_passages(uses, titles))
    labels = [f"{region}  {first[region]}" if region in first else f"{region}  —" for region in regions]
    ax.set_yticks(range(len(regions)), labels, fontsize=8)
    ax.set_ylim(-0.7, len(regions) - 0.3)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    mark_years(ax)
    zh = "●使用(大小为次数) ○有报告而未用"
    ax.set_xlabel(zh if language == "zh" else "filled: used (size: how often); ring: not used", fontsize=8)
    return ax
