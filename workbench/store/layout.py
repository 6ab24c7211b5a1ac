"""What lies in a store, and the record that says which files are its present state.

::

    STORE/store.json                    the record: format, corpus, shards with their files and checksums
    STORE/tables/TABLE/KEY.parquet      the rows of a table on the documents of one shard
    STORE/whole/TABLE-KEY.parquet       tables on the whole corpus: documents, findings

A file's name is a digest of all that its rows depend on: documents, code and lexicons. A file is
written beside its place and then moved there, and the record is replaced last, so that whatever
ends a run leaves the earlier state whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from workbench.errors import SeedError

FORMAT = 1
RECORD = "store.json"
WHOLE = ("documents", "findings")
"""Tables kept in one file over all documents."""
READINGS = "readings"
"""What was read of each document: the text, and what the file and the manifest say of it."""


@dataclass(frozen=True)
class TableFile:
    """One Parquet file: its path in the store, its key, the code that made it, and its checksum."""

    path: str
    key: str
    made_by: str
    sha256: str
    size: int
    rows: int


@dataclass(frozen=True)
class Shard:
    """Documents that lie together: each with a digest of what was read of it; the files of their tables."""

    documents: Mapping[str, str]
    tables: Mapping[str, TableFile]


@dataclass(frozen=True)
class StoreRecord:
    """The state of a store: the shards in the order of their documents."""

    corpus: str
    shard_size: int
    shards: Sequence[Shard] = ()
    whole: Mapping[str, TableFile] = field(default_factory=dict)
    failures: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT
    workbench: str = ""

    def files(self) -> list[TableFile]:
        """List every file of the store."""
        return [*self.whole.values(), *(file for shard in self.shards for file in shard.tables.values())]

    def to_json(self) -> str:
        """Return the record as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def shard_from(data: Mapping[str, Any]) -> Shard:
    """Return a shard from its JSON."""
    return Shard(data["documents"], {name: TableFile(**file) for name, file in data["tables"].items()})


def read_record(folder: Path) -> StoreRecord:
    """Read the record of a store.

    Raises
    ------
    SeedError
        There is none, it is damaged, or another version of the workbench wrote it in another format.
    """
    path = folder / RECORD
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = data["format"]
    except OSError as error:
        raise SeedError(
            f"{path}: expected the record of a store, found {error.strerror}; "
            f"make it with `workbench index CORPUS --store {folder}`."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SeedError(
            f"{path}: expected the record of a store, found it damaged; remove {folder} and "
            f"make it again with `workbench index CORPUS --store {folder}`."
        ) from error
    if found != FORMAT:
        raise SeedError(
            f"{folder}: expected a store of format {FORMAT}, found format {found} "
            f"(workbench {data.get('workbench') or 'unknown'}); make it anew in another folder with "
            "`workbench index`, or read it with that version."
        )
    data["shards"] = [shard_from(shard) for shard in data["shards"]]
    data["whole"] = {name: TableFile(**file) for name, file in data["whole"].items()}
    return StoreRecord(**data)


def is_store(folder: Path) -> bool:
    """Tell whether a folder is a store, whole or not."""
    return (folder / RECORD).is_file() or (folder / "tables" / READINGS).is_dir()


def check_file(folder: Path, file: TableFile) -> None:
    """Compare a file with its checksum.

    Raises
    ------
    SeedError
        The file is gone, cut short or changed.
    """
    problem = find_damage(folder, file)
    if problem:
        raise SeedError(
            f"{folder / file.path}: expected {file.size:,} bytes as they were written, found {problem}; "
            "mend the store with `workbench index` on its corpus: what is sound is kept."
        )


def find_damage(folder: Path, file: TableFile) -> str:
    """Say what is wrong with a file of a store; empty if its bytes are those that were written."""
    path = folder / file.path
    try:
        size = path.stat().st_size
        if size != file.size:
            return f"{size:,} bytes"
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return str(error.strerror)
    return "" if digest == file.sha256 else "other bytes"
