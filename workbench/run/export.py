"""Write a declared table to a file in the format that its ending names; ``workbench export``.

``.csv`` is UTF-8 without a mark at its start; texts are quoted, numbers are not. A text that a
spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage
return, and is no number) gets one apostrophe in front; so does a text that already begins with
apostrophes and such a sign, so that taking one off again (`read_csv` does) gives every text back to
the letter. In ``.jsonl`` a missing number is null, a missing text "". ``.xlsx`` has texts as texts,
never as formulas or links, and the declaration of the table on a second sheet; ``.dta`` has it in
its variable labels, ``.parquet`` in the metadata of its columns.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.display.spreadsheets import guard_formulas
from workbench.errors import ParameterError
from workbench.run.files import replacing
from workbench.tables import Table

Writer = Callable[[Table, pd.DataFrame, Path], None]
XLSX_ROWS, XLSX_CHARACTERS = 1_048_576, 32_767
STATA_LABEL, STATA_FIXED = 80, 2045
STATA_NAMES = {"end": "end_"}
"""Columns whose names are words of Stata's language."""


def export_table(table: Table, frame: pd.DataFrame, path: str | Path) -> Path:
    """Write `frame`, rows of `table`, to `path`; whole or not at all.

    Raises
    ------
    ParameterError
        The ending names no format, or the format cannot hold so many rows or so long a text.
    """
    path = Path(path)
    write = choose_writer(path)
    with replacing(path) as draft:
        write(table, frame, draft)
    return path


def choose_writer(path: Path) -> Writer:
    """Return the function that writes the format of `path`'s ending, or say which endings there are."""
    if path.suffix.lower() not in WRITERS:
        raise ParameterError(
            f"{path}: the ending chooses the format; expected one of {' '.join(WRITERS)}, "
            f"found {path.suffix or 'none'!r}."
        )
    return WRITERS[path.suffix.lower()]


def write_csv(table: Table, frame: pd.DataFrame, path: Path) -> None:
    """Write UTF-8 CSV with a header; see the module for texts that look like formulas."""
    guarded = frame.copy()
    for name in _texts(table):
        guarded[name] = guard_formulas(guarded[name].astype("str"))
    guarded.to_csv(path, index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC, encoding="utf-8")


def read_csv(table: Table, path: str | Path) -> pd.DataFrame:
    """Read what `write_csv` wrote, every text to the letter."""
    texts = _texts(table)
    frame = pd.read_csv(
        path,
        dtype=dict.fromkeys(texts, "str"),
        keep_default_na=False,
        na_values={name: [""] for name in table.columns if name not in texts},
    )
    for name in texts:
        frame[name] = frame[name].str.replace(r"^'('*[=+\-@\t\r])", r"\1", regex=True)
    return table.check(frame)


def write_jsonl(table: Table, frame: pd.DataFrame, path: Path) -> None:
    """Write one JSON object a row, fields in the order of the declaration."""
    names = list(table.columns)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for values in _plain_rows(table, frame):
            file.write(json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False) + "\n")


def write_parquet(table: Table, frame: pd.DataFrame, path: Path) -> None:
    """Write Parquet; each column says what it means and in which unit."""
    import pyarrow
    from pyarrow import parquet

    stored = pyarrow.Table.from_pandas(frame, preserve_index=False)
    fields = [
        field.with_metadata(
            {"meaning": table.columns[field.name].meaning, "unit": table.columns[field.name].unit}
        )
        for field in stored.schema
    ]
    schema = pyarrow.schema(
        fields, metadata={**(stored.schema.metadata or {}), b"table": table.name.encode()}
    )
    parquet.write_table(stored.cast(schema), path, compression="zstd")


def write_xlsx(table: Table, frame: pd.DataFrame, path: Path) -> None:
    """Write a workbook: the table, and its codebook on a second sheet."""
    import xlsxwriter

    if len(frame) >= XLSX_ROWS:
        raise ParameterError(
            f"{table.name} has {len(frame):,} rows, a sheet holds {XLSX_ROWS - 1:,}; "
            "write .csv or .parquet, or fewer documents."
        )
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "nan_inf_to_errors": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(table.name)
        _write_sheet(sheet, list(table.columns), _plain_rows(table, frame), bold)
        sheet.autofilter(0, 0, max(len(frame), 1), len(table.columns) - 1)
        codebook = book.add_worksheet("codebook")
        _write_sheet(
            codebook, ["column", "type", "meaning", "unit", "codes", "empty"], _codebook(table), bold
        )


def _write_sheet(sheet: Any, header: list[str], rows: Iterator[list[Any]], bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header) - 1, 16)
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, bold)
    for number, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            if isinstance(value, bool):
                sheet.write_boolean(number, column, value)
            elif isinstance(value, int | float):
                sheet.write_number(number, column, value)
            elif value and sheet.write_string(number, column, value) < 0:
                raise ParameterError(
                    f"row {number}, column {header[column]}: {len(value):,} characters, "
                    f"a cell of a sheet holds {XLSX_CHARACTERS:,}; write .csv or .parquet."
                )


def _codebook(table: Table) -> Iterator[list[Any]]:
    for name, column in table.columns.items():
        empty = "may be empty" if column.nullable else ""
        yield [name, column.dtype, column.meaning, column.unit, ", ".join(column.codes), empty]


def write_dta(table: Table, frame: pd.DataFrame, path: Path) -> None:
    """Write Stata 14 or later; what a column means is its variable label; `end` is called ``end_`` there."""
    plain = frame.copy()
    for name in _texts(table):
        plain[name] = plain[name].astype("str").fillna("").astype(object)
    for name in plain.columns[plain.dtypes == "Int64"]:
        plain[name] = plain[name].astype("float64")
    long = [n for n in _texts(table) if plain[n].map(lambda text: len(text.encode())).max() > STATA_FIXED]
    labels = {
        STATA_NAMES.get(name, name): _label(column.meaning, column.unit)
        for name, column in table.columns.items()
    }
    plain.rename(columns=STATA_NAMES).to_stata(
        path,
        write_index=False,
        version=118,
        variable_labels=labels,
        data_label=table.row[:STATA_LABEL],
        convert_strl=long,
    )


def _label(meaning: str, unit: str) -> str:
    return f"{meaning} [{unit}]"[:STATA_LABEL] if unit else meaning[:STATA_LABEL]


def _texts(table: Table) -> list[str]:
    return [name for name, column in table.columns.items() if column.dtype in ("str", "category")]


def _plain_rows(table: Table, frame: pd.DataFrame) -> Iterator[list[Any]]:
    """Yield rows as plain values: text "" and numbers None where nothing is."""
    columns = []
    for name, column in table.columns.items():
        values = frame[name].astype(object)
        nothing: Any = "" if column.dtype in ("str", "category") else None
        columns.append(values.where(frame[name].notna(), nothing).tolist())
    yield from (list(row) for row in zip(*columns, strict=True))


WRITERS: dict[str, Writer] = {
    ".csv": write_csv,
    ".jsonl": write_jsonl,
    ".parquet": write_parquet,
    ".xlsx": write_xlsx,
    ".dta": write_dta,
}
