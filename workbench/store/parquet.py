"""Tables as Parquet files: typed, compressed, their bytes the same for the same rows."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from workbench.corpus.readers import Reading
from workbench.store.layout import TableFile

LEVEL = 3
"""Of zstd; higher levels take longer and save a few percent."""
ROWS = 65_536
"""Rows of a group, the least that is read to get at one document."""


def write_frame(frame: pd.DataFrame, root: Path, path: str, *, key: str, made_by: str) -> TableFile:
    """Write `frame` to ``root/path``, whole or not at all, and return its record."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    whole = [field.name for field in table.schema if pa.types.is_integer(field.type)]
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.stem}.{os.getpid()}.{uuid.uuid4().hex[:8]}.draft")
    try:
        parquet.write_table(
            table,
            draft,
            compression="zstd",
            compression_level=LEVEL,
            row_group_size=ROWS,
            use_dictionary=[name for name in table.column_names if name not in whole],
            column_encoding=dict.fromkeys(whole, "DELTA_BINARY_PACKED"),
        )
        with draft.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = draft.stat().st_size
        os.replace(draft, place)
    finally:
        draft.unlink(missing_ok=True)
    return TableFile(path, key, made_by, digest, size, len(frame))


def read_frame(path: Path, *, document_ids: Iterable[str] | None = None) -> pd.DataFrame:
    """Read what `write_frame` wrote, or its rows on some documents, with the types it had."""
    table = parquet.read_table(path)
    if document_ids is not None:
        column = table["document_id"]
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        wanted = pa.array(list(document_ids), type=column.type)
        table = table.filter(pa.compute.is_in(column, value_set=wanted))
    return table.to_pandas()


def frame_readings(readings: Sequence[Reading]) -> pd.DataFrame:
    """Return readings as a frame."""
    rows = [
        (r.document_id, r.path, r.text, r.encoding, r.sha256, json.dumps(dict(r.metadata)), r.problem)
        for r in readings
    ]
    columns = ["document_id", "path", "text", "encoding", "sha256", "metadata", "problem"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def unframe_readings(frame: pd.DataFrame) -> list[Reading]:
    """Return the readings of a frame."""
    return [Reading(**{**row, "metadata": json.loads(row["metadata"])}) for row in frame.to_dict("records")]
