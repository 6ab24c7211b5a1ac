"""What a reader needs first: what the text is, what it promises for the year, and how firmly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from workbench.display.labels import choose_sentence, choose_words, name
from workbench.display.reading import Passage
from workbench.display.wording import word_value, word_values

MOST_PROMISES = 9
_FIRMNESS = ("hard", "soft", "unmarked", "none")


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
        told = self.result._repr_html_() if self.result else ""
        before = f'<p class="before">{choose_words("上年 last year")} {told}</p>' if told else ""
        kind = "value" if self.numeric else "value words"
        return (
            f'<li class="{self.firmness_code}"><p class="name">{_bilingual(self.name)}</p>'
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


def show_promises(promises: pd.DataFrame, documents: pd.DataFrame) -> Promises:
    """Show the first targets for the year as cards: value, firmness, last year's result.

    Firmness is the column `constraint` of the target panel: 以上, 以内 and 确保 are firm, 左右, ranges
    and 力争 are soft, a bare number is neither.

    Parameters
    ----------
    promises : DataFrame
        As `workbench.targets.summaries.pair_results` returns, of one report; shown in the order of
        the text.
    documents : DataFrame
        DOCUMENTS, for the year.
    """
    year = documents["year"].iloc[0]
    if promises.empty:
        nothing = choose_sentence(
            f"没有找到{year}年的主要指标目标;全部陈述见下表。",
            f"No target for {year} was found for the statistics that the field follows; "
            "the table of all statements shows what the report says in numbers.",
        )
        return Promises(nothing, ())
    targets = promises.sort_values("start").reset_index(drop=True)
    first = targets.drop_duplicates("indicator_id").head(MOST_PROMISES)
    cards = [_card(row, words) for row, words in zip(first.itertuples(), word_values(first), strict=True)]
    return Promises(_lead(year, targets, len(cards)), tuple(cards))


def _lead(year: Any, targets: pd.DataFrame, shown: int) -> str:
    counts = targets["constraint"].value_counts()
    codes = [code for code in _FIRMNESS if code in counts]
    chinese = "、".join(f"{name('constraint', code, language='zh')}{counts[code]}" for code in codes)
    english = ", ".join(f"{counts[code]} {name('constraint', code, language='en')}" for code in codes)
    which = "all" if targets["indicator_id"].nunique() <= shown else f"the first {shown}"
    return choose_sentence(
        f"{year}年主要指标目标{len(targets)}项:{chinese}。点数值看原文。",
        f"Targets for {year}: {len(targets)} ({english}), {which} below; "
        "click a value to read it in its paragraph.",
    )


def _result(row: Any) -> Passage | None:
    if pd.isna(row.result_low):
        return None
    words = word_value(row.result_low, row.result_high, row.unit, row.result_bound, row.result_direction)
    place = int(row.result_start), int(row.result_end)
    return Passage(words, row.document_id, *place, row.result_evidence)


def _card(row: Any, words: str) -> Promise:
    numeric = bool(words)
    shown = Passage(words or row.quote, row.document_id, int(row.start), int(row.end), row.evidence)
    bound = name("bound", row.bound, language="both") if row.bound and row.bound != "exact" else ""
    better = choose_words("争取更好 better if possible") if row.stretch else ""
    parts = [name("constraint", row.constraint, language="both"), bound, row.strength or "", better]
    title = name("indicator", row.indicator_id, language="both")
    if row.measure != "growth" and numeric:
        title += f", {name('measure', row.measure, language='both').split()[-1]}"
    firmness = " · ".join(part for part in parts if part)
    return Promise(title, shown, numeric, firmness, row.constraint, _result(row))


def _bilingual(text: str) -> str:
    first, _, rest = choose_words(text).partition(" ")
    if first.isascii() or not rest:
        return escape(f"{first} {rest}".strip())
    return f'{escape(first)} <small lang="en">{escape(rest)}</small>'
