import json

import pytest

from workbench.errors import SeedError
from workbench.pipeline import read_corpus
from workbench.run.validation import measure_extraction


def test_records_of_other_documents_are_left_out(corpus, tmp_path):
    reports = read_corpus(corpus)
    text = reports.texts["乙市_2024"]
    record = {
        "kind": "numeric",
        "document_id": "乙市_2024",
        "start": text.index("5%"),
        "end": text.index("5%") + 2,
        "quote": "5%",
        "indicator": "地区生产总值",
        "indicator_id": "gdp",
        "measure": "growth",
        "direction": "up",
        "low": 5,
        "high": 5,
        "unit": "%",
        "bound": "at_least",
        "status": "target",
        "period": "2024",
        "strength": "",
    }
    path = tmp_path / "gold.jsonl"
    rows = [record, {**record, "document_id": "丙市_2024"}]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    pairs = measure_extraction(reports, path).pairs
    assert set(pairs["document_id"]) == {"乙市_2024"}
    assert pairs["gold"].sum() == 1
    found = pairs[pairs["detect"]].iloc[0]
    assert text[found["start"] : found["end"]] == "5%"


def test_a_missing_file_is_named(corpus, tmp_path):
    with pytest.raises(SeedError, match=r"nothing\.jsonl"):
        measure_extraction(read_corpus(corpus), tmp_path / "nothing.jsonl")


def test_records_of_no_document_here_are_refused(corpus, tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("", "utf-8")
    with pytest.raises(SeedError, match="found none of these documents among 0 records"):
        measure_extraction(read_corpus(corpus), path)
