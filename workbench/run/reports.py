"""Run notebooks for the documents of a corpus and render each as a page; ``workbench report``."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.run.batch import BatchOptions, run_all
from workbench.run.files import remove_drafts
from workbench.run.locks import locked, unwritable
from workbench.run.overview import write_overview
from workbench.run.plan import find_notebooks, plan_runs, repository_root, select_documents
from workbench.run.records import Run, RunRecord

if TYPE_CHECKING:
    from workbench.pipeline import Corpus

Watch = Callable[[RunRecord, int], None]


@dataclass(frozen=True)
class Choice:
    """Which documents and notebooks of a corpus; all of a kind where none is named."""

    regions: Sequence[str] = ()
    years: Sequence[int] = ()
    notebooks: Sequence[str] = ()


def report(
    folder: str | Path = "seeds",
    out: str | Path = "reports",
    *,
    choice: Choice | None = None,
    options: BatchOptions | None = None,
    watch: Watch | None = None,
) -> list[RunRecord]:
    """Run each notebook for each document and write a page for each, with an index over all.

    The pages are ``OUT/REGION_YEAR/NOTEBOOK.html`` and ``OUT/index.html``. A run that failed stops
    no other. A run whose notebook, parameters, corpus, code and versions have not changed since it
    went well is not repeated.

    Parameters
    ----------
    folder : path
        Folder of the corpus.
    out : path
        Folder of the pages.
    choice : Choice, optional
        Which documents and notebooks; all if left out.
    options : BatchOptions, optional
        How to run them.
    watch : callable, optional
        Called with each record as it is made, and with the number of runs.

    Returns
    -------
    list of RunRecord
        By region, year and notebook.

    Raises
    ------
    SeedError
        The corpus or a notebook cannot be read, or the corpus is empty.
    ParameterError
        A region, year, notebook or parameter is not known.
    """
    from workbench.pipeline import read_corpus

    options, choice, root = options or BatchOptions(), choice or Choice(), repository_root()
    corpus = read_corpus(folder)
    notebooks = find_notebooks(choice.notebooks, root)
    runs = plan_runs(
        corpus,
        select_documents(corpus.documents, regions=choice.regions, years=choice.years),
        notebooks,
        out=Path(os.path.abspath(out)),
        root=root,
        parameters=options.parameters,
    )
    with locked(Path(out)):
        try:
            remove_drafts(Path(out))
            return _report(runs, corpus, Path(out), root, options, watch)
        except OSError as error:
            raise unwritable(Path(out), error) from error


def _report(
    runs: Sequence[Run], corpus: Corpus, out: Path, root: Path, options: BatchOptions, watch: Watch | None
) -> list[RunRecord]:
    made: dict[tuple[str, str], RunRecord] = {}
    for record in run_all(runs, corpus, root=root, options=options):
        made[record.document_id, record.notebook] = record
        if watch is not None:
            watch(record, len(runs))
    records = [made[run.document_id, run.name] for run in runs]
    write_overview(corpus, records, out)
    return records
