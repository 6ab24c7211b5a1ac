"""One run at a time in a folder of results."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from workbench.errors import ParameterError, SeedError

LOCK = ".lock"
PATIENCE = 600
"""Seconds that a second run waits for the first."""


@contextlib.contextmanager
def locked(folder: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a folder for this run; where another holds it, say so and wait.

    The lock is the operating system's: it ends with the process that holds it, however that ends.

    Raises
    ------
    ParameterError
        Another run still holds the folder after `patience` seconds.
    SeedError
        The folder cannot be written to.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if patience > 0:
                print(f"workbench: another run writes into {folder}; waiting for it to end", file=sys.stderr)
            lock.acquire(timeout=patience)
    except Timeout as error:
        raise ParameterError(
            f"another run writes into {folder}; wait until it has ended, or choose another folder."
        ) from error
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def unwritable(folder: Path, error: OSError) -> SeedError:
    """Return what to say where a folder of results cannot be written to."""
    return SeedError(
        f"{folder}: expected a folder that can be written to, found {error.strerror or error}; "
        "make room or change its rights, then run the same command again: what was done is kept."
    )
