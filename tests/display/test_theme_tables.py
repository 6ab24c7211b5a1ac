"""Theme tables lead with what is large and show its sentences."""

import pandas as pd

from workbench.display.theme_tables import (
    leading_themes,
    show_theme_examples,
    show_theme_shares,
    show_trends,
)

SHARES = pd.DataFrame(
    {
        "theme": ["none", "digital", "health", "digital", "health"],
        "sentences": [9, 1, 3, 1, 3],
        "share_pct": [50.0, 5.0, 15.0, 5.0, 15.0],
        "low_pct": [40.0, 2.0, None, 2.0, 9.0],
        "high_pct": [60.0, 9.0, None, 9.0, 20.0],
    }
)


def test_leading_themes_leave_out_the_residual():
    assert leading_themes(SHARES, most=1) == ["health"]


def test_shares_are_sorted_and_a_missing_interval_stays_empty():
    frame = show_theme_shares(SHARES.iloc[:3]).frame
    assert frame["占比 share (%)"].tolist() == ["50.0", "15.0", "5.0"]
    assert frame["95 %"].tolist() == ["40.0–60.0", "", "2.0–9.0"]


def test_examples_are_sentences_of_their_theme():
    coded = pd.DataFrame(
        {
            "document_id": ["甲"] * 3,
            "sentence": [0, 1, 2],
            "start": [0, 4, 8],
            "end": [4, 8, 12],
            "primary": ["health", "none", "health"],
            "secondary": ["education|digital", "", ""],
        }
    )
    table = show_theme_examples(coded, {"甲": "建设医院各位代表办好诊所"}, themes=2, sentences=2)
    assert [str(cell) for cell in table.frame["句子 sentence"]] == ["建设医院", "办好诊所"]
    assert table.frame["次要主题 secondary"].tolist() == ["教育 数字经济与数字政府", ""]


def test_trends_are_tested_from_four_years_on():
    rising = pd.DataFrame(
        {"region": "甲", "year": range(2015, 2023), "theme": "digital", "share_pct": range(1, 9)}
    )
    table = show_trends(rising)
    assert table.frame.iloc[0, 0].startswith("数字经济")
    assert table.frame["每年百分点 points a year"].tolist() == ["1.00"]
    assert "Fewer than four years" in show_trends(rising.head(3)).note
