"""Documents: one row a document, from what it was inferred to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from workbench.corpus.identity import Identity, identify
from workbench.corpus.readers import Reading, readable
from workbench.tables import DOCUMENTS


def describe_documents(
    readings: Iterable[Reading],
    noise: pd.DataFrame | None = None,
    identities: Mapping[str, Identity] | None = None,
) -> pd.DataFrame:
    """Return DOCUMENTS: one row a document that could be read.

    Parameters
    ----------
    readings : iterable of Reading
        What `readers.read_folder` returns; those with a `problem` have no row (an unreadable
        report must not count as one that says nothing) and are findings of `check`.
    noise : DataFrame, optional
        NOISE, for `noise_characters`; 0 where it is left out.
    identities : mapping, optional
        As `identify_all` gives them; inferred here where it is left out.
    """
    marked: dict[str, int] = {}
    if noise is not None and len(noise):
        lengths = (noise["end"] - noise["start"]).groupby(noise["document_id"]).sum()
        marked = {str(document_id): int(length) for document_id, length in lengths.items()}
    readings = list(readings)
    known = identify_all(readings) if identities is None else identities
    return DOCUMENTS.frame(
        [
            _row(reading, known[reading.document_id], marked.get(reading.document_id, 0))
            for reading in readable(readings)
        ]
    )


def identify_all(readings: Iterable[Reading]) -> dict[str, Identity]:
    """Return what each document that could be read is, by its id."""
    return {reading.document_id: identify(reading) for reading in readable(readings)}


def _row(reading: Reading, identity: Identity, noise_characters: int) -> dict[str, Any]:
    source = (
        reading.given.get("source")
        or reading.metadata.get("source")
        or reading.metadata.get("source_url", "")
    )
    return {
        "document_id": reading.document_id,
        "region": identity["region"],
        "region_code": identity["region_code"],
        "level": identity["level"],
        "parent": identity["parent"],
        "province": identity["province"],
        "year": int(identity["year"]) if identity["year"] else None,
        "genre": identity["genre"],
        "title": identity["title"],
        "date": identity["date"],
        "source": source,
        "path": reading.path,
        "sha256": reading.sha256,
        "encoding": reading.encoding,
        "characters": len(reading.text),
        "noise_characters": noise_characters,
    }
