"""The second step of indexing: the tables of some documents, each computed where it is not stored yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from workbench.corpus.readers import Reading
from workbench.corpus.source import ReadFiles
from workbench.pipeline import Corpus
from workbench.run.provenance import digest
from workbench.run.scanning import Found
from workbench.store.layout import READINGS, Shard, TableFile, find_damage
from workbench.store.parquet import frame_readings, read_frame, unframe_readings, write_frame

COMPARING = ("target_panel", "findings")
"""Tables whose rows on a document depend on other documents: they are made in the third step."""


@dataclass(frozen=True)
class ShardTask:
    """Documents to make tables of.

    `made_by` has the digest of code and lexicons of each table, in the order in which they are made;
    `earlier` are shards of the store that hold some of the documents, perhaps as they were before.
    """

    store: Path
    documents: tuple[Found, ...]
    made_by: Mapping[str, str]
    earlier: tuple[Shard, ...] = ()


@dataclass(frozen=True)
class ShardResult:
    """The shard made, and what was wrong with the documents that stopped a table."""

    shard: Shard
    failures: Mapping[str, str] = field(default_factory=dict)


def table_key(name: str, made_by: str, documents: Mapping[str, str]) -> str:
    """Return what names the file of a table: a digest of all that its rows depend on."""
    return digest(name, made_by, list(documents.items()))[:40]


def build_shard(task: ShardTask) -> ShardResult:
    """Make and write the tables of a shard.

    A document that stops a table becomes one that could not be read, with the reason, and stops no
    other; only what the disk refuses is raised.
    """
    try:
        return ShardResult(_Builder(task).build())
    except OSError:
        raise
    except Exception as error:  # whatever it is, it must be laid at one document's door
        failures = _find_failing(task)
        if not failures:
            raise error
    documents = tuple(_give_up(found, failures) for found in task.documents)
    return ShardResult(_Builder(replace(task, documents=documents)).build(), failures)


def _find_failing(task: ShardTask) -> dict[str, str]:
    failures = {}
    for found in task.documents:
        try:
            _Builder(replace(task, documents=(found,))).compute()
        except OSError:
            raise
        except Exception as error:
            failures[found.reading.document_id] = f"{type(error).__name__}: {error}"
    return failures


def _give_up(found: Found, failures: Mapping[str, str]) -> Found:
    reason = failures.get(found.reading.document_id)
    if reason is None:
        return found
    problem = (
        f"{found.reading.path}: expected a text whose tables can be made, found {reason}; "
        "report it with the file, or remove the file."
    )
    return Found(replace(found.reading, problem=problem), digest(found.content, problem))


class _Builder:
    """Makes the tables of one shard, those of unchanged documents from what is stored."""

    def __init__(self, task: ShardTask) -> None:
        self._task = task
        self._documents = {found.reading.document_id: found.content for found in task.documents}
        self._frames: dict[str, pd.DataFrame] = {}
        self._parts: dict[tuple[str, ...], Corpus] = {}
        self._stored: dict[str, TableFile] = {}

    def build(self) -> Shard:
        """Return the shard, its files written."""
        files = {}
        for name, made_by in {READINGS: READINGS, **self._task.made_by}.items():
            key = table_key(name, made_by, self._documents)
            files[name] = self._sound(name, key) or write_frame(
                self._frame(name),
                self._task.store,
                f"tables/{name}/{key}.parquet",
                key=key,
                made_by=made_by,
            )
            self._stored[name] = files[name]
        return Shard(self._documents, files)

    def compute(self) -> None:
        """Make the tables without writing them."""
        for name in (READINGS, *self._task.made_by):
            self._frame(name)

    def _sound(self, name: str, key: str) -> TableFile | None:
        for shard in self._task.earlier:
            file = shard.tables.get(name)
            if file is not None and file.key == key and not find_damage(self._task.store, file):
                return file
        return None

    def _frame(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            file = self._stored.get(name)
            self._frames[name] = read_frame(self._task.store / file.path) if file else self._make(name)
        return self._frames[name]

    def _make(self, name: str) -> pd.DataFrame:
        if name == READINGS:
            return frame_readings(self._read())
        kept, missing = self._reusable(name)
        if not missing:
            return self._in_order(kept)
        made: pd.DataFrame = getattr(self._part(missing), name)
        return self._in_order([*kept, made]) if kept else made

    def _reusable(self, name: str) -> tuple[list[pd.DataFrame], list[str]]:
        """Return rows that are stored and still hold, and the documents that have none."""
        frames = []
        missing = dict(self._documents)
        for shard in self._task.earlier:
            file = shard.tables.get(name)
            if file is None or file.made_by != self._task.made_by[name]:
                continue
            same = [d for d, content in missing.items() if shard.documents.get(d) == content]
            if same and not find_damage(self._task.store, file):
                frames.append(read_frame(self._task.store / file.path, document_ids=same))
                for document_id in same:
                    del missing[document_id]
        return frames, list(missing)

    def _part(self, document_ids: Sequence[str]) -> Corpus:
        key = tuple(document_ids)
        if key not in self._parts:
            wanted = set(document_ids)
            readings = [r for r in unframe_readings(self._frame(READINGS)) if r.document_id in wanted]
            source = _MadeSoFar(readings, self)
            self._parts[key] = Corpus(source, folder=self._task.store)
        return self._parts[key]

    def rows(self, name: str, document_ids: Collection[str]) -> pd.DataFrame | None:
        """Return the rows of a table that this shard has by now; None if it is still to be made."""
        if name not in self._stored and name not in self._frames:
            return None
        frame = self._frame(name)
        return frame[frame["document_id"].isin(set(document_ids))].reset_index(drop=True)

    def _read(self) -> list[Reading]:
        """Return the readings with their texts, from the first step or from the store."""
        texts: dict[str, str] = {}
        for found in self._task.documents:
            reading = found.reading
            if found.staged and reading.document_id not in texts:
                frame = read_frame(self._task.store / found.staged, document_ids=self._documents)
                texts |= dict(zip(frame["document_id"], frame["text"], strict=True))
        for shard in self._task.earlier:
            here = [
                f.reading.document_id
                for f in self._task.documents
                if not f.reading.problem
                and f.reading.document_id not in texts
                and shard.documents.get(f.reading.document_id) == f.content
            ]
            if here:
                frame = read_frame(self._task.store / shard.tables[READINGS].path, document_ids=here)
                texts |= dict(zip(frame["document_id"], frame["text"], strict=True))
        return [
            replace(f.reading, text="" if f.reading.problem else texts[f.reading.document_id])
            for f in self._task.documents
        ]

    def _in_order(self, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
        """Return the rows of several frames in the order of the documents."""
        texts = [name for name in frames[0].columns if str(frames[0][name].dtype) == "category"]
        plain = [frame.astype(dict.fromkeys(texts, "str")) for frame in frames]
        both = pd.concat([frame for frame in plain if len(frame)] or plain[:1], ignore_index=True)
        place = {name: number for number, name in enumerate(self._documents)}
        order = both["document_id"].map(place).argsort(kind="stable")
        return both.iloc[order].reset_index(drop=True).astype(dict.fromkeys(texts, "category"))


class _MadeSoFar(ReadFiles):
    """Readings, with the tables that their shard has already."""

    def __init__(self, readings: Sequence[Reading], builder: _Builder) -> None:
        super().__init__(readings)
        self._builder = builder

    def table(self, name: str, document_ids: Collection[str]) -> pd.DataFrame | None:
        """Return the rows of a table that is made already."""
        return self._builder.rows(name, document_ids)
