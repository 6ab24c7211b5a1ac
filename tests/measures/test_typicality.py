"""What is typical: references, and the three hurdles a term has to take (invented counts)."""

import pandas as pd
import pytest

from workbench.errors import ParameterError
from workbench.measures.frequency import count_tokens
from workbench.measures.typicality import choose_reference, measure_typicality
from workbench.tables import DOCUMENTS, SENTENCES, TOKENS


def shelf():
    blank = dict.fromkeys(DOCUMENTS.columns, "") | {"characters": 9, "noise_characters": 0}
    known = [
        ("甲市", 2024, "prefecture", "某省"),
        ("甲市", 2022, "prefecture", "某省"),
        ("乙市", 2024, "prefecture", "某省"),
        ("丙市", 2024, "prefecture", "他省"),
        ("某省", 2024, "province", "某省"),
        ("甲市", 2025, "prefecture", "某省"),
    ]
    return DOCUMENTS.frame(
        [
            {**blank, "document_id": f"{r}_{y}", "region": r, "year": y, "level": v, "province": p}
            for r, y, v, p in known
        ]
    )


@pytest.mark.parametrize(
    ("reference", "chosen"),
    [
        ("others", ["甲市_2022", "乙市_2024", "丙市_2024", "某省_2024", "甲市_2025"]),
        ("year", ["乙市_2024", "丙市_2024", "某省_2024"]),
        ("level", ["乙市_2024", "丙市_2024"]),
        ("province", ["乙市_2024", "某省_2024"]),
        ("past", ["甲市_2022"]),
    ],
)
def test_references(reference, chosen):
    assert choose_reference(shelf(), "甲市_2024", reference=reference) == chosen


def test_reference_and_report_must_be_known():
    with pytest.raises(ParameterError, match="found 'neighbours'"):
        choose_reference(shelf(), "甲市_2024", reference="neighbours")
    with pytest.raises(ParameterError, match="found '丁市_2024'"):
        choose_reference(shelf(), "丁市_2024")


def corpus(words):
    """Build tokens: document -> section -> {word: count}, filled up with 发展 and 建设."""
    tokens, sentences = [], []
    for document, sections in words.items():
        at = 0
        for number, counts in enumerate(sections):
            sentences.append((document, number, number, "plan", at, at + 10_000))
            for word, count in {**counts, "发展": 40, "建设": 40}.items():
                for _ in range(count):
                    tokens.append((document, number, at, at + 2, word, ""))
                    at += 2
            at = (at // 10_000 + 1) * 10_000
    return TOKENS.frame(tokens), SENTENCES.frame(sentences)


def typical(words, reference):
    tokens, sentences = corpus(words)
    return measure_typicality(
        count_tokens(tokens), tokens, sentences, document_id="甲", reference=reference
    ).set_index("term")


def test_spread_out_terms_pass_and_one_section_s_pet_word_does_not():
    words = {"甲": [{"山海": 4, "会展": 0}] * 4 + [{"山海": 4, "会展": 20}]}
    words |= {f"乙{k}": [{"沿江": 3}] * 3 for k in range(6)}
    found = typical(words, [f"乙{k}" for k in range(6)])
    assert "山海" in found.index
    assert "会展" not in found.index  # twenty times, but in one section
    row = found.loc["山海"]
    assert (row["target_count"], row["target_sections"], row["rarer_in"]) == (20, 5, 1.0)
    assert row["low"] > 0
    assert found.loc["沿江", "high"] < 0
    assert found.loc["沿江", "reference_documents"] == 6


def test_first_place_opens_the_report():
    words = {"甲": [{"山海": 5}, {"山海": 5}], "乙": [{}], "丙": [{}]}
    row = typical(words, ["乙", "丙"]).loc["山海"]
    assert (row["start"], row["end"]) == (0, 2)


def test_nothing_is_typical_without_a_reference_or_a_difference():
    words = {"甲": [{"山海": 5}] * 3, "乙": [{"山海": 5}] * 3}
    assert typical(words, []).empty
    assert typical(words, ["乙"]).empty


def test_the_interval_is_wider_where_a_word_is_bunched():
    even = typical(
        {"甲": [{"山海": 10}] * 4, **{f"乙{k}": [{"山海": 1}] * 4 for k in range(6)}},
        [f"乙{k}" for k in range(6)],
    )
    bunched = {"甲": [{"山海": 18}, {"山海": 12}, {"山海": 6}, {"山海": 4}]}
    bunched |= {f"乙{k}": [{"山海": 1}] * 4 for k in range(6)}
    uneven = typical(bunched, [f"乙{k}" for k in range(6)])
    width = [frame.loc["山海", "high"] - frame.loc["山海", "low"] for frame in (even, uneven)]
    assert pd.notna(width).all()
    assert width[1] > 2 * width[0]
