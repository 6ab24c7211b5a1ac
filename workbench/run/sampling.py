"""``workbench sample``: draw sentences of a corpus and write them as a sheet to be coded."""

from __future__ import annotations

from pathlib import Path

from workbench.measures.sampling import draw_sample
from workbench.pipeline import read_corpus
from workbench.run.coding_sheets import write_coding_sheet


def write_sample(
    corpus: str | Path,
    path: str | Path,
    *,
    size: int = 200,
    task: str = "statements",
    allocation: str = "proportional",
    seed: int = 0,
) -> int:
    """Draw sentences by level, year and part and write them as a coding sheet.

    Parameters
    ----------
    corpus : path
        Folder of reports.
    path : path
        ``.csv`` or ``.xlsx``.
    size : int
        Sentences; all of them where the corpus has fewer.
    task : {"statements", "themes"}
        What is to be coded.
    allocation, seed
        As `workbench.measures.sampling.draw_sample`.

    Returns
    -------
    int
        Sentences written.
    """
    reports = read_corpus(corpus)
    size = min(size, len(reports.sentences))
    sample = draw_sample(reports.sentences, reports.documents, size=size, allocation=allocation, seed=seed)
    write_coding_sheet(path, sample, reports.texts, task=task)
    return len(sample)
