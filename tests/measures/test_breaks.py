"""Breaks: planted ones are found with their years, and none where there is none."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError
from workbench.measures.breaks import LEAST_SEGMENT, choose_breaks, find_breaks, locate_breaks


def series(values, *, first=2000, theme="health"):
    years = range(first, first + len(values))
    return pd.DataFrame({"region": "甲市", "theme": theme, "year": years, "share_pct": values})


def noise(size, scale=0.3):
    return np.random.default_rng(7).normal(0, scale, size)


def test_two_planted_breaks_are_found_with_their_levels():
    found = find_breaks(series(np.repeat([5.0, 10.0, 7.0], 8) + noise(24)))
    assert found["break_year"].tolist() == [2008, 2016]
    assert found["breaks"].tolist() == [2, 2]
    assert found["before"].round().tolist() == [5, 10]
    assert found["after"].round().tolist() == [10, 7]
    assert (found["low_year"] <= found["break_year"]).all()
    assert (found["break_year"] <= found["high_year"]).all()


def test_a_faint_break_has_a_wider_interval_than_a_plain_one():
    plain = find_breaks(series(np.repeat([5.0, 10.0], 10) + noise(20))).iloc[0]
    faint = find_breaks(series(np.repeat([5.0, 6.6], 10) + noise(20, 0.7))).iloc[0]
    assert plain["high_year"] - plain["low_year"] < faint["high_year"] - faint["low_year"]


def test_level_noise_seldom_has_a_break():
    rng = np.random.default_rng(7)
    broken = [bool(choose_breaks(rng.normal(5, 1, 40))) for _ in range(60)]
    assert np.mean(broken) < 0.1


def test_a_series_without_break_has_one_row_that_says_so():
    found = find_breaks(series(np.tile([5.0, 5.2, 4.8], 6)))
    assert found["breaks"].tolist() == [0]
    assert found["break_year"].isna().all()


def test_a_short_series_is_missing_not_zero():
    found = find_breaks(series([1.0, 2.0, 9.0, 9.0, 9.0]))
    assert found["years"].tolist() == [5]
    assert found["breaks"].isna().all()


def test_a_series_that_never_varies_has_no_break():
    assert find_breaks(series([0.0] * 12))["breaks"].tolist() == [0]


def test_missing_years_are_left_out():
    values = [5.0, np.nan, 5.1, 4.9, 5.0, 9.0, 9.1, 8.9, 9.0, 9.05]
    found = find_breaks(series(values))
    assert found["years"].tolist() == [9]
    assert found["break_year"].tolist() == [2005]


def test_two_values_of_a_year_are_refused():
    twice = pd.concat([series(range(10)), series(range(10))])
    with pytest.raises(ParameterError, match="one value a year"):
        find_breaks(twice)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 20), min_size=9, max_size=16), st.integers(0, 2))
def test_the_cut_has_the_least_squares_of_all_cuts(values, number):
    values = np.array(values)
    if np.ptp(values) < 1e-3:
        return

    def squares(places):
        return sum(((part - part.mean()) ** 2).sum() for part in np.split(values, places))

    def cuts(start, left):
        if left == 0:
            yield []
        for cut in range(start + LEAST_SEGMENT, len(values) - LEAST_SEGMENT * left + 1):
            yield from ([cut, *rest] for rest in cuts(cut, left - 1)) if left else ()

    best = min(squares(places) for places in cuts(0, number)) if number else squares([])
    assert squares(locate_breaks(values, number)) == pytest.approx(best, abs=1e-6)


def test_segments_are_never_shorter_than_the_least():
    places = choose_breaks(np.array([0, 9, 0, 9, 0, 9, 0, 9, 0, 9.0]))
    assert all(np.diff([0, *places, 10]) >= LEAST_SEGMENT)
