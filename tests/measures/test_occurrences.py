"""Occurrences of terms: three ways of counting, offsets, borders."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError
from workbench.measures.occurrences import count_occurrences, find_occurrences
from workbench.tables import SENTENCES, TOKENS

TEXT = "乡村振兴战略和乡村振兴。\n推进乡村振兴"
TEXTS = {"甲市_2024": TEXT}
SENTENCE_TABLE = SENTENCES.frame([("甲市_2024", 0, 0, "plan", 0, 12), ("甲市_2024", 1, 0, "plan", 13, 19)])
TERMS = ["乡村振兴", "乡村振兴战略", "振兴", "通胀", ""]


def found(counting: str, **options) -> list[tuple[str, int]]:
    table = find_occurrences(TEXTS, SENTENCE_TABLE, TERMS, counting=counting, **options)
    assert [TEXT[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == table["term"].tolist()
    return sorted(zip(table["term"].astype("str"), table["start"], strict=True))


def test_the_longest_term_wins_from_the_left():
    assert found("leftmost_longest") == [("乡村振兴", 7), ("乡村振兴", 15), ("乡村振兴战略", 0)]


def test_overlapping_takes_every_place():
    assert found("overlapping") == [
        ("乡村振兴", 0), ("乡村振兴", 7), ("乡村振兴", 15), ("乡村振兴战略", 0),
        ("振兴", 2), ("振兴", 9), ("振兴", 17),
    ]  # fmt: skip


def test_tokens_count_only_whole_words():
    tokens = TOKENS.check(
        pd.DataFrame(
            [("甲市_2024", 0, 0, 6, "乡村振兴战略", "n"), ("甲市_2024", 0, 7, 9, "乡村", "n"),
             ("甲市_2024", 0, 9, 11, "振兴", "v")],
            columns=list(TOKENS.columns),
        )
    )  # fmt: skip
    assert found("token", tokens=tokens) == [("乡村振兴战略", 0), ("振兴", 9)]


def test_no_occurrence_reaches_over_a_border_or_noise():
    sentences = SENTENCES.frame([("甲市_2024", 0, 0, "plan", 0, 2), ("甲市_2024", 1, 0, "plan", 2, 12)])
    table = find_occurrences(TEXTS, sentences, ["乡村振兴"])
    assert table[["sentence", "start"]].to_numpy().tolist() == [[1, 7]]
    noise = pd.DataFrame({"document_id": ["甲市_2024"], "start": [8], "end": [9], "reason": ["markup"]})
    table = find_occurrences(TEXTS, SENTENCE_TABLE, ["乡村振兴"], noise=noise)
    assert table["start"].tolist() == [0, 15]


@settings(deadline=None, max_examples=40)
@given(
    st.text(alphabet="甲乙丙", max_size=30),
    st.lists(st.text(alphabet="甲乙丙", min_size=1, max_size=3), min_size=1),
)
def test_overlapping_counts_are_those_of_a_simple_search(text, terms):
    sentences = SENTENCES.frame([("a", 0, 0, "plan", 0, len(text))])
    table = find_occurrences({"a": text}, sentences, terms, counting="overlapping")
    for term in set(terms):
        places = [i for i in range(len(text)) if text.startswith(term, i)]
        assert sorted(table.loc[table["term"] == term, "start"]) == places


def test_counts_by_document_and_term():
    counts = count_occurrences(find_occurrences(TEXTS, SENTENCE_TABLE, TERMS))
    assert dict(zip(counts["term"].astype("str"), counts["count"], strict=True)) == {
        "乡村振兴": 2, "乡村振兴战略": 1,
    }  # fmt: skip


def test_wrong_choices_are_named():
    with pytest.raises(ParameterError, match="counting: expected one of leftmost_longest"):
        found("regex")
    with pytest.raises(ParameterError, match="pass tokens"):
        found("token")
    with pytest.raises(ParameterError, match="terms: expected one or more"):
        find_occurrences(TEXTS, SENTENCE_TABLE, [""])
