"""Breaks in a series: where its level changes, how many times, and how surely the year is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.errors import ParameterError

LEAST_SEGMENT = 3
LEAST_YEARS = 8
SEED = 20260101


def find_breaks(
    shares: pd.DataFrame,
    *,
    by: Sequence[str] = ("region", "theme"),
    value: str = "share_pct",
    most: int = 4,
    draws: int = 300,
) -> pd.DataFrame:
    """Cut each series into segments of constant level: none, one or several breaks.

    Parameters
    ----------
    shares : DataFrame
        The columns of `by`, year and the column `value`. Missing years are left out, not filled.
    most : int
        Most breaks of a series; segments have at least three years with a value.
    draws : int
        Bootstrap draws for the intervals.

    Returns
    -------
    DataFrame
        One row per series and break, or one row with `breaks` 0: the columns of `by`, years (with a
        value), breaks (of the series), number (of this one, from 1), break_year (first year of the
        new level), low_year, high_year (95 %), before, after (means of the segments, in the unit of
        `value`). A series of under eight years has missing `breaks`: it was not looked at.

    Raises
    ------
    ParameterError
        Two values of one year in a series; `most` or `draws` below zero.

    Notes
    -----
    Least squares for each number of breaks by exact dynamic programming (ruptures, KernelCPD with a
    linear kernel; Truong, Oudre & Vayatis 2020); the number by the modified Schwarz
    criterion of Zhang & Siegmund (2007).
    Intervals: residuals drawn with replacement are added to the segment means and the breaks found
    again, their number held fixed. In level noise of 10 to 20 years one series in nine gets a break,
    of 40 years one in thirty. All take years as independent; a slow trend is cut into steps,
    so look at the slope beside it.
    """
    if most < 0 or draws < 0:
        raise ParameterError(f"find_breaks: expected most and draws of at least 0, found {most} and {draws}.")
    rows = []
    for group, members in shares.groupby(list(by), sort=True):
        series = members.dropna(subset=[value, "year"]).sort_values("year")
        if series["year"].duplicated().any():
            raise ParameterError(
                "find_breaks: expected one value a year in each series; add a column to `by`."
            )
        years, values = series["year"].to_numpy(int), series[value].to_numpy(float)
        rows += [(*group, len(years), *found) for found in _cut(years, values, most, draws)]
    names = ["years", "breaks", "number", "break_year", "low_year", "high_year", "before", "after"]
    table = pd.DataFrame(rows, columns=[*by, *names])
    counted = ["breaks", "number", "break_year", "low_year", "high_year"]
    return table.astype(dict.fromkeys(counted, "Int64"))


def _cut(years: np.ndarray, values: np.ndarray, most: int, draws: int) -> list[tuple]:
    if len(years) < LEAST_YEARS or np.ptp(values) == 0:
        return [(None if len(years) < LEAST_YEARS else 0, *[None] * 4, np.nan, np.nan)]
    places = choose_breaks(values, most=most)
    if not places:
        return [(0, *[None] * 4, np.nan, np.nan)]
    means = _segment_means(values, places)
    fitted = np.repeat(means, np.diff([0, *places, len(values)]))
    rng = np.random.default_rng(SEED)
    residuals = values - fitted
    drawn = [locate_breaks(fitted + rng.choice(residuals, len(values)), len(places)) for _ in range(draws)]
    limits = np.quantile(drawn, [0.025, 0.975], axis=0, method="nearest").astype(int) if draws else None
    rows = []
    for number, place in enumerate(places):
        low, high = (
            (years[limits[0, number]], years[limits[1, number]]) if limits is not None else (None, None)
        )
        rows.append((len(places), number + 1, years[place], low, high, means[number], means[number + 1]))
    return rows


def choose_breaks(values: np.ndarray, *, most: int = 4) -> list[int]:
    """Return the places of the breaks (first value of each new segment), their number by a criterion.

    References
    ----------
    Zhang & Siegmund (2007), Biometrics 63: n/2 log(RSS/n) + 3/2 m log n + 1/2 sum of log(n_i/n) over
    segments is least at the number m of breaks; stricter than the criterion of Yao (1988).
    """
    size = len(values)
    scores = []
    for number in range(min(most, size // LEAST_SEGMENT - 1) + 1):
        places = locate_breaks(values, number)
        fitted = np.repeat(_segment_means(values, places), np.diff([0, *places, size]))
        lengths = np.diff([0, *places, size])
        # A perfect fit would have a score of minus infinity whatever its number of breaks.
        error = max(float(((values - fitted) ** 2).mean()), 1e-12 * float(values.var()) + 1e-300)
        penalty = 1.5 * number * np.log(size) + 0.5 * np.log(lengths / size).sum()
        scores.append((size / 2 * np.log(error) + penalty, places))
    return min(scores, key=lambda scored: scored[0])[1]


def locate_breaks(values: np.ndarray, number: int) -> list[int]:
    """Return the places of so many breaks that leave the least squares within segments."""
    if number == 0:
        return []
    import ruptures

    search = ruptures.KernelCPD(kernel="linear", min_size=LEAST_SEGMENT).fit(values.reshape(-1, 1))
    return search.predict(n_bkps=number)[:-1]


def _segment_means(values: np.ndarray, places: list[int]) -> np.ndarray:
    return np.array([segment.mean() for segment in np.split(values, places)])
