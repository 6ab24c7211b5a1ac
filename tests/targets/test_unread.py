"""Garbled numbers are listed with their place."""

import pandas as pd

from workbench.targets.unread import report_unread_numbers

TEXT = "地区生产总值增长l0%。财政收入增长6%,全市有3个区。"


def test_garbled_number_is_told_and_read_ones_are_not():
    sentences = pd.DataFrame(
        {"document_id": ["甲"] * 2, "sentence": [0, 1], "start": [0, 12], "end": [12, 27]}
    )
    findings = report_unread_numbers({"甲": TEXT}, sentences)
    assert findings["kind"].tolist() == ["unread number"]
    row = findings.iloc[0]
    assert "0" in TEXT[row["start"] : row["end"]]
    assert row["start"] < 12
    assert "增长l0%" in row["message"]


def test_text_without_numbers_has_no_finding():
    sentences = pd.DataFrame({"document_id": ["甲"], "sentence": [0], "start": [0], "end": [5]})
    assert report_unread_numbers({"甲": "坚持创新。"}, sentences).empty
