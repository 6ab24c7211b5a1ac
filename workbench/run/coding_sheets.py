"""Sheets that coders fill in: sentences in, codes out, as CSV or as a workbook with lists to choose from.

A sheet has one row per sentence. A coder who finds several statements in a sentence copies the
row. A row without any code has not been coded yet; a sentence that was read and holds nothing to
code says ``none`` in the first column of codes. What the sheet says of the text is never used
again: a row is known by document_id and sentence.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.corpus.encodings import decode
from workbench.display.spreadsheets import guard_formulas
from workbench.errors import ParameterError, SeedError
from workbench.lexicons import data_file
from workbench.places import find_folder
from workbench.run.files import replacing
from workbench.tables import BOUNDS_NUMERIC, BOUNDS_QUALITATIVE, KINDS, MEASURES, STATUSES

Codes = Mapping[str, Sequence[str]]
"""Columns to be coded, in order, each with its closed codes; none where any text may stand."""

PLACE = ("document_id", "sentence", "start", "end")
NOTHING = "none"
SPARE_ROWS = 1000
_WIDTHS = {"document_id": 14, "sentence": 9, "start": 8, "end": 8, "text": 70}


def statement_codes() -> dict[str, tuple[str, ...]]:
    """Return the columns of the codebook of statements with their closed codes."""
    indicators = pd.read_csv(data_file("indicators.csv"), dtype="str")["id"]
    return {
        "quote": (),
        "kind": KINDS,
        "indicator": (),
        "indicator_id": tuple(indicators),
        "measure": MEASURES,
        "direction": ("up", "down"),
        "low": (),
        "high": (),
        "unit": (),
        "bound": BOUNDS_NUMERIC + BOUNDS_QUALITATIVE,
        "status": STATUSES,
        "period": (),
        "strength": (),
    }


def theme_codes() -> dict[str, tuple[str, ...]]:
    """Return the columns of the codebook of themes; a secondary theme is one of the same list."""
    themes = tuple(pd.read_csv(data_file("themes.csv"), dtype="str")["id"])
    return {"primary": themes, "secondary": themes}


TASKS = {"statements": statement_codes, "themes": theme_codes}


def codes_of(task: str) -> dict[str, tuple[str, ...]]:
    """Return the columns and codes of a task, statements or themes."""
    if task not in TASKS:
        raise ParameterError(f"task: expected one of {', '.join(TASKS)}, found {task!r}.")
    return TASKS[task]()


def write_coding_sheet(
    path: str | Path, sample: pd.DataFrame, texts: Mapping[str, str], *, task: str = "statements"
) -> Path:
    """Write the sentences of a sample with empty columns for their codes.

    Parameters
    ----------
    path : path
        ``.csv`` (UTF-8 with a mark at its start, so that spreadsheets read Chinese; texts that
        look like formulas get an apostrophe in front) or ``.xlsx`` (texts as texts; closed codes
        as lists to choose from, and all codes on a second sheet).
    sample : DataFrame
        document_id, sentence, start, end: SAMPLE or SENTENCES.
    texts : mapping of str to str
    task : {"statements", "themes"}

    Raises
    ------
    ParameterError
        Another ending, or an unknown task.
    """
    path, codes = Path(path), codes_of(task)
    sheet = sample[list(PLACE)].copy()
    places = zip(sheet["document_id"], sheet["start"], sheet["end"], strict=True)
    sheet["text"] = [" ".join(texts[name][start:end].split()) for name, start, end in places]
    sheet = sheet.assign(**dict.fromkeys([*codes, "note"], ""))
    return write_sheet(path, sheet, codes)


def write_sheet(path: Path, sheet: pd.DataFrame, codes: Codes) -> Path:
    """Write a sheet, coded or not, in the format that the ending names."""
    if path.suffix not in (".csv", ".xlsx"):
        raise ParameterError(
            f"{path}: expected a sheet named .csv or .xlsx, found {path.suffix or 'none'!r}."
        )
    with replacing(path) as draft:
        if path.suffix == ".csv":
            texts = [name for name in sheet if name not in ("sentence", "start", "end")]
            guarded = sheet.assign(**{name: guard_formulas(sheet[name].astype("str")) for name in texts})
            guarded.to_csv(draft, index=False, encoding="utf-8-sig", lineterminator="\n")
        else:
            _write_workbook(draft, sheet, codes)
    return path


def read_coding_sheet(path: str | Path, *, task: str = "statements") -> pd.DataFrame:
    """Read a sheet that a coder filled in; it is looked for in the working folder, then above it.

    Returns
    -------
    DataFrame
        One row per coded row, in the order of the sheet: document_id, sentence, start, end, text
        and the columns of codes as texts ("" where a field does not apply), `low` and `high` as
        numbers. Rows without any code are left out: nobody has coded them yet.

    Raises
    ------
    SeedError
        No such file, missing columns, a code that is none of the closed ones, a number that is
        none; the message lists the rows.
    """
    path, codes = find_folder(path), codes_of(task)
    if not path.is_file():
        raise SeedError(f"{path}: expected a coding sheet, found no file; write one and have it coded.")
    sheet = _read_workbook(path) if path.suffix == ".xlsx" else _read_csv(path)
    missing = [name for name in (*PLACE, *codes) if name not in sheet]
    if missing:
        raise SeedError(
            f"{path}: expected the columns {', '.join((*PLACE, *codes))}; missing {', '.join(missing)}."
        )
    sheet = sheet.rename_axis("row").apply(lambda column: column.str.strip())
    coded = sheet[(sheet[list(codes)] != "").any(axis=1)]
    _check_codes(path, coded, codes)
    numbers = {name: _numbers(path, coded, name) for name in (*PLACE[1:], "low", "high") if name in coded}
    coded = coded.assign(**numbers)
    return coded.astype(dict.fromkeys(PLACE[1:], "int64")).reset_index(drop=True)


def _write_workbook(path: Path, sheet: pd.DataFrame, codes: Codes) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        plain = book.add_format({"num_format": "@", "valign": "top"})  # 6% and 2023 stay as typed
        bold = book.add_format({"bold": True, "bottom": 1})
        page, legend = book.add_worksheet("sentences"), book.add_worksheet("codes")
        page.freeze_panes(1, PLACE.index("end") + 2)
        for column, name in enumerate(sheet):
            page.set_column(column, column, _WIDTHS.get(name, 14), wrapped if name == "text" else plain)
            page.write_string(0, column, name, bold)
            for row, value in enumerate(sheet[name], 1):
                if isinstance(value, str):
                    page.write_string(row, column, value, wrapped if name == "text" else plain)
                else:
                    page.write_number(row, column, value)
        for column, (name, allowed) in enumerate(codes.items()):
            legend.write_string(0, column, name, bold)
            for row, code in enumerate(allowed or ("(free text)",), 1):
                legend.write_string(row, column, code)
            if allowed:
                _offer(page, list(sheet).index(name), column, len(sheet) + SPARE_ROWS, len(allowed))


def _offer(page: Any, column: int, legend_column: int, rows: int, codes: int) -> None:
    """Let a column's cells be chosen from the codes on the second sheet."""
    from xlsxwriter.utility import xl_range_abs

    source = "=codes!" + xl_range_abs(1, legend_column, codes, legend_column)
    page.data_validation(
        1,
        column,
        rows,
        column,
        {
            "validate": "list",
            "source": source,
            "error_title": "Code",
            "error_message": "See the sheet codes.",
        },
    )


