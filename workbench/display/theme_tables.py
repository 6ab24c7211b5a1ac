"""Tables for reading about themes: shares with their intervals, and the sentences behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.display.labels import name, names
from workbench.display.reading import Passage, ReadingTable, group_passages, link_counts, show_table
from workbench.measures.breaks import LEAST_YEARS, find_breaks
from workbench.measures.trends import find_trends


def find_theme_passages(
    sentence_themes: pd.DataFrame, sentences: pd.DataFrame
) -> dict[str | tuple[str, str], Passage]:
    """Return theme -> its sentences, and (part, theme) -> those of a part, of one report.

    Parameters
    ----------
    sentence_themes, sentences : DataFrame
        SENTENCE_THEMES and SENTENCES.
    """
    parts = sentences[["document_id", "sentence", "part"]]
    coded = sentence_themes.merge(parts, on=["document_id", "sentence"], validate="1:1")
    return {**group_passages(coded, by="primary"), **group_passages(coded, by=["part", "primary"])}


def show_theme_shares(shares: pd.DataFrame, *, passages: Mapping[Any, Passage] | None = None) -> ReadingTable:
    """Show each theme's share of a report's sentences with its interval, largest first.

    Parameters
    ----------
    shares : DataFrame
        theme, sentences, share_pct, low_pct, high_pct of one report.
    passages : mapping, optional
        As `find_theme_passages` returns: a count leads to its sentences.
    """
    frame = shares.sort_values("share_pct", ascending=False)
    ends = zip(frame["low_pct"], frame["high_pct"], strict=True)
    if passages:
        frame = frame.assign(sentences=link_counts(frame["sentences"], frame["theme"], passages))
    frame = frame.assign(
        theme=names("theme", frame["theme"], language="both"),
        interval=["" if pd.isna(low) else f"{low:.1f}–{high:.1f}" for low, high in ends],
    )
    return show_table(
        frame,
        caption="主题比重 Share of the report's sentences",
        columns={
            "theme": "主题 theme",
            "sentences": "句数 sentences",
            "share_pct": "占比 share (%)",
            "interval": "95 %",
        },
        digits={"share_pct": 1},
        note="Intervals: bootstrap over sentences with the coder's confusions redrawn.",
    )


def show_trends(shares: pd.DataFrame) -> ReadingTable:
    """Show which themes rise or fall over the years of one region, and when they break.

    Parameters
    ----------
    shares : DataFrame
        region, year, theme, share_pct, as `workbench.measures.attention.theme_shares` gives.
    """
    trends = find_trends(shares)
    tested = trends.dropna(subset=["tau"]).sort_values("trend_p")
    ends = zip(tested["slope_low"], tested["slope_high"], strict=True)
    frame = tested.assign(
        theme=names("theme", tested["theme"], language="both"),
        interval=[f"{low:+.2f} to {high:+.2f}" for low, high in ends],
        break_year=tested["break_year"].astype("int64").astype(str),
    )
    return show_table(
        frame,
        caption="走势检验 Trends of the region's themes",
        columns={
            "theme": "主题 theme",
            "slope_per_year": "每年百分点 points a year",
            "interval": "95 %",
            "tau": "Kendall τ",
            "trend_p_holm": "p (Holm)",
            "break_year": "断点 break",
            "break_p_holm": "p of break (Holm)",
        },
        digits={"slope_per_year": 2, "tau": 2, "trend_p_holm": 3, "break_p_holm": 3},
        note="Theil-Sen slope, Mann-Kendall and Pettitt tests; years are taken as independent."
        if len(frame)
        else "Fewer than four years of this region: no series is tested.",
    )


def show_breaks(shares: pd.DataFrame) -> ReadingTable:
    """Show in which years the level of each theme changed, with intervals.

    Parameters
    ----------
    shares : DataFrame
        region, year, theme, share_pct, as `workbench.measures.attention.theme_shares` gives.
    """
    breaks = find_breaks(shares)
    found = breaks.dropna(subset=["break_year"])
    frame = found.assign(
        theme=names("theme", found["theme"], language="both"),
        break_year=found["break_year"].astype("str"),
        interval=[f"{low}–{high}" for low, high in zip(found["low_year"], found["high_year"], strict=True)],
        change=found["after"] - found["before"],
    )
    without = [name("theme", theme) for theme in breaks.loc[breaks["breaks"].eq(0).fillna(False), "theme"]]
    note = "Least squares; number of breaks after Zhang and Siegmund (2007); years are taken as independent. "
    if breaks["breaks"].isna().all():
        note = f"Fewer than {LEAST_YEARS} years of this region: no series is cut."
    elif without:
        note += f"No break: {'、'.join(without)}."
    return show_table(
        frame,
        caption="断点 Breaks in the level of themes",
        columns={
            "theme": "主题 theme",
            "break_year": "新水平的首年 first year of the new level",
            "interval": "95 %",
            "before": "此前 before (%)",
            "after": "此后 after (%)",
            "change": "变化 change (points)",
        },
        digits={"before": 1, "after": 1, "change": 1},
        note=note,
    )


def leading_themes(shares: pd.DataFrame, *, most: int = 5) -> list[str]:
    """Return the themes with the largest mean share, the residual `none` left out."""
    means = shares[shares["theme"] != "none"].groupby("theme")["share_pct"].mean()
    return means.sort_values(ascending=False).head(most).index.tolist()


def show_theme_examples(
    sentence_themes: pd.DataFrame, texts: Mapping[str, str], *, themes: int = 5, sentences: int = 3
) -> ReadingTable:
    """Show sentences of the most frequent themes, spread evenly over the text.

    Parameters
    ----------
    sentence_themes : DataFrame
        SENTENCE_THEMES.
    texts : mapping of str to str
    themes, sentences : int
        How many themes, and sentences of each.
    """
    coded = sentence_themes[sentence_themes["primary"] != "none"]
    rows = []
    for theme in coded["primary"].value_counts().head(themes).index:
        found = coded[coded["primary"] == theme]
        step = max(len(found) // sentences, 1)
        for row in found.iloc[step // 2 :: step].head(sentences).itertuples():
            text = texts[row.document_id][row.start : row.end]
            also = " ".join(name("theme", other) for other in row.secondary.split("|") if other)
            passage = Passage(" ".join(text.split()), row.document_id, row.start, row.end)
            rows.append((name("theme", theme, language="both"), passage, also))
    return show_table(
        pd.DataFrame(rows, columns=["theme", "sentence", "secondary"]),
        caption="例句 Sentences of the leading themes",
        columns={"theme": "主题 theme", "sentence": "句子 sentence", "secondary": "次要主题 secondary"},
    )
