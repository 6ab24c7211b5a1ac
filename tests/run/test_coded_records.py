import json

import pandas as pd
import pytest

from workbench.errors import SeedError
from workbench.pipeline import read_corpus
from workbench.run.coded_records import write_coded_records
from workbench.run.coding_sheets import statement_codes
from workbench.run.validation import measure_extraction


@pytest.fixture
def reports(corpus):
    return read_corpus(corpus)


def sentence_of(reports, document_id, words):
    for row in reports.sentences[reports.sentences["document_id"] == document_id].itertuples():
        if words in reports.texts[document_id][row.start : row.end]:
            return row
    raise AssertionError(words)


def coded(row, **codes):
    empty = dict.fromkeys(statement_codes(), "")
    return {
        "document_id": row.document_id,
        "sentence": row.sentence,
        **empty,
        "low": None,
        "high": None,
        **codes,
    }


GROWTH = {
    "kind": "numeric",
    "quote": "5%",
    "indicator": "增长",
    "measure": "growth",
    "direction": "up",
    "low": 5.0,
    "high": 5.0,
    "unit": "%",
    "bound": "at_least",
    "status": "target",
    "period": "2024",
}


def test_a_sheet_becomes_records_and_windows_that_can_be_measured(reports, tmp_path):
    said = sentence_of(reports, "乙市_2024", "增长5%")
    empty = sentence_of(reports, "甲区_2023", "工作安排")
    sheet = pd.DataFrame([coded(said, **GROWTH), coded(empty, quote="none")])
    path = write_coded_records(tmp_path / "mine.jsonl", sheet, reports)
    (record,) = map(json.loads, path.read_text("utf-8").splitlines())
    assert reports.texts["乙市_2024"][record["start"] : record["end"]] == "5%"
    assert (record["low"], record["bound"], record["strength"]) == (5.0, "at_least", "")
    windows = [json.loads(line) for line in (tmp_path / "mine_windows.jsonl").read_text("utf-8").splitlines()]
    assert sorted((w["document_id"], w["start"], w["end"]) for w in windows) == sorted(
        (row.document_id, row.start, row.end) for row in (said, empty)
    )
    scores = measure_extraction(reports, path).scores.set_index("level")
    assert scores.loc["detect", ["gold", "predicted", "matched"]].tolist() == [1, 1, 1]


def test_a_quote_that_is_not_in_its_sentence_is_named(reports, tmp_path):
    said = sentence_of(reports, "乙市_2024", "增长5%")
    sheet = pd.DataFrame([coded(said, **{**GROWTH, "quote": "7%"})])
    with pytest.raises(SeedError, match=r"'7%' \(乙市_2024, sentence"):
        write_coded_records(tmp_path / "mine.jsonl", sheet, reports)
    assert not (tmp_path / "mine.jsonl").exists()
