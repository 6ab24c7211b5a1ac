"""Trends: what rises is found, what is missing stays missing, and who reports does not matter."""

import numpy as np
import pandas as pd
import pytest

from workbench.errors import ParameterError
from workbench.measures.trends import (
    average_shares,
    find_trends,
    lead_and_lag,
    measure_punctuation,
    pettitt,
    yearly_changes,
)


def series(values, *, region="甲市", theme="health", first=2010):
    return pd.DataFrame(
        {"region": region, "theme": theme, "year": range(first, first + len(values)), "share_pct": values}
    )


def test_a_rising_series_has_tau_one_and_its_slope():
    trend = find_trends(series([1.0, 3.0, 5.0, 7.0, 9.0])).iloc[0]
    assert trend["tau"] == pytest.approx(1)
    assert trend["slope_per_year"] == pytest.approx(2)
    # exact two-sided p of Kendall's tau: 2 / 5!
    assert trend["trend_p"] == pytest.approx(2 / 120)


def test_years_are_taken_as_they_are_and_missing_ones_left_out():
    frame = pd.concat([series([1.0, np.nan, 3.0]), series([5.0, 6.0], first=2014)])
    trend = find_trends(frame).iloc[0]
    assert trend["years"] == 4
    assert trend["slope_per_year"] == pytest.approx(1)


def test_a_short_series_is_not_tested():
    trend = find_trends(series([1.0, 2.0, 3.0])).iloc[0]
    assert trend["years"] == 3
    assert np.isnan(trend["tau"])


def test_a_break_is_found_at_its_first_year():
    trend = find_trends(series([1.0, 1.1, 1.2, 1.0, 8.0, 8.1, 8.2, 8.0])).iloc[0]
    assert trend["break_year"] == 2014


def test_pettitt_by_hand():
    # all 3 x 3 pairs across the break differ: K = 9, p = 2 exp(-6 * 81 / (216 + 36))
    place, p = pettitt(np.array([0.0, 0.1, 0.2, 5.0, 5.1, 5.2]))
    assert place == 3
    assert p == pytest.approx(2 * np.exp(-6 * 81 / 252))


def test_p_values_are_corrected_for_the_number_of_series():
    frame = pd.concat([series([1.0, 2, 3, 4, 5, 6]), series([2.0, 1, 3, 2, 3, 1], theme="culture")])
    trends = find_trends(frame).set_index("theme")
    assert trends.loc["health", "trend_p_holm"] == pytest.approx(2 * trends.loc["health", "trend_p"])
    assert trends.loc["culture", "trend_p_holm"] == pytest.approx(trends.loc["culture", "trend_p"])


def test_two_values_a_year_are_refused():
    with pytest.raises(ParameterError, match="one value a year"):
        find_trends(pd.concat([series([1.0, 2, 3, 4]), series([1.0, 2, 3, 5])]))


def test_fixed_effects_take_out_who_reports():
    # neither region changes; only the high one reports at the end
    low, high = series([1.0, 1, 1]), series([9.0, 9, 9, 9], region="乙市")
    found = average_shares(pd.concat([low, high]), composition="as found")
    held = average_shares(pd.concat([low, high]), composition="fixed effects")
    assert found["share_pct"].tolist() == [5, 5, 5, 9]
    assert np.allclose(held["share_pct"], 5)
    assert held["regions"].tolist() == [2, 2, 2, 1]


def test_a_balanced_panel_keeps_regions_of_all_years_or_says_there_is_none():
    low, high = series([1.0, 2, 3]), series([9.0, 9, 9, 9], region="乙市")
    assert (average_shares(pd.concat([low, high]), composition="balanced")["share_pct"] == 9).all()
    with pytest.raises(ParameterError, match="all 4 years"):
        average_shares(pd.concat([low, series([9.0], first=2013, region="乙市")]), composition="balanced")
    with pytest.raises(ParameterError, match="weighted"):
        average_shares(low, composition="weighted")


def test_changes_are_missing_after_a_gap_and_from_zero():
    frame = pd.concat([series([4.0, 5.0, 0.0, 2.0]), series([6.0], first=2015)])
    changes = yearly_changes(frame).set_index("year")
    assert changes["change"].iloc[1:4].tolist() == [1, -5, 2]
    assert changes.loc[2011, "change_pct"] == 25
    assert np.isnan(changes.loc[2013, "change_pct"])
    assert np.isnan(changes.loc[2015, "change"])
    assert np.isnan(changes.loc[2010, "change"])


def test_leaps_are_more_punctuated_than_steady_change():
    rng = np.random.default_rng(3)
    calm, leaps = rng.normal(size=400), rng.normal(size=400)
    leaps[::40] *= 15
    frame = pd.DataFrame(
        {"theme": ["calm"] * 400 + ["leaps"] * 400, "change_pct": np.concatenate([calm, leaps])}
    )
    found = measure_punctuation(frame).set_index("theme")
    assert found.loc["calm", "l_kurtosis"] == pytest.approx(0.1226, abs=0.05)
    assert found.loc["leaps", "l_kurtosis"] > 0.25
    assert found.loc["leaps", "kurtosis"] > found.loc["calm", "kurtosis"]
    assert found.loc["all", "changes"] == 800


def test_l_kurtosis_of_a_uniform_is_zero():
    frame = pd.DataFrame({"theme": "health", "change_pct": np.arange(200.0)})
    assert measure_punctuation(frame)["l_kurtosis"].iloc[0] == pytest.approx(0, abs=1e-9)


def test_few_changes_have_no_kurtosis():
    frame = pd.DataFrame({"theme": "health", "change_pct": [1.0, 2.0]})
    assert measure_punctuation(frame)["kurtosis"].isna().all()


def test_a_region_that_follows_a_year_later_correlates_at_lag_one():
    rng = np.random.default_rng(5)
    values = rng.normal(size=15).cumsum()
    frame = pd.concat([series(values, region="全国"), series(values, region="甲市", first=2011)])
    found = lead_and_lag(frame).set_index("lag")
    assert found.loc[1, "correlation"] == pytest.approx(1)
    assert abs(found.loc[0, "correlation"]) < 1
    assert found.loc[1, "years"] == 14


def test_lead_and_lag_needs_the_centre():
    with pytest.raises(ParameterError, match="全国"):
        lead_and_lag(series([1.0, 2, 3]))
