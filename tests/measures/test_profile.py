"""A report at a glance, on a text whose counts can be done by hand."""

import math

import pandas as pd
import pytest

from workbench.measures.profile import compare_profile, profile_documents, profile_parts

TEXTS = {"甲_2024": "增长5.5%。 新增3家。", "乙_2024": ""}
DOCUMENTS = pd.DataFrame({"document_id": ["甲_2024", "乙_2024"], "noise_characters": [0, 0]})
SENTENCES = pd.DataFrame(
    {
        "document_id": ["甲_2024"] * 2,
        "sentence": [0, 1],
        "section": [0, 1],
        "part": ["review", "plan"],
        "start": [0, 8],
        "end": [7, 13],
    }
)
TOKENS = pd.DataFrame({"document_id": ["甲_2024"] * 4, "token": ["增长", "5.5%", "新增", "增长"]}).astype(
    "category"
)


def test_profile_counts_numbers_once_and_blanks_never():
    profile = profile_documents(TEXTS, DOCUMENTS, SENTENCES, TOKENS).set_index("document_id")
    assert profile.loc["甲_2024", ["characters", "sentences", "tokens", "types"]].tolist() == [12, 2, 4, 3]
    assert profile.loc["甲_2024", "numbers_per_1000_characters"] == pytest.approx(1000 * 2 / 12)


def test_profile_of_an_empty_report_has_counts_but_no_density():
    profile = profile_documents(TEXTS, DOCUMENTS, SENTENCES, TOKENS).set_index("document_id")
    assert profile.loc["乙_2024", "characters"] == 0
    assert math.isnan(profile.loc["乙_2024", "numbers_per_1000_characters"])


def test_shares_of_parts_sum_to_the_whole():
    parts = profile_parts(TEXTS, SENTENCES)
    assert parts["part"].tolist() == ["review", "plan"]
    assert parts["share_pct"].sum() == pytest.approx(100)


def test_compare_profile_ranks_from_the_largest():
    profile = pd.DataFrame({"document_id": ["甲", "乙", "丙"], "characters": [10, 30, 20]})
    row = compare_profile(profile, "丙").iloc[0]
    assert (row["value"], row["median"], row["rank"], row["documents"]) == (20, 20, 2, 3)