def _read_csv(path: Path) -> pd.DataFrame:
    text, _ = decode(path.read_bytes(), name=str(path))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if not rows:
        raise SeedError(f"{path}: expected a coding sheet, found an empty file.")
    width = len(rows[0])
    cells = [[re.sub(r"^'('*[=+\-@\t\r])", r"\1", cell) for cell in row] for row in rows[1:]]
    ragged = [number for number, row in enumerate(cells, 2) if len(row) != width]
    if ragged:
        raise SeedError(f"{path}: expected {width} columns in each row, found others in row {_few(ragged)}.")
    return pd.DataFrame(cells, columns=rows[0], index=range(2, len(cells) + 2), dtype="str")


def _read_workbook(path: Path) -> pd.DataFrame:
    sheet = pd.read_excel(path, dtype="str", keep_default_na=False, engine="calamine")
    return sheet.set_axis(range(2, len(sheet) + 2)).astype("str")


def _check_codes(path: Path, sheet: pd.DataFrame, codes: Codes) -> None:
    first = next(iter(codes))
    for name, allowed in codes.items():
        accepted = {*allowed, "", *([NOTHING] if name == first else [])}
        wrong = sheet.loc[~sheet[name].isin(accepted), name] if allowed else sheet.loc[[], name]
        if len(wrong):
            found = ", ".join(f"{code!r} (row {row})" for row, code in wrong.head(5).items())
            listed = ", ".join(allowed[:12]) + (" … (see the codebook)" if len(allowed) > 12 else "")
            raise SeedError(f"{path}, column {name}: expected one of {listed}, found {found}; correct it.")


def _numbers(path: Path, sheet: pd.DataFrame, name: str) -> pd.Series:
    numbers = pd.to_numeric(sheet[name].str.replace(",", "").replace("", None), errors="coerce")
    wrong = sheet.index[numbers.isna() & ((sheet[name] != "") | (name in PLACE))]
    if len(wrong):
        raise SeedError(
            f"{path}, column {name}: expected numbers, found none in row {_few(wrong)}; correct them."
        )
    return numbers


def _few(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:5])) + (" …" if len(rows) > 5 else "")
