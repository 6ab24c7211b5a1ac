"""Keyness: reference values of published variants, corrections, refused choices."""

import math

import numpy as np
import pandas as pd
import pytest
from association_measures import measures as package
from association_measures.frequencies import expected_frequencies
from nltk.metrics.association import BigramAssocMeasures
from scipy.stats import chi2_contingency
from statsmodels.stats import multitest

from workbench.errors import ParameterError
from workbench.measures.keyness import compare_keyness
from workbench.measures.keyness_scores import adjust_p, log_odds_z, score_keyness

A, B = np.array([30, 5, 0, 100]), np.array([10, 20, 8, 100])
REFERENCE = {  # sizes 1000 and 2000; four decimals as printed by the tools
    "g2_two_term": [29.0392, -2.1846, -6.4874, 23.5566],
    "log_ratio": [2.584963, -1, -3, 1],
    "bayes_factor": [21.0329, -5.8218, -1.5189, 15.5502],
    "percent_diff": [500, -50, -100, 100],
}


def counts_of(**documents) -> pd.DataFrame:
    rows = [(name, term, n) for name, terms in documents.items() for term, n in terms.items()]
    frame = pd.DataFrame(rows, columns=["document_id", "term", "count"])
    return frame.astype({"document_id": "category", "term": "category"})


@pytest.mark.parametrize("measure", REFERENCE)
def test_measures_have_their_reference_values(measure):
    assert score_keyness(A, B, 1000, 2000)[measure].to_numpy() == pytest.approx(REFERENCE[measure], abs=5e-5)


def test_first_row_has_the_reference_values_of_the_rarer_measures():
    row = score_keyness(A, B, 1000, 2000).iloc[0]
    expected = {
        "chi2": 31.672297, "chi2_yates": 29.800465, "odds_ratio": 6.154639,
        "simple_maths": 5.999, "ell": 0.003737,
    }  # fmt: skip
    assert row[list(expected)].to_dict() == pytest.approx(expected, abs=1e-6)


def test_g2_and_chi2_are_scipys():
    scores = score_keyness(A, B, 1000, 2000)
    for a, b, g2, chi2, yates in zip(A, B, scores["g2"], scores["chi2"], scores["chi2_yates"], strict=True):
        table = [[a, b], [1000 - a, 2000 - b]]
        assert abs(g2) == pytest.approx(
            chi2_contingency(table, lambda_="log-likelihood", correction=False)[0]
        )
        assert abs(chi2) == pytest.approx(chi2_contingency(table, correction=False)[0])
        assert abs(yates) == pytest.approx(chi2_contingency(table, correction=True)[0])


def test_g2_and_chi2_are_nltks():
    scores = score_keyness(A, B, 1000, 2000)
    for a, b, g2, chi2 in zip(A, B, scores["g2"], scores["chi2"], strict=True):
        marginals = (int(a), (1000, int(a + b)), 3000)
        # a cell of 0 is 1e-20 to it, whose logarithm weighs 1e-18
        assert abs(g2) == pytest.approx(BigramAssocMeasures.likelihood_ratio(*marginals), abs=1e-9)
        assert abs(chi2) == pytest.approx(BigramAssocMeasures.chi_sq(*marginals), abs=1e-9)


def test_quantedas_g2_differs_by_the_epsilon_in_its_logarithms():
    """quanteda sums O ln(O/E + 1e-9), so that a cell of 0 is no error; the published values have it.

    Its sum is larger by about 2 (E1 + … + E4) 1e-9 = 2 N 1e-9: 6e-6 here, where N is 3,000. The
    workbench takes 0 ln 0 as 0, as scipy, NLTK and association-measures do, and adds nothing.
    """
    epsilon, published = 1e-9, [29.462735, -2.201409, -6.498138, 25.353247]
    scores = score_keyness(A, B, 1000, 2000)
    for a, b, ours, theirs in zip(A, B, scores["g2"], published, strict=True):
        observed = np.array([[a, b], [1000 - a, 2000 - b]], dtype=float)
        expected = np.outer(observed.sum(1), observed.sum(0)) / 3000
        with_epsilon = 2 * (observed * np.log(observed / expected + epsilon)).sum()
        assert with_epsilon == pytest.approx(abs(theirs), abs=1e-6)
        assert with_epsilon - abs(ours) == pytest.approx(2 * 3000 * epsilon, abs=1e-7)
    # its "default": Yates' correction where a cell is small (row 3), else none; Williams' by name
    assert scores["g2_yates"].iloc[2] - 2 * 3000 * epsilon == pytest.approx(-3.446986, abs=1e-6)
    assert scores["g2_williams"].iloc[0] == pytest.approx(29.039171, abs=1e-5)


def test_two_term_g2_and_its_bayes_factor_are_the_formula_of_the_ucrel_wizard():
    scores = score_keyness(A, B, 1000, 2000)
    for a, b, g2, bic in zip(A, B, scores["g2_two_term"], scores["bayes_factor"], strict=True):
        e1, e2 = 1000 * (a + b) / 3000, 2000 * (a + b) / 3000
        by_hand = 2 * ((a * math.log(a / e1) if a else 0) + b * math.log(b / e2))
        assert abs(g2) == pytest.approx(by_hand, abs=1e-9)
        assert bic == pytest.approx(by_hand - math.log(3000), abs=1e-9)


