"""A finding: what is doubtful in a document, where, and what to do."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One row of FINDINGS; `severity` is error, warning or note, `start` and `end` may be open."""

    document_id: str
    severity: str
    kind: str
    message: str
    advice: str
    start: int | None = None
    end: int | None = None
