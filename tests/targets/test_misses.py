"""The words for a miss, and outcomes counted (invented reports)."""

import pandas as pd
import pytest

from workbench.corpus.sentences import sentence_spans
from workbench.tables import DOCUMENTS, SENTENCES, STATEMENTS, TARGET_PANEL
from workbench.targets.misses import ADMISSIONS, find_admissions, find_misses, tell_miss
from workbench.targets.outcomes import summarise_outcomes

BLANK = dict.fromkeys(TARGET_PANEL.columns) | {
    "document_id": "甲市_2023",
    "region": "甲市",
    "level": "prefecture",
    "year": 2023,
    "form": "stated",
    "measure": "growth",
    "unit": "%",
    "bound": "exact",
    "stretch": False,
    "quote": "6%",
    "result_document_id": "甲市_2024",
}


def cut(texts):
    rows = [(n, k, 0, "review", *s) for n, text in texts.items() for k, s in enumerate(sentence_spans(text))]
    return SENTENCES.frame(rows)


def misses(text, quote, indicator, result, admissions=None):
    blank = dict.fromkeys(DOCUMENTS.columns, "") | {
        "level": "prefecture",
        "characters": 9,
        "noise_characters": 0,
    }
    documents = DOCUMENTS.frame([{**blank, "document_id": "甲市_2024", "region": "甲市", "year": 2024}])
    start = text.index(quote)
    span = next(s for s in sentence_spans(text) if s[0] <= start < s[1])
    statement = dict.fromkeys(STATEMENTS.columns) | {
        "kind": "numeric",
        "document_id": "甲市_2024",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "indicator_id": indicator,
        "measure": "growth",
        "direction": "up",
        "low": result,
        "high": result,
        "unit": "%",
        "bound": "exact",
        "status": "result",
        "period": "2023",
        "section": 0,
        "part": "review",
        "sentence": 0,
        "evidence": text[slice(*span)],
        "rule": "by hand",
    }
    panel = TARGET_PANEL.frame(
        [
            BLANK
            | {"indicator_id": indicator, "low": 6.0, "high": 6.0, "outcome": "missed", "gap": result - 6}
            | {"result_low": result, "result_high": result}
        ]
    )
    found = find_admissions({"甲市_2024": text}, cut({"甲市_2024": text}))
    return find_misses(panel, documents, STATEMENTS.frame([statement]), found).iloc[0]


@pytest.mark.parametrize(
    ("text", "quote", "indicator", "telling"),
    [
        ("地区生产总值增长5%，城乡面貌焕然一新。", "5%", "gdp", ""),
        ("地区生产总值增长5%，未达到预期目标。", "5%", "gdp", "shortfall"),
        ("地区生产总值增长5%。我们清醒看到，经济增长低于预期。", "5%", "gdp", "shortfall"),
        ("地区生产总值增长5%。我们清醒看到，旅游接待低于预期。", "5%", "gdp", ""),
        ("受洪涝灾害影响，地区生产总值增长5%。", "5%", "gdp", "cause"),
        ("剔除减税因素，一般公共预算收入增长5%。", "5%", "budget_revenue", "softening"),
        ("地区生产总值增长5%，高于全省平均水平。", "5%", "gdp", "comparison"),
        ("地区生产总值增长5%，固定资产投资下降2%。", "5%", "gdp", ""),
    ],
)
def test_telling_is_read_from_the_clause_and_the_admissions(text, quote, indicator, telling):
    row = misses(text, quote, indicator, 5.0)
    assert row["telling"] == telling
    assert text[row["result_start"] : row["result_end"]] == quote
    assert bool(row["words"]) == bool(telling)


def test_a_fall_is_no_miss_of_what_is_to_fall():
    row = misses("单位GDP能耗下降2%。", "2%", "energy_intensity", 2.0)
    assert row["telling"] == ""


def test_tell_miss_prefers_the_plain_word():
    assert tell_miss("受疫情影响，增速放缓，未完成年初目标") == ("shortfall", ["未完成年初"])


def test_admissions_are_found_with_their_place_and_conditions_are_none():
    text = "投资增速没有完成预期目标。对未完成任务的单位予以约谈。空气质量未达标天数减少。"
    found = find_admissions({"甲市_2024": text}, cut({"甲市_2024": text}))
    assert [text[s:e] for s, e in zip(found["start"], found["end"], strict=True)] == ["没有完成"]
    assert find_admissions({"甲市_2024": ""}, SENTENCES.empty()).columns.tolist() == list(ADMISSIONS.columns)


def test_outcomes_are_counted_with_zeros_and_two_rates():
    outcomes = ["met", "exceeded", "missed", "not reported", "no report", ""]
    rows = [BLANK | {"indicator_id": "gdp", "outcome": outcome} for outcome in outcomes]
    rows.append(BLANK | {"indicator_id": "cpi", "outcome": "not reported"})
    counted = summarise_outcomes(TARGET_PANEL.frame(rows)).set_index(["indicator_id", "outcome"])
    gdp = counted.loc["gdp"]
    told = {"met": 1, "exceeded": 1, "missed": 1, "reported without a number": 0}
    assert gdp["count"].to_dict() == told | {"not reported": 1, "no report": 1}
    assert gdp.loc["met", ["targets", "reported", "share"]].tolist() == pytest.approx([4, 0.75, 1 / 3])
    assert counted.loc[("cpi", "met"), "reported"] == 0.0
    assert pd.isna(counted.loc[("cpi", "met"), "share"])
    assert summarise_outcomes(TARGET_PANEL.empty()).empty
