import pandas as pd

from workbench.measures.codings import list_disagreements, match_units, settle_codes


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


def test_units_are_matched_in_their_order():
    matched = match_units(FIRST, SECOND)
    assert matched["found_by"].value_counts().to_dict() == {"both": 4, "first": 1, "second": 1}
    twice = matched[matched["quote"] == "30家"].sort_values("occurrence")
    assert twice["status_first"].tolist() == ["result", "target"]


def test_disagreements_are_listed_with_both_codes():
    listed = list_disagreements(FIRST, SECOND, fields=["status"])
    assert listed[["quote", "field", "first", "second"]].to_numpy().tolist() == [
        ["8%", "found", "yes", "no"],
        ["30家", "status", "target", "result"],
        ["9公里", "found", "no", "yes"],
    ]


def test_settled_codes_take_decisions_where_coders_differ():
    listed = list_disagreements(FIRST, SECOND, fields=["status"])
    open_ = settle_codes(FIRST, SECOND, listed.assign(decision=None), fields=["status"])
    assert len(open_) == 4
    assert open_["status"].isna().sum() == 1
    decided = settle_codes(FIRST, SECOND, listed.assign(decision=["yes", "target", "no"]), fields=["status"])
    codes = decided[["sentence", "quote", "occurrence", "status"]].to_numpy().tolist()
    assert sorted(codes) == [
        [1, "6%", 0, "target"],
        [1, "8%", 0, "target"],
        [2, "30家", 0, "result"],
        [2, "30家", 1, "target"],
        [3, "5亿元", 0, "result"],
    ]
