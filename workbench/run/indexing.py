"""Make or renew the store of a corpus; ``workbench index``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from workbench.corpus.readers import Listing, Reading, list_files
from workbench.errors import SeedError, WorkbenchError
from workbench.run.comparing_tasks import WholeTask, build_panels, build_whole, plan_panels
from workbench.run.engine import Engine, EngineOptions, Failed, open_engine
from workbench.run.files import write_text
from workbench.run.journal import Journal, keep_only
from workbench.run.locks import PATIENCE, locked, unwritable
from workbench.run.provenance import digest
from workbench.run.scanning import Found, plan_scans, scan, settle
from workbench.run.shard_tasks import COMPARING, ShardTask, build_shard, table_key
from workbench.run.stages import reader_digest, stage_digest, stages
from workbench.store.layout import (
    READINGS,
    RECORD,
    Shard,
    StoreRecord,
    TableFile,
    find_damage,
    read_record,
)

FILES = "files.json"
SMALLEST, LARGEST = 8, 48
"""Documents of a shard on average, for small and for large corpora."""
SHARDS = 16
"""Into which corpora between these are parted."""

Watch = Callable[[str, int, int], None]
"""Told what is done now, how many of its documents are done, and of how many."""


@dataclass(frozen=True)
class IndexResult:
    """What an index run did: documents in all, those computed, and those that failed with the reason."""

    documents: int
    computed: int
    failures: Mapping[str, str]
    mended: int


def index(
    folder: str | Path,
    store: str | Path,
    *,
    options: EngineOptions | None = None,
    watch: Watch | None = None,
    patience: float = PATIENCE,
) -> IndexResult:
    """Write every table of a corpus into a store, or bring its store up to date.

    What is stored and still holds is kept: a new or changed report costs that report, a changed
    lexicon the tables that depend on it. Damaged files are found by their checksum and made again.
    Whatever ends a run leaves the store as it was; the next run goes on from what was done.

    Parameters
    ----------
    folder : path
        Folder of the corpus.
    store : path
        Folder of the store.
    options : EngineOptions, optional
        Where to work.
    watch : callable, optional
        Called as the work goes on.
    patience : float
        Seconds to wait while another run writes into the store.

    Raises
    ------
    SeedError
        The corpus cannot be read, the store is of another corpus or format, or its disk is full.
    WorkbenchError
        A shard could not be made: its workers died over it, or the scheduler went away.
    """
    store = Path(store).absolute()
    listing = list_files(folder)
    if store == listing.root.absolute() or listing.root.absolute() in store.parents:
        raise SeedError(f"{store}: expected a store outside the corpus folder; choose another folder.")
    with locked(store, patience=patience):
        try:
            with open_engine(options or EngineOptions()) as engine:
                return _Run(listing, store, engine, watch or (lambda *_: None)).index()
        except OSError as error:
            raise unwritable(store, error) from error


class _Run:
    """One run of the indexer on one store."""

    def __init__(self, listing: Listing, store: Path, engine: Engine, watch: Watch) -> None:
        self._listing, self._store, self._engine, self._watch = listing, store, engine, watch
        self._made_by = {name: stage_digest(name) for name in stages()}
        self._local = {n: made_by for n, made_by in self._made_by.items() if n not in COMPARING}
        self._journal = Journal(store)
        self._failures: dict[str, str] = {}
        self._mended = 0

    def index(self) -> IndexResult:
        """Do all steps and put the new record in the place of the old one."""
        record = self._earlier()
        earlier = [*self._sound_shards(record.shards), *self._journal.shards()]
        found, files = self._scan(earlier)
        size = record.shard_size or min(max(len(found) // SHARDS, SMALLEST), LARGEST)
        shards, computed = self._build(part_into_shards(found, size), earlier)
        documents = self._whole("documents", record, shards, ["documents"])
        panels = self._panels(shards, documents)
        findings = self._whole("findings", record, shards, ["documents", "own_findings", "sentence_marks"])
        new = StoreRecord(
            str(self._listing.given.absolute()),
            size,
            panels,
            {"documents": documents, "findings": findings},
            self._failures,
            workbench=metadata.version("workbench"),
        )
        write_text(self._store / FILES, _files_to_json(files))
        write_text(self._store / RECORD, new.to_json())
        self._journal.remove()
        keep_only(self._store, {file.path for file in new.files()})
        return IndexResult(len(found), computed, self._failures, self._mended)

    def _earlier(self) -> StoreRecord:
        corpus = str(self._listing.given.absolute())
        if not (self._store / RECORD).is_file():
            return StoreRecord(corpus, 0)
        record = read_record(self._store)
        if record.corpus != corpus and Path(record.corpus).exists():
            raise SeedError(
                f"{self._store}: expected a store of {corpus}, found one of {record.corpus}; "
                "choose another folder, or remove this one."
            )
        return record

    def _sound_shards(self, shards: Sequence[Shard]) -> list[Shard]:
        """Return the shards with those of their files whose bytes are as they were written."""
        sound = []
        for shard in shards:
            tables = {n: f for n, f in shard.tables.items() if not find_damage(self._store, f)}
            self._mended += len(shard.tables) - len(tables)
            sound.append(replace(shard, tables=tables))
        return sound

    def _scan(self, earlier: Sequence[Shard]) -> tuple[list[Found], dict[str, tuple[str, Sequence[Found]]]]:
        held = {item for shard in earlier if READINGS in shard.tables for item in shard.documents.items()}
        known = {
            path: (known_by, found)
            for path, (known_by, found) in _files_from_json(self._store / FILES).items()
            if all(f.reading.problem or (f.reading.document_id, f.content) in held for f in found)
        }
        tasks = plan_scans(self._listing, self._store, reader=reader_digest(), known=known)
        files: dict[str, tuple[str, Sequence[Found]]] = {}
        self._watch("reading", 0, len(self._listing.files))
        for _, scanned in self._results(scan, tasks):
            files |= scanned.files
            self._watch("reading", len(files), len(self._listing.files))
        found = [item for path in self._listing.files for item in files[str(path)][1]]
        return settle(found, self._listing), files

    def _build(self, parts: Sequence[Sequence[Found]], earlier: Sequence[Shard]) -> tuple[list[Shard], int]:
        holders: dict[str, list[int]] = {}
        for number, shard in enumerate(earlier):
            for document_id in shard.documents:
                holders.setdefault(document_id, []).append(number)
        made: dict[str, Shard] = {}
        tasks = []
        for part in parts:
            numbers = {n: None for f in part for n in holders.get(f.reading.document_id, ())}
            before = tuple(earlier[number] for number in numbers)
            documents = {found.reading.document_id: found.content for found in part}
            whole = self._find_whole(documents, before)
            if whole is not None:
                made[part[0].reading.document_id] = whole
            else:
                tasks.append(ShardTask(self._store, tuple(part), self._local, before))
        tasks.sort(key=lambda task: -len(task.documents))  # the largest first: no core waits at the end
        total = sum(len(task.documents) for task in tasks)
        done = 0
        self._watch("indexing", 0, total)
        for task, result in self._results(build_shard, tasks):
            made[task.documents[0].reading.document_id] = result.shard
            self._failures |= result.failures
            self._journal.add(result.shard)
            done += len(task.documents)
            self._watch("indexing", done, total)
        return [made[part[0].reading.document_id] for part in parts], total

    def _find_whole(self, documents: Mapping[str, str], before: Sequence[Shard]) -> Shard | None:
        """Return the stored shard of just these documents if nothing of it is to be made."""
        wanted = {READINGS: READINGS, **self._local}
        for shard in before:
            if shard.documents == documents and all(
                name in shard.tables and shard.tables[name].key == table_key(name, made_by, documents)
                for name, made_by in wanted.items()
            ):
                return shard
        return None

    def _panels(self, shards: Sequence[Shard], documents: TableFile) -> list[Shard]:
        """Return the shards with their panels; each depends on neighbouring reports."""
        tasks = list(plan_panels(self._store, shards, documents, made_by=self._made_by["target_panel"]))
        made: dict[frozenset[str], TableFile] = {}
        total = sum(len(task.panels) for task in tasks)
        self._watch("comparing", 0, total)
        for task, files in self._results(build_panels, tasks):
            made |= {frozenset(panel.own): file for panel, file in zip(task.panels, files, strict=True)}
            self._watch("comparing", len(made), total)
        return [_with_panel(shard, made.get(frozenset(shard.documents))) for shard in shards]

    def _whole(
        self, name: str, record: StoreRecord, shards: Sequence[Shard], inputs: Sequence[str]
    ) -> TableFile:
        files = {table: [shard.tables[table].path for shard in shards] for table in inputs}
        key = digest(name, self._made_by[name], files)[:40]
        before = record.whole.get(name)
        if before is not None and before.key == key:
            if not find_damage(self._store, before):
                return before
            self._mended += 1
        task = WholeTask(self._store, name, key, self._made_by[name], files)
        return next(file for _, file in self._results(build_whole, [task]))

    def _results(self, function: Callable[[Any], Any], tasks: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield what tasks give; raise what the first that failed says, once the others are done."""
        failed: list[tuple[Any, Failed]] = []
        for task, result in self._engine.run(function, tasks):
            if isinstance(result, Failed):
                if isinstance(result.error, OSError):
                    raise result.error
                failed.append((task, result))
            else:
                yield task, result
        if failed:
            task, result = failed[0]
            raise WorkbenchError(
                f"{_describe(task)}: {result} ({len(failed)} of {len(tasks)} tasks failed); "
                "what was done is kept: run the same command again, or remove the documents."
            ) from result.error


