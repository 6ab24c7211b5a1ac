"""Runs to be made and the record that each leaves beside its page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from workbench.run.files import safe_name, write_text
from workbench.run.relatives import Relatives

STATUSES = ("ok", "failed", "timeout")


@dataclass(frozen=True)
class Run:
    """One notebook for one document: what is to be run, with what, and where it goes."""

    notebook: Path
    document_id: str
    region: str
    year: int | None
    parameters: Mapping[str, Any]
    out: Path
    digest: str
    relatives: Relatives = field(default_factory=Relatives)

    @property
    def name(self) -> str:
        """Name of the notebook, without ending."""
        return self.notebook.stem

    @property
    def folder(self) -> Path:
        """Folder of the document's pages; always directly in `out`."""
        return self.out / safe_name(self.document_id)

    @property
    def page(self) -> Path:
        """The HTML page."""
        return self.folder / f"{self.name}.html"

    @property
    def executed(self) -> Path:
        """The notebook as it was run."""
        return self.folder / f"{self.name}.ipynb"

    @property
    def record(self) -> Path:
        """The record of the run."""
        return self.folder / f"{self.name}.json"


@dataclass(frozen=True)
class RunRecord:
    """What became of a run; `status` is one of ``STATUSES``, `error` says why it is not ok."""

    notebook: str
    document_id: str
    region: str
    year: int | None
    status: str
    seconds: float
    digest: str
    page_digest: str = ""
    title: str = ""
    error: str = ""
    finished: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    up_to_date: bool = False

    @property
    def ok(self) -> bool:
        """Whether the notebook ran to its end."""
        return self.status == "ok"

    def write(self, path: Path) -> None:
        """Write the record as JSON."""
        stored = asdict(replace(self, up_to_date=False))
        del stored["up_to_date"]
        write_text(path, json.dumps(stored, ensure_ascii=False, indent=1) + "\n")


def read_record(path: Path) -> RunRecord | None:
    """Read the record of an earlier run; None if there is none that this version understands."""
    if not path.is_file():
        return None
    try:
        return RunRecord(**json.loads(path.read_text(encoding="utf-8")))
    except (json.JSONDecodeError, UnicodeDecodeError, TypeError):
        # Written by another version or cut short by a full disk: as good as no record.
        return None
