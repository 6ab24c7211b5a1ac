"""What is doubtful about region, year and genre of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.corpus.evidence import Evidence
from workbench.corpus.findings import Finding
from workbench.corpus.identity import Identity
from workbench.corpus.regions import find_region

REPORTS = ("full report", "excerpt")
_NEWS = ("digest", "plenum news", "conference news", "interpretation")


def check_identity(row: Mapping[str, Any], identity: Identity) -> Iterator[Finding]:
    """Yield what is doubtful about one row of DOCUMENTS, given all evidence for it."""
    yield from _region(row, identity)
    yield from _year(row, identity)
    if row["genre"] not in REPORTS:
        yield Finding(
            row["document_id"],
            "warning" if row["genre"] in _NEWS else "error",
            "genre",
            f"this is not the full text of a report but: {row['genre']}",
            "leave it out of comparisons, or give the genre in documents.csv",
        )


def _region(row: Mapping[str, Any], identity: Identity) -> Iterator[Finding]:
    name, used = row["document_id"], row["region"]
    if row["level"] == "unknown":
        advice = "name region and level in documents.csv"
        yield Finding(name, "warning", "region", f"no list of regions has {used!r}", advice)
    elif row["level"] in ("county", "prefecture", "province") and not row["region_code"]:
        message = f"several regions are called {used}, or its name is in no list"
        yield Finding(name, "warning", "region", message, "name its parent and code in documents.csv")
    said = [item for item in identity.evidence.get("region", ()) if item.evidence.startswith("text")]
    for item in said:
        sure = item.confidence == "high" or sum(other.value == item.value for other in said) > 1
        if sure and not _same_place(item, row):
            words = item.evidence.removeprefix("text: ")
            message = f"named after {used}, but the text is of {item.value} ({words})"
            yield Finding(name, "error", "region", message, "rename the file, or put the right text in it")
            break
    region = find_region(used, year=row["year"], near=str(row["parent"]))
    if region is not None and not pd.isna(row["year"]) and region.years_off(int(row["year"])) > 0:
        message = f"{used} was not called so in {row['year']} (known {region.valid_from}-{region.valid_to})"
        yield Finding(name, "note", "region", message, "check name and year")


def _same_place(item: Evidence, row: Mapping[str, Any]) -> bool:
    """Return whether the text names the region itself, by this or an older name, or a superior."""
    used = row["region"]
    if item.value in (used, row["parent"], row["province"]):
        return True
    other = find_region(item.value, year=row["year"], near=used)
    own = find_region(used, year=row["year"], near=item.value)
    return own is not None and other is not None and bool(own.unit) and own.unit == other.unit


def _year(row: Mapping[str, Any], identity: Identity) -> Iterator[Finding]:
    name, evidence = row["document_id"], identity.evidence.get("year", ())
    if not evidence:
        yield Finding(name, "error", "year", "no year in name, file or text", "name it in documents.csv")
        return
    used = evidence[0]
    other = next((item for item in evidence[1:] if _speaks_against(item, used)), None)
    if other is None:
        return
    if used.confidence == "high":
        message = f"named after {other.value}, but plans for {used.value} ({used.evidence})"
        advice = f"{used.value} is taken; rename the file, or give the year in documents.csv"
        yield Finding(name, "warning", "year", message, advice)
    else:
        message = f"taken for {used.value} ({used.evidence}), but the text may plan for {other.value} "
        severity = "warning" if other.confidence == "high" else "note"
        advice = "read the opening; give the year in documents.csv"
        yield Finding(name, severity, "year", f"{message}({other.evidence})", advice)


def _speaks_against(item: Evidence, used: Evidence) -> bool:
    return item.value != used.value and item.confidence != "low"


def check_series(rows: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield the years missing in a region's series, and the years that two reports are for."""
    series: dict[tuple[str, str], dict[int, list[str]]] = {}
    for row in rows:
        if row["genre"] in REPORTS and not pd.isna(row["year"]):
            years = series.setdefault((row["region"], row["parent"]), {})
            years.setdefault(int(row["year"]), []).append(row["document_id"])
    for (region, _), years in series.items():
        ordered = sorted(years)
        for before, after in zip(ordered, ordered[1:], strict=False):
            if after - before > 1:
                gap = f"{before + 1}" if after - before == 2 else f"{before + 1}-{after - 1}"
                message = f"the series of {region} has no report for {gap}"
                yield Finding(years[after][0], "note", "series", message, "add it, or mind the gap in trends")
        for year, names in years.items():
            for name in names[1:]:
                message = f"{names[0]} is a report of {region} for {year} too"
                yield Finding(name, "warning", "series", message, "say in documents.csv which one counts")
