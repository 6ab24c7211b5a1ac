"""The third step of indexing: what depends on several documents - panel, findings, the list of documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.corpus.check import compare_documents, order_findings
from workbench.run.provenance import digest
from workbench.store.layout import Shard, TableFile
from workbench.store.parquet import read_frame, write_frame
from workbench.targets.fulfilment import choose_versions
from workbench.targets.panel import complete_panel


@dataclass(frozen=True)
class PanelTask:
    """One shard's rows of the panel: its documents and those that they are compared with, by file."""

    store: Path
    key: str
    made_by: str
    own: tuple[str, ...]
    documents: TableFile
    goals: Mapping[str, tuple[str, ...]]
    statements: Mapping[str, tuple[str, ...]]


def build_panel(task: PanelTask) -> TableFile:
    """Make and write the rows of the panel on the documents of one shard."""
    goals = _read_some(task.store, task.goals)
    statements = _read_some(task.store, task.statements)
    ids = {name for names in (*task.goals.values(), *task.statements.values()) for name in names}
    documents = read_frame(task.store / task.documents.path, document_ids=ids)
    panel = complete_panel(goals, documents, statements)
    panel = panel[panel["document_id"].isin(set(task.own))].reset_index(drop=True)
    path = f"tables/target_panel/{task.key}.parquet"
    return write_frame(panel, task.store, path, key=task.key, made_by=task.made_by)


def _read_some(store: Path, files: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    frames = [read_frame(store / path, document_ids=ids) for path, ids in files.items()]
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled or frames[:1], ignore_index=True)


class Neighbours:
    """Which documents the rows of a document are compared with: next reports, the superior's report."""

    def __init__(self, documents: pd.DataFrame) -> None:
        versions = choose_versions(documents)
        chosen = {
            (row.region, int(row.year)): row.document_id
            for row in versions[["region", "year", "document_id"]].itertuples(index=False)
        }
        self._next: dict[str, str] = {}
        self._superior: dict[str, str] = {}
        for row in documents[["document_id", "region", "parent", "year"]].itertuples(index=False):
            if pd.isna(row.year):
                continue
            after = chosen.get((row.region, int(row.year) + 1))
            above = None if pd.isna(row.parent) else chosen.get((row.parent, int(row.year)))
            if after is not None:
                self._next[row.document_id] = after
            if above is not None:
                self._superior[row.document_id] = above

    def next_reports(self, document_ids: Sequence[str]) -> list[str]:
        """Return the reports for the years after those of these documents."""
        return list(dict.fromkeys(self._next[name] for name in document_ids if name in self._next))

    def superiors(self, document_ids: Sequence[str]) -> list[str]:
        """Return the reports of the superiors for the same years."""
        return list(dict.fromkeys(self._superior[name] for name in document_ids if name in self._superior))


def plan_panels(
    store: Path, shards: Sequence[Shard], documents: TableFile, *, made_by: str
) -> Iterator[PanelTask | None]:
    """Yield the task of each shard; None where its panel is stored already."""
    neighbours = Neighbours(read_frame(store / documents.path))
    shard_of = {name: shard for shard in shards for name in shard.documents}
    for shard in shards:
        own = tuple(shard.documents)
        above, after = neighbours.superiors(own), neighbours.next_reports(own)
        known = [(name, shard_of[name].documents[name]) for name in (*own, *above, *after)]
        key = digest("target_panel", made_by, known)[:40]
        file = shard.tables.get("target_panel")
        if file is not None and file.key == key:
            yield None
            continue
        yield PanelTask(
            store,
            key,
            made_by,
            own,
            documents,
            _by_file([*own, *above], shard_of, "goals"),
            _by_file([*own, *after], shard_of, "statements"),
        )


def _by_file(
    document_ids: Sequence[str], shard_of: Mapping[str, Shard], table: str
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(document_ids):
        found.setdefault(shard_of[name].tables[table].path, []).append(name)
    return {path: tuple(names) for path, names in found.items()}


@dataclass(frozen=True)
class WholeTask:
    """A table on the whole corpus, and the files of the tables it is made from."""

    store: Path
    name: str
    key: str
    made_by: str
    files: Mapping[str, Sequence[str]]


def build_whole(task: WholeTask) -> TableFile:
    """Make and write the list of documents, or the findings."""
    documents = _concat(task, "documents")
    frame = documents
    if task.name == "findings":
        compared = compare_documents(documents, _concat(task, "sentence_marks"))
        frame = order_findings(_concat(task, "own_findings"), compared)
    path = f"whole/{task.name}-{task.key}.parquet"
    return write_frame(frame, task.store, path, key=task.key, made_by=task.made_by)


def _concat(task: WholeTask, name: str) -> pd.DataFrame:
    frames = [read_frame(task.store / path) for path in task.files[name]]
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
