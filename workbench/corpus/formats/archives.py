"""Files that unpack to far more than they hold: refused before they are unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from workbench.errors import SeedError

# A report's document.xml is about one MB; the readers hold all parts in memory.
MAX_PART, MAX_WHOLE = 50_000_000, 200_000_000
_STREAM = re.compile(rb"stream\r?\n")
_PIECE, _LARGEST = 65_536, 4_000_000
"""Bytes that are unpacked at once, and that they may become at once."""


def check_sizes(archive: zipfile.ZipFile, name: str, kind: str) -> None:
    """Refuse an archive whose parts are larger than a report can be; no more than is declared is unpacked.

    Raises
    ------
    SeedError
        One part, or all together, exceed the limits.
    """
    parts = archive.infolist()
    largest = max((part.file_size for part in parts), default=0)
    whole = sum(part.file_size for part in parts)
    if largest > MAX_PART or whole > MAX_WHOLE:
        raise SeedError(
            f"{name}: expected a report, found a {kind} that unpacks to {whole:,} bytes, "
            f"{largest:,} in one part (limits {MAX_WHOLE:,} and {MAX_PART:,}); it was not opened: "
            "check where it comes from."
        )


def check_workbook(data: bytes, name: str) -> None:
    """Refuse a workbook (.xlsx) whose parts are too large, and what is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_sizes(archive, name, ".xlsx")
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise SeedError(
            f"{name}: expected a workbook, found a file that is no archive ({error}); save it again as .xlsx."
        ) from error


def check_streams(data: bytes, name: str) -> None:
    """Refuse a PDF whose packed streams unpack to more than a report can hold.

    Raises
    ------
    SeedError
        The streams together exceed the limit; they are unpacked piece by piece and thrown away.
    """
    whole = 0
    for found in _STREAM.finditer(data):
        head = data[found.end() : found.end() + 2]
        if len(head) < 2 or head[0] & 0x0F != 8 or int.from_bytes(head, "big") % 31:
            continue  # not packed, or in another way
        for size in _unpacked(data, found.end()):
            whole += size
            if whole > MAX_WHOLE:
                raise SeedError(
                    f"{name}: expected a report, found a PDF that unpacks to more than "
                    f"{MAX_WHOLE:,} bytes; it was not opened: check where it comes from."
                )


def _unpacked(data: bytes, start: int) -> Iterator[int]:
    """Yield the sizes of the pieces that a packed stream unpacks to."""
    unpacker = zlib.decompressobj()
    try:
        for at in range(start, len(data), _PIECE):
            waiting = data[at : at + _PIECE]
            while waiting:
                yield len(unpacker.decompress(waiting, _LARGEST))
                waiting = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:  # the reader will say what is damaged
        return
