"""Values in words keep number, unit, bound and sign."""

import math

import pandas as pd
import pytest

from workbench.display.wording import word_number, word_value, word_values


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (2_200_000_000, "元", "22亿元"),
        (1e12, "元", "1万亿元"),
        (13000, "人", "1.3万人"),
        (6.5, "%", "6.5%"),
        (4115, "家", "4,115家"),
        (0.125, "", "0.125"),
    ],
)
def test_word_number_uses_chinese_scales(value, unit, expected):
    assert word_number(value, unit) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((6, 6, "%", "about"), "≈6%"),
        ((20_000_000_000, 20_000_000_000, "元", "at_least"), "≥200亿元"),
        ((5, 5.5, "%", "range"), "5–5.5%"),
        ((3, 3, "%", "exact", "down"), "−3%"),
        ((3, 3, "%", "about", "down"), "≈−3%"),
        ((3, 3, "%", "at_least", "down"), "↓≥3%"),
        ((3, 4, "%", "range", "down"), "↓3–4%"),
        ((math.nan, math.nan, "", "in_step"), ""),
    ],
)
def test_word_value_shows_bound_and_sign(arguments, expected):
    assert word_value(*arguments) == expected


def test_word_values_reads_a_table_without_direction():
    frame = pd.DataFrame({"low": [6.0], "high": [6.0], "unit": ["%"], "bound": ["at_most"]})
    assert word_values(frame).tolist() == ["≤6%"]
