"""Small multiples share their scales, and a year without a rate is a gap."""

import pytest

from workbench.run.multiples import MOST_LONE, lay_out_multiples


def row(region, year, low, high=None, place=(1, 3)):
    told = {"text": f"{low}%", "low": low, "high": low if high is None else high, "place": place}
    return {"region": region, "year": year, "page": "a.html", "headlines": {"gdp": told}}


def test_years_and_rates_stand_alike_in_all_panels():
    first, second = lay_out_multiples(
        [row("甲", 2020, 6.0), row("甲", 2022, 8.0), row("乙", 2022, 8.0)], "gdp"
    )
    assert (first.region, second.region) == ("甲", "乙")
    assert (first.points[1].x, first.points[1].y) == (second.points[0].x, second.points[0].y)
    assert first.points[0].y > first.points[1].y  # less stands lower, and y runs downwards
    assert first.base == second.base > first.points[0].y


def test_a_missing_year_and_a_level_interrupt_the_line():
    rows = [row("甲", 2019, 6.0), row("甲", 2020, 6.0), row("甲", 2021, None), row("甲", 2022, 7.0)]
    (panel,) = lay_out_multiples(rows, "gdp")
    assert [piece for piece in panel.path if piece.isalpha()] == ["M", "L", "M"]
    assert [point.label for point in panel.points] == ["甲 2019: 6.0%", "甲 2020: 6.0%", "甲 2022: 7.0%"]


def test_a_mark_leads_to_its_words_and_a_range_has_two_ends():
    (panel,) = lay_out_multiples([row("甲", 2022, 5.0, 5.5, (10, 14))], "gdp")
    (point,) = panel.points
    assert point.href == "a.html#p-10-14"
    assert point.y_low > point.y_high
    assert point.y == pytest.approx((point.y_low + point.y_high) / 2)


def test_many_regions_of_one_year_are_left_to_the_table():
    many = [row(f"区{number}", 2022, 5.0) for number in range(MOST_LONE + 1)]
    assert lay_out_multiples(many, "gdp") == []
    series = [*many, row("区0", 2023, 5.0)]
    assert [panel.region for panel in lay_out_multiples(series, "gdp")] == ["区0"]
    assert lay_out_multiples([], "gdp") == []
