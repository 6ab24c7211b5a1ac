"""Concordance: quotations, context, order, the three ways to match."""

import pandas as pd
import pytest

from workbench.errors import ParameterError
from workbench.measures.concordance import find_concordance
from workbench.tables import SENTENCES, TOKENS

TEXTS = {"甲市_2024": "稳就业，促就业。\n就业优先", "乙市_2024": "扩大就业创业。"}
SPANS = [
    ("甲市_2024", 0, 0, "plan", 0, 8),
    ("甲市_2024", 1, 0, "plan", 9, 13),
    ("乙市_2024", 0, 0, "plan", 0, 7),
]
SENTENCE_TABLE = SENTENCES.frame(SPANS)


def test_each_line_is_a_quotation_with_its_context():
    lines = find_concordance(TEXTS, SENTENCE_TABLE, "就业", width=2)
    assert lines[["document_id", "sentence", "start", "left", "keyword", "right"]].to_numpy().tolist() == [
        ["甲市_2024", 0, 1, "稳", "就业", "，促"],
        ["甲市_2024", 0, 5, "，促", "就业", "。"],
        ["甲市_2024", 1, 9, "", "就业", "优先"],
        ["乙市_2024", 0, 2, "扩大", "就业", "创业"],
    ]
    for row in lines.itertuples():
        assert TEXTS[row.document_id][row.start : row.end] == row.keyword


def test_context_may_reach_over_sentences_and_shows_line_ends_as_blanks():
    lines = find_concordance(TEXTS, SENTENCE_TABLE, "优先", width=4, scope="document")
    assert lines["left"].tolist() == ["。 就业"]


def test_order_by_context_reads_the_left_from_the_term_outwards():
    left = find_concordance(TEXTS, SENTENCE_TABLE, "就业", order="left")["left"].tolist()
    assert left == sorted(left, key=lambda text: text[::-1])
    right = find_concordance(TEXTS, SENTENCE_TABLE, "就业", order="right")["right"].tolist()
    assert right == sorted(right)


def test_token_match_leaves_out_parts_of_longer_words():
    tokens = TOKENS.check(
        pd.DataFrame(
            [("乙市_2024", 0, 0, 2, "扩大", "v"), ("乙市_2024", 0, 2, 6, "就业创业", "n"),
             ("甲市_2024", 1, 9, 11, "就业", "n")],
            columns=list(TOKENS.columns),
        )
    )  # fmt: skip
    lines = find_concordance(TEXTS, SENTENCE_TABLE, "就业", match="token", tokens=tokens)
    assert lines[["document_id", "start"]].to_numpy().tolist() == [["甲市_2024", 9]]


def test_pattern_match():
    lines = find_concordance(TEXTS, SENTENCE_TABLE, "[稳促]就业", match="pattern")
    assert lines["keyword"].tolist() == ["稳就业", "促就业"]


def test_no_match_is_an_empty_table():
    assert find_concordance(TEXTS, SENTENCE_TABLE, "通胀").empty


def test_wrong_choices_are_named():
    with pytest.raises(ParameterError, match="term: expected one or more"):
        find_concordance(TEXTS, SENTENCE_TABLE, " ")
    with pytest.raises(ParameterError, match="regular expression"):
        find_concordance(TEXTS, SENTENCE_TABLE, "(", match="pattern")
    with pytest.raises(ParameterError, match="order: expected one of position"):
        find_concordance(TEXTS, SENTENCE_TABLE, "就业", order="year")
    with pytest.raises(ParameterError, match="pass tokens"):
        find_concordance(TEXTS, SENTENCE_TABLE, "就业", match="token")
