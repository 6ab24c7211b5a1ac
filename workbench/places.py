"""Where a relative folder is: in the working folder or in one above it.

Notebooks run in ``notebooks/`` (JupyterLab, nbval) and in the root (papermill); ``seeds`` has to
mean the same folder in both.
"""

from __future__ import annotations

from pathlib import Path


def find_folder(name: str | Path) -> Path:
    """Return the first existing ``name`` in the working folder or the folders above it.

    A path that exists nowhere is returned as it was given, so that the reader's error names it.
    """
    path = Path(name)
    if path.is_absolute() or path.exists():
        return path
    here = Path.cwd()
    return next((above / path for above in here.parents if (above / path).exists()), path)