def test_bh_and_holm_agree_with_statsmodels():
    p = np.random.default_rng(1).random(50) ** 3
    for ours, theirs in (("holm", "holm"), ("bh", "fdr_bh"), ("bonferroni", "bonferroni")):
        assert adjust_p(p, ours) == pytest.approx(multitest.multipletests(p, method=theirs)[1])


def test_log_ratio_variants_have_their_reference_values():
    assert score_keyness(A, B, 1000, 2000, zero=0.001)["log_ratio"].iloc[2] == pytest.approx(
        -11.966, abs=1e-3
    )
    conservative = score_keyness(A, B, 1000, 2000, alpha=0.001, tests=4)["log_ratio_conservative"]
    assert conservative.iloc[0] == pytest.approx(0.7218, abs=5e-5)
    assert conservative.iloc[1:3].tolist() == [0, 0]  # the interval holds 0


def test_measures_agree_with_association_measures():
    frame = pd.DataFrame({"O11": A, "O12": 1000 - A, "O21": B, "O22": 2000 - B}).astype(float)
    frame = frame.assign(R1=1000.0, R2=2000.0, C1=A + B, C2=3000.0 - A - B, N=3000.0)
    frame = pd.concat([frame, expected_frequencies(frame)], axis=1)
    scores = score_keyness(A, B, 1000, 2000, tests=4)
    ours = scores[["g2", "log_ratio", "log_ratio_conservative"]].to_numpy()
    theirs = [
        package.log_likelihood(frame),
        package.log_ratio(frame, disc=0.5, discounting="Hardie2014"),
        package.conservative_log_ratio(frame, disc=0.5, alpha=0.001, vocab=4),
    ]
    assert ours == pytest.approx(np.column_stack(theirs), abs=1e-9)


def test_informed_prior_draws_common_terms_to_zero():
    counts = counts_of(a={"的": 90, "创新": 10}, b={"的": 99, "民生": 1})
    background = {"的": 1000.0, "创新": 10.0, "民生": 10.0}
    plain = compare_keyness(counts, target=["a"], reference=["b"]).set_index("term")["log_odds_z"]
    informed = compare_keyness(counts, target=["a"], reference=["b"], prior=background)
    assert abs(informed.set_index("term").loc["的", "log_odds_z"]) < abs(plain["的"])
    with pytest.raises(ParameterError, match="found none for 民生"):
        compare_keyness(counts, target=["a"], reference=["b"], prior={"的": 1, "创新": 1})


def test_log_odds_has_its_reference_value():
    z = log_odds_z(np.array([30, 5, 0, 965]), np.array([10, 20, 8, 1962]), 0.01)
    assert z[0] == pytest.approx(4.976828, abs=1e-6)


def test_compare_keyness_counts_each_set():
    counts = counts_of(
        a={"创新": 30, "工业": 70}, b={"创新": 4, "民生": 96}, c={"创新": 6, "工业": 94}, d={"创新": 900}
    )
    table = compare_keyness(counts, target=["a"], reference=["b", "c"]).set_index("term")
    assert table.loc["创新", ["target_count", "reference_count"]].tolist() == [30, 10]
    assert table.loc["民生", "g2"] < 0 < table.loc["创新", "g2"]
    assert np.isnan(table.loc["民生", "log_ratio_low"])
    assert table.loc["创新", "target_per_10k"] == pytest.approx(3000)


def test_undefined_values_are_empty_with_a_reason():
    table = compare_keyness(counts_of(a={"甲": 5, "乙": 5}, b={"乙": 9}), target=["a"], reference=["b"])
    row = table.set_index("term").loc["甲"]
    assert np.isnan(row["percent_diff"])
    assert np.isnan(row["odds_ratio"])
    assert row["reason"] == "not in the reference"


def test_p_values_are_adjusted_by_the_published_steps():
    p = np.array([0.01, 0.04, 0.03, 0.005])
    assert adjust_p(p, "holm") == pytest.approx([0.03, 0.06, 0.06, 0.02])  # by hand
    assert adjust_p(p, "bh") == pytest.approx([0.02, 0.04, 0.04, 0.02])
    assert adjust_p(p, "bonferroni") == pytest.approx([0.04, 0.16, 0.12, 0.02])


def test_wrong_choices_are_named():
    counts = counts_of(a={"甲": 1}, b={"乙": 1})
    with pytest.raises(ParameterError, match="found a; take it out"):
        compare_keyness(counts, target=["a"], reference=["a", "b"])
    with pytest.raises(ParameterError, match="reference: expected documents"):
        compare_keyness(counts, target=["a"], reference=["z"])
    with pytest.raises(ParameterError, match="correction: expected one of holm"):
        adjust_p(np.array([0.5]), "sidak")
