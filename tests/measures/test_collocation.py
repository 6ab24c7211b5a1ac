"""Collocation: reference values, windows, boundaries, pairs."""

import numpy as np
import pandas as pd
import pytest
from association_measures import measures as association_measures
from association_measures.frequencies import expected_frequencies
from nltk.metrics.association import BigramAssocMeasures

from workbench.errors import ParameterError
from workbench.measures.collocation import measure_collocates, measure_pairs, score_association
from workbench.tables import TOKENS

REFERENCE = {  # O=20, f1=100, f2=200, N=10000
    "expected": 2,
    "mi": 3.321928,
    "mi3": 11.965784,
    "t_score": 4.024922,
    "z_score": 12.727922,
    "log_dice": 11.093109,
    "dice": 0.133333,
    "jaccard": 0.071429,
    "g2": 61.354578,
    "simple_ll": 56.103404,
    "delta_p_forward": 0.181818,
}


def tokens_of(*sentences: str) -> pd.DataFrame:
    """Tokens of sentences whose words are parted by blanks."""
    rows, start = [], 0
    for number, sentence in enumerate(sentences):
        for word in sentence.split():
            rows.append(("甲市_2024", number, start, start + len(word), word, ""))
            start += len(word)
    return TOKENS.check(pd.DataFrame(rows, columns=list(TOKENS.columns)))


@pytest.mark.parametrize("measure", REFERENCE)
def test_measures_have_their_reference_values(measure):
    scores = score_association(np.array([20]), np.array([100]), np.array([200]), 10_000)
    assert scores[measure].iloc[0] == pytest.approx(REFERENCE[measure], abs=1e-6)


def test_measures_agree_with_nltk():
    for o, f1, f2, n in ((20, 100, 200, 10_000), (1, 40, 900, 5_000), (7, 7, 9, 300)):
        scores = score_association(np.array([o]), np.array([f1]), np.array([f2]), n).iloc[0]
        marginals = (o, (f1, f2), n)
        assert scores["mi"] == pytest.approx(BigramAssocMeasures.pmi(*marginals))
        assert scores["t_score"] == pytest.approx(BigramAssocMeasures.student_t(*marginals))
        assert scores["dice"] == pytest.approx(BigramAssocMeasures.dice(*marginals))
        assert scores["jaccard"] == pytest.approx(BigramAssocMeasures.jaccard(*marginals))
        assert abs(scores["g2"]) == pytest.approx(BigramAssocMeasures.likelihood_ratio(*marginals))


def test_measures_agree_with_association_measures():
    for o, f1, f2, n in ((20, 100, 200, 10_000), (1, 40, 900, 5_000), (7, 7, 9, 300)):
        cells = {"O11": o, "O12": f1 - o, "O21": f2 - o, "O22": n - f1 - f2 + o}
        margins = {"R1": f1, "R2": n - f1, "C1": f2, "C2": n - f2, "N": n}
        table = pd.DataFrame({**cells, **margins}, index=[0], dtype=float)
        table = pd.concat([table, expected_frequencies(table)], axis=1)
        scores = score_association(np.array([o]), np.array([f1]), np.array([f2]), n).iloc[0]
        for name in ("t_score", "z_score", "dice", "simple_ll"):
            expected = getattr(association_measures, name)(table).iloc[0]
            # its simple-ll has the sign of attraction, as ours has for all tests
            assert scores[name] == pytest.approx(expected, abs=1e-9), name
        assert scores["g2"] == pytest.approx(association_measures.log_likelihood(table).iloc[0], abs=1e-9)
        # it takes the common logarithm where Church and Hanks take the binary one
        theirs = association_measures.mutual_information(table).iloc[0]
        assert scores["mi"] == pytest.approx(theirs * np.log2(10), abs=1e-9)


def test_window_counts_both_sides_and_leaves_signs_out():
    table = measure_collocates(
        tokens_of("稳 就业 ， 促 创业", "就业 创业"), "就业", window=(1, 2), minimum_count=1
    ).set_index("collocate")
    assert table[["left", "right"]].to_dict("index") == {
        "稳": {"left": 1, "right": 0},
        "促": {"left": 0, "right": 1},
        "创业": {"left": 0, "right": 2},
    }
    assert table.loc["创业", ["node_count", "collocate_count", "size"]].tolist() == [2, 2, 6]


def test_boundaries_close_the_window():
    tokens = tokens_of("稳 就业 ， 促 创业", "扩大 内需")
    near = {
        boundary: set(
            measure_collocates(tokens, "就业", window=(9, 9), boundary=boundary, minimum_count=1)["collocate"]
        )
        for boundary in ("clause", "sentence", "document")
    }
    assert near == {
        "clause": {"稳"},
        "sentence": {"稳", "促", "创业"},
        "document": {"稳", "促", "创业", "扩大", "内需"},
    }


def test_expected_by_the_window_takes_the_places_in_it():
    tokens = tokens_of("甲 乙 丙 丁", "乙 丁 丙 丁")
    table = measure_collocates(tokens, "乙", window=(0, 2), expected="window", minimum_count=1)
    row = table.set_index("collocate").loc["丁"]
    assert row["expected"] == pytest.approx(4 * 3 / 8)  # four places in windows, 丁 3 of 8 tokens
    assert row["count"] == 2
    assert row["node_count"] == 2


def test_pairs_stand_side_by_side_within_a_clause():
    tokens = tokens_of("营商 环境 ， 环境 优化", "营商 环境")
    table = measure_pairs(tokens, minimum_count=1)
    assert dict(zip(table["node"] + table["collocate"], table["count"], strict=True)) == {
        "营商环境": 2, "环境优化": 1,
    }  # fmt: skip


def test_impossible_tables_are_empty_with_a_reason():
    scores = score_association(np.array([5]), np.array([2]), np.array([3]), 20)
    assert np.isnan(scores["g2"].iloc[0])
    assert "below 0" in scores["reason"].iloc[0]


def test_wrong_choices_are_named():
    tokens = tokens_of("稳 就业")
    with pytest.raises(ParameterError, match="node: expected a word of the tokens, found '通胀'"):
        measure_collocates(tokens, "通胀")
    with pytest.raises(ParameterError, match="boundary of document"):
        measure_collocates(tokens, "就业", boundary="page")
