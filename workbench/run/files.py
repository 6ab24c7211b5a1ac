"""Files of a batch: names that stay in their folder, and writes that are whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST_NAME = 120
"""Bytes of a folder name; file systems take 255, archives and sync tools often less."""
DRAFT = "draft"


def safe_name(text: str) -> str:
    """Return `text` as the name of one file or folder, whatever it holds.

    Letters, digits, ``_`` and ``-`` of any script stay; the rest becomes ``_``. A name that had to
    be changed ends with a mark of the original, so that two texts never share a name.
    """
    name = re.sub(r"[^\w-]+", "_", unicodedata.normalize("NFC", text))
    while len(name.encode()) > LONGEST_NAME:
        name = name[:-1]
    if name == text and name:
        return name
    return f"{name or '_'}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a path beside `path` to write to; put it in the place of `path` when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.stem}.{os.getpid()}.{DRAFT}{path.suffix}")
    try:
        yield draft
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8, whole or not at all."""
    with replacing(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


def remove_drafts(folder: Path) -> None:
    """Remove what `replacing` left below a folder in processes that were killed; hold its lock."""
    for draft in folder.rglob(f".*.{DRAFT}.*"):
        draft.unlink(missing_ok=True)
