"""Exports give every value back, and no text becomes a formula."""

import json
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.display.spreadsheets import guard_formulas
from workbench.errors import ParameterError
from workbench.run.export import export_table, read_csv
from workbench.tables import NOISE, STATEMENTS, TARGET_PANEL

STATEMENT = {
    "kind": "numeric",
    "document_id": "甲区_2024",
    "start": 3,
    "end": 7,
    "quote": "6%左右",
    "indicator": '地区生产总值,"可比价"',
    "indicator_id": "gdp",
    "measure": "growth",
    "direction": "up",
    "low": 6.0,
    "high": 6.1,
    "unit": "%",
    "bound": "about",
    "status": "target",
    "period": "",
    "strength": "",
    "section": 0,
    "part": "plan",
    "sentence": 0,
    "evidence": "增长6%左右,\n为历年之最。",
    "rule": "test",
}
GOAL = {**STATEMENT, "kind": "qualitative", "start": 20, "low": None, "high": None, "bound": "stable"}
ABSENT = dict.fromkeys(TARGET_PANEL.columns) | {
    "document_id": "甲区_2024",
    "region": "甲区",
    "level": "county",
    "indicator_id": "gdp",
    "form": "absent",
    "stretch": False,
}


def statements(**changes):
    return STATEMENTS.frame([{**STATEMENT, **changes}, GOAL])


def test_csv_gives_a_table_back(tmp_path):
    frame = statements()
    path = export_table(STATEMENTS, frame, tmp_path / "s.csv")
    assert path.read_bytes().startswith(b'"kind","document_id","start","end","quote"')
    pd.testing.assert_frame_equal(read_csv(STATEMENTS, path), frame, check_exact=True)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
def test_csv_gives_any_text_back(tmp_path_factory, texts):
    rows = [("甲", place, place + 1, text) for place, text in enumerate(texts)]
    frame = NOISE.frame(rows)
    path = export_table(NOISE, frame, tmp_path_factory.mktemp("csv") / "n.csv")
    assert list(read_csv(NOISE, path)["reason"]) == texts


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-A1", "@SUM(A1)", "\t=1", "'=1"])
def test_csv_text_like_a_formula_gets_an_apostrophe(text):
    assert guard_formulas(pd.Series([text]))[0] == f"'{text}"


@pytest.mark.parametrize("text", ["-3.2%", "+8%", "6%左右", "'引号", "增长=好", ""])
def test_csv_leaves_other_text_alone(text):
    assert guard_formulas(pd.Series([text]))[0] == text


def test_jsonl_keeps_names_order_and_kinds_of_nothing(tmp_path):
    path = export_table(STATEMENTS, statements(), tmp_path / "s.jsonl")
    first, second = map(json.loads, path.read_text("utf-8").splitlines())
    assert list(first) == list(STATEMENTS.columns)
    assert first["start"] == 3
    assert isinstance(first["start"], int)
    assert (second["low"], second["period"]) == (None, "")
    assert "历年之最" in path.read_text("utf-8")


def test_jsonl_tells_missing_numbers_from_missing_texts(tmp_path):
    path = export_table(TARGET_PANEL, TARGET_PANEL.frame([ABSENT]), tmp_path / "p.jsonl")
    row = json.loads(path.read_text("utf-8"))
    assert (row["year"], row["gap"], row["quote"], row["stretch"]) == (None, None, "", False)


def test_parquet_gives_a_table_back_with_its_declaration(tmp_path):
    from pyarrow import parquet

    frame = statements()
    path = export_table(STATEMENTS, frame, tmp_path / "s.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(path), frame)
    meaning = parquet.read_schema(path).field("start").metadata
    assert meaning[b"unit"] == b"characters"


def test_xlsx_holds_texts_as_texts_and_a_codebook(tmp_path):
    risky = statements(quote="=HYPERLINK(1)", evidence="https://example.org/")
    with zipfile.ZipFile(export_table(STATEMENTS, risky, tmp_path / "s.xlsx")) as book:
        sheet, codebook = (book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2))
        workbook = book.read("xl/workbook.xml").decode()
    assert "=HYPERLINK(1)" in sheet
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 'name="codebook"' in workbook
    assert "how the value binds" in codebook


def test_dta_has_labels_and_values(tmp_path):
    frame = pd.concat([statements(), statements(start=99, evidence="长" * 1000)])
    path = export_table(STATEMENTS, frame, tmp_path / "s.dta")
    with pd.read_stata(path, iterator=True) as reader:
        assert reader.variable_labels()["start"].endswith("[characters]")
        stored = reader.read()
    assert "end_" in stored
    assert list(stored["evidence"]) == list(frame["evidence"])
    assert list(stored["low"].isna()) == list(frame["low"].isna())


def test_dta_holds_years_that_are_not_known(tmp_path):
    path = export_table(
        TARGET_PANEL, TARGET_PANEL.frame([ABSENT, {**ABSENT, "year": 2024}]), tmp_path / "p.dta"
    )
    assert list(pd.read_stata(path)["year"].fillna(0)) == [0, 2024]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx", "dta"])
def test_every_format_takes_an_empty_table(tmp_path, ending):
    assert export_table(STATEMENTS, STATEMENTS.empty(), tmp_path / f"s.{ending}").is_file()


@pytest.mark.parametrize("name", ["s.txt", "s"])
def test_unknown_ending_is_refused_with_the_known_ones(tmp_path, name):
    with pytest.raises(ParameterError, match=r"expected one of \.csv \.jsonl"):
        export_table(STATEMENTS, statements(), tmp_path / name)


def test_failed_export_leaves_the_earlier_file(tmp_path):
    path = tmp_path / "s.xlsx"
    path.write_bytes(b"earlier")
    with pytest.raises(ParameterError, match="characters"):
        export_table(STATEMENTS, statements(evidence="长" * 40_000), path)
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]
