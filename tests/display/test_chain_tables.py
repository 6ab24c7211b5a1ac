"""Chains show every level, both wordings, and say what they lack."""

import pandas as pd

from workbench.display.chain_tables import (
    show_admissions,
    show_chain,
    show_changed_targets,
    show_fulfilment,
    show_misses,
    show_superior_sentences,
)
from workbench.tables import DOCUMENTS, TARGET_PANEL
from workbench.targets.misses import ADMISSIONS, MISSES

EMPTY = {column: None for column in TARGET_PANEL.columns}
TEXTS = {
    "杭州市_2023": "今年目标：增长6.0%左右。",
    "杭州市_2024": "去年增长5%。\n今年目标：增长5.5%左右。",
    "浙江省_2024": "全省增长5.0%。",
}


def panel_row(document_id, year, low, **more):
    quote = f"{low}%"
    start = TEXTS[document_id].index(quote)
    return (
        EMPTY
        | {
            "document_id": document_id,
            "region": document_id.split("_")[0],
            "level": "prefecture",
            "year": year,
            "indicator_id": "gdp",
            "form": "stated",
            "measure": "growth",
            "low": low,
            "high": low,
            "unit": "%",
            "bound": "about",
            "stretch": False,
            "quote": quote,
            "evidence": f"增长{low}%左右。",
            "start": start,
            "end": start + len(quote),
        }
        | more
    )


SUPERIOR = {"superior_document_id": "浙江省_2024", "superior_low": 5.0, "superior_high": 5.0}
RESULT = {"result_document_id": "杭州市_2024", "result_low": 5.0, "result_high": 5.0, "gap": -1.0}
PANEL = TARGET_PANEL.frame(
    [
        panel_row("杭州市_2023", 2023, 6.0, outcome="missed", **RESULT),
        panel_row("杭州市_2024", 2024, 5.5, amplification=0.5, **SUPERIOR),
        panel_row("浙江省_2024", 2024, 5.0, level="province", bound="exact"),
    ]
)


def shelf(names=tuple(TEXTS)):
    blank = dict.fromkeys(DOCUMENTS.columns, "") | {"characters": 9, "noise_characters": 0}
    above = {"杭州市": ("浙江省", "prefecture"), "浙江省": ("全国", "province")}
    return DOCUMENTS.frame(
        [
            blank
            | {"document_id": name, "region": region, "year": int(year), "genre": "full report"}
            | dict(zip(("parent", "level"), above[region], strict=True))
            for name in names
            for region, year in [name.split("_")]
        ]
    )


def test_chain_sets_every_level_beside():
    frame = show_chain(PANEL, shelf(), "杭州市_2024").frame
    assert [str(cell) for cell in frame.iloc[0]] == [
        "地区生产总值 Gross regional product",
        "语料无此报告",
        "5%",
        "≈5.5%",
        "0.50",
        "要求更高 asks for more",
    ]


def test_chain_without_superior_says_so():
    table = show_chain(PANEL, shelf(), "杭州市_2023")
    assert "no report of the superior" in table.note
    assert table.frame.iloc[0, -1] == "语料无上级当年报告 superior's report not in the corpus"


def test_both_wordings_stand_side_by_side_at_their_places():
    frame = show_superior_sentences(PANEL, shelf(), TEXTS, "杭州市_2024").frame
    assert [str(cell) for cell in frame.iloc[0]][1:3] == ["全省增长5.0%。"[:-1], "今年目标：增长5.5%左右"]
    assert frame.iloc[0, 1].document_id == "浙江省_2024"
    nothing = show_superior_sentences(PANEL, shelf(), TEXTS, "杭州市_2023")
    assert "No target here" in nothing.note


def test_fulfilment_is_told_by_the_later_report():
    frame = show_fulfilment(PANEL, "杭州市_2024").frame
    assert [str(cell) for cell in frame.iloc[0]][1:] == ["≈6%", "5%", "−1点", "未完成 missed"]
    assert "no report of this region" in show_fulfilment(PANEL, "杭州市_2023").note


def test_lowered_target_is_called_so_and_both_values_open():
    table = show_changed_targets(PANEL, "杭州市_2024")
    row = table.frame.iloc[0]
    assert [str(cell) for cell in row] == [
        "地区生产总值 Gross regional product",
        "增速 growth",
        "6%",
        "5.5%",
        "−0.5点",
        "下调 lowered",
    ]
    assert (row.iloc[2].document_id, row.iloc[3].document_id) == ("杭州市_2023", "杭州市_2024")
    assert "no report of this region" in show_changed_targets(PANEL, "杭州市_2023").note


def test_a_miss_shows_the_words_of_the_result():
    place = TEXTS["杭州市_2024"].index("5%")
    row = dict.fromkeys(MISSES.columns) | {
        "document_id": "杭州市_2023",
        "region": "杭州市",
        "year": 2023,
        "indicator_id": "gdp",
        "measure": "growth",
        "low": 6.0,
        "high": 6.0,
        "unit": "%",
        "bound": "about",
        "quote": "6.0%",
        "start": 7,
        "end": 11,
        "result_document_id": "杭州市_2024",
        "result_start": place,
        "result_end": place + 2,
    }
    frame = show_misses(MISSES.frame([row]).fillna({"telling": "", "words": ""}), TEXTS).frame
    assert [str(cell) for cell in frame.iloc[0]][2:5] == ["≈6%", "去年增长5%", "只列数字 number alone"]
    assert "No miss is known" in show_misses(MISSES.empty(), TEXTS).note
    assert "None of these reports" in show_admissions(ADMISSIONS.empty(), TEXTS).note


def test_year_unknown_breaks_nothing():
    unknown = shelf(["杭州市_2024"]).assign(year=pd.array([None], dtype="Int64"))
    own = PANEL[PANEL["document_id"] == "杭州市_2024"].assign(superior_document_id="")
    assert "year unknown" in show_chain(own, unknown, "杭州市_2024").caption
