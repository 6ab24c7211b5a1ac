"""What is doubtful in a corpus: one finding a row, with the place and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from workbench.corpus.check_identity import REPORTS, check_identity, check_series
from workbench.corpus.duplicates import find_duplicates, find_repeated_bodies
from workbench.corpus.findings import Finding
from workbench.corpus.genres import is_cut_off
from workbench.corpus.identity import Identity
from workbench.corpus.readers import Reading
from workbench.corpus.text import normalise
from workbench.tables import FINDINGS, SEVERITIES


def check_documents(
    readings: Sequence[Reading],
    identities: Mapping[str, Identity],
    documents: pd.DataFrame,
    texts: Mapping[str, str],
    noise: pd.DataFrame,
    sections: pd.DataFrame,
    sentences: pd.DataFrame,
) -> pd.DataFrame:
    """Return FINDINGS that a document alone gives rise to, one row a finding.

    Parameters
    ----------
    readings : sequence of Reading
        Also those with a `problem`: each is a finding.
    identities : mapping
        What each document that could be read is, as `workbench.corpus.documents.identify_all` gives it.
    documents, texts, noise, sections, sentences
        The tables of the corpus.
    """
    limits = _rules()["limits"]
    rows = documents.to_dict("records")
    spans = {name: list(zip(g["start"], g["end"], strict=True)) for name, g in noise.groupby("document_id")}
    found: list[Finding] = list(_unread(readings))
    for row in rows:
        name = row["document_id"]
        found += check_identity(row, identities[name])
        found += _size(row, limits)
        found += _in_text(name, texts[name], spans.get(name, []))
    found += _parts(rows, sections)
    found += _cut_off(rows, texts, sentences)
    found += find_repeated_bodies(
        {name: texts[name] for name in identities}, least=limits["repeated_characters"]
    )
    return FINDINGS.frame([finding._asdict() for finding in found])


def compare_documents(documents: pd.DataFrame, marks: pd.DataFrame | Sequence[str]) -> pd.DataFrame:
    """Return FINDINGS that only the documents together give rise to: gaps in series, duplicates.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS.
    marks : DataFrame or sequence of str
        As `workbench.corpus.duplicates.mark_sentences` gives them, or Parquet files of such tables.
    """
    limits = _rules()["limits"]
    found = [
        *check_series(documents.to_dict("records")),
        *find_duplicates(marks, same=limits["duplicate"], near=limits["near_duplicate"]),
    ]
    return FINDINGS.frame([finding._asdict() for finding in found])


def order_findings(*found: pd.DataFrame) -> pd.DataFrame:
    """Return these FINDINGS as one table, by document, the worst first."""
    findings = pd.concat(found, ignore_index=True)
    severity = findings["severity"].map({name: rank for rank, name in enumerate(SEVERITIES)})
    order = findings.assign(severity_order=severity, start_order=findings["start"].fillna(0)).sort_values(
        ["document_id", "severity_order", "kind", "start_order", "message"], kind="stable"
    )
    return FINDINGS.check(order[list(FINDINGS.columns)])


def _unread(readings: Iterable[Reading]) -> Iterator[Finding]:
    for reading in readings:
        if reading.problem:
            what, _, advice = reading.problem.rpartition("; ")
            yield Finding(reading.document_id, "error", "not read", what or advice, advice)


def _size(row: Mapping[str, Any], limits: Mapping[str, Any]) -> Iterator[Finding]:
    name, characters = row["document_id"], row["characters"]
    if characters > limits["characters"]:
        message = f"{characters:,} characters are more than a report has"
        yield Finding(name, "warning", "length", message, "look for several documents in one file")
    if row["noise_characters"] > limits["noise_share"] * characters:
        message = f"{row['noise_characters'] / characters:.0%} of the characters are noise of the page"
        yield Finding(name, "warning", "noise", message, "look at what is marked; get a cleaner copy")


def _in_text(name: str, text: str, noise: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Yield the places outside noise where a pattern of ``check.toml`` fits."""
    copy = normalise(text)
    for rule in _rules()["pattern"]:
        source = text if rule.get("raw") else copy
        if "hints" in rule and not any(hint in source for hint in rule["hints"]):
            continue
        places = [match.span() for match in rule["compiled"].finditer(source)]
        places = [(a, b) for a, b in places if not any(start <= a < end for start, end in noise)]
        if "unless" in rule:
            places = [(a, b) for a, b in places if not re.search(rule["unless"], source[max(a - 40, 0) : a])]
        if len(places) < rule.get("least", 1):
            continue
        for start, end in places[: rule.get("most", 20)]:
            around = " ".join(text[max(start - 12, 0) : end + 6].split())
            message = f"{rule['message']}: …{around}…"
            yield Finding(name, rule["severity"], rule["kind"], message, rule["advice"], start, end)


def _parts(rows: Sequence[Mapping[str, Any]], sections: pd.DataFrame) -> Iterator[Finding]:
    parts = sections.groupby("document_id")["part"].agg(set).to_dict() if len(sections) else {}
    for row in rows:
        name = row["document_id"]
        for part in ("review", "plan"):
            if row["genre"] == "full report" and part not in parts.get(name, set()):
                message = f"no {part} part was found in a full report"
                advice = "check whether the text is whole; results and targets are read from these parts"
                yield Finding(name, "warning", "parts", message, advice)


def _cut_off(
    rows: Sequence[Mapping[str, Any]], texts: Mapping[str, str], sentences: pd.DataFrame
) -> Iterator[Finding]:
    if not len(sentences):
        return
    last = sentences.sort_values("start").groupby("document_id").last()
    for row in rows:
        name = row["document_id"]
        if row["genre"] not in REPORTS or name not in last.index or last["part"][name] == "glossary":
            continue
        start, end = int(last["start"][name]), int(last["end"][name])
        words = texts[name][start:end].strip()
        if is_cut_off(words):
            message = f"the text ends within a sentence: …{words[-20:]}"
            yield Finding(name, "warning", "cut off", message, "get the rest from its source", start, end)


@cache
def _rules() -> dict[str, Any]:
    data = tomllib.loads(files("workbench.lexicons").joinpath("check.toml").read_text("utf-8"))
    for rule in data["pattern"]:
        rule["compiled"] = re.compile(rule["pattern"])
    return data
