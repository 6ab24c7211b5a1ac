"""The words used for a miss: how the next report tells that a target was not reached."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd

from workbench.declaration import Column, Table
from workbench.lexicons.reader import read_lexicon
from workbench.targets.fulfilment import list_results, orient
from workbench.targets.stages import first_of_stage

MISS_KINDS = ("shortfall", "gap", "cause", "decline", "softening", "comparison")

MISSES = Table(
    "misses",
    "target that was missed",
    (),
    {
        "document_id": Column("str", "report that set the target"),
        "region": Column("str", "region that reports"),
        "year": Column("Int64", "year that the target was for", "year", nullable=True),
        "indicator_id": Column("str", "id in indicators.csv"),
        "measure": Column("str", "level, growth, increment or share", nullable=True),
        "low": Column("float64", "lower number of the target", "unit", nullable=True),
        "high": Column("float64", "upper number of the target", "unit", nullable=True),
        "unit": Column("str", "base unit", nullable=True),
        "bound": Column("str", "how the target binds", nullable=True),
        "quote": Column("str", "the target, to the letter"),
        "start": Column("Int64", "first character of the target", "characters", nullable=True),
        "end": Column("Int64", "after its last character", "characters", nullable=True),
        "gap": Column("float64", "result less target", "unit", nullable=True),
        "result_document_id": Column("str", "report that states the result"),
        "result_low": Column("float64", "lower number of the result", "unit", nullable=True),
        "result_high": Column("float64", "upper number of the result", "unit", nullable=True),
        "result_start": Column("Int64", "first character of the result", "characters", nullable=True),
        "result_end": Column("Int64", "after its last character", "characters", nullable=True),
        "result_evidence": Column("str", "the sentence that states the result", nullable=True),
        "telling": Column(
            "str", "how the miss is told; empty: the number alone", codes=MISS_KINDS, nullable=True
        ),
        "words": Column("str", "the words found, joined by |", nullable=True),
    },
)
_CLAUSE_ENDS = re.compile(r"[，,；;。]")
ADMISSIONS = Table(
    "admissions",
    "passage in which a report says that something was not reached",
    ("document_id", "start"),
    {
        "document_id": Column("str", "report, REGION_YEAR"),
        "sentence": Column("int64", "number of the sentence"),
        "start": Column("int64", "first character of the words", "characters"),
        "end": Column("int64", "after the last", "characters"),
        "quote": Column("str", "the words, to the letter"),
        "evidence": Column("str", "the sentence, to the letter"),
    },
)


def find_misses(
    panel: pd.DataFrame, documents: pd.DataFrame, statements: pd.DataFrame, admissions: pd.DataFrame
) -> pd.DataFrame:
    """List the missed targets with the sentence that reports the result and the words for the miss.

    `telling` is `shortfall` where an admission in the report names the indicator (地区生产总值增速
    未能实现预期), else the first kind of `miss_words.csv` of which the clause of the result, or one
    beside it that holds no number, has a word: `shortfall`, `gap`, `cause` (受…影响), `decline` (回落),
    `softening` (基本完成), `comparison` with others (高于全国); empty where the number stands alone.

    Parameters
    ----------
    panel, documents, statements : DataFrame
        TARGET_PANEL, DOCUMENTS and STATEMENTS of one corpus.
    admissions : DataFrame
        ADMISSIONS of its reports.

    Returns
    -------
    DataFrame
        MISSES, in the order of `panel`.
    """
    keys = ["result_document_id", "indicator_id", "measure", "unit"]
    missed = panel[panel["outcome"] == "missed"].reset_index(drop=True)
    results = list_results(documents, statements)
    results = results[results["kind"] == "numeric"].rename(columns={"document_id": "result_document_id"})
    columns = ["start", "end", "quote", "evidence"]
    asked = missed.assign(unit=missed["unit"].where(missed["form"] != "relative", "%"))
    places = first_of_stage(asked, results[[*keys, *columns]], keys)[columns]
    out = missed.join(places.add_prefix("result_"))
    out["falling"] = orient(out)[0] != "higher"
    tellings = [_tell(row, admissions) for row in out.to_dict("records")]
    out["telling"] = [kind for kind, _ in tellings]
    out["words"] = ["|".join(words) for _, words in tellings]
    names = [name for name, column in MISSES.columns.items() if column.dtype == "str"]
    out[names] = out[names].fillna("").astype("str")
    return MISSES.check(out[list(MISSES.columns)])


def _tell(row: dict[str, Any], admissions: pd.DataFrame) -> tuple[str, list[str]]:
    own = admissions[admissions["document_id"] == row["result_document_id"]]
    named = own[own["evidence"].str.contains(_aliases()[row["indicator_id"]], regex=True)]
    if len(named):
        return "shortfall", list(dict.fromkeys(named["quote"]))
    if pd.isna(row["result_start"]):
        return "", []
    kind, words = tell_miss(_clauses(row["result_evidence"], row["result_quote"]))
    # of what is to fall, a fall is the result itself
    return ("", []) if kind == "decline" and row["result_low"] > 0 and row["falling"] else (kind, words)


@cache
def _aliases() -> dict[str, str]:
    """Return for each indicator a pattern of its names."""
    table = read_lexicon("indicators").table
    names = (f"{name}|{aliases}" for name, aliases in zip(table["name_zh"], table["aliases"], strict=True))
    patterns = ["|".join(re.escape(name) for name in group.split("|") if len(name) > 1) for group in names]
    return dict(zip(table["id"], patterns, strict=True))


def _clauses(sentence: str, quote: str) -> str:
    """Return the clause that holds the quotation, and those beside it that hold no number."""
    place = max(sentence.find(quote), 0)
    edges = [0, *(m.end() for m in _CLAUSE_ENDS.finditer(sentence)), len(sentence)]
    number = next(k for k, (a, b) in enumerate(pairwise(edges)) if a <= place < b or b == len(sentence))
    pieces = [sentence[a:b] for a, b in pairwise(edges)]
    beside = [pieces[k] for k in (number - 1, number + 1) if 0 <= k < len(pieces)]
    return "".join([pieces[number], *(piece for piece in beside if not re.search(r"[0-9０-９]", piece))])


def tell_miss(sentence: str) -> tuple[str, list[str]]:
    """Return how a sentence tells a miss (of MISS_KINDS, or nothing) and the words found."""
    table = read_lexicon("miss_words").table
    for kind in MISS_KINDS:
        pattern = "|".join(table.loc[table["kind"] == kind, "cue"])
        words = [match.group() for match in re.finditer(pattern, sentence)]
        if words:
            return kind, list(dict.fromkeys(words))
    return "", []


def find_admissions(texts: Mapping[str, str], sentences: pd.DataFrame) -> pd.DataFrame:
    """Find where reports say in words that something was not reached, indicator or not.

    Looked up are the words of `shortfall` in `miss_words.csv`, in all parts but the glossary: the
    first of each sentence.

    Returns
    -------
    DataFrame
        ADMISSIONS, in the order of the texts.
    """
    table = read_lexicon("miss_words").table
    pattern = re.compile("|".join(table.loc[table["kind"] == "shortfall", "cue"]))
    rows = []
    kept = sentences[sentences["part"] != "glossary"]
    for row in kept.itertuples(index=False):
        text = texts[row.document_id]
        match = pattern.search(text, row.start, row.end)
        if match:
            evidence = text[row.start : row.end]
            rows.append((row.document_id, row.sentence, *match.span(), match.group(), evidence))
    return ADMISSIONS.frame(rows)
