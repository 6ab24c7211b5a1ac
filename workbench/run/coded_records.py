"""Coded sheets turned into the records that the extraction is measured against."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from workbench.display.validation_tables import locate_quotes
from workbench.errors import SeedError
from workbench.pipeline import Corpus
from workbench.run.coding_sheets import NOTHING, statement_codes
from workbench.run.files import write_text

WINDOWS = "_windows"


def windows_beside(path: Path) -> Path:
    """Return the file that says which stretches were coded: ``a_windows.jsonl`` beside ``a.jsonl``."""
    return path.with_name(f"{path.stem}{WINDOWS}{path.suffix}")


def write_coded_records(path: str | Path, sheet: pd.DataFrame, corpus: Corpus) -> Path:
    """Write a coded sheet as records for `measure_extraction`, with the sentences that were coded.

    Parameters
    ----------
    path : path
        ``NAME.jsonl``; the sentences go into ``NAME_windows.jsonl`` beside it, so that what was
        found elsewhere is not counted as wrong.
    sheet : DataFrame
        As `read_coding_sheet` returns, with the rows that say ``none``: document_id, sentence and
        the columns of the codebook of statements.
    corpus : Corpus
        The reports that were coded.

    Notes
    -----
    A quotation that stands twice in its sentence is placed in the order of the rows; rows beyond
    that share the last place (one value said of two things).

    Raises
    ------
    SeedError
        A quotation is not in its sentence; all such are listed.
    """
    path = Path(path)
    found = sheet[sheet["quote"] != NOTHING]
    units = found.assign(occurrence=found.groupby(["document_id", "sentence", "quote"]).cumcount())
    placed = locate_quotes(units, corpus.sentences, corpus.texts)
    _check_quotes(path, placed, corpus)
    fields = ["kind", "document_id", "start", "end", *(name for name in statement_codes() if name != "kind")]
    records = placed[fields].astype(object).where(placed[fields].notna(), None).to_dict("records")
    spans = corpus.sentences.merge(sheet[["document_id", "sentence"]].drop_duplicates())
    write_text(path, _lines(records))
    write_text(windows_beside(path), _lines(spans[["document_id", "start", "end"]].to_dict("records")))
    return path


def _check_quotes(path: Path, placed: pd.DataFrame, corpus: Corpus) -> None:
    wrong = [
        f"{row.quote!r} ({row.document_id}, sentence {row.sentence})"
        for row in placed.itertuples()
        if pd.isna(row.start) or corpus.texts[row.document_id][row.start : row.end] != row.quote
    ]
    if wrong:
        raise SeedError(
            f"{path}: expected each quote to the letter in its sentence, found {', '.join(wrong[:5])} "
            f"({len(wrong)} such); correct the sheet, or give the corpus that was coded."
        )


def _lines(records: list[dict]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False, default=int) + "\n" for record in records)
