"""What is doubtful in a corpus: one finding a row, with the place and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from workbench.corpus.duplicates import find_duplicates, find_repeated_bodies
from workbench.corpus.evidence import Evidence
from workbench.corpus.identity import Identity, identify
from workbench.corpus.readers import Reading
from workbench.corpus.regions import find_region
from workbench.corpus.text import normalise
from workbench.tables import FINDINGS

Finding = tuple[str, str, str, int | None, int | None, str, str]
REPORTS = ("full report", "excerpt")


def check_corpus(
    readings: Sequence[Reading],
    documents: pd.DataFrame,
    texts: Mapping[str, str],
    noise: pd.DataFrame,
    sections: pd.DataFrame,
    sentences: pd.DataFrame,
) -> pd.DataFrame:
    """Return FINDINGS: one row a finding, by document, the worst first.

    Parameters
    ----------
    readings : sequence of Reading
        Also those with a `problem`: each is a finding.
    documents, texts, noise, sections, sentences
        The tables of the corpus.
    """
    limits = _patterns()["limits"]
    found: list[Finding] = list(_unreadable(readings))
    known = {reading.document_id: identify(reading) for reading in readings if not reading.problem}
    rows = documents.to_dict("records")
    for row in rows:
        document_id = row["document_id"]
        found += _identity(row, known[document_id])
        found += _kind_of_text(row, texts[document_id], limits)
        found += _in_text(document_id, texts[document_id], noise[noise["document_id"] == document_id])
    found += _parts(rows, sections)
    found += _cut_off(rows, texts, sentences)
    found += _series(rows)
    found += find_repeated_bodies(texts, least=limits["repeated_characters"])
    found += find_duplicates(texts, same=limits["duplicate"], near=limits["near_duplicate"])
    order = {"error": 0, "warning": 1, "note": 2}
    return FINDINGS.frame(sorted(found, key=lambda f: (f[0], order[f[1]], f[2], f[3] or 0)))


def _unreadable(readings: Iterable[Reading]) -> Iterator[Finding]:
    for reading in readings:
        if reading.problem:
            what, _, advice = reading.problem.rpartition("; ")
            yield reading.document_id, "error", "not read", None, None, what or advice, advice


def _identity(row: Mapping[str, Any], identity: Identity) -> Iterator[Finding]:
    yield from _year(row, identity)
    document_id = row["document_id"]
    regions = identity.evidence.get("region", ())
    used = row["region"]
    if row["level"] == "unknown":
        message = f"no list of regions has {used!r}"
        yield document_id, "warning", "region", None, None, message, "name region and level in documents.csv"
    elif row["level"] in ("county", "prefecture", "province") and not row["region_code"]:
        message = f"several regions are called {used}, or its name is in no list"
        yield (
            document_id,
            "warning",
            "region",
            None,
            None,
            message,
            "name its parent and code in documents.csv",
        )
    for item in regions[1:]:
        if (
            item.confidence == "high"
            and item.evidence.startswith("text")
            and not _same_place(used, item, row)
        ):
            words = item.evidence.removeprefix("text: ")
            message = f"named after {used}, but the text is of {item.value} ({words})"
            yield (
                document_id,
                "error",
                "region",
                None,
                None,
                message,
                "rename the file, or put the right text in it",
            )
            break
    region = find_region(used, year=row["year"], near=str(row["parent"]))
    if region is not None and not pd.isna(row["year"]) and region.years_off(int(row["year"])) > 0:
        message = f"{used} was not called so in {row['year']} (known {region.valid_from}-{region.valid_to})"
        yield document_id, "note", "region", None, None, message, "check name and year"


def _same_place(used: str, item: Evidence, row: Mapping[str, Any]) -> bool:
    """Return whether the text names the region itself, by this or an older name, or a superior."""
    other = find_region(item.value, year=row["year"], near=used)
    own = find_region(used, year=row["year"], near=item.value)
    same_unit = own is not None and other is not None and bool(own.unit) and own.unit == other.unit
    return same_unit or item.value in (used, row["parent"], row["province"])


def _year(row: Mapping[str, Any], identity: Identity) -> Iterator[Finding]:
    document_id, evidence = row["document_id"], identity.evidence.get("year", ())
    if not evidence:
        yield (
            document_id,
            "error",
            "year",
            None,
            None,
            "no year in name, file or text",
            "name it in documents.csv",
        )
        return
    used = evidence[0]
    others = [item for item in evidence[1:] if item.value != used.value and item.confidence != "low"]
    for other in others[:1]:
        if used.confidence == "high":
            message = f"named after {other.value}, but plans for {used.value} ({used.evidence})"
            advice = f"{used.value} is taken; rename the file, or give the year in documents.csv"
            yield document_id, "warning", "year", None, None, message, advice
        else:
            sure = "warning" if other.confidence == "high" else "note"
            message = f"taken for {used.value} ({used.evidence}), "
            message += f"but the text may plan for {other.value} ({other.evidence})"
            yield (
                document_id,
                sure,
                "year",
                None,
                None,
                message,
                "read the opening; give the year in documents.csv",
            )


def _kind_of_text(row: Mapping[str, Any], text: str, limits: Mapping[str, Any]) -> Iterator[Finding]:
    document_id, genre = row["document_id"], row["genre"]
    if genre not in REPORTS:
        severity = "warning" if genre in ("digest", "plenum news", "conference news") else "error"
        message = f"this is no government work report but: {genre}"
        yield (
            document_id,
            severity,
            "genre",
            None,
            None,
            message,
            "leave it out of comparisons, or give the genre in documents.csv",
        )
    if len(text) > limits["characters"]:
        message = f"{len(text):,} characters are more than a report has"
        yield document_id, "warning", "length", None, None, message, "look for several documents in one file"
    if len(text) and row["noise_characters"] > limits["noise_share"] * len(text):
        share = row["noise_characters"] / len(text)
        message = f"{share:.0%} of the characters are noise of the page"
        yield (
            document_id,
            "warning",
            "noise",
            None,
            None,
            message,
            "look at what is marked; get a cleaner copy",
        )


def _in_text(document_id: str, text: str, noise: pd.DataFrame) -> Iterator[Finding]:
    copy = normalise(text)
    spans = list(zip(noise["start"], noise["end"], strict=True))
    for rule in _patterns()["pattern"]:
        source = text if rule.get("raw") else copy
        if "hints" in rule and not any(hint in source for hint in rule["hints"]):
            continue
        places = [match.span() for match in rule["compiled"].finditer(source)]
        places = [(a, b) for a, b in places if not any(start <= a < end for start, end in spans)]
        if "unless" in rule:
            places = [(a, b) for a, b in places if not re.search(rule["unless"], source[max(a - 40, 0) : a])]
        if len(places) < rule.get("least", 1):
            continue
        for start, end in places[: rule.get("most", 20)]:
            around = " ".join(text[max(start - 12, 0) : end + 6].split())
            message = f"{rule['message']}: …{around}…"
            yield document_id, rule["severity"], rule["kind"], start, end, message, rule["advice"]


def _parts(rows: Sequence[Mapping[str, Any]], sections: pd.DataFrame) -> Iterator[Finding]:
    parts = sections.groupby("document_id")["part"].agg(set).to_dict() if len(sections) else {}
    for row in rows:
        have = parts.get(row["document_id"], set())
        for part in ("review", "plan"):
            if row["genre"] == "full report" and part not in have:
                message = f"no {part} part was found in a full report"
                advice = "check whether the text is whole; results and targets are read from these parts"
                yield row["document_id"], "warning", "parts", None, None, message, advice


def _cut_off(
    rows: Sequence[Mapping[str, Any]], texts: Mapping[str, str], sentences: pd.DataFrame
) -> Iterator[Finding]:
    if not len(sentences):
        return
    last = sentences.sort_values("start").groupby("document_id").last()
    for row in rows:
        document_id = row["document_id"]
        if (
            row["genre"] not in REPORTS
            or document_id not in last.index
            or last["part"][document_id] == "glossary"
        ):
            continue
        start, end = int(last["start"][document_id]), int(last["end"][document_id])
        words = texts[document_id][start:end].strip().rstrip("*_ ")
        if len(words) > 30 and not re.search(
            "[。！？!?…”’）)】；;.]$|(?:奋斗|前进|谢谢(?:大家)?|完)$", words
        ):
            message = f"the text ends within a sentence: …{words[-20:]}"
            yield (
                document_id,
                "warning",
                "cut off",
                start,
                end,
                message,
                "get the rest of the text from its source",
            )


def _series(rows: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield the years missing in a region's series, and years that two reports are for."""
    reports = [row for row in rows if row["genre"] in REPORTS and not pd.isna(row["year"])]
    by_region: dict[tuple[str, str], dict[int, list[str]]] = {}
    for row in reports:
        years = by_region.setdefault((row["region"], row["parent"]), {})
        years.setdefault(int(row["year"]), []).append(row["document_id"])
    for (region, _), years in by_region.items():
        ordered = sorted(years)
        for before, after in zip(ordered, ordered[1:], strict=False):
            if after - before > 1:
                gap = f"{before + 1}" if after - before == 2 else f"{before + 1}-{after - 1}"
                message = f"the series of {region} has no report for {gap}"
                yield (
                    years[after][0],
                    "note",
                    "series",
                    None,
                    None,
                    message,
                    "add it, or mind the gap in trends",
                )
        for year, ids in years.items():
            for document_id in ids[1:]:
                message = f"{ids[0]} is a report of {region} for {year} too"
                yield (
                    document_id,
                    "warning",
                    "series",
                    None,
                    None,
                    message,
                    "say in documents.csv which one counts",
                )


@cache
def _patterns() -> dict[str, Any]:
    data = tomllib.loads(files("workbench.lexicons").joinpath("check.toml").read_text("utf-8"))
    for rule in data["pattern"]:
        rule["compiled"] = re.compile(rule["pattern"])
    return data
