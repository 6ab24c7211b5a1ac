"""Coverage tells what is missing from what is doubtful."""

import pandas as pd

from workbench.corpus.coverage import cover_corpus

DOCUMENTS = pd.DataFrame(
    {
        "document_id": ["甲市_2022", "甲市_2024", "甲市_2024b", "乙市_2024"],
        "region": ["甲市", "甲市", "甲市", "乙市"],
        "level": ["prefecture"] * 4,
        "year": pd.array([2022, 2024, 2024, None], dtype="Int64"),
        "genre": ["full report", "full report", "digest", "full report"],
        "characters": [100, 90, 40, 10],
        "noise_characters": [0, 10, 0, 0],
    }
)
FINDINGS = pd.DataFrame(
    {
        "document_id": ["甲市_2024", "甲市_2022"],
        "severity": ["warning", "note"],
        "message": ["The same text twice.", "Short."],
    }
)


def test_missing_years_stand_between_first_and_last():
    coverage = cover_corpus(DOCUMENTS, FINDINGS)
    assert coverage[["region", "year", "state"]].to_numpy().tolist() == [
        ["甲市", 2022, "present"],
        ["甲市", 2023, "missing"],
        ["甲市", 2024, "doubtful"],
    ]


def test_versions_of_a_year_are_counted_and_the_longest_measured():
    row = cover_corpus(DOCUMENTS, FINDINGS).set_index("year").loc[2024]
    assert (row["documents"], row["characters"], row["genre"]) == (2, 80, "full report, digest")
    assert row["message"] == "The same text twice."


def test_empty_corpus_has_no_coverage():
    assert cover_corpus(DOCUMENTS.iloc[:0], FINDINGS).empty
