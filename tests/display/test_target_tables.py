"""Target tables quote the clause and say what is not stated."""

import pandas as pd

from workbench.display.target_tables import show_panel, show_statements

STATEMENT = {
    "document_id": "甲_2024",
    "start": 18,
    "end": 20,
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
    frame = show_statements(pd.DataFrame([STATEMENT]), caption="").frame
    assert str(frame["原文 wording"][0]) == "地区生产总值增长6%左右"
    assert str(frame["数值 value"][0]) == "≈6%"
    assert frame["数值 value"][0].href == "#p-18-20"
    assert frame["指标 indicator"][0] == "地区生产总值 Gross regional product"


def test_a_value_that_occurs_twice_is_quoted_where_it_stands():
    evidence = "地区生产总值增长5%以上,城镇调查失业率控制在5%以内。"
    begin = 100
    unemployment = {**STATEMENT, "indicator": "城镇调查失业率", "quote": "5%", "evidence": evidence}
    unemployment["start"] = begin + evidence.rindex("5%")
    (alone,) = show_statements(pd.DataFrame([unemployment]), caption="").frame["原文 wording"].map(str)
    assert alone == "城镇调查失业率控制在5%以内"
    gdp = {**unemployment, "indicator": "", "start": begin + evidence.index("5%")}
    both = show_statements(pd.DataFrame([gdp, {**unemployment, "indicator": ""}]), caption="").frame
    assert both["原文 wording"].map(str).tolist() == ["地区生产总值增长5%以上", "城镇调查失业率控制在5%以内"]


def test_columns_that_say_nothing_are_left_out():
    one = show_statements(pd.DataFrame([STATEMENT]), caption="").frame
    assert "力度 commitment" not in one
    assert "性质 status" not in one
    two = show_statements(
        pd.DataFrame([STATEMENT, {**STATEMENT, "status": "result", "strength": "力争"}]), caption=""
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
