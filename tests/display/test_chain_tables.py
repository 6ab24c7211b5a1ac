"""Chains say what they lack."""

from workbench.display.chain_tables import show_chain, show_changed_targets, show_fulfilment
from workbench.tables import TARGET_PANEL

EMPTY = {column: None for column in TARGET_PANEL.columns}


def panel_row(document_id, year, low, **more):
    return (
        EMPTY
        | {
            "document_id": document_id,
            "region": "甲市",
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
            "quote": f"{low}%",
            "evidence": f"增长{low}%左右。",
            "start": 2,
            "end": 4,
        }
        | more
    )


PANEL = TARGET_PANEL.frame(
    [
        panel_row("甲市_2023", 2023, 6.0, result_document_id="甲市_2024", result_low=5.0, outcome="missed"),
        panel_row(
            "甲市_2024",
            2024,
            5.5,
            superior_document_id="乙省_2024",
            superior_low=5.0,
            superior_high=5.0,
            amplification=0.5,
        ),
    ]
).assign(result_high=[5.0, None])


def test_chain_sets_the_superior_beside():
    frame = show_chain(PANEL, "甲市_2024").frame
    assert [str(cell) for cell in frame.iloc[0]] == [
        "地区生产总值 Gross regional product",
        "≈5.5%",
        "5%",
        "0.50",
    ]


def test_chain_without_superior_says_so():
    table = show_chain(PANEL, "甲市_2023")
    assert "none in the corpus" in table.caption
    assert "no report of the superior" in table.note


def test_fulfilment_is_told_by_the_later_report():
    frame = show_fulfilment(PANEL, "甲市_2024").frame
    assert [str(cell) for cell in frame.iloc[0]][1:] == ["≈6%", "5%", "未完成 missed"]
    assert "no report of this region" in show_fulfilment(PANEL, "甲市_2023").note


def test_lowered_target_is_called_so():
    assert show_changed_targets(PANEL, "甲市_2024").frame["变化 change"].tolist() == ["lowered"]
