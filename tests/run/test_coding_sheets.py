import csv

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError, SeedError
from workbench.run.coding_sheets import (
    codes_of,
    read_coding_sheet,
    statement_codes,
    theme_codes,
    write_coding_sheet,
    write_sheet,
)
from workbench.run.sampling import write_sample

TEXT = "地区生产总值增长6%。\n=1+1,新增30家。\n谢谢大家。"
SAMPLE = pd.DataFrame(
    {"document_id": "甲市_2023", "sentence": [0, 1, 2], "start": [0, 12, 24], "end": [11, 23, 29]}
)


def coded(path, task="statements", **codes):
    """Write the sample with the codes of its second sentence filled in."""
    write_coding_sheet(path, SAMPLE, {"甲市_2023": TEXT}, task=task)
    rows = list(csv.reader(path.open(encoding="utf-8-sig")))
    for name, code in codes.items():
        rows[2][rows[0].index(name)] = code
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_sheet_holds_sentences_and_empty_codes(tmp_path):
    path = write_coding_sheet(tmp_path / "a.csv", SAMPLE, {"甲市_2023": TEXT})
    rows = list(csv.reader(path.open(encoding="utf-8-sig")))
    assert rows[0] == ["document_id", "sentence", "start", "end", "text", *statement_codes(), "note"]
    assert rows[1][:5] == ["甲市_2023", "0", "0", "11", "地区生产总值增长6%。"]
    assert rows[2][4] == "'=1+1,新增30家。"  # no spreadsheet takes it for a formula
    assert set(rows[3][5:]) == {""}


def test_only_coded_rows_are_read(tmp_path):
    path = coded(tmp_path / "a.csv", quote="30家", low="30", high="30", status="target")
    sheet = read_coding_sheet(path)
    assert len(sheet) == 1
    row = sheet.iloc[0]
    assert (row["sentence"], row["text"], row["low"], row["bound"]) == (1, "=1+1,新增30家。", 30.0, "")


def test_a_sentence_without_statement_is_coded_none(tmp_path):
    assert read_coding_sheet(coded(tmp_path / "a.csv", quote="none"))["quote"].tolist() == ["none"]
    themes = read_coding_sheet(coded(tmp_path / "b.csv", "themes", primary="education"), task="themes")
    assert themes["primary"].tolist() == ["education"]


def test_a_sheet_saved_in_gb18030_is_read(tmp_path):
    path = coded(tmp_path / "a.csv", quote="30家", status="target")
    path.write_bytes(
        path.read_text("utf-8-sig").replace("谢谢大家", "我们的工作和发展" * 20).encode("gb18030")
    )
    assert read_coding_sheet(path)["quote"].tolist() == ["30家"]


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        ({"quote": "30家", "status": "goal"}, r"column status: expected one of target.*'goal' \(row 3\)"),
        ({"quote": "30家", "low": "dozens"}, "column low: expected numbers, found none in row 3"),
    ],
)
def test_wrong_codes_are_named_with_their_row(tmp_path, codes, message):
    with pytest.raises(SeedError, match=message):
        read_coding_sheet(coded(tmp_path / "a.csv", **codes))


def test_missing_columns_and_files_are_named(tmp_path):
    path = coded(tmp_path / "a.csv", "themes", primary="education")
    with pytest.raises(SeedError, match="missing quote"):
        read_coding_sheet(path)
    with pytest.raises(SeedError, match="found no file"):
        read_coding_sheet(tmp_path / "b.csv")


def test_other_endings_and_tasks_are_refused(tmp_path):
    with pytest.raises(ParameterError, match=r"\.csv or \.xlsx, found '\.ods'"):
        write_coding_sheet(tmp_path / "a.ods", SAMPLE, {"甲市_2023": TEXT})
    with pytest.raises(ParameterError, match="task: expected one of statements, themes"):
        codes_of("tone")


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8))
def test_codes_come_back_to_the_letter(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("sheets") / "a.csv"
    codes = theme_codes()
    sheet = SAMPLE.assign(text="=", primary="education", secondary="", note=text.strip())
    assert (
        read_coding_sheet(write_sheet(path, sheet, codes), task="themes")["note"].tolist()
        == [text.strip()] * 3
    )


def test_a_workbook_offers_closed_codes_and_reads_back(tmp_path):
    sheet = SAMPLE.assign(text="=1+1", primary=["education", "none", ""], secondary="", note="")
    path = write_sheet(tmp_path / "a.xlsx", sheet, theme_codes())
    read = read_coding_sheet(path, task="themes")
    assert read["primary"].tolist() == ["education", "none"]
    assert read["text"].tolist() == ["=1+1", "=1+1"]
    assert read["start"].tolist() == [0, 12]
    import zipfile

    page = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<dataValidation " in page
    assert "codes!$A$2:$A$19" in page
    assert "<f>" not in page  # no formula


def test_write_sample_draws_no_more_than_there_is(tmp_path):
    (tmp_path / "甲市_2023.txt").write_text(
        "甲市政府工作报告\n\n各位代表:\n增长6%左右。新增30家。\n", "utf-8"
    )
    written = write_sample(tmp_path, tmp_path / "out" / "sample.csv", size=500)
    assert written == len(list(csv.reader((tmp_path / "out" / "sample.csv").open(encoding="utf-8-sig")))) - 1
    assert 1 <= written <= 5
