"""Turns of a region's vocabulary: terms that a report brings in, brings back, pushes or drops."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.paragraphs import select_words

TURNS = ("debut", "return", "spike", "vanished")
TERM_TURNS = Table(
    "term_turns",
    "term that turned in the report",
    ("term",),
    {
        "term": Column("str", "term"),
        "turn": Column("str", "what happened", codes=TURNS),
        "count": Column("int64", "occurrences in the report", "occurrences"),
        "per_10k": Column("float64", "occurrences for 10,000 tokens of the report", "1/10,000"),
        "earlier_count": Column("int64", "occurrences in all earlier reports of the region", "occurrences"),
        "earlier_years": Column("int64", "earlier years that used it", "years"),
        "earlier_per_10k": Column(
            "float64", "occurrences for 10,000 tokens in those compared with", "1/10,000"
        ),
        "last_year": Column("Int64", "last earlier year that used it", "year", nullable=True),
        "p": Column("float64", "one-sided binomial test of the two rates, after Benjamini and Hochberg"),
        "document_id": Column("str", "report of the passage: this one, or the last that used it"),
        "start": Column("int64", "first character of the first occurrence there", "characters"),
        "end": Column("int64", "after its last character", "characters"),
    },
)


@dataclass(frozen=True)
class TurnRules:
    """What counts as a turn: least occurrences, years of absence or presence, factor and p of a spike."""

    count: int = 2
    years: int = 3
    factor: float = 3.0
    p: float = 0.01


def find_term_turns(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    region: str,
    year: int | None = None,
    stopwords: Collection[str] = (),
    rules: TurnRules | None = None,
) -> pd.DataFrame:
    """Compare the words of a region's report with those of all its earlier reports.

    Parameters
    ----------
    tokens, documents : DataFrame
        TOKENS and DOCUMENTS; other regions may be among them.
    region : str
    year : int, optional
        Year of the report; by default the region's latest.
    stopwords : Collection
        Terms to leave out.
    rules : TurnRules, optional
        By default: two occurrences, three reports, three times the earlier rate, p of 0.01.

    Returns
    -------
    DataFrame
        TERM_TURNS, by turn, then falling weight. ``debut``: never before in a report of the region at
        hand. ``return``: used before, but in none of the last three reports. ``spike``: used before,
        at several times the rate of the last three reports, and not by chance. ``vanished``: in each
        of the last three reports, at least twice in each on average, now gone. First use is first
        use in this corpus: reports that are missing may have had the term.

    Raises
    ------
    ParameterError
        No report of the region or the year; fewer than three earlier years.
    """
    rules = rules or TurnRules()
    words = _choose_words(tokens, documents, region, set(stopwords))
    known = np.sort(documents.loc[documents["region"] == region, "year"].dropna().unique())
    year = int(year or (known[-1] if len(known) else 0))
    earlier = [int(other) for other in known if other < year]
    if year not in known or len(earlier) < rules.years:
        raise ParameterError(
            f"turns of {region} {year or ''}: expected a report of it and {rules.years} years before it, "
            f"found {', '.join(str(int(y)) for y in known) or 'no report'}."
        )
    recent = earlier[-rules.years :]
    counts = words.groupby(["token", "year"], observed=True).size().unstack(fill_value=0)
    counts = counts.reindex(columns=[*earlier, year], fill_value=0)
    sizes = counts.sum()
    table = _describe(counts, sizes, earlier, recent, year)
    table["turn"] = _name_turns(table, counts, recent, rules)
    table = table.dropna(subset=["turn"]).reset_index()
    turned = table.merge(_find_places(words, table, year), on="term", validate="1:1")
    turned["order"] = turned["turn"].map({turn: number for number, turn in enumerate(TURNS)})
    turned["weight"] = -turned[["per_10k", "earlier_per_10k"]].max(axis=1)
    return TERM_TURNS.check(turned.sort_values(["order", "weight", "term"])[list(TERM_TURNS.columns)])


def _choose_words(
    tokens: pd.DataFrame, documents: pd.DataFrame, region: str, barred: Collection[str]
) -> pd.DataFrame:
    """Return the tokens of the region that are words of two and more Chinese characters, with their year."""
    own = documents.loc[documents["region"] == region, ["document_id", "year"]].dropna()
    words = select_words(tokens[tokens["document_id"].isin(own["document_id"])], barred)
    return words.merge(own, on="document_id")


def _describe(
    counts: pd.DataFrame, sizes: pd.Series, earlier: list[int], recent: list[int], year: int
) -> pd.DataFrame:
    from scipy import stats

    now, before = counts[year].to_numpy(), counts[recent].sum(axis=1).to_numpy()
    size, base = int(sizes[year]), int(sizes[recent].sum())
    used = counts[earlier].gt(0)
    last = used.mul(earlier).max(axis=1).where(used.any(axis=1))
    # Under no change, the share of this report's words among all is the chance of each occurrence.
    share = size / max(size + base, 1)
    p = np.where(
        now * base >= before * size,
        stats.binom.sf(now - 1, now + before, share),
        stats.binom.cdf(now, now + before, share),
    )
    return pd.DataFrame(
        {
            "count": now,
            "per_10k": 1e4 * now / max(size, 1),
            "earlier_count": counts[earlier].sum(axis=1).to_numpy(),
            "earlier_years": used.sum(axis=1).to_numpy(),
            "earlier_per_10k": 1e4 * before / max(base, 1),
            "last_year": last.to_numpy(),
            "p": stats.false_discovery_control(p) if len(p) else p,
        },
        index=pd.Index(counts.index.astype("str"), name="term"),
    )


def _name_turns(table: pd.DataFrame, counts: pd.DataFrame, recent: list[int], rules: TurnRules) -> pd.Series:
    often = table["count"] >= rules.count
    fresh = counts[recent].sum(axis=1).to_numpy() == 0
    always = counts[recent].gt(0).all(axis=1).to_numpy()
    enough = counts[recent].sum(axis=1).to_numpy() >= rules.count * rules.years
    pushed = (table["per_10k"] >= rules.factor * table["earlier_per_10k"]) & (table["p"] <= rules.p)
    turn = pd.Series(pd.NA, index=table.index, dtype="object")
    turn[often & ~fresh & pushed] = "spike"
    turn[often & fresh & table["earlier_count"].gt(0)] = "return"
    turn[often & table["earlier_count"].eq(0)] = "debut"
    turn[table["count"].eq(0) & always & enough] = "vanished"
    return turn


def _find_places(words: pd.DataFrame, table: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the first passage of each term in this report, or in the last that used it."""
    when = table.set_index("term")
    sought = when["last_year"].where(when["turn"] == "vanished", year)
    there = words[words["token"].map(sought).eq(words["year"])].sort_values(["document_id", "start"])
    first = there.drop_duplicates("token").rename(columns={"token": "term"})
    return first[["term", "document_id", "start", "end"]]
