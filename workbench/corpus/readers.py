"""A folder of reports becomes readings: each text as it came, with what its file and manifest say."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.corpus.formats import READERS, UNREAD
from workbench.corpus.manifest import GIVEN, MANIFEST, Manifest, read_manifest
from workbench.errors import SeedError

# The longest report is half a MB of text; a scan with pictures stays below this.
MAX_BYTES = 100_000_000
_NO_DOCUMENT = re.compile("readme|license|changelog|codebook|notes?", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Reading:
    """One document as read: its unchanged text and what its file and the manifest say of it.

    Attributes
    ----------
    document_id : str
        ``REGION_YEAR``, as the file is named.
    path : str
        File, relative to the corpus folder.
    text, encoding : str
        The text, and the encoding (of Word and PDF files: the format) it came in.
    sha256 : str
        SHA-256 of the file's bytes.
    metadata : mapping
        Front matter, properties or columns of the file, and the manifest's columns (see `given`).
    problem : str
        Why the file could not be read; then the text is empty. Empty where all is well.
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
    """Read every document of a corpus folder (or the one file given), sorted by document_id.

    A file ``REGION_YEAR.ext`` is the document of that name, ``REGION/YEAR.ext`` (or
    ``YEAR/REGION.ext``) the document ``REGION_YEAR``; a ``.csv`` holds one document a row. Rows of
    ``documents.csv`` join by `file` or `document_id`. A file that cannot be read becomes a reading
    with a `problem` and stops no other.

    Raises
    ------
    SeedError
        The folder does not exist, holds no document or none that can be read; or a row of the
        manifest has no file.
    """
    listing = list_files(folder)
    readings = [*listing.closed]
    for path in listing.files:
        readings += read_file(path, listing.root, listing.manifest)
    return settle_readings(readings, listing)


@dataclass(frozen=True)
class Listing:
    """The files of a corpus before they are read: what was given, its root, its manifest."""

    given: Path
    root: Path
    manifest: Manifest
    files: Sequence[Path]
    closed: Sequence[Reading]


def list_files(folder: str | Path) -> Listing:
    """List the documents of a corpus folder, or the one file given; see `read_folder`."""
    folder = Path(folder)
    try:
        folder.stat()
    except OSError as error:
        problem = f"{folder}: expected a folder of reports, found {error.strerror}; check the path."
        raise SeedError(problem) from error
    if not folder.is_dir():
        return Listing(folder, folder.parent, read_manifest(folder.parent), [folder], [])
    manifest = read_manifest(folder)
    files, closed = find_files(folder)
    # What the manifest names is read, or said not to be, whatever it is called.
    named = (folder / file for file in manifest.files)
    listed = set(files)
    files += [path for path in named if path not in listed and os.path.isfile(path)]
    return Listing(folder, folder, manifest, files, closed)


def settle_readings(readings: Sequence[Reading], listing: Listing) -> list[Reading]:
    """Return the readings of a corpus by document_id, each id once, or say what the corpus lacks."""
    if listing.given == listing.root:
        _require_files(listing.manifest, readings, listing.root)
    readings = _mark_repeated(readings)
    if not readings:
        raise SeedError(
            f"{listing.given}: expected reports named REGION_YEAR.txt or REGION/YEAR.md, found none; "
            f"the formats read are {', '.join(READERS)}."
        )
    if all(reading.problem for reading in readings):
        raise SeedError(readings[0].problem)
    return sorted(readings, key=lambda reading: reading.document_id)


def _require_files(manifest: Manifest, readings: Sequence[Reading], root: Path) -> None:
    lost = manifest.line_without({r.path for r in readings}, {r.document_id for r in readings})
    if lost:
        raise SeedError(
            f"{root / MANIFEST} line {lost[0]}: expected the file of {lost[1]}, found none; "
            "add the file or remove the row."
        )


def find_files(root: Path) -> tuple[list[Path], list[Reading]]:
    """Return the documents below `root`, links followed once, and a problem a folder that is closed."""
    closed: list[Reading] = []

    def note(error: OSError) -> None:
        path = Path(error.filename)
        if path == root:
            raise SeedError(
                f"{root}: expected a folder that can be read, found {error.strerror}; change its rights."
            )
        problem = f"{path}: expected a folder that can be read, found {error.strerror}; change its rights."
        closed.append(_unread(path, root, problem))

    files: list[Path] = []
    seen: set[str] = set()
    for place, folders, names in os.walk(root, followlinks=True, onerror=note):
        real = os.path.realpath(place)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith((".", "~", "__")))
        files += [Path(place) / name for name in sorted(names) if _is_document(Path(place) / name, root)]
    return files, closed


def _is_document(path: Path, root: Path) -> bool:
    suffix = path.suffix.lower()
    if path.name.startswith((".", "~")) or _NO_DOCUMENT.fullmatch(path.stem):
        return False
    known = suffix in READERS or suffix in UNREAD
    return known and os.path.isfile(path) and path != root / MANIFEST


