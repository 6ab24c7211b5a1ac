"""Numbers that were not read, as findings: nothing is lost silently."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.tables import FINDINGS
from workbench.targets.quantities import find_unparsed


def report_unread_numbers(texts: Mapping[str, str], sentences: pd.DataFrame) -> pd.DataFrame:
    """List digits that made no statement and are no name, date or ordinal either.

    Returns
    -------
    DataFrame
        FINDINGS of kind ``unread number`` and severity note, one row a run of digits.
    """
    unread = find_unparsed(texts, sentences)
    rows = []
    for row in unread.itertuples():
        place = row.evidence.find(row.quote)
        around = " ".join(row.evidence[max(0, place - 10) : place + len(row.quote) + 6].split())
        rows.append(
            {
                "document_id": row.document_id,
                "severity": "note",
                "kind": "unread number",
                "start": row.start,
                "end": row.end,
                "message": f"the number {row.quote!r} was not read: …{around}…",
                "advice": "compare with the source; if it is a value, it is missing from the statements",
            }
        )
    return FINDINGS.frame(rows)
