"""Identity: what each document is, from its manifest, its name and its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from workbench.corpus.readers import Reading
from workbench.corpus.regions import Region, find_region
from workbench.tables import DOCUMENTS

_NAME = re.compile(r"(?P<region>.+?)_(?P<year>(?:19|20)\d\d)(?!\d)")


def describe_documents(readings: Iterable[Reading], noise: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return DOCUMENTS: one row a document.

    Parameters
    ----------
    readings : iterable of Reading
        What `readers.read_folder` returns.
    noise : DataFrame, optional
        NOISE, for `noise_characters`.
    """
    marked: dict[str, int] = {}
    if noise is not None and len(noise):
        lengths = (noise["end"] - noise["start"]).groupby(noise["document_id"]).sum()
        marked = {str(document_id): int(length) for document_id, length in lengths.items()}
    return DOCUMENTS.frame(
        [_describe(reading, int(marked.get(reading.document_id, 0))) for reading in readings]
    )


def _describe(reading: Reading, noise_characters: int) -> dict[str, Any]:
    given = reading.metadata.items()
    known = {key.removeprefix("manifest:"): value for key, value in given if key.startswith("manifest:")}
    match = _NAME.match(reading.document_id)
    year = int(known["year"]) if "year" in known else int(match["year"]) if match else None
    name = known.get("region") or (match["region"] if match else reading.document_id)
    region = find_region(name, year=year) or Region(name, "", "unknown", "", "")
    return {
        "document_id": reading.document_id,
        "region": name,
        "region_code": known.get("region_code", region.code if "level" not in known else ""),
        "level": known.get("level", region.level),
        "parent": known.get("parent", region.parent),
        "province": known.get("province", region.province),
        "year": year,
        "genre": known.get("genre", "full report"),
        "title": known.get("title", reading.metadata.get("title", "")),
        "date": known.get("date", reading.metadata.get("date", "")),
        "source": known.get("source", reading.metadata.get("source", "")),
        "path": reading.path,
        "sha256": reading.sha256,
        "encoding": reading.encoding,
        "characters": len(reading.text),
        "noise_characters": noise_characters,
    }
