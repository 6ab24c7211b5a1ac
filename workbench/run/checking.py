"""What a check found, and what was inferred from what, in lines to read; ``workbench check``."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from workbench.tables import SEVERITIES

SHOWN = 10
"""Cases of one kind that are printed; the files hold all."""
TOLD_FIELDS = ("region", "year", "genre")
"""What a document is for every table; the other fields follow from the region or are in the file."""


def summarise_findings(findings: pd.DataFrame) -> Iterator[str]:
    """Yield the lines that tell FINDINGS: their number, then each kind with its first cases."""
    counts = findings["severity"].value_counts()
    yield ", ".join(_count(int(counts.get(severity, 0)), severity) for severity in SEVERITIES)
    for severity in SEVERITIES:
        of_severity = findings[findings["severity"] == severity]
        for kind, group in of_severity.groupby("kind", sort=True):
            yield ""
            yield f"{severity}: {kind} ({len(group)})"
            yield from _first([_tell_finding(row) for row in group.to_dict("records")])


def summarise_identity(identity: pd.DataFrame) -> Iterator[str]:
    """Yield the lines that tell which evidence was followed for region, year and kind of text.

    Parameters
    ----------
    identity : DataFrame
        As `workbench.corpus.identity.infer_identity` returns. What the manifest says is counted
        only; the rest is told, the least certain first.
    """
    followed = identity[identity["used"]]
    order = {"low": 0, "medium": 1, "high": 2}
    for field in TOLD_FIELDS:
        rows = followed[followed["field"] == field]
        inferred = rows[rows["confidence"] != "certain"]
        yield ""
        yield f"{field}: {len(rows) - len(inferred)} from documents.csv, {len(inferred)} inferred"
        told = inferred.sort_values("confidence", key=lambda column: column.map(order), kind="stable")
        yield from _first(
            [
                f"{row['document_id']}: {row['value']} ({row['confidence']}), from {row['evidence']}"
                for row in told.to_dict("records")
            ]
        )


def _first(lines: list[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"  and {len(lines) - SHOWN} more"


def _tell_finding(finding: Mapping[Hashable, Any]) -> str:
    place = "" if pd.isna(finding["start"]) else f" {finding['start']}-{finding['end']}"
    advice = f"; {finding['advice']}" if finding["advice"] else ""
    return f"{finding['document_id']}{place}: {finding['message']}{advice}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
