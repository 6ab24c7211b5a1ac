"""Code a sample in JupyterLab; what is coded is kept in a sheet that spreadsheets open too."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.display.coding import Coding
from workbench.pipeline import Corpus
from workbench.run.coding_sheets import codes_of, read_coding_sheet, write_coding_sheet, write_sheet


def code_sample(
    corpus: Corpus, sample: pd.DataFrame, *, path: str | Path = "", task: str = "statements"
) -> Coding:
    """Code the sentences of a sample, by mouse or by keys alone.

    Parameters
    ----------
    corpus : Corpus
        The reports that the sample was drawn from.
    sample : DataFrame
        SAMPLE, as `draw_sample` returns.
    path : path
        Sheet, ``.csv`` or ``.xlsx``, in which each row is kept as it is coded. One that is there is
        read and gone on with, whether it was filled in here or in a spreadsheet; else it is written.
        "" keeps nothing.
    task : {"statements", "themes"}

    Returns
    -------
    Coding
        Shown as a panel in a live notebook, as a table in a batch run; `sheet` holds the codes.

    Raises
    ------
    ParameterError, SeedError
        Another ending, an unknown task; a sheet with codes that are none of the codebook's.
    """
    codes = codes_of(task)
    if not path:
        return Coding(sample, corpus.texts, codes)
    path = Path(path)
    known = read_coding_sheet(path, task=task) if path.is_file() else None
    if known is None:
        write_coding_sheet(path, sample, corpus.texts, task=task)
    return Coding(
        sample, corpus.texts, codes, known=known, save=lambda sheet: write_sheet(path, sheet, codes)
    )