def _with_panel(shard: Shard, panel: TableFile | None) -> Shard:
    return shard if panel is None else replace(shard, tables={**shard.tables, "target_panel": panel})


def _describe(task: Any) -> str:
    if isinstance(task, ShardTask):
        names = [found.reading.document_id for found in task.documents]
        return f"{names[0]} to {names[-1]}"
    return type(task).__name__


def part_into_shards(documents: Sequence[Found], size: int) -> list[list[Found]]:
    """Part documents, in their order, into shards of about `size`.

    Where a shard ends follows from the documents themselves: one more changes one shard, and the
    same documents give the same shards whatever was stored before.
    """
    shards: list[list[Found]] = [[]]
    for found in documents:
        shards[-1].append(found)
        mark = int.from_bytes(sha256(found.reading.document_id.encode("utf-8", "surrogatepass")).digest()[:8])
        if mark % size == 0 or len(shards[-1]) >= 2 * size:
            shards.append([])
    return [shard for shard in shards if shard]


def _files_to_json(files: Mapping[str, tuple[str, Sequence[Found]]]) -> str:
    plain = {
        path: [known_by, [[asdict(replace(f.reading, text="")), f.content] for f in found]]
        for path, (known_by, found) in files.items()
        if known_by
    }
    return json.dumps(plain, ensure_ascii=True)


def _files_from_json(path: Path) -> dict[str, tuple[str, Sequence[Found]]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: (known_by, [Found(Reading(**reading), content) for reading, content in found])
            for name, (known_by, found) in data.items()
        }
    except (OSError, ValueError, TypeError):  # not there, or cut short: every file is read again
        return {}
