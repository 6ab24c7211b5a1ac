import pandas as pd
import pytest

from workbench.targets.scores import score_fields


def pair(document, *, gold=True, found=True, wrong=""):
    both = gold and found
    return {"document_id": document, "gold": gold, "found": found, "detect": both, "wrong": wrong}


def test_a_field_counts_where_the_record_is_found_and_the_field_right():
    pairs = pd.DataFrame(
        [
            pair("甲市_2023"),
            pair("甲市_2023", wrong="status,period"),
            pair("甲市_2023", found=False, wrong="missed"),
            pair("乙市_2023", wrong="period"),
            pair("乙市_2023", gold=False, wrong="spare"),
        ]
    )
    scores = score_fields(pairs, resamples=200).set_index("field")
    assert scores.loc["found", ["gold", "predicted", "right"]].tolist() == [4, 4, 3]
    assert scores.loc["found", "f1"] == pytest.approx(0.75)
    assert scores.loc["status", "f1"] == pytest.approx(2 / 4)
    assert scores.loc["period", "precision"] == pytest.approx(1 / 4)
    assert (scores["f1_low"] <= scores["f1"]).all()
    assert (scores["f1"] <= scores["f1_high"]).all()


def test_nothing_to_compare_has_no_scores():
    assert score_fields(pd.DataFrame(columns=["document_id", "gold", "found", "detect", "wrong"])).empty
