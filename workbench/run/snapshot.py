"""Run the notebooks in place, so that they are committed with outputs: ``make snapshot``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

VOLATILE = ("execution", "papermill", "widgets")


def strip_volatile(notebook: nbformat.NotebookNode) -> None:
    """Remove what changes with every run (times, widget state) from a notebook, in place."""
    for name in VOLATILE:
        notebook.metadata.pop(name, None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for name in VOLATILE:
            cell.metadata.pop(name, None)


def snapshot(path: Path) -> None:
    """Run one notebook with its default parameters and store its outputs in it."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    strip_volatile(notebook)
    nbformat.write(notebook, path)


def main(arguments: list[str]) -> None:
    """Snapshot the notebooks named, or all of ``notebooks/``."""
    os.environ["WORKBENCH_STATIC"] = "1"
    for path in map(Path, arguments or sorted(map(str, Path("notebooks").glob("*.ipynb")))):
        snapshot(path)
        print(f"{path}: run and stored")


if __name__ == "__main__":
    main(sys.argv[1:])
