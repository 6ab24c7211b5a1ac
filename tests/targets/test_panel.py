"""The target panel: forms, the headline, stretch, results, superiors, constraint (invented reports)."""

import math
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest

from workbench.errors import TableError
from workbench.tables import DOCUMENTS, SENTENCES, STATEMENTS, TARGET_PANEL
from workbench.targets.commitment import code_constraint
from workbench.targets.fulfilment import Tolerance
from workbench.targets.panel import build_target_panel

HEADLINE = "今年主要预期目标是："


def mark(quote: str, indicator_id: str, **values: Any) -> dict[str, Any]:
    """Return a statement's fields; its place is found by its quote when the report is put together."""
    number = re.match(r"\d+(\.\d+)?", quote)
    low = float(number.group()) if number else None
    row = {
        "kind": "numeric" if number else "qualitative",
        "quote": quote,
        "indicator": "",
        "indicator_id": indicator_id,
        "measure": "growth",
        "direction": "up" if number else "",
        "low": low,
        "high": low,
        "unit": "%" if number else "",
        "bound": "exact" if number else "in_step",
        "status": "target",
        "strength": "",
        "section": 0,
        "rule": "by hand",
    }
    return row | values


class Shelf:
    """Reports put together by hand, and the tables of them."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.documents: list[dict[str, Any]] = []
        self.sentences: list[dict[str, Any]] = []
        self.statements: list[dict[str, Any]] = []

    def add(
        self, name: str, text: str, marks: Iterable[dict[str, Any]], *, parent: str = "", **about: Any
    ) -> None:
        region, year = name.split("_")[:2]
        self.texts[name] = text
        blank = dict.fromkeys(
            ("region_code", "province", "title", "date", "source", "path", "sha256", "encoding"), ""
        )
        self.documents.append(
            {
                **blank,
                "document_id": name,
                "region": region,
                "level": "prefecture",
                "parent": parent,
                "year": int(year),
                "genre": "full report",
                "characters": len(text),
                "noise_characters": 0,
                **about,
            }
        )
        spans = [m.span() for m in re.finditer(r"[^。\n]+。?", text)]
        for number, (start, end) in enumerate(spans):
            part = "review" if "去年" in text[start:end] else "plan"
            row = (name, number, 0, part, start, end)
            self.sentences.append(dict(zip(SENTENCES.columns, row, strict=True)))
        self._place(name, text, list(marks), int(year), spans)

    def _place(self, name: str, text: str, marks: list[dict[str, Any]], year: int, spans: list[Any]) -> None:
        at = 0
        for row in marks:
            at = text.index(row["quote"], at)
            end = at + len(row["quote"])
            number = next(n for n, span in enumerate(spans) if span[0] <= at < span[1])
            part = "review" if row["status"] == "result" else "plan"
            period = str(year - 1 if row["status"] == "result" else year)
            place = {"document_id": name, "start": at, "end": end, "part": part, "sentence": number}
            evidence = text[slice(*spans[number])]
            self.statements.append({"period": period, **row, **place, "evidence": evidence})
            at = end if row.get("advance", True) else at
            self.statements[-1].pop("advance", None)

    def panel(self, **options: Any) -> pd.DataFrame:
        return build_target_panel(
            self.texts,
            DOCUMENTS.frame(self.documents),
            SENTENCES.frame(self.sentences),
            STATEMENTS.frame(self.statements),
            **options,
        )


def one(panel: pd.DataFrame, name: str, indicator: str, measure: str | None = None) -> pd.Series:
    rows = panel[(panel["document_id"] == name) & (panel["indicator_id"] == indicator)]
    rows = rows[rows["measure"] == measure] if measure else rows
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_each_document_and_indicator_in_scope_has_a_row(shelf):
    text = HEADLINE + "地区生产总值增长6%左右。"
    shelf.add("甲市_2024", text, [mark("6%", "gdp", bound="about")])
    names = ["地区生产总值", "居民消费价格"]
    scope = pd.DataFrame({"id": ["gdp", "cpi"], "name_zh": names, "aliases": ["", "CPI"]})
    panel = shelf.panel(indicators=scope)
    assert panel[["indicator_id", "form"]].to_numpy().tolist() == [["gdp", "stated"], ["cpi", "absent"]]
    assert list(panel.columns) == list(TARGET_PANEL.columns)
    row = panel.iloc[0]
    assert text[row["start"] : row["end"]] == row["quote"] == "6%"
    assert panel["start"].isna().tolist() == [False, True]


def test_forms_follow_the_bound(shelf):
    text = HEADLINE + "进出口稳中提质，居民收入与经济增长同步，单位GDP能耗完成省下达任务，养老床位翻一番。"
    marks = [
        mark("稳中提质", "foreign_trade", bound="stable"),
        mark("与经济增长同步", "income_resident"),
        mark("完成省下达任务", "energy_intensity", bound="assigned", measure="level"),
        mark("翻一番", "elderly_beds", bound="doubling"),
    ]
    shelf.add("甲市_2024", text, marks)
    panel = shelf.panel()
    asked = ("foreign_trade", "income_resident", "energy_intensity")
    forms = {i: one(panel, "甲市_2024", i)["form"] for i in asked}
    assert forms == {
        "foreign_trade": "qualitative",
        "income_resident": "relative",
        "energy_intensity": "delegated",
    }
    assert one(panel, "甲市_2024", "elderly_beds")["form"] == "qualitative"
    assert one(panel, "甲市_2024", "gdp")["form"] == "absent"


def test_only_the_plan_year_counts(shelf):
    text = "今后五年地区生产总值年均增长7%。一季度出口增长9%。去年完成年初8%的目标。到明年新增就业3万人。"
    marks = [
        mark("7%", "gdp", period="2024/2028"),
        mark("9%", "exports", period="2024Q1"),
        mark("8%", "gdp", status="context", period="2023"),
        mark("3万人", "new_urban_jobs", measure="increment", period="2025"),
    ]
    shelf.add("甲市_2024", text, marks)
    assert set(shelf.panel()["form"]) == {"absent"}


def test_this_years_number_wins_over_one_for_a_longer_period_in_its_sentence(shelf):
    text = (
        HEADLINE + "财政收入达到90亿元，年均增长9%，其中今年达到70亿元；外贸达到5亿元，其中工业品达到3亿元。"
    )
    marks = [
        mark("90亿元", "budget_revenue", measure="level", low=9e9, high=9e9, unit="元"),
        mark("70亿元", "budget_revenue", measure="level", low=7e9, high=7e9, unit="元"),
        mark("5亿元", "exports", measure="level", low=5e8, high=5e8, unit="元"),
        mark("3亿元", "exports", measure="level", low=3e8, high=3e8, unit="元"),
    ]
    shelf.add("甲市_2024", text, marks)
    panel = shelf.panel()
    assert one(panel, "甲市_2024", "budget_revenue")["low"] == 7e9
    assert one(panel, "甲市_2024", "exports")["low"] == 5e8  # a part of it, not of the time


def test_registered_and_surveyed_unemployment_are_not_held_against_each_other(shelf):
    rate = {"measure": "share", "direction": "", "bound": "at_most"}
    surveyed, registered = ({**rate, "indicator": f"城镇{kind}失业率"} for kind in ("调查", "登记"))
    shelf.add("甲省_2024", HEADLINE + "调查失业率5.5%。", [mark("5.5%", "unemployment_rate", **surveyed)])
    own = [mark("4.5%", "unemployment_rate", **registered)]
    shelf.add("甲市_2024", HEADLINE + "登记失业率4.5%。", own, parent="甲省")
    done = [
        mark("5.1%", "unemployment_rate", status="result", **surveyed),
        mark("3.2%", "unemployment_rate", status="result", **registered),
    ]
    shelf.add("甲市_2025", "去年调查失业率5.1%，登记失业率3.2%。", done)
    shelf.add(
        "甲省_2025", "去年登记失业率3%。", [mark("3%", "unemployment_rate", status="result", **registered)]
    )
    panel = shelf.panel()
    row = one(panel, "甲市_2024", "unemployment_rate")
    assert (row["result_low"], row["outcome"]) == (3.2, "met")
    assert math.isnan(row["amplification"])
    assert one(panel, "甲省_2024", "unemployment_rate")["outcome"] == "reported without a number"


def test_headline_list_wins_over_an_earlier_passing_mention(shelf):
    text = "围绕生产总值增长9%的设想。另有一事。" + HEADLINE + "生产总值增长8%，投资增长10%。再说8.5%。"
    marks = [
        mark("9%", "gdp"),
        mark("8%", "gdp"),
        mark("10%", "fixed_asset_investment"),
        mark("8.5%", "gdp"),
    ]
    shelf.add("甲市_2024", text, marks)
    row = one(shelf.panel(), "甲市_2024", "gdp")
    assert (row["low"], row["stretch"]) == (8.0, False)


@pytest.mark.parametrize(
    ("clause", "marks", "expected"),
    [
        ("增长8%以上，力争9%", [("8%", "at_least", ""), ("9%", "exact", "力争")], (8.0, True)),
        ("力争增长9%、确保8%", [("9%", "exact", "力争"), ("8%", "exact", "确保")], (8.0, True)),
        ("力争增长9%", [("9%", "exact", "力争")], (9.0, False)),
        ("增长8%左右，在实际工作中努力争取更好结果", [("8%", "about", "")], (8.0, True)),
        ("增长8%，争取更多项目落地", [("8%", "exact", "")], (8.0, False)),
        ("增长8%，力争某区增长6%", [("8%", "exact", ""), ("6%", "exact", "力争")], (8.0, False)),
        ("增长8%，努力实现更高质量发展", [("8%", "exact", "")], (8.0, False)),
        ("增长8%、力争比去年实现更多增长", [("8%", "exact", "")], (8.0, True)),
    ],
)
def test_first_unstriven_value_is_taken_and_stretch_told(shelf, clause, marks, expected):
    text = HEADLINE + "地区生产总值" + clause + "；其余另述。"
    shelf.add("甲市_2024", text, [mark(q, "gdp", bound=b, strength=s) for q, b, s in marks])
    row = one(shelf.panel(), "甲市_2024", "gdp")
    assert (row["low"], row["stretch"]) == expected


@pytest.mark.parametrize(
    ("clause", "marks", "value"),
    [
        ("增长8%以上，力争9%", [("8%", ""), ("9%", "力争")], 9.0),
        ("力争增长9%、确保8%", [("9%", "力争"), ("8%", "确保")], 9.0),
        ("增长8%，努力争取更好结果", [("8%", "")], math.nan),
    ],
)
def test_the_second_value_that_is_striven_for_is_kept(shelf, clause, marks, value):
    text = HEADLINE + "地区生产总值" + clause + "。"
    shelf.add("甲市_2024", text, [mark(q, "gdp", strength=s) for q, s in marks])
    row = one(shelf.panel(), "甲市_2024", "gdp")
    assert (row["low"], row["stretch"]) == (8.0, True)
    assert row["stretch_value"] == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize(
    "sentence",
    [
        "生产总值年均增长9%以上。",
        "生产总值比2015年增长9%。",
        "到2027年，培育一批企业，生产总值增长9%。",
    ],
)
def test_averages_figures_since_earlier_years_and_later_horizons_are_not_annual(shelf, sentence):
    shelf.add("甲市_2024", sentence, [mark("9%", "gdp")])
    assert set(shelf.panel()["form"]) == {"absent"}


@pytest.mark.parametrize(
    "sentence",
    ["生产总值比2023年增长9%。", "到2027年翻一番，今年生产总值增长9%。", "到2024年底，生产总值增长9%。"],
)
def test_words_of_the_plan_year_and_of_the_year_before_leave_it_annual(shelf, sentence):
    shelf.add("甲市_2024", sentence, [mark("9%", "gdp")])
    assert one(shelf.panel(), "甲市_2024", "gdp")["low"] == 9.0


@pytest.mark.parametrize("part", ["review", "longterm"])
def test_goals_outside_the_plan_have_to_name_the_plan_year(shelf, part):
    shelf.add("甲市_2024", "生产总值增长9%。", [mark("9%", "gdp")])
    shelf.add("乙市_2024", "今年生产总值增长9%。", [mark("9%", "gdp")])
    for statement in shelf.statements:
        statement["part"] = part
    panel = shelf.panel()
    assert one(panel, "甲市_2024", "gdp")["form"] == "absent"
    assert one(panel, "乙市_2024", "gdp")["form"] == "stated"


def test_doubling_in_the_name_of_a_programme_is_no_target(shelf):
    text = "实施上市公司倍增三年行动计划。养老床位倍增。"
    marks = [
        mark("倍增", "listed_companies", bound="doubling"),
        mark("倍增", "elderly_beds", bound="doubling"),
    ]
    shelf.add("甲市_2024", text, marks)
    panel = shelf.panel()
    assert one(panel, "甲市_2024", "listed_companies")["form"] == "absent"
    assert one(panel, "甲市_2024", "elderly_beds")["form"] == "qualitative"


def test_a_cue_that_is_a_statement_already_gives_no_second_row(shelf):
    text = HEADLINE + "粮食产量只增不减，地区生产总值增长6%。"
    shelf.add("甲市_2024", text, [mark("只增不减", "grain_output", bound="stable"), mark("6%", "gdp")])
    assert one(shelf.panel(), "甲市_2024", "grain_output")["bound"] == "stable"


@pytest.mark.parametrize(
    ("clause", "indicator", "expected"),
    [
        ("固定资产投资增速保持在全国平均水平以上", "fixed_asset_investment", ["relative", "faster_than"]),
        ("居民消费价格涨幅不高于全国平均水平", "cpi", ["relative", ""]),
        ("进出口稳量提质", "foreign_trade", ["qualitative", ""]),
        ("主要污染物排放总量进一步下降", "pollutant_emissions", ["qualitative", ""]),
    ],
)
def test_goals_in_words_of_the_list_of_main_targets(shelf, clause, indicator, expected):
    shelf.add("甲市_2024", f"{HEADLINE}地区生产总值增长6%，{clause}。", [mark("6%", "gdp")])
    row = one(shelf.panel(), "甲市_2024", indicator)
    assert row[["form", "bound"]].tolist() == expected


def test_a_direction_without_a_number_is_a_target_only_in_the_list(shelf):
    text = "进出口大幅提升，财政收入增长6%。"
    shelf.add("甲市_2024", text, [mark("6%", "budget_revenue")])
    assert one(shelf.panel(), "甲市_2024", "foreign_trade")["form"] == "absent"


def test_a_number_elsewhere_goes_before_a_direction_in_the_list(shelf):
    text = HEADLINE + "财政收入增长6%，主要污染物排放量继续下降。再说一事。二氧化硫排放量下降3%。"
    lower = mark("3%", "pollutant_emissions", direction="down")
    shelf.add("甲市_2024", text, [mark("6%", "budget_revenue"), lower])
    row = one(shelf.panel(), "甲市_2024", "pollutant_emissions")
    assert row[["form", "low", "direction"]].tolist() == ["stated", 3.0, "down"]


def test_the_average_of_a_concentration_is_no_average_of_years(shelf):
    text = "PM2.5年均浓度降至29微克/立方米。"
    air = mark("29微克/立方米", "pm25", measure="level", direction="", unit="微克/立方米")
    shelf.add("甲市_2024", text, [air])
    assert one(shelf.panel(), "甲市_2024", "pm25")["low"] == 29.0


def test_a_rate_of_decrease_is_growth_not_a_share(shelf):
    text = HEADLINE + "单位地区生产总值能耗下降率不低于全省平均水平，财政收入增长6%。"
    shelf.add("甲市_2024", text, [mark("6%", "budget_revenue")])
    assert one(shelf.panel(), "甲市_2024", "energy_intensity")["measure"] == "growth"


def test_words_of_a_longer_plan_after_the_cue_do_not_move_it(shelf):
    text = HEADLINE + "生产总值增长6%，出口增速高于全省平均水平，努力完成“十四五”规划任务。"
    shelf.add("甲市_2024", text, [mark("6%", "gdp")])
    assert one(shelf.panel(), "甲市_2024", "exports")["form"] == "relative"


def test_stretch_stays_with_its_clause_but_a_closing_sentence_covers_the_list(shelf):
    first = HEADLINE + "地区生产总值增长8%，努力争取更好结果，进出口增长5%。"
    shelf.add("甲市_2024", first, [mark("8%", "gdp"), mark("5%", "foreign_trade")])
    second = HEADLINE + "地区生产总值增长8%，进出口增长5%。在实际工作中要争取更好的结果。"
    shelf.add("乙市_2024", second, [mark("8%", "gdp"), mark("5%", "foreign_trade")])
    panel = shelf.panel()
    asked = [(d, i) for d in ("甲市_2024", "乙市_2024") for i in ("gdp", "foreign_trade")]
    assert [one(panel, *pair)["stretch"] for pair in asked] == [True, False, True, True]


def test_comparison_with_another_place_is_relative(shelf):
    text = HEADLINE + "固定资产投资、社零总额增速高于全省平均水平，出口与全省同步，地区生产总值增长6%。"
    shelf.add("甲市_2024", text, [mark("6%", "gdp")])
    panel = shelf.panel()
    for indicator, quote, bound in [
        ("fixed_asset_investment", "高于全省平均水平", "faster_than"),
        ("retail_sales", "高于全省平均水平", "faster_than"),
        ("exports", "与全省同步", "in_step"),
    ]:
        row = one(panel, "甲市_2024", indicator)
        assert row[["form", "quote", "bound", "measure"]].tolist() == ["relative", quote, bound, "growth"]
        assert text[row["start"] : row["end"]] == quote
    assert one(panel, "甲市_2024", "gdp")["form"] == "stated"


def test_a_comparison_is_of_the_whole_thing_named_not_of_a_part_of_its_name(shelf):
    text = HEADLINE + "万元地区生产总值能耗下降率不低于全省平均水平，财政收入增长6%。"
    shelf.add("甲市_2024", text, [mark("6%", "budget_revenue")])
    panel = shelf.panel()
    assert one(panel, "甲市_2024", "gdp")["form"] == "absent"
    assert one(panel, "甲市_2024", "energy_intensity")["form"] == "relative"


@pytest.mark.parametrize(
    ("clause", "indicator", "form"),
    [
        ("地区生产总值增速比全国高2个百分点左右", "gdp", "relative"),
        ("规上工业增加值增速比全省平均水平快1.5个百分点", "industrial_value_added", "relative"),
        ("进出口量稳质升", "foreign_trade", "qualitative"),
        ("进出口保稳提质", "foreign_trade", "qualitative"),
        ("实际使用外资回稳向好", "fdi", "qualitative"),
    ],
)
def test_a_margin_over_another_place_and_words_for_quality(shelf, clause, indicator, form):
    text = HEADLINE + clause + "，居民消费价格涨幅3%左右。"
    shelf.add("甲市_2024", text, [mark("3%", "cpi")])
    assert one(shelf.panel(), "甲市_2024", indicator)["form"] == form


def test_growth_without_a_number_is_qualitative_and_a_number_goes_first(shelf):
    text = HEADLINE + "地区生产总值增长6%，进出口力争实现正增长，一般公共预算收入增长3%、实现正增长。"
    shelf.add("甲市_2024", text, [mark("6%", "gdp"), mark("3%", "budget_revenue")])
    panel = shelf.panel()
    trade = one(panel, "甲市_2024", "foreign_trade")
    assert (trade["form"], trade["strength"], math.isnan(trade["low"])) == ("qualitative", "力争", True)
    assert one(panel, "甲市_2024", "budget_revenue")["form"] == "stated"


@pytest.mark.parametrize("sentence", ["去年出口增速高于全省平均水平。", "今后五年出口增速高于全省平均水平。"])
def test_comparisons_of_other_years_are_no_targets(shelf, sentence):
    shelf.add("甲市_2024", sentence + HEADLINE + "地区生产总值增长6%。", [mark("6%", "gdp")])
    assert one(shelf.panel(), "甲市_2024", "exports")["form"] == "absent"


@pytest.mark.parametrize(
    ("indicator", "target", "result", "outcome"),
    [
        ("gdp", {"quote": "8%", "bound": "exact"}, {"quote": "8%"}, "met"),
        ("gdp", {"quote": "8%", "bound": "exact"}, {"quote": "8.1%"}, "exceeded"),
        ("gdp", {"quote": "8%", "bound": "exact"}, {"quote": "7.9%"}, "missed"),
        ("gdp", {"quote": "8%", "bound": "about"}, {"quote": "7.8%"}, "met"),
        ("gdp", {"quote": "8%", "bound": "about"}, {"quote": "7.7%"}, "missed"),
        ("gdp", {"quote": "8%", "bound": "about"}, {"quote": "8.3%"}, "exceeded"),
        ("gdp", {"quote": "8%", "bound": "at_least"}, {"quote": "8%"}, "met"),
        ("gdp", {"quote": "8%-9%", "bound": "range", "high": 9.0}, {"quote": "8.4%"}, "met"),
        ("gdp", {"quote": "8%-9%", "bound": "range", "high": 9.0}, {"quote": "9.4%"}, "exceeded"),
        ("gdp", {"quote": "8%", "bound": "exact"}, {"quote": "3%", "direction": "down"}, "missed"),
        ("cpi", {"quote": "3%", "bound": "about"}, {"quote": "1.2%"}, "met"),
        ("cpi", {"quote": "3%", "bound": "at_most"}, {"quote": "3.1%"}, "missed"),
        (
            "energy_intensity",
            {"quote": "3%", "bound": "exact", "direction": "down"},
            {"quote": "4%", "direction": "down"},
            "exceeded",
        ),
        ("energy_intensity", {"quote": "3%", "direction": "down"}, {"quote": "1%"}, "missed"),
    ],
)
def test_outcome_by_bound_and_direction(shelf, indicator, target, result, outcome):
    shelf.add(
        "甲市_2024", HEADLINE + target["quote"] + "。", [mark(target.pop("quote"), indicator, **target)]
    )
    quote = result.pop("quote")
    shelf.add("甲市_2025", f"去年增长{quote}。", [mark(quote, indicator, status="result", **result)])
    row = one(shelf.panel(), "甲市_2024", indicator)
    assert (row["result_document_id"], row["outcome"]) == ("甲市_2025", outcome)


def test_a_stock_is_not_held_against_a_flow(shelf):
    land = {"measure": "level", "unit": "亩", "direction": ""}
    shelf.add("甲市_2024", "新建农田24000亩。", [mark("24000亩", "high_standard_farmland", **land)])
    told = mark("838000亩", "high_standard_farmland", status="result", **land)
    shelf.add("甲市_2025", "去年累计建成农田838000亩。", [told])
    row = one(shelf.panel(), "甲市_2024", "high_standard_farmland")
    assert (row["outcome"], math.isnan(row["gap"])) == ("reported without a number", True)


HOMES = {"measure": "level", "unit": "套", "direction": ""}


@pytest.mark.parametrize(
    ("target", "result", "outcome"),
    [
        ("新开工保障房500套", "建成保障房600套", "reported without a number"),
        ("建成保障房500套", "500套保障房全部竣工", "met"),
        ("新开工保障房500套", "保障房600套", "exceeded"),
        ("保障房500套", "建成保障房600套", "exceeded"),
        ("完成保障房500套", "开工保障房700套、建成600套", "exceeded"),
    ],
)
def test_what_is_begun_is_not_held_against_what_is_finished(shelf, target, result, outcome):
    shelf.add("甲市_2024", target + "。", [mark("500套", "social_housing", **HOMES)])
    told = [
        mark(found, "social_housing", status="result", **HOMES) for found in re.findall("[0-9]+套", result)
    ]
    shelf.add("甲市_2025", f"去年{result}。", told)
    row = one(shelf.panel(), "甲市_2024", "social_housing")
    assert row["outcome"] == outcome
    if outcome == "exceeded":
        assert row["result_low"] == 600.0


def test_both_values_of_energy_and_emissions_stand_in_the_panel(shelf):
    falls = {"direction": "down"}
    marks = [mark("3%", "energy_intensity", **falls), mark("4%", "carbon_intensity", **falls)]
    shelf.add("甲市_2024", HEADLINE + "单位GDP能耗、二氧化碳排放分别下降3%和4%。", marks)
    panel = shelf.panel()
    found = [one(panel, "甲市_2024", name)["low"] for name in ("energy_intensity", "carbon_intensity")]
    assert found == [3.0, 4.0]


def test_an_average_of_years_is_no_result_of_the_year(shelf):
    shelf.add("甲市_2024", HEADLINE + "增长8%。", [mark("8%", "gdp")])
    results = [mark("9%", "gdp", status="result"), mark("7%", "gdp", status="result")]
    shelf.add("甲市_2025", "去年收官，五年间生产总值年均增长9%。去年增长7%。", results)
    assert one(shelf.panel(), "甲市_2024", "gdp")["result_low"] == 7.0


def test_gap_takes_middles_and_signs(shelf):
    shelf.add("甲市_2024", HEADLINE + "增长8%-9%。", [mark("8%-9%", "gdp", high=9.0, bound="range")])
    shelf.add("甲市_2025", "去年下降1%。", [mark("1%", "gdp", status="result", direction="down")])
    row = one(shelf.panel(), "甲市_2024", "gdp")
    assert (row["result_low"], row["gap"]) == (-1.0, -9.5)  # -1 less (8 + 9) / 2
    assert row[["middle", "gap_low", "gap_high"]].tolist() == [8.5, -9.0, -10.0]


def test_tolerance_is_an_option(shelf):
    shelf.add("甲市_2024", HEADLINE + "增长8%左右。", [mark("8%", "gdp", bound="about")])
    shelf.add("甲市_2025", "去年增长7.6%。", [mark("7.6%", "gdp", status="result")])
    assert one(shelf.panel(), "甲市_2024", "gdp")["outcome"] == "missed"
    wide = shelf.panel(tolerance=Tolerance(about_points=0.5))
    assert one(wide, "甲市_2024", "gdp")["outcome"] == "met"


def test_outcomes_without_a_number(shelf):
    text = HEADLINE + "地区生产总值增长8%，投资增长9%，出口增长5%。"
    shelf.add(
        "甲市_2024", text, [mark("8%", "gdp"), mark("9%", "fixed_asset_investment"), mark("5%", "exports")]
    )
    review = "去年地区生产总值达到900亿元，出口稳步增长。"
    level = mark("900亿元", "gdp", status="result", measure="level", unit="元", low=9e10, high=9e10)
    shelf.add("甲市_2025", review, [level, mark("稳步增长", "exports", status="result", bound="stable")])
    panel = shelf.panel()
    asked = ("gdp", "fixed_asset_investment", "exports")
    outcomes = {i: one(panel, "甲市_2024", i)["outcome"] for i in asked}
    assert outcomes == {
        "gdp": "reported without a number",
        "fixed_asset_investment": "not reported",
        "exports": "reported without a number",
    }
    assert one(panel, "甲市_2024", "cpi")["outcome"] == ""


def test_missing_year_between_two_reports_is_no_report(shelf):
    shelf.add("甲市_2022", HEADLINE + "增长8%。", [mark("8%", "gdp")])
    shelf.add("甲市_2024", "去年增长7%。", [mark("7%", "gdp", status="result")])
    row = one(shelf.panel(), "甲市_2022", "gdp")
    assert (row["outcome"], row["result_document_id"]) == ("no report", "")
    assert math.isnan(row["result_low"])


def test_growth_in_step_is_held_against_the_own_economy(shelf):
    text = HEADLINE + "居民收入与经济增长同步，税收增长快于经济增长。"
    faster = mark("快于经济增长", "tax_revenue", bound="faster_than")
    shelf.add("甲市_2024", text, [mark("与经济增长同步", "income_resident"), faster])
    results = [("6%", "gdp"), ("5.2%", "income_resident"), ("6.4%", "tax_revenue")]
    shelf.add(
        "甲市_2025",
        "去年增长6%，居民收入5.2%，税收6.4%。",
        [mark(quote, indicator, status="result") for quote, indicator in results],
    )
    panel = shelf.panel()
    income, tax = one(panel, "甲市_2024", "income_resident"), one(panel, "甲市_2024", "tax_revenue")
    assert (income["outcome"], tax["outcome"]) == ("missed", "met")
    assert income[["gap", "gap_low", "gap_high"]].tolist() == pytest.approx([-0.8, -0.8, -0.8])
    assert math.isnan(income["low"])


def test_superior_of_the_same_year_and_amplification(shelf):
    shelf.add("全国_2024", HEADLINE + "增长5%左右。", [mark("5%", "gdp", bound="about")])
    shelf.add("某省_2024", HEADLINE + "增长5.5%-6%。", [mark("5.5%-6%", "gdp", high=6.0)], parent="全国")
    shelf.add("甲市_2024", HEADLINE + "增长6.5%。", [mark("6.5%", "gdp")], parent="某省")
    shelf.add("甲市_2023", HEADLINE + "增长7%。", [mark("7%", "gdp")], parent="某省")
    panel = shelf.panel()
    city = one(panel, "甲市_2024", "gdp")
    superior = city[["superior_document_id", "superior_low", "superior_high"]]
    assert superior.tolist() == ["某省_2024", 5.5, 6.0]
    assert city["amplification"] == pytest.approx(0.75)
    assert city[["amplification_low", "amplification_high"]].tolist() == [1.0, 0.5]
    assert one(panel, "某省_2024", "gdp")["amplification"] == pytest.approx(0.75)
    assert one(panel, "甲市_2023", "gdp")["superior_document_id"] == ""
    assert one(panel, "全国_2024", "gdp")["superior_document_id"] == ""


def test_amounts_are_not_subtracted_between_levels(shelf):
    jobs = {"measure": "increment", "unit": "人"}
    shelf.add("某省_2024", HEADLINE + "就业90人。", [mark("90人", "new_urban_jobs", **jobs)])
    shelf.add("甲市_2024", HEADLINE + "就业9人。", [mark("9人", "new_urban_jobs", **jobs)], parent="某省")
    row = one(shelf.panel(), "甲市_2024", "new_urban_jobs")
    assert (row["superior_low"], math.isnan(row["amplification"])) == (90.0, True)


def test_of_two_versions_the_full_report_gives_the_result(shelf):
    shelf.add("甲市_2024", HEADLINE + "增长8%。", [mark("8%", "gdp")])
    digest = {"genre": "digest", "characters": 9999}
    shelf.add("甲市_2025", "去年增长7%。", [mark("7%", "gdp", status="result")], **digest)
    shelf.add("甲市_2025_2", "去年增长7.5%。", [mark("7.5%", "gdp", status="result")])
    row = one(shelf.panel(), "甲市_2024", "gdp")
    assert (row["result_document_id"], row["result_low"]) == ("甲市_2025_2", 7.5)


def test_constraint_follows_the_mapping_and_effort_goes_before_bound(shelf):
    text = HEADLINE + "地区生产总值力争增长8%以上，投资增长9%以上，出口增长5%左右，社零增长4%。"
    marks = [
        mark("8%", "gdp", bound="at_least", strength="力争"),
        mark("9%", "fixed_asset_investment", bound="at_least"),
        mark("5%", "exports", bound="about"),
        mark("4%", "retail_sales"),
    ]
    shelf.add("甲市_2024", text, marks)
    panel = shelf.panel()
    found = {
        i: one(panel, "甲市_2024", i)["constraint"]
        for i in ("gdp", "fixed_asset_investment", "exports", "retail_sales", "cpi")
    }
    assert list(found.values()) == ["soft", "hard", "soft", "unmarked", "none"]


def test_own_mapping_is_read_and_a_short_one_refused(shelf, tmp_path):
    shelf.add("甲市_2024", HEADLINE + "增长4%。", [mark("4%", "gdp")])
    panel = shelf.panel()
    own = tmp_path / "mine.csv"
    own.write_text("wording,found_in,constraint,priority,source\nexact,bound,hard,1,me\n", encoding="utf-8")
    assert code_constraint(panel, mapping=own)["constraint"].value_counts()["hard"] == 1
    assert one(shelf.panel(commitment=own), "甲市_2024", "gdp")["constraint"] == "hard"
    own.write_text("wording,constraint\nexact,hard\n", encoding="utf-8")
    with pytest.raises(TableError, match="missing: found_in, priority, source"):
        code_constraint(panel, mapping=own)


def test_order_of_rows_does_not_matter(shelf):
    text = HEADLINE + "地区生产总值增长8%，投资增长9%。后来又说增长8.2%。"
    marks = [mark("8%", "gdp"), mark("9%", "fixed_asset_investment"), mark("8.2%", "gdp")]
    shelf.add("甲市_2024", text, marks)
    shelf.add("甲市_2025", "去年增长7%。", [mark("7%", "gdp", status="result")])
    forward = shelf.panel()
    shelf.statements.reverse()
    shelf.sentences.reverse()
    pd.testing.assert_frame_equal(forward, shelf.panel())


def test_within_the_headline_run_the_sentence_that_names_it_counts(shelf):
    text = "努力实现经济平稳较快增长。" + HEADLINE + "生产总值增长10%左右，投资增长9%。"
    marks = [
        mark("平稳较快增长", "gdp", bound="stable"),
        mark("10%", "gdp", bound="about"),
        mark("9%", "fixed_asset_investment"),
    ]
    shelf.add("甲市_2024", text, marks)
    assert one(shelf.panel(), "甲市_2024", "gdp")[["form", "low"]].tolist() == ["stated", 10.0]


def test_a_glossary_sets_no_targets(shelf):
    shelf.add("甲市_2024", "翻番是指2024年生产总值翻一番。", [mark("翻一番", "gdp", bound="doubling")])
    shelf.statements[0]["part"] = "glossary"
    assert set(shelf.panel()["form"]) == {"absent"}


def test_what_the_superior_sets_is_delegated(shelf):
    text = HEADLINE + "生产总值增长6%，居民消费价格涨幅控制在省定目标以内，城镇调查失业率低于上年水平。"
    shelf.add("甲市_2024", text, [mark("6%", "gdp")])
    panel = shelf.panel()
    prices = one(panel, "甲市_2024", "cpi")
    assert prices[["form", "bound", "measure"]].tolist() == ["delegated", "assigned", "level"]
    assert one(panel, "甲市_2024", "unemployment_rate")["form"] == "relative"


def test_a_document_without_year_or_region_has_only_absent_rows_and_is_nobodys_superior(shelf):
    shelf.add("甲市_2024", HEADLINE + "增长8%。", [mark("8%", "gdp")])
    shelf.documents[0] |= {"year": None, "region": ""}
    shelf.add("全国_2024", HEADLINE + "增长5%。", [mark("5%", "gdp")], parent="")
    panel = shelf.panel()
    assert set(panel.loc[panel["document_id"] == "甲市_2024", "form"]) == {"absent"}
    assert one(panel, "全国_2024", "gdp")["superior_document_id"] == ""
