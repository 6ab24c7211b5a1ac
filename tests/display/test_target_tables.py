"""Target tables quote the clause and say what is not stated."""

import pandas as pd

from workbench.display.target_tables import show_panel, show_statements, show_targets

TEXT = "今年主要预期目标是:地区生产总值增长6%左右,财政收入增长3%。"
TEXTS = {"甲_2024": TEXT, "乙_2024": TEXT}
STATEMENT = {
    "document_id": "甲_2024",
    "start": 17,
    "end": 19,
    "quote": "6%",
    "indicator": "地区生产总值",
    "indicator_id": "gdp",
    "measure": "growth",
    "direction": "up",
    "low": 6.0,
    "high": 6.0,
    "unit": "%",
    "bound": "about",
    "status": "target",
    "period": "2024",
    "strength": "",
    "evidence": "今年主要预期目标是:地区生产总值增长6%左右,财政收入增长3%。",
}


def test_wording_is_the_clause_around_the_value():
    frame = show_statements(pd.DataFrame([STATEMENT]), TEXTS, caption="").frame
    assert str(frame["原文 wording"][0]) == "地区生产总值增长6%左右"
    assert str(frame["数值 value"][0]) == "≈6%"
    assert frame["数值 value"][0].href == "#p-17-19"
    assert frame["指标 indicator"][0] == "地区生产总值 Gross regional product"


def test_wording_is_that_of_the_place_not_of_an_equal_number_before_it():
    text = "生产总值增长5.5%左右、城镇调查失业率5%以内。"
    place = text.index("5%以内")
    row = STATEMENT | {"start": place, "end": place + 2, "quote": "5%", "evidence": text}
    frame = show_statements(pd.DataFrame([row]), {"甲_2024": text}, caption="").frame
    assert str(frame["原文 wording"][0]).endswith("城镇调查失业率5%以内")


TARGET = STATEMENT | {
    **{"form": "stated", "constraint": "soft", "stretch": True, "stretch_value": 7.0},
    **{"result_low": 5.2, "result_high": 5.2, "result_bound": "exact", "result_direction": "up"},
    **{"result_start": 3, "result_end": 7, "result_quote": "5.2%", "result_evidence": "增长5.2%"},
}


def test_targets_tell_target_firmness_and_the_year_before():
    relative = TARGET | {
        **{"indicator_id": "income_resident", "form": "relative", "constraint": "none", "strength": "确保"},
        **{
            "low": None,
            "high": None,
            "unit": "",
            "bound": "in_step",
            "stretch": False,
            "stretch_value": None,
        },
        **{"result_low": None, "result_high": None, "result_start": None, "result_end": None},
    }
    panel = pd.DataFrame({"form": ["stated", "relative", "absent"], "indicator_id": ["gdp", "x", "cpi"]})
    shown = show_targets(pd.DataFrame([TARGET, relative]), panel, TEXTS)
    assert shown.frame["目标 target"].tolist() == ["≈6%,力争 7%", "相对目标 relative"]
    assert shown.frame["约束力 how firm"].tolist() == ["软约束 soft", "确保"]
    assert shown.frame["上年结果 year before"].map(str).tolist() == ["5.2%", "–"]
    assert "No target found for 1 more: 居民消费价格指数" in shown.note
    assert "coded records" in shown.note


def test_a_report_without_targets_says_so():
    empty = pd.DataFrame([TARGET]).iloc[:0]
    panel = pd.DataFrame({"form": ["absent"], "indicator_id": ["gdp"]})
    assert "for the year: 0" in show_targets(empty, panel, TEXTS).caption


def test_columns_that_say_nothing_are_left_out():
    one = show_statements(pd.DataFrame([STATEMENT]), TEXTS, caption="").frame
    assert "力度 commitment" not in one
    assert "性质 status" not in one
    two = show_statements(
        pd.DataFrame([STATEMENT, {**STATEMENT, "status": "result", "strength": "力争"}]), TEXTS, caption=""
    ).frame
    assert two["力度 commitment"].tolist() == ["", "力争"]
    assert two["性质 status"].tolist() == ["目标 target", "结果 result"]


def test_panel_tells_absent_from_relative():
    base = {**STATEMENT, "form": "stated"}
    relative = {**base, "document_id": "乙_2024", "form": "relative", "quote": "与经济增长同步"}
    absent = {**base, "document_id": "丙_2024", "form": "absent", "start": None, "end": None, "quote": ""}
    panel = pd.DataFrame([base, relative, absent])
    cells = show_panel(panel, indicators=["gdp"]).frame.iloc[:, 1].map(str).tolist()
    assert cells == ["≈6%", "与经济增长同步 (相对目标 relative)", "未提及 not stated"]
