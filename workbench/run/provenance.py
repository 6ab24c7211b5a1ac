"""What a result depends on, as digests: a run whose digest has not changed need not be repeated."""

from __future__ import annotations

import functools
import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

PACKAGE = Path(__file__).resolve().parents[1]
PAGE_FILES = ("run/rendering.py", "run/passages.py", "display/template/")
"""Files of the package that shape a page but no number."""
BATCH_FILES = ("run/", "cli.py", "__main__.py", *PAGE_FILES)
"""Files of the package that no notebook uses."""


def digest(*parts: Any) -> str:
    """Return the SHA-256 of the parts, each written as JSON with sorted keys."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_files(paths: Iterable[Path], root: Path) -> str:
    """Return one digest of the names (relative to `root`) and bytes of files."""
    return digest(
        [(path.relative_to(root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]
    )


def digest_notebook(path: Path) -> str:
    """Return a digest of the sources and tags of a notebook's cells; outputs do not count."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return digest(
        [
            (cell["cell_type"], "".join(cell["source"]), sorted(cell["metadata"].get("tags", [])))
            for cell in cells
        ]
    )


def digest_corpus(documents: pd.DataFrame, folder: Path) -> str:
    """Return a digest of every file of a corpus, as read, and of its manifest."""
    manifest = folder / "documents.csv"
    listed = manifest.read_bytes() if manifest.is_file() else b""
    files = documents[["document_id", "path", "sha256"]].astype(str).values.tolist()
    return digest(files, hashlib.sha256(listed).hexdigest())


@functools.cache
def digest_package() -> str:
    """Return a digest of what notebooks compute with: code, lexicons and library versions."""
    files = [p for p in package_files() if not _within(p, BATCH_FILES)]
    return digest(digest_files(files, PACKAGE), versions())


@functools.cache
def digest_page() -> str:
    """Return a digest of what makes a page from a notebook that was run."""
    return digest_files([p for p in package_files() if _within(p, PAGE_FILES)], PACKAGE)


def package_files() -> list[Path]:
    """List the files of the package: code, lexicons, templates."""
    return sorted(path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


@functools.cache
def versions() -> Mapping[str, str]:
    """Return the versions of Python, of the workbench and of the libraries it names as its own."""
    from packaging.requirements import Requirement

    found = {"python": platform.python_version()}
    try:
        found["workbench"] = metadata.version("workbench")
        required = metadata.requires("workbench") or []
    except metadata.PackageNotFoundError:  # run from a folder, not installed
        required = ["pandas", "numpy", "matplotlib", "papermill"]
    for name in sorted(Requirement(line).name for line in required):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # an extra that is not installed
            continue
    return found


def _within(path: Path, names: Iterable[str]) -> bool:
    relative = path.relative_to(PACKAGE).as_posix()
    return any(relative == name or (name.endswith("/") and relative.startswith(name)) for name in names)
