"""What a reader needs first: what the text is, what it promises for the year, and how firmly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from workbench.display.labels import name
from workbench.display.reading import Passage
from workbench.display.wording import word_value, word_values
from workbench.targets.commitment import code_constraint
from workbench.targets.summaries import headline_targets, pair_results

MOST_PROMISES = 9
_FIRMNESS = {
    "hard": ("硬约束", "firm"),
    "soft": ("软约束", "soft"),
    "unmarked": ("只有数字", "unqualified"),
    "none": ("无数值", "without a number"),
}


@dataclass(frozen=True)
class Facts:
    """A few facts on one thing, in a strip."""

    facts: Mapping[str, str]
    label: str

    def _repr_html_(self) -> str:
        pairs = "".join(
            f'<div><dt>{_bilingual(key)}</dt><dd lang="zh-Hans">{escape(value)}</dd></div>'
            for key, value in self.facts.items()
        )
        return f'<dl class="wb-facts" aria-label="{escape(self.label)}">{pairs}</dl>'

    def __repr__(self) -> str:
        return "\n".join([self.label, *(f"{key}: {value}" for key, value in self.facts.items())])


def describe_report(documents: pd.DataFrame) -> Facts:
    """Say what a report is: region, level, parent, year, genre, title, date, source.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; the first row is described.
    """
    row = documents.iloc[0]
    code = "" if pd.isna(row["region_code"]) else row["region_code"]
    facts = {
        "地区 region": f"{row['region']} {code}".strip(),
        "年份 year planned for": row["year"],
        "层级 level": name("level", row["level"], language="both"),
        "上级 superior": row["parent"],
        "体裁 genre": name("genre", row["genre"], language="both"),
        "字数 characters": f"{row['characters'] - row['noise_characters']:,}",
        "日期 date": row["date"],
        "题名 title": row["title"],
        "来源 source": row["source"],
    }
    filled = {key: str(value) for key, value in facts.items() if pd.notna(value) and value != ""}
    return Facts(filled, "这份文本 This report")


@dataclass(frozen=True)
class Promise:
    """One target as a card: its value, how it binds, and the result that it starts from."""

    name: str
    value: Passage
    numeric: bool
    firmness: str
    firmness_code: str
    result: Passage | None

    def _repr_html_(self) -> str:
        chinese, _, english = self.name.partition(" ")
        before = f'<p class="before">上年 last year {self.result._repr_html_()}</p>' if self.result else ""
        kind = "value" if self.numeric else "value words"
        return (
            f'<li class="{self.firmness_code}"><p class="name">{escape(chinese)} '
            f'<small lang="en">{escape(english)}</small></p>'
            f'<p class="{kind}">{self.value._repr_html_()}</p>'
            f'<p class="firmness">{escape(self.firmness)}</p>{before}</li>'
        )

    def __repr__(self) -> str:
        before = f", last year {self.result}" if self.result else ""
        return f"{self.name}: {self.value} ({self.firmness}{before})"


@dataclass(frozen=True)
class Promises:
    """The first targets of a report as cards, below a sentence on all of them."""

    lead: str
    cards: tuple[Promise, ...]

    def _repr_html_(self) -> str:
        cards = "".join(card._repr_html_() for card in self.cards)
        listed = f'<ul class="wb-promises">{cards}</ul>' if cards else ""
        return f'<p class="wb-lead">{escape(self.lead)}</p>{listed}'

    def __repr__(self) -> str:
        return "\n".join([self.lead, *map(repr, self.cards)])


def show_promises(statements: pd.DataFrame, documents: pd.DataFrame) -> Promises:
    """Show the first targets for the year as cards: value, firmness, last year's result.

    Firmness is the coding of `workbench.targets.commitment.code_constraint`: 以上, 以内 and 确保 are
    firm, 左右, ranges and 力争 are soft, a bare number is neither.

    Parameters
    ----------
    statements, documents : DataFrame
        STATEMENTS and DOCUMENTS of one report.
    """
    year = documents["year"].iloc[0]
    targets = headline_targets(statements, documents)
    targets = targets[targets["period"] == str(year)].reset_index(drop=True)
    if targets.empty:
        return Promises(
            f"没有找到{year}年的主要指标目标。No target for {year} was found for the statistics that the "
            "field follows; the table of all statements shows what the report says in numbers.",
            (),
        )
    form = targets["kind"].map({"numeric": "stated"}).fillna("qualitative")
    coded = code_constraint(targets.assign(form=form))["constraint"]
    first = targets.drop_duplicates("indicator_id").head(MOST_PROMISES)
    results = _results(statements)
    cards = [
        _card(row, words, coded[row.Index], results.get((row.indicator_id, row.measure)))
        for row, words in zip(first.itertuples(), word_values(first), strict=True)
    ]
    return Promises(_lead(year, targets, coded, len(cards)), tuple(cards))


def _lead(year: Any, targets: pd.DataFrame, coded: pd.Series, shown: int) -> str:
    counts = coded.value_counts()
    kinds = ", ".join(f"{counts[code]} {en} {zh}" for code, (zh, en) in _FIRMNESS.items() if code in counts)
    which = f"the first {shown} below" if targets["indicator_id"].nunique() > shown else "all below"
    return (
        f"{year}年主要指标目标{len(targets)}项。{len(targets)} targets for {year} ({kinds}), {which}: "
        "click a value to read it in its paragraph."
    )


def _results(statements: pd.DataFrame) -> dict[tuple[str, str], Passage]:
    pairs = pair_results(statements).dropna(subset=["result_low"])
    return {
        (row.indicator_id, row.measure): Passage(
            word_value(row.result_low, row.result_high, row.unit, row.result_bound),
            row.document_id,
            int(row.result_start),
            int(row.result_end),
            row.result_evidence,
        )
        for row in pairs.itertuples()
    }


def _card(row: Any, words: str, code: str, result: Passage | None) -> Promise:
    numeric = bool(words)
    shown = Passage(words or row.quote, row.document_id, int(row.start), int(row.end), row.evidence)
    bound = "" if numeric and row.bound == "exact" else name("bound", row.bound, language="both")
    parts = [" ".join(_FIRMNESS[code]), bound, row.strength or ""]
    title = name("indicator", row.indicator_id, language="both")
    if row.measure != "growth" and numeric:
        title += f", {name('measure', row.measure, language='en')}"
    return Promise(title, shown, numeric, " · ".join(part for part in parts if part), code, result)


def _bilingual(text: str) -> str:
    chinese, _, english = text.partition(" ")
    return f'{escape(chinese)} <small lang="en">{escape(english)}</small>'
