"""The manifest of a corpus, ``documents.csv``: what it says of a document is final."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from workbench.corpus.encodings import decode
from workbench.errors import SeedError

MANIFEST = "documents.csv"
# Prefix of the manifest's columns among the metadata of a reading.
GIVEN = "manifest:"


@dataclass(frozen=True)
class Manifest:
    """Rows of the manifest, each with the number of its line."""

    rows: Sequence[tuple[int, dict[str, str]]] = ()

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], dict[str, str]]:
        named = ((column, row) for _, row in self.rows for column in ("file", "document_id"))
        return {(column, row[column]): row for column, row in named if row.get(column)}

    def row(self, document_id: str, *, file: str = "") -> dict[str, str]:
        """Return the row of a document: by its file, else by its id; empty if there is none."""
        return self._by_name.get(("file", file)) or self._by_name.get(("document_id", document_id)) or {}

    @property
    def files(self) -> list[str]:
        """Return the files that the manifest names."""
        return [row["file"] for _, row in self.rows if row.get("file")]

    def line_without(self, files: Container[str], ids: Container[str]) -> tuple[int, str] | None:
        """Return line and name of the first row whose document is in neither, None if all are there."""
        for line, row in self.rows:
            file, document_id = row.get("file", ""), row.get("document_id", "")
            if not (file in files if file else document_id in ids):
                return line, file or document_id
        return None


def read_manifest(root: Path) -> Manifest:
    """Return the manifest of a corpus folder, empty where it has none.

    Raises
    ------
    SeedError
        The file has neither a column `file` nor `document_id`, a row fills in neither, or two
        rows name the same document.
    """
    path = root / MANIFEST
    if not os.path.isfile(path):
        return Manifest()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SeedError(
            f"{path}: expected a manifest that can be read, found {error.strerror}; change its rights."
        ) from error
    text, _ = decode(data, name=str(path))
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [str(name).strip() for name in reader.fieldnames or ()]
    if "file" not in columns and "document_id" not in columns:
        raise SeedError(
            f"{path}: expected a column file or document_id, "
            f"found {', '.join(columns) or 'none'}; add one of them."
        )
    rows: list[tuple[int, dict[str, str]]] = []
    known: dict[str, int] = {}
    for raw in reader:
        row = {str(name).strip(): (value or "").strip() for name, value in raw.items() if name}
        if not any(row.values()):
            continue
        name = row.get("document_id") or row.get("file", "")
        if not name:
            raise SeedError(
                f"{path} line {reader.line_num}: expected a file or document_id, found neither; add one."
            )
        if name in known:
            raise SeedError(
                f"{path} line {reader.line_num}: expected one row a document, "
                f"found {name} in line {known[name]} too; remove one."
            )
        known[name] = reader.line_num
        rows.append((reader.line_num, row))
    return Manifest(rows)
