"""Frequency: counts, relative frequency, document frequency, selection."""

import pandas as pd
import pytest

from workbench.errors import ParameterError
from workbench.measures.frequency import count_matrix, count_tokens, measure_frequency, select_terms
from workbench.tables import TOKENS

TOKEN_TABLE = TOKENS.check(
    pd.DataFrame(
        [("甲市_2024", 0, 0, 2, "发展", "vn"), ("甲市_2024", 0, 2, 3, "，", "x"),
         ("甲市_2024", 0, 3, 5, "发展", "vn"), ("甲市_2024", 0, 5, 7, "民生", "n"),
         ("乙市_2024", 0, 0, 2, "民生", "n"), ("乙市_2024", 0, 2, 6, "2024", "m")],
        columns=list(TOKENS.columns),
    )
)  # fmt: skip
COUNTS = count_tokens(TOKEN_TABLE)


def test_count_tokens_has_a_row_for_each_document_and_word():
    assert sorted(map(tuple, COUNTS.astype({"document_id": "str", "term": "str"}).to_numpy().tolist())) == [
        ("乙市_2024", "2024", 1), ("乙市_2024", "民生", 1), ("甲市_2024", "发展", 2),
        ("甲市_2024", "民生", 1), ("甲市_2024", "，", 1),
    ]  # fmt: skip


def test_select_terms_keeps_what_holds_the_characters():
    def kept(**options) -> set[str]:
        return set(select_terms(COUNTS, **options)["term"].astype("str"))

    assert kept() == {"发展", "民生"}
    assert kept(characters="word") == {"发展", "民生", "2024"}
    assert kept(characters="all") == {"发展", "民生", "2024", "，"}
    assert kept(stopwords=["发展"]) == {"民生"}
    assert kept(characters="all", minimum_length=3) == {"2024"}
    with pytest.raises(ParameterError, match="characters: expected one of all"):
        kept(characters="latin")


def test_frequency_of_all_documents():
    table = measure_frequency(select_terms(COUNTS)).set_index("term")
    assert table.index.tolist() == ["发展", "民生"]  # equal counts: in order of the term
    assert table.loc["民生"].drop("group").to_dict() == pytest.approx(
        {"count": 2, "tokens": 4, "per_10k": 5000.0, "documents": 2, "document_share": 1.0}
    )


def test_frequency_by_group_leaves_out_documents_without_group():
    table = measure_frequency(COUNTS, groups={"甲市_2024": "甲市"})
    assert set(table["group"]) == {"甲市"}
    assert table.set_index("term").loc["发展", "per_10k"] == pytest.approx(2 / 4 * 10_000)


def test_no_counts_give_no_rows():
    empty = COUNTS.head(0)
    assert measure_frequency(empty).empty
    assert select_terms(empty).empty
    assert count_tokens(TOKENS.empty()).empty
    assert count_matrix(empty, documents=["甲市_2024"]).shape == (1, 0)


def test_matrix_has_zeros_and_the_documents_asked_for():
    matrix = count_matrix(COUNTS, documents=["甲市_2024", "丙市_2024"])
    assert matrix.loc["甲市_2024", "2024"] == 0
    assert matrix.loc["丙市_2024"].sum() == 0
    assert matrix.loc["甲市_2024", "发展"] == 2
