"""A store as the source of a corpus: rows are read through DuckDB when they are asked for."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from workbench.corpus.readers import Reading
from workbench.store.layout import READINGS, WHOLE, TableFile, check_file, is_store, read_record
from workbench.store.parquet import unframe_readings
from workbench.tables import TABLES

__all__ = ["Store", "StoredTexts", "is_store"]

SHARDS_KEPT = 4
FEW = 200
"""Documents that are named in a query; of more, the shards are read whole."""


class Store:
    """The tables of a store, read for the documents asked for and from no other shard.

    A file is compared with its checksum when it is first read.

    Raises
    ------
    SeedError
        The record is not there, damaged or of another format; a file is gone or was changed.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.record = read_record(self.folder)
        self._shard_of = {name: at for at, shard in enumerate(self.record.shards) for name in shard.documents}
        self._sound: set[str] = set()

    @property
    def document_ids(self) -> Sequence[str]:
        """All documents, those that could not be read among them."""
        return list(self._shard_of)

    def readings(self, document_ids: Sequence[str]) -> list[Reading]:
        """Return the readings of these documents."""
        return unframe_readings(self._rows(READINGS, document_ids, "*"))

    def texts(self, document_ids: Sequence[str]) -> Mapping[str, str]:
        """Return the texts of these documents that could be read, each read when it is looked up."""
        readable = self._rows("documents", document_ids, "document_id")["document_id"]
        return StoredTexts(self, readable.tolist())

    def table(self, name: str, document_ids: Collection[str]) -> pd.DataFrame | None:
        """Return the rows of a table on these documents; None if the store does not hold it."""
        table = TABLES.get(name)
        if table is None:
            return None
        frame = self._rows(name, document_ids, ", ".join(f'"{column}"' for column in table.columns))
        for column, declared in table.columns.items():
            if declared.dtype == "category":
                frame[column] = frame[column].astype("str").astype("category")
        types = {n: c.dtype for n, c in table.columns.items() if str(frame[n].dtype) != c.dtype}
        return frame.astype(types)

    def select_ids(self, condition: str, values: Sequence[Any] = ()) -> list[str]:
        """Return the documents that fulfil a condition in SQL on DOCUMENTS, such as ``year = ?``."""
        path = self._sound_path(self.record.whole["documents"])
        with duckdb.connect() as connection:
            rows = connection.execute(
                f"select document_id from read_parquet(?) where {condition}", [path, *values]
            )
            return [row[0] for row in rows.fetchall()]

    def _rows(self, name: str, document_ids: Collection[str], columns: str) -> pd.DataFrame:
        files = self._files(name, document_ids)
        paths = [self._sound_path(file) for file in files]
        everything = len(document_ids) == len(self._shard_of)
        few = len(document_ids) <= FEW
        query = f"select {columns} from read_parquet($paths)"
        values: dict[str, Any] = {"paths": paths}
        if not everything and few:
            names = {f"d{number}": name for number, name in enumerate(document_ids)}
            query += f" where document_id in ({', '.join(f'${name}' for name in names)})"
            values |= names
        with duckdb.connect() as connection:
            frame = connection.sql(query, params=values).to_arrow_table().to_pandas()
        if not everything and not few:
            frame = frame[frame["document_id"].isin(set(document_ids))].reset_index(drop=True)
        return frame

    def _files(self, name: str, document_ids: Collection[str]) -> list[TableFile]:
        if name in WHOLE:
            return [self.record.whole[name]]
        numbers = sorted({self._shard_of[document_id] for document_id in document_ids})
        return [self.record.shards[number].tables[name] for number in numbers]

    def _sound_path(self, file: TableFile) -> str:
        if file.path not in self._sound:
            check_file(self.folder, file)
            self._sound.add(file.path)
        return str(self.folder / file.path)

    def shard_of(self, document_id: str) -> int:
        """Return the number of the shard in which a document lies."""
        return self._shard_of[document_id]

    def texts_of_shard(self, number: int) -> dict[str, str]:
        """Return the texts of all documents of a shard."""
        path = self._sound_path(self.record.shards[number].tables[READINGS])
        with duckdb.connect() as connection:
            rows = connection.execute("select document_id, text from read_parquet(?)", [path])
            return dict(rows.fetchall())


class StoredTexts(Mapping[str, str]):
    """Texts by document_id; those of the shards looked at last are kept in memory."""

    def __init__(self, store: Store, document_ids: Sequence[str]) -> None:
        self._ids = dict.fromkeys(document_ids)
        self._store = store
        self._read = functools.lru_cache(maxsize=SHARDS_KEPT)(store.texts_of_shard)

    def __getitem__(self, document_id: str) -> str:
        if document_id not in self._ids:
            raise KeyError(document_id)
        return self._read(self._store.shard_of(document_id))[document_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
