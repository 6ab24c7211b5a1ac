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

PANELS_AT_ONCE = 256
"""Documents whose panels one task makes: what is done once a task costs as much as some dozen of them."""


@dataclass(frozen=True)
class Panel:
    """The panel of one shard: its key and its documents."""

    key: str
    own: tuple[str, ...]


@dataclass(frozen=True)
class PanelTask:
    """Panels of some shards: their documents and those that they are compared with, by file."""

    store: Path
    made_by: str
    panels: tuple[Panel, ...]
    documents: TableFile
    goals: Mapping[str, tuple[str, ...]]
    statements: Mapping[str, tuple[str, ...]]


def build_panels(task: PanelTask) -> list[TableFile]:
    """Make the rows of the panel on the documents of some shards; write those of each shard."""
    goals = _read_some(task.store, task.goals)
    statements = _read_some(task.store, task.statements)
    ids = {name for names in (*task.goals.values(), *task.statements.values()) for name in names}
    documents = read_frame(task.store / task.documents.path, document_ids=ids)
    rows = complete_panel(goals, documents, statements)
    files = []
    for panel in task.panels:
        own = _only_used(rows[rows["document_id"].isin(set(panel.own))].reset_index(drop=True))
        path = f"tables/target_panel/{panel.key}.parquet"
        files.append(write_frame(own, task.store, path, key=panel.key, made_by=task.made_by))
    return files


def _only_used(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows whose categories are those that occur, as if they had been made alone."""
    texts = [name for name in rows.columns if str(rows[name].dtype) == "category"]
    return rows.assign(**{name: rows[name].cat.remove_unused_categories() for name in texts})


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
) -> Iterator[PanelTask]:
    """Yield the tasks that make the panels of those shards that have none that holds."""
    neighbours = Neighbours(read_frame(store / documents.path))
    shard_of = {name: shard for shard in shards for name in shard.documents}
    some: list[Panel] = []
    for shard in shards:
        own = tuple(shard.documents)
        compared = (*own, *neighbours.superiors(own), *neighbours.next_reports(own))
        known = [(name, shard_of[name].documents[name]) for name in compared]
        key = digest("target_panel", made_by, known)[:40]
        file = shard.tables.get("target_panel")
        if file is not None and file.key == key:
            continue
        some.append(Panel(key, own))
        if sum(len(panel.own) for panel in some) >= PANELS_AT_ONCE:
            yield _panel_task(store, made_by, some, documents, neighbours, shard_of)
            some = []
    if some:
        yield _panel_task(store, made_by, some, documents, neighbours, shard_of)


def _panel_task(
    store: Path,
    made_by: str,
    panels: Sequence[Panel],
    documents: TableFile,
    neighbours: Neighbours,
    shard_of: Mapping[str, Shard],
) -> PanelTask:
    own = [name for panel in panels for name in panel.own]
    return PanelTask(
        store,
        made_by,
        tuple(panels),
        documents,
        _by_file([*own, *neighbours.superiors(own)], shard_of, "goals"),
        _by_file([*own, *neighbours.next_reports(own)], shard_of, "statements"),
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
        marks = [str(task.store / path) for path in task.files["sentence_marks"]]
        compared = compare_documents(documents, marks)
        frame = order_findings(_concat(task, "own_findings"), compared)
    path = f"whole/{task.name}-{task.key}.parquet"
    return write_frame(frame, task.store, path, key=task.key, made_by=task.made_by)


def _concat(task: WholeTask, name: str) -> pd.DataFrame:
    frames = [read_frame(task.store / path) for path in task.files[name]]
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
