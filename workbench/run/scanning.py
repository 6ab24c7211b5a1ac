"""The first step of indexing: files become readings, which wait as Parquet for the second step."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.corpus.manifest import MANIFEST, Manifest, read_manifest
from workbench.corpus.readers import Listing, Reading, read_file, settle_readings
from workbench.errors import SeedError
from workbench.run.provenance import digest
from workbench.store.layout import READINGS
from workbench.store.parquet import frame_readings, write_frame

STAGING = "staging"
FILES_AT_ONCE, BYTES_AT_ONCE = 64, 8_000_000


@dataclass(frozen=True)
class Found:
    """A document as scanned: a digest of all that was read of it, and where its text waits.

    `reading` has no text; `staged` is empty where the text lies in the store already.
    """

    reading: Reading
    content: str
    staged: str = ""


@dataclass(frozen=True)
class Scan:
    """Files to read: `known` are those scanned before, by path, with the digest of file and reader."""

    root: Path
    store: Path
    paths: tuple[Path, ...]
    manifest: str
    reader: str
    known: Mapping[str, tuple[str, Sequence[Found]]]


@dataclass(frozen=True)
class Scanned:
    """What a scan found, by file: the digest of file and reader, and its documents."""

    files: Mapping[str, tuple[str, Sequence[Found]]]


def plan_scans(
    listing: Listing, store: Path, *, reader: str, known: Mapping[str, tuple[str, Sequence[Found]]]
) -> list[Scan]:
    """Part the files of a corpus into scans of some files each."""
    manifest = digest_manifest(listing.root)
    return [
        Scan(
            listing.root,
            store,
            tuple(paths),
            manifest,
            reader,
            {str(path): known[str(path)] for path in paths if str(path) in known},
        )
        for paths in _some_at_once(listing.files)
    ]


def _some_at_once(files: Iterable[Path]) -> Iterator[list[Path]]:
    some: list[Path] = []
    size = 0
    for path in files:
        try:
            own = path.stat().st_size
        except OSError:  # it is gone; reading it will say so
            own = 0
        if some and (len(some) >= FILES_AT_ONCE or size + own > BYTES_AT_ONCE):
            yield some
            some, size = [], 0
        some.append(path)
        size += own
    if some:
        yield some


def scan(task: Scan) -> Scanned:
    """Read the files that are new or changed; put their readings beside the store."""
    manifest = _manifest(task.root, task.manifest)
    files: dict[str, tuple[str, Sequence[Found]]] = {}
    fresh: list[Reading] = []
    for path in task.paths:
        before = task.known.get(str(path))
        if before is not None and before[0] == _digest_file(path, task):
            files[str(path)] = before
            continue
        readings = read_file(path, task.root, manifest)
        # The digest of the bytes that were read, not of what may lie there by now.
        read = readings[0].sha256 if readings else ""
        files[str(path)] = (
            digest(read, task.manifest, task.reader) if read else "",
            [Found(replace(r, text=""), digest_reading(r)) for r in readings],
        )
        fresh += [reading for reading in readings if not reading.problem]
    if fresh:
        name = f"{STAGING}/{digest([digest_reading(reading) for reading in fresh])[:32]}.parquet"
        write_frame(frame_readings(fresh), task.store, name, key="", made_by=READINGS)
        staged = {reading.document_id + "\0" + reading.path for reading in fresh}
        files = {
            path: (known_by, [_staged(found, name, staged) for found in documents])
            for path, (known_by, documents) in files.items()
        }
    return Scanned(files)


def _staged(found: Found, name: str, staged: set[str]) -> Found:
    reading = found.reading
    fresh = reading.document_id + "\0" + reading.path in staged and not reading.problem
    return replace(found, staged=name) if fresh else found


def _digest_file(path: Path, task: Scan) -> str:
    try:
        data = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
    return digest(data, task.manifest, task.reader)


def digest_reading(reading: Reading) -> str:
    """Return a digest of all that was read of a document."""
    text = hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).hexdigest()
    return digest(
        reading.document_id,
        reading.path,
        reading.encoding,
        reading.sha256,
        dict(reading.metadata),
        reading.problem,
        text,
    )


def digest_manifest(root: Path) -> str:
    """Return a digest of the manifest of a corpus folder."""
    path = root / MANIFEST
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@functools.lru_cache(maxsize=2)
def _manifest(root: Path, expected: str) -> Manifest:
    if digest_manifest(root) != expected:
        raise SeedError(f"{root / MANIFEST}: it was changed while the corpus was read; run again.")
    return read_manifest(root)


def settle(found: Sequence[Found], listing: Listing) -> list[Found]:
    """Return the documents of a corpus by id, as `read_folder` gives them, without their texts."""
    everything = [*found, *(Found(reading, digest_reading(reading)) for reading in listing.closed)]
    marked = [
        replace(item.reading, metadata={**item.reading.metadata, "\0at": str(at)})
        for at, item in enumerate(everything)
    ]
    settled = []
    for reading in settle_readings(marked, listing):
        item = everything[int(reading.metadata["\0at"])]
        mine = replace(reading, metadata=item.reading.metadata)
        same = mine == item.reading
        content = item.content if same else digest(item.content, mine.document_id, mine.problem)
        settled.append(Found(mine, content, "" if mine.problem else item.staged))
    return settled
