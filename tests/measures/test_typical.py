"""Typical terms need a reference; occurrences stand where they are said to."""

import pandas as pd

from workbench.measures.typical import find_terms, find_typical_terms

COUNTS = pd.DataFrame(
    {
        "document_id": ["甲", "甲", "乙", "乙"],
        "term": ["创新", "发展", "创新", "发展"],
        "count": [60, 40, 5, 95],
    }
)


def test_typical_terms_lead_with_the_strongest_evidence():
    found = find_typical_terms(COUNTS, target=["甲"], reference=["乙"])
    assert found.set_index("term")["log_ratio"].gt(0).to_dict() == {"创新": True, "发展": False}
    assert found["g2"].abs().is_monotonic_decreasing


def test_without_reference_nothing_is_typical():
    assert find_typical_terms(COUNTS, target=["甲"], reference=[]).empty


def test_find_terms_skips_blank_terms_and_keeps_places():
    texts = {"甲": "坚持创新。创新为民。"}
    sentences = pd.DataFrame(
        {"document_id": ["甲", "甲"], "sentence": [0, 1], "section": [0, 0], "start": [0, 5], "end": [5, 10]}
    )
    found = find_terms(texts, sentences, ["创新", " ", "民"])
    assert found[["term", "start"]].to_numpy().tolist() == [["创新", 2], ["创新", 5], ["民", 8]]
    assert all(texts["甲"][row.start : row.end] == row.keyword for row in found.itertuples())
