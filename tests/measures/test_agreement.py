import numpy as np
import pandas as pd
import pytest

from workbench.errors import ParameterError
from workbench.measures.agreement import (
    measure_agreement,
    measure_alpha,
    measure_detection,
)


def sheet(rows):
    return pd.DataFrame(rows, columns=["document_id", "sentence", "quote", "status"])


FIRST = sheet(
    [
        ("甲市_2023", 1, "6%", "target"),
        ("甲市_2023", 1, "8%", "target"),
        ("甲市_2023", 2, "30家", "result"),
        ("甲市_2023", 2, "30家", "target"),
        ("甲市_2023", 3, "5亿元", "result"),
    ]
)
SECOND = sheet(
    [
        ("甲市_2023", 1, "6%", "target"),
        ("甲市_2023", 2, "30家", "result"),
        ("甲市_2023", 2, "30家", "result"),
        ("甲市_2023", 3, "5亿元", "result"),
        ("甲市_2023", 4, "9公里", "target"),
    ]
)


def test_alpha_of_the_published_example():
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: four observers,
    # twelve units, missing data; nominal alpha is 0.743, interval 0.849, ratio 0.797.
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    codings = pd.DataFrame(np.array(observers, dtype=float).T)
    assert measure_alpha(codings) == pytest.approx(0.743, abs=0.0005)
    assert measure_alpha(codings, level="ordinal") == pytest.approx(0.815, abs=0.0005)
    assert measure_alpha(codings, level="interval") == pytest.approx(0.849, abs=0.0005)
    assert measure_alpha(codings, level="ratio") == pytest.approx(0.797, abs=0.0005)


def test_alpha_of_two_coders_by_hand():
    # Codes aab / abb: the coincidences are aa 2, ab 2, bb 2, so observed disagreement is 2/6;
    # with margins 3 and 3 the expected is 2*3*3/(6*5) = 0.6; alpha = 1 - (1/3)/0.6 = 4/9.
    codings = pd.DataFrame({"first": list("aab"), "second": list("abb")})
    assert measure_alpha(codings) == pytest.approx(4 / 9)


def test_alpha_without_variation_is_not_a_number():
    assert np.isnan(measure_alpha(pd.DataFrame({"first": ["a", "a"], "second": ["a", "a"]})))
    assert np.isnan(measure_alpha(pd.DataFrame({"first": ["a", None], "second": [None, "b"]})))


def test_alpha_refuses_an_unknown_level():
    with pytest.raises(ParameterError, match="level: expected one of nominal"):
        measure_alpha(pd.DataFrame({"first": ["a"], "second": ["a"]}), level="metric")


def test_detection_is_the_f1_of_either_against_the_other():
    found = measure_detection(FIRST, SECOND, replications=200).iloc[0]
    assert found[["both", "first_only", "second_only"]].tolist() == [4, 1, 1]
    assert found["f1"] == pytest.approx(0.8)  # precision 4/5, recall 4/5
    assert found["f1_low"] <= 0.8 <= found["f1_high"]
    swapped = measure_detection(SECOND, FIRST, replications=200).iloc[0]
    assert swapped["f1"] == found["f1"]


def test_nothing_found_has_no_f1():
    assert np.isnan(measure_detection(FIRST.iloc[:0], SECOND.iloc[:0], replications=10)["f1"].iloc[0])


def test_agreement_equals_scikit_learn_and_hand_counts():
    from sklearn.metrics import cohen_kappa_score

    generator = np.random.default_rng(5)
    first = generator.choice(["target", "result", "context"], 120)
    second = np.where(generator.random(120) < 0.7, first, generator.choice(["target", "result"], 120))
    keys = {"document_id": "甲市_2023", "sentence": range(120), "quote": "6%"}
    measured = measure_agreement(
        pd.DataFrame({**keys, "status": first}),
        pd.DataFrame({**keys, "status": second}),
        fields=["status"],
        replications=200,
    ).iloc[0]
    assert measured["units"] == 120
    assert measured["percent"] == pytest.approx(100 * (first == second).mean())
    assert measured["kappa"] == pytest.approx(cohen_kappa_score(first, second))
    assert measured["alpha"] == pytest.approx(measure_alpha(pd.DataFrame({"a": first, "b": second})))
    for name in ("percent", "kappa", "alpha"):
        assert measured[f"{name}_low"] < measured[name] < measured[f"{name}_high"]


def test_fields_without_variation_or_units_have_no_kappa():
    same = measure_agreement(FIRST.head(2), FIRST.head(2), fields=["status"], replications=20).iloc[0]
    assert same["percent"] == 100
    assert np.isnan(same["kappa"])
    none = measure_agreement(FIRST.head(0), SECOND, fields=["status"], replications=20).iloc[0]
    assert none["units"] == 0


def test_missing_codes_leave_units_out_and_empty_ones_count():
    first = FIRST.assign(status=["", None, "result", "target", "result"])
    second = FIRST.assign(status=["", "target", "result", "target", ""])
    measured = measure_agreement(first, second, fields=["status"], replications=20).iloc[0]
    assert measured["units"] == 4
    assert measured["percent"] == 75


def test_a_field_that_a_sheet_lacks_is_named():
    with pytest.raises(ParameterError, match="'bound' is not in both sheets"):
        measure_agreement(FIRST, SECOND, fields=["bound"])