def read_file(path: Path, root: Path, manifest: Manifest | None = None) -> list[Reading]:
    """Return the documents of one file: one, or one a row of a ``.csv``."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        problem = (
            f"{path}: expected one of {', '.join(READERS)}, found {path.suffix or 'no ending'}; "
            "save it in one of these formats."
        )
        return [_unread(path, root, problem)]
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            problem = (
                f"{path}: expected a report of at most {MAX_BYTES:,} bytes, found {size:,}; "
                "split it or make it smaller."
            )
            return [_unread(path, root, problem)]
        data = path.read_bytes()
    except OSError as error:
        problem = f"{path}: expected a file that can be read, found {error.strerror}; change its rights."
        return [_unread(path, root, problem)]
    digest = hashlib.sha256(data).hexdigest()
    try:
        extracts = reader(data, str(path))
    except SeedError as error:
        return [replace(_unread(path, root, str(error)), sha256=digest)]
    relative = path.relative_to(root).as_posix()
    readings = []
    for extract in extracts:
        document_id = _name_row(path, root, extract.metadata, len(extracts))
        # A row of the manifest that names a table by its file speaks for its one report only.
        row = manifest.row(document_id, file=relative if len(extracts) == 1 else "") if manifest else {}
        problem = _problem(path, extract.text, digest, row)
        metadata = {**extract.metadata, **{GIVEN + name: value for name, value in row.items()}}
        text = "" if problem else extract.text
        name = row.get("document_id") or document_id
        readings.append(Reading(name, relative, text, extract.encoding, digest, metadata, problem))
    return readings


def _problem(path: Path, text: str, digest: str, row: Mapping[str, str]) -> str:
    """Return why a text is not to be used although it could be read, empty if it is."""
    if not text.strip():
        return f"{path}: expected a report, found no text; get the file again, or remove it."
    if row.get("sha256") and row["sha256"].lower() != digest:
        # The manifest vouches for these bytes: other ones are another text, and numbers read from
        # them would not be numbers of the corpus that it describes.
        return (
            f"{path}: expected the SHA-256 {row['sha256'][:12]}… of {MANIFEST}, found {digest[:12]}…; "
            f"put the file back, or write {digest} there if the change is meant."
        )
    return ""


def _unread(path: Path, root: Path, problem: str) -> Reading:
    return Reading(name_document(path, root), path.relative_to(root).as_posix(), "", "", "", {}, problem)


def name_document(path: Path, root: Path) -> str:
    """Return the document's id: REGION_YEAR from the file name, or from folder and file name."""
    stem = unicodedata.normalize("NFC", path.stem)
    folder = unicodedata.normalize("NFC", path.parent.name)
    if path.parent == root or re.search(r"\D_(?:19|20)\d\d", stem):
        return stem
    if _YEAR_FIRST.fullmatch(folder) and not _YEAR_FIRST.search(stem):
        return f"{stem}_{folder}"
    return f"{folder}_{stem}"


def _name_row(path: Path, root: Path, metadata: Mapping[str, str], rows: int) -> str:
    """Return the id of a document: of one row of a table, what the row says it is."""
    name = name_document(path, root)
    if "row" not in metadata:
        return name
    if metadata.get("document_id"):
        return metadata["document_id"]
    if rows == 1 and _YEAR_FIRST.search(name):
        return name
    places = [metadata.get(column, "") for column in ("region", "county", "city", "province")]
    region = next((place for place in places if place), "")
    if region and metadata.get("year"):
        return f"{region}_{metadata['year'][:4]}"
    return name if rows == 1 else f"{name}-{metadata['row']}"


def _mark_repeated(readings: Sequence[Reading]) -> list[Reading]:
    """Give a problem to every reading whose id another has, formats in the order of `READERS`.

    It is called by its path from then on, so that each id is that of one reading.
    """
    order = {suffix: rank for rank, suffix in enumerate(READERS)}
    first: dict[str, Reading] = {}
    marked = []
    for reading in sorted(
        readings, key=lambda r: (bool(r.problem), order.get(Path(r.path).suffix.lower(), 99))
    ):
        other = first.setdefault(reading.document_id, reading)
        if other is not reading:
            problem = reading.problem or (
                f"{reading.path}: expected one text for {reading.document_id}, "
                f"found another in {other.path}; "
                f"remove one, or give it a document_id of its own in {MANIFEST}."
            )
            row = f" row {reading.metadata['row']}" if "row" in reading.metadata else ""
            reading = replace(reading, document_id=reading.path + row, text="", problem=problem)
        marked.append(reading)
    return marked


def readable(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings that have a text: those without a problem."""
    return (reading for reading in readings if not reading.problem)
