"""The findings of a check in lines to read; ``workbench check``."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench.tables import SEVERITIES

SHOWN = 10
"""Findings of one kind that are printed in full; ``-o`` writes all."""


def summarise_findings(findings: pd.DataFrame, documents: pd.DataFrame) -> Iterator[str]:
    """Yield the lines that tell FINDINGS: a head, then each kind with its count and its first cases."""
    counts = findings["severity"].value_counts()
    told = ", ".join(f"{counts.get(severity, 0)} {severity}s" for severity in SEVERITIES)
    yield f"{len(documents)} documents: {told}"
    for severity in SEVERITIES:
        of_severity = findings[findings["severity"] == severity]
        for kind, group in of_severity.groupby("kind", sort=True):
            yield ""
            yield f"{severity}: {kind} ({len(group)})"
            yield from (f"  {_tell(row)}" for row in group.head(SHOWN).to_dict("records"))
            if len(group) > SHOWN:
                yield f"  and {len(group) - SHOWN} more"


def _tell(finding: dict) -> str:
    place = "" if pd.isna(finding["start"]) else f" {finding['start']}-{finding['end']}"
    advice = f" {finding['advice']}" if finding["advice"] else ""
    return f"{finding['document_id']}{place}: {finding['message']}{advice}"
