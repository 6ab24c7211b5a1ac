"""Two coders' sheets go out, are edited as coders do, come back and are compared."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

import workbench
from workbench.errors import SeedError
from workbench.run.coded_records import write_coded_records
from workbench.run.sampling import write_sample

SEEDS = Path(__file__).parents[2] / "seeds"
NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>[%个家项])")
TEXTS = {"dtype": "str", "keep_default_na": False}


def fill(sheet, *, bound="exact"):
    """Code the first value of each sentence, `none` where there is none; leave the last five blank."""
    for row in sheet.index[:-5]:
        found = NUMBER.search(sheet.loc[row, "text"])
        sheet.loc[row, "quote"] = found.group() if found else "none"
        if found:
            sheet.loc[row, ["low", "high"]] = found["number"]
            sheet.loc[row, ["kind", "measure", "unit"]] = ["numeric", "level", found["unit"]]
            sheet.loc[row, ["bound", "status", "period"]] = [bound, "result", "2023"]
    return sheet


@pytest.fixture
def sheets(tmp_path):
    """Return the sheets of two coders: a workbook, whose numbers are numbers, and a CSV saved in China."""
    for name in ("a.xlsx", "b.csv"):
        write_sample(SEEDS, tmp_path / name, size=200, seed=3)
    first = fill(pd.read_excel(tmp_path / "a.xlsx", engine="calamine", **TEXTS))
    for name in ("sentence", "start", "end", "low", "high"):
        first[name] = pd.to_numeric(first[name].replace("", None))
    first.to_excel(tmp_path / "a.xlsx", index=False, engine="xlsxwriter")
    second = fill(pd.read_csv(tmp_path / "b.csv", **TEXTS), bound="about")
    second.to_csv(tmp_path / "b.csv", index=False, encoding="gb18030")
    return tmp_path / "a.xlsx", tmp_path / "b.csv"


def test_both_sheets_come_back_and_are_compared(sheets):
    first, second = (workbench.read_coding_sheet(path) for path in sheets)
    assert len(first) == len(second) == 195
    assert first["period"].isin(["", "2023"]).all()
    coded = first["quote"] != "none"
    assert 10 < coded.sum() < 150
    detection = workbench.measure_detection(first, second)
    assert detection["f1"].iloc[0] == 1.0
    fields = ["low", "status", "bound"]
    agreement = workbench.measure_agreement(first, second, fields=fields).set_index("field")
    assert agreement.loc[["low", "status"], "percent"].tolist() == pytest.approx([100, 100])
    assert agreement.loc["bound", "percent"] == pytest.approx(100 * (~coded).mean())
    assert agreement.loc["bound", "kappa"] < 1


def test_a_mistyped_code_is_named_and_corrected(sheets):
    path = sheets[1]
    sheet = pd.read_csv(path, encoding="gb18030", **TEXTS)
    row = sheet.index[sheet["status"] == "result"][0]
    sheet.loc[row, "status"] = "reslut"
    sheet.to_csv(path, index=False, encoding="utf-8-sig")
    with pytest.raises(SeedError, match=rf"'reslut' \(row {row + 2}\)"):
        workbench.read_coding_sheet(path)


def test_a_coded_sheet_becomes_gold_for_the_evaluation(sheets, tmp_path):
    corpus = workbench.read_corpus(SEEDS)
    path = write_coded_records(tmp_path / "gold.jsonl", workbench.read_coding_sheet(sheets[0]), corpus)
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        quote = corpus.texts[record["document_id"]][record["start"] : record["end"]]
        assert (quote, f"{record['low']:g}{record['unit']}") == (record["quote"], record["quote"])
