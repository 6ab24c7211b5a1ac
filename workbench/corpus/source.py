"""Where a corpus has its reports and tables from: files that were read, or a store of tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

import pandas as pd

from workbench.corpus.readers import Reading, readable


class Source(Protocol):
    """What a corpus asks for, always for some of its documents, in the order of their ids."""

    @property
    def document_ids(self) -> Sequence[str]:
        """All documents, those that could not be read among them."""

    def readings(self, document_ids: Sequence[str]) -> list[Reading]:
        """Return the readings of these documents."""

    def texts(self, document_ids: Sequence[str]) -> Mapping[str, str]:
        """Return the unchanged text of each of these documents that could be read."""

    def table(self, name: str, document_ids: Collection[str]) -> pd.DataFrame | None:
        """Return the rows of a table on these documents, or None where it has to be computed."""


class ReadFiles:
    """Reports as they were just read; every table has to be computed."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = {reading.document_id: reading for reading in readings}

    @property
    def document_ids(self) -> Sequence[str]:
        """All documents, those that could not be read among them."""
        return list(self._readings)

    def readings(self, document_ids: Sequence[str]) -> list[Reading]:
        """Return the readings of these documents."""
        return [self._readings[document_id] for document_id in document_ids]

    def texts(self, document_ids: Sequence[str]) -> Mapping[str, str]:
        """Return the unchanged text of each of these documents that could be read."""
        return {reading.document_id: reading.text for reading in readable(self.readings(document_ids))}

    def table(self, name: str, document_ids: Collection[str]) -> pd.DataFrame | None:
        """Return None: nothing is stored."""
        return None


class table_property(cached_property):  # noqa: N801 - used as a decorator, as cached_property is
    """A table of a corpus: read where its source has it, else computed by the property; then kept."""

    def __get__(self, corpus: Any, owner: type | None = None) -> Any:
        name = self.attrname
        if corpus is not None and name is not None and name not in corpus.__dict__:
            stored = corpus.source.table(name, corpus.ids)
            if stored is not None:
                corpus.__dict__[name] = stored
        return super().__get__(corpus, owner)
