"""From files to texts: one function a format, the text kept to the letter."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbench.corpus.encodings import decode
from workbench.errors import SeedError

MANIFEST = "documents.csv"
GIVEN = "manifest:"
SUFFIXES = (".txt", ".md")


@dataclass(frozen=True)
class Reading:
    """One document as read: its unchanged text and what the file itself says of it.

    `metadata` holds what the manifest (keys ``manifest:FIELD``) and the front matter or file
    properties (keys as there) say; `problem` says why a file could not be read (its text is empty).
    """

    document_id: str
    path: str
    text: str
    encoding: str
    sha256: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def given(self) -> dict[str, str]:
        """Return what the manifest says of the document, by column."""
        return {k.removeprefix(GIVEN): v for k, v in self.metadata.items() if k.startswith(GIVEN)}


def read_folder(folder: str | Path) -> list[Reading]:
    """Read every document of a corpus folder, sorted by document_id.

    A file ``REGION_YEAR.ext`` is the document of that name, ``REGION/YEAR.ext`` the document
    ``REGION_YEAR``; rows of ``documents.csv`` join by `file` or `document_id`.

    Raises
    ------
    SeedError
        The folder does not exist or holds no document, or a row of the manifest has no file.
    """
    folder = Path(folder)
    if not folder.exists():
        raise SeedError(f"{folder}: expected a folder of reports, found nothing; check the path.")
    root = folder if folder.is_dir() else folder.parent
    files = sorted(p for p in root.rglob("*") if p.suffix.lower() in SUFFIXES and _is_document(p, root))
    if not folder.is_dir():
        files = [folder]
    manifest = read_manifest(root)
    readings = [_read_one(path, root, manifest) for path in files]
    _check_manifest(manifest, files if folder.is_dir() else None, root)
    if not readings:
        raise SeedError(f"{folder}: expected files REGION_YEAR.txt or REGION/YEAR.md, found none.")
    return sorted(readings, key=lambda reading: reading.document_id)


def _is_document(path: Path, root: Path) -> bool:
    hidden = any(part.startswith((".", "~")) for part in path.relative_to(root).parts)
    return path.is_file() and not hidden and path.stem.upper() not in ("README", "LICENSE")


def read_manifest(root: Path) -> dict[str, dict[str, str]]:
    """Return the rows of ``documents.csv`` by file (or by document_id where it names no file)."""
    path = root / MANIFEST
    if not path.is_file():
        return {}
    text, _ = decode(path.read_bytes(), name=str(path))
    rows = {}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        clean = {str(k).strip(): (v or "").strip() for k, v in row.items() if k}
        rows[clean.get("file") or clean.get("document_id", "")] = clean
    return rows


def _manifest_row(path: Path, root: Path, manifest: Mapping[str, dict[str, str]]) -> dict[str, str]:
    relative = path.relative_to(root).as_posix()
    for key in (relative, name_document(path, root)):
        if key in manifest:
            return manifest[key]
    return {}


def _check_manifest(manifest: Mapping[str, dict[str, str]], files: list[Path] | None, root: Path) -> None:
    if files is None:
        return
    known = {p.relative_to(root).as_posix() for p in files} | {name_document(p, root) for p in files}
    for key in manifest:
        if key not in known:
            raise SeedError(
                f"{root / MANIFEST}: the row {key!r} names no file there; add the file or remove the row."
            )


def name_document(path: Path, root: Path) -> str:
    """Return the document's id: REGION_YEAR from the file name, or from folder and file name."""
    if path.stem[:4].isdigit() and path.parent != root:
        return f"{path.parent.name}_{path.stem}"
    return path.stem


def _read_one(path: Path, root: Path, manifest: Mapping[str, dict[str, str]]) -> Reading:
    row = _manifest_row(path, root, manifest)
    document_id = row.get("document_id") or name_document(path, root)
    metadata = {GIVEN + name: value for name, value in row.items()}
    relative = path.relative_to(root).as_posix()
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    try:
        text, encoding = decode(data, name=str(path))
    except SeedError as error:
        return Reading(document_id, relative, "", "", digest, metadata, str(error))
    metadata = {**read_front_matter(text), **metadata}
    return Reading(document_id, relative, text, encoding, digest, metadata)


def read_front_matter(text: str) -> dict[str, str]:
    """Return the `name: value` pairs between the two ``---`` lines that open a Markdown file."""
    lines = text[:5000].splitlines()
    if not lines or lines[0].strip() != "---":
        return {}
    values: dict[str, str] = {}
    for line in lines[1:]:
        if line.startswith("---"):
            return values
        name, mark, value = line.partition(":")
        if mark and not name.startswith((" ", "-")):
            values[name.strip()] = value.strip().strip("\"'")
    return {}
