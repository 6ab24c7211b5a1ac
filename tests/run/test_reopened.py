"""Statements and panel of the seeds, written in every format and opened again: cell for cell the table."""

import math
from pathlib import Path

import pandas as pd
import pytest

import workbench
from workbench.run.export import STATA_NAMES, WRITERS, export_table
from workbench.tables import STATEMENTS, TARGET_PANEL

SEEDS = Path(__file__).parents[2] / "seeds"
PLAIN = {"keep_default_na": False, "dtype": object}


@pytest.fixture(scope="module")
def tables():
    corpus = workbench.read_corpus(SEEDS)
    return {"statements": (STATEMENTS, corpus.statements), "panel": (TARGET_PANEL, corpus.target_panel)}


def reopen(path):
    """Return what a user of pandas sees in a file, texts and numbers as they come."""
    readers = {
        ".csv": lambda: pd.read_csv(path, **PLAIN),
        ".xlsx": lambda: pd.read_excel(path, engine="calamine", **PLAIN),
        ".dta": lambda: pd.read_stata(path).rename(columns={new: old for old, new in STATA_NAMES.items()}),
        ".parquet": lambda: pd.read_parquet(path),
        ".jsonl": lambda: pd.DataFrame(map(pd.io.json.ujson_loads, path.read_text("utf-8").splitlines())),
    }
    return readers[path.suffix]()


def cells(table, frame):
    """Return the cells of a frame as plain values: numbers as floats, None where nothing stands."""
    return {
        name: [plain(value, column.dtype) for value in frame[name]] for name, column in table.columns.items()
    }


def plain(value, dtype):
    if value is None or value is pd.NA or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if dtype == "bool":
        return value in (True, 1, "True")
    return str(value).removeprefix("'") if dtype == "str" else float(value)


@pytest.mark.parametrize("name", ["statements", "panel"])
@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_a_file_opened_again_holds_the_table_cell_for_cell(tables, tmp_path, name, ending):
    table, frame = tables[name]
    assert len(frame) > 100
    again = reopen(export_table(table, frame, tmp_path / f"{name}{ending}"))
    assert list(again.columns) == list(table.columns)
    expected, found = cells(table, frame), cells(table, again)
    for column in table.columns:
        assert found[column] == expected[column], column


@pytest.mark.parametrize("name", ["statements", "panel"])
def test_a_file_tells_what_its_columns_mean(tables, tmp_path, name):
    table, frame = tables[name]
    with pd.io.stata.StataReader(export_table(table, frame, tmp_path / "t.dta")) as reader:
        labels = reader.variable_labels()
    assert {STATA_NAMES.get(column, column) for column in table.columns} == set(labels)
    for column, about in table.columns.items():
        assert labels[STATA_NAMES.get(column, column)].startswith(about.meaning[:60])
    book = export_table(table, frame, tmp_path / "t.xlsx")
    codebook = pd.read_excel(book, sheet_name="codebook", engine="calamine", **PLAIN).set_index("column")
    assert list(codebook.index) == list(table.columns)
    assert codebook["meaning"].tolist() == [about.meaning for about in table.columns.values()]
    assert codebook.loc["measure", "codes"] == "level, growth, increment, share"
