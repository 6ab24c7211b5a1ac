"""Run many notebooks side by side; a page that is up to date is left as it is."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from workbench.run.engine import EngineOptions, Failed, open_engine
from workbench.run.execution import Limits, execute
from workbench.run.files import safe_name, write_text
from workbench.run.forking import SERVER, can_fork
from workbench.run.passages import passages_of
from workbench.run.provenance import digest, digest_page
from workbench.run.records import Run, RunRecord, read_record
from workbench.run.rendering import notebook_title, render_page

if TYPE_CHECKING:
    from workbench.pipeline import Corpus


@dataclass(frozen=True)
class BatchOptions:
    """How a batch is run.

    Parameters
    ----------
    workers : int or None
        Notebooks at a time; as many as there are cores if None.
    scheduler : str
        Address of a Dask scheduler whose workers run the notebooks, in place of this machine's cores.
    force : bool
        Run also what is up to date.
    fork : bool or None
        Fork kernels from one warm process; where the system can, if None.
    limits : Limits
        Seconds for a cell and for the start of a kernel.
    parameters : mapping
        Further parameters, for every notebook of the batch.
    """

    workers: int | None = None
    scheduler: str = ""
    force: bool = False
    fork: bool | None = None
    limits: Limits = field(default_factory=Limits)
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What all runs of a batch share; plain values, so that it can travel to another machine."""

    root: Path
    corpus: str
    limits: Limits
    fork: bool
    force: bool
    documents: Set[str]
    titles: Mapping[str, str]


@dataclass(frozen=True)
class PageTask:
    """One run with what the batch has in common."""

    run: Run
    settings: Settings


def run_all(runs: Sequence[Run], corpus: Corpus, *, root: Path, options: BatchOptions) -> Iterator[RunRecord]:
    """Run and render `runs` side by side; yield each record as it is made."""
    from workbench.run.kernels import end_kernels, stopped

    fork = can_fork() if options.fork is None else options.fork
    titles = {run.name: notebook_title(run.notebook) for run in runs}
    documents = {run.document_id for run in runs}
    folder = str(corpus.folder.resolve())
    settings = Settings(root, folder, options.limits, fork, options.force, documents, titles)
    stopped.clear()
    open_corpus.cache_clear()
    # Kernels are processes already: threads to wait for them are enough on this machine.
    where = EngineOptions(workers=options.workers, scheduler=options.scheduler, processes=False)
    try:
        with open_engine(where) as engine:
            try:
                for task, result in engine.run(make_page, [PageTask(run, settings) for run in runs]):
                    yield _lost(task.run, result) if isinstance(result, Failed) else result
            except BaseException:  # Ctrl-C among them: end what runs, else the engine waits for it
                end_kernels()
                raise
    finally:
        SERVER.close()


def _lost(run: Run, failed: Failed) -> RunRecord:
    """Return the record of a run that left none: its worker died over it, or its page was not written."""
    error = f"{type(failed.error).__name__}: {failed}"
    return RunRecord(run.name, run.document_id, run.region, run.year, "failed", 0.0, run.digest, error=error)


@functools.lru_cache(maxsize=1)
def open_corpus(folder: str) -> Corpus:
    """Open the corpus of a batch, once in each process that works on it."""
    from workbench.pipeline import read_corpus

    return read_corpus(folder)


def make_page(task: PageTask) -> RunRecord:
    """Run and render one notebook unless its page is up to date; store and return its record."""
    run, settings = task.run, task.settings
    earlier = None if settings.force else read_record(run.record)
    siblings = _siblings(run, settings.titles)
    link = functools.partial(find_page, run, settings.documents)
    page = digest(run.digest, digest_page(), siblings, run.relatives.linked(link))
    if earlier is not None and earlier.ok and earlier.digest == run.digest and run.executed.is_file():
        if earlier.page_digest == page and run.page.is_file():
            return replace(earlier, up_to_date=True)
        record = earlier
    else:
        SERVER.corpus = settings.corpus
        record = execute(run, root=settings.root, fork=settings.fork, limits=settings.limits)
    document = open_corpus(settings.corpus).document(run.document_id)
    passages = passages_of(run.document_id, document.texts, document.noise)
    html = render_page(run, error=record.error, passages=passages, siblings=siblings, link=link)
    write_text(run.page, html)
    title = settings.titles[run.name]
    record = replace(record, page_digest=page, title=title, up_to_date=record is earlier)
    record.write(run.record)
    return record


def find_page(run: Run, documents: Set[str], document_id: str) -> str | None:
    """Return the address, from the page of `run`, of another document's page of the same notebook.

    None where there is none and none is being made (`documents` are those of the batch).
    """
    page = run.out / safe_name(document_id) / run.page.name
    known = document_id in documents or page.is_file()
    return f"../{quote(page.parent.name)}/{quote(page.name)}" if known else None


def _siblings(run: Run, titles: Mapping[str, str]) -> dict[str, str]:
    """Name the notebooks of the same document: of this batch, and of earlier ones by their record."""
    records = map(read_record, run.folder.glob("*.json"))
    earlier = {record.notebook: record.title for record in records if record is not None}
    return dict(sorted({**earlier, **titles}.items()))
