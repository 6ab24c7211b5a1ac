"""Dispersion: reference values, what even and uneven mean, undefined cases."""

import corpus_dispersion as package
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError
from workbench.measures.dispersion import measure_dispersion, score_dispersion

# v = 1..5 in parts of 9, 10, 10, 10, 11. scattertext 0.2.2, which holds SciPy at 1.13 and is therefore run
# in an environment of its own, gives the same but for Carroll's D2, which it lacks.
REFERENCE = {
    "dp": 0.18,
    "dp_norm": 0.219512,
    "juilland_d": 0.785150,
    "carroll_d2": 0.937921,
    "rosengren_s": 0.949816,
    "kl": 0.136972,
    "da": 0.697450,
}


def counts_of(**documents) -> pd.DataFrame:
    rows = [(name, term, n) for name, terms in documents.items() for term, n in terms.items()]
    frame = pd.DataFrame(rows, columns=["document_id", "term", "count"])
    return frame.astype({"document_id": "category", "term": "category"})


@pytest.mark.parametrize("measure", REFERENCE)
def test_measures_have_their_reference_values(measure):
    scores = score_dispersion(np.array([[1, 2, 3, 4, 5]]), np.array([9, 10, 10, 10, 11]))
    assert scores[measure].iloc[0] == pytest.approx(REFERENCE[measure], abs=1e-6)


def test_juilland_on_raw_counts_has_its_reference_value():
    scores = score_dispersion(np.array([[1, 2, 3, 4, 5]]), np.full(5, 10))
    assert scores["juilland_d_raw"].iloc[0] == pytest.approx(0.764298, abs=1e-6)
    assert scores["juilland_d"].iloc[0] == pytest.approx(0.764298, abs=1e-6)  # equal parts: the same


def test_measures_agree_with_corpus_dispersion():
    draw = np.random.default_rng(7)
    names = {
        "dp": "dp",
        "dp_norm": "dp_norm",
        "juilland_d": "juilland_d",
        "carroll_d2": "carroll_d2",
        "rosengren_s": "roschengren_s_adj",
        "kl": "kl_divergence",
        "da": "evenness_da",
        "range": "range",
    }
    for _ in range(20):
        sizes = draw.integers(500, 2000, 12)
        counts = draw.integers(0, 9, 12)
        analyzer = package.CorpusWordAnalyzer(counts.tolist(), sizes.tolist(), int(sizes.sum()))
        oracle = analyzer.calculate_all_metrics()
        expected = {ours: getattr(oracle, theirs) for ours, theirs in names.items()}
        scores = score_dispersion(counts[None, :], sizes).iloc[0]
        assert scores[list(names)].astype(float).to_dict() == pytest.approx(expected, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 500), min_size=2, max_size=8), st.integers(1, 9))
def test_a_term_in_proportion_to_the_sizes_is_even(sizes, times):
    scores = score_dispersion(np.array([sizes]) * times, np.array(sizes) * 100).iloc[0]
    even = {"dp": 0, "dp_norm": 0, "juilland_d": 1, "carroll_d2": 1, "rosengren_s": 1, "kl": 0, "da": 1}
    assert scores[list(even)].astype(float).to_dict() == pytest.approx(even, abs=1e-6)


def test_a_term_in_one_of_equal_parts_is_as_uneven_as_can_be():
    scores = score_dispersion(np.array([[8, 0, 0, 0]]), np.full(4, 50)).iloc[0]
    worst = {"dp_norm": 1, "juilland_d": 0, "carroll_d2": 0, "rosengren_s": 0.25, "kl": 2, "da": 0}
    assert scores[list(worst)].astype(float).to_dict() == pytest.approx(worst, abs=1e-12)


def test_undefined_values_are_empty_with_a_reason():
    one = score_dispersion(np.array([[3]]), np.array([10])).iloc[0]
    assert np.isnan(one["dp"])
    assert one["reason"] == "one part only"
    none = score_dispersion(np.array([[0, 0]]), np.array([10, 10])).iloc[0]
    assert np.isnan(none["juilland_d"])
    assert none["reason"] == "the term does not occur"


def test_parts_are_documents_or_what_is_given():
    counts = counts_of(a={"甲": 6, "乙": 4}, b={"甲": 6, "乙": 4}, c={"乙": 20})
    table = measure_dispersion(counts).set_index("term")
    assert table.loc["甲", ["count", "parts", "range"]].tolist() == [12, 3, 2]
    assert table.loc["甲", "dp"] == pytest.approx(0.5)  # half of it is where none of it should be
    merged = measure_dispersion(counts, parts={"a": "x", "b": "y", "c": "y"}, over="regions").set_index(
        "term"
    )
    assert merged.loc["甲", ["parts", "over"]].tolist() == [2, "regions"]
    with pytest.raises(ParameterError, match="found none for c"):
        measure_dispersion(counts, parts={"a": "x", "b": "y"})


def test_terms_below_the_minimum_are_left_out():
    counts = counts_of(a={"甲": 5, "乙": 1}, b={"甲": 5, "乙": 1})
    assert measure_dispersion(counts)["term"].tolist() == ["甲"]
    assert measure_dispersion(counts, minimum_count=50).empty
