"""Trends of attention: rises and breaks, punctuation, who follows whom, composition held fixed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from workbench.errors import ParameterError

LEAST_YEARS = 4


def average_shares(
    shares: pd.DataFrame,
    *,
    composition: Literal["as found", "balanced", "fixed effects"] = "fixed effects",
    value: str = "share_pct",
) -> pd.DataFrame:
    """Average regions' shares by year, so that a change is not one of who reports.

    Parameters
    ----------
    shares : DataFrame
        region, year, theme and the column `value`: one row per region, year and theme.
    composition : {"as found", "balanced", "fixed effects"}
        ``as found``: the plain mean of the regions that report in the year. ``balanced``: only
        regions that report in every year that occurs. ``fixed effects``: year effects of a
        regression of the share on regions and years (least squares), set at the mean of all.

    Returns
    -------
    DataFrame
        One row per theme and year: theme, year, the column `value`, regions (that report in it).

    Raises
    ------
    ParameterError
        An unknown composition; no region reports in all years (balanced).
    """
    known = shares.dropna(subset=[value])
    if composition not in ("as found", "balanced", "fixed effects"):
        raise ParameterError(
            f"composition={composition!r}: expected 'as found', 'balanced' or 'fixed effects'."
        )
    if composition == "balanced":
        known = _keep_complete(known)
    rows = []
    for theme, members in known.groupby("theme"):
        table = members.pivot_table(index="year", columns="region", values=value)
        mean = _year_effects(table) if composition == "fixed effects" else table.mean(axis=1)
        rows.append(pd.DataFrame({"theme": theme, value: mean, "regions": table.notna().sum(axis=1)}))
    return pd.concat(rows).reset_index()[["theme", "year", value, "regions"]]


def _keep_complete(known: pd.DataFrame) -> pd.DataFrame:
    years = known.groupby("region")["year"].nunique()
    complete = years.index[years == known["year"].nunique()]
    if complete.empty:
        longest = years.sort_values(ascending=False).head(3)
        found = ", ".join(f"{region} {count}" for region, count in longest.items())
        raise ParameterError(
            f"composition='balanced': expected a region that reports in all {known['year'].nunique()} years, "
            f"found at most {found}; choose fewer years or 'fixed effects'."
        )
    return known[known["region"].isin(complete)]


def _year_effects(table: pd.DataFrame) -> pd.Series:
    """Return the year effects of share = year + region, at the mean region."""
    years, regions = table.shape
    row, column = np.nonzero(table.notna().to_numpy())
    design = np.zeros((len(row), years + regions))
    design[np.arange(len(row)), row] = 1
    design[np.arange(len(row)), years + column] = 1
    effects = np.linalg.lstsq(design, table.to_numpy()[row, column], rcond=None)[0]
    return pd.Series(effects[:years] + effects[years:].mean(), index=table.index)


def find_trends(
    shares: pd.DataFrame, *, by: Sequence[str] = ("region", "theme"), value: str = "share_pct"
) -> pd.DataFrame:
    """Test each series for a monotone trend and for one break.

    Parameters
    ----------
    shares : DataFrame
        The columns of `by`, year and the column `value`. Missing years are left out, not filled.

    Returns
    -------
    DataFrame
        One row per series: the columns of `by`, years (with a value), first_year, last_year, tau and
        trend_p (Mann 1945, Kendall 1975; tau-b by SciPy), trend_p_holm (Holm 1979, over all series of
        the call), slope_per_year with slope_low, slope_high (Theil-Sen, 95 %), break_year (first
        year after the most likely break), break_p (Pettitt 1979, approximate), break_p_holm. Series
        of under four years have only their years.

    Notes
    -----
    The tests take years as independent; reports copy from year to year, so p is too small where a
    series is strongly autocorrelated (`lag1` gives the correlation with the year before).
    """
    rows = [_test_series(members, value) for _, members in shares.groupby(list(by), sort=True)]
    groups = shares.groupby(list(by), sort=True).size().index.to_frame(index=False)
    tested = pd.concat([groups, pd.DataFrame(rows)], axis=1)
    for name in ("trend_p", "break_p"):
        tested[f"{name}_holm"] = _holm(tested[name])
    return tested


def _test_series(members: pd.DataFrame, value: str) -> dict[str, float]:
    from scipy import stats

    series = members.dropna(subset=[value, "year"]).sort_values("year")
    years, values = series["year"].to_numpy(float), series[value].to_numpy(float)
    empty = dict.fromkeys(
        ("tau", "trend_p", "slope_per_year", "slope_low", "slope_high", "break_year", "break_p", "lag1"),
        np.nan,
    )
    found = {
        "years": len(years),
        "first_year": years.min(initial=np.inf),
        "last_year": years.max(initial=-np.inf),
    }
    if len(years) < LEAST_YEARS or np.ptp(values) == 0:
        return {**found, **empty}
    if len(set(years)) < len(years):
        raise ParameterError("find_trends: expected one value a year in each series; add a column to `by`.")
    tau, p = stats.kendalltau(years, values)
    slope, _, low, high = stats.theilslopes(values, years)
    place, break_p = pettitt(values)
    lag1 = np.corrcoef(values[1:], values[:-1])[0, 1] if np.ptp(values[1:]) * np.ptp(values[:-1]) else np.nan
    return {
        **found,
        **dict(zip(empty, (tau, p, slope, low, high, years[place], break_p, lag1), strict=True)),
    }


def pettitt(values: np.ndarray) -> tuple[int, float]:
    """Find the most likely single break of a series.

    Returns
    -------
    place, p : int, float
        The first value after the break, and the approximate two-sided p-value.

    References
    ----------
    Pettitt (1979), Applied Statistics 28(2): 126-135: U(t) sums sign(x_i - x_j) over i <= t < j;
    K is the largest |U(t)|; p is about 2 exp(-6 K^2 / (n^3 + n^2)).
    """
    signs = np.sign(values[:, None] - values[None, :])
    number = len(values)
    sums = np.array([signs[:cut, cut:].sum() for cut in range(1, number)])
    place = int(np.abs(sums).argmax()) + 1
    largest = float(np.abs(sums).max())
    return place, min(1.0, 2 * np.exp(-6 * largest**2 / (number**3 + number**2)))


def _holm(p: pd.Series) -> pd.Series:
    """Return p-values corrected for the number of tests (Holm 1979)."""
    known = p.dropna().sort_values()
    steps = known * np.arange(len(known), 0, -1)
    return steps.cummax().clip(upper=1).reindex(p.index)


def yearly_changes(
    shares: pd.DataFrame, *, by: Sequence[str] = ("region", "theme"), value: str = "share_pct"
) -> pd.DataFrame:
    """Compute the change from the year before; after a gap, and from zero, it is missing.

    Returns
    -------
    DataFrame
        One row per row of `shares`: the columns of `by`, year, change (in the unit of `value`),
        change_pct (of the year before's value).
    """
    ordered = shares.sort_values([*by, "year"])
    groups = ordered.groupby(list(by), sort=False)
    before = groups[value].shift().where(groups["year"].diff() == 1)
    changes = ordered[[*by, "year"]].copy()
    changes["change"] = ordered[value] - before
    changes["change_pct"] = 100 * changes["change"] / before.where(before > 0)
    return changes.reset_index(drop=True)


def measure_punctuation(changes: pd.DataFrame, *, value: str = "change_pct") -> pd.DataFrame:
    """Measure how punctuated attention is: long calm and few leaps give a high kurtosis.

    Parameters
    ----------
    changes : DataFrame
        theme and the column `value`, as `yearly_changes` returns.

    Returns
    -------
    DataFrame
        One row per theme, and one for all (theme ``all``): changes (counted), kurtosis (excess,
        Fisher; 0 for a normal), l_kurtosis (Hosking 1990; 0.1226 for a normal), missing for under
        ten changes.

    References
    ----------
    Jones & Baumgartner (2005), The Politics of Attention; Breunig & Jones (2011), Political Analysis 19(1).
    """
    known = changes.dropna(subset=[value])
    groups = [*known.groupby("theme"), ("all", known)]
    rows = [(theme, len(members), *_kurtoses(members[value].to_numpy(float))) for theme, members in groups]
    return pd.DataFrame(rows, columns=["theme", "changes", "kurtosis", "l_kurtosis"])


def _kurtoses(values: np.ndarray) -> tuple[float, float]:
    from scipy import stats

    if len(values) < 10 or np.ptp(values) == 0:
        return np.nan, np.nan
    ordered = np.sort(values)
    rank = np.arange(len(ordered))
    size = len(ordered)
    b0, b1 = ordered.mean(), (rank / (size - 1) * ordered).mean()
    b2 = (rank * (rank - 1) / ((size - 1) * (size - 2)) * ordered).mean()
    b3 = (rank * (rank - 1) * (rank - 2) / ((size - 1) * (size - 2) * (size - 3)) * ordered).mean()
    fourth, second = 20 * b3 - 30 * b2 + 12 * b1 - b0, 2 * b1 - b0
    return float(stats.kurtosis(values, bias=False)), float(fourth / second)


def lead_and_lag(
    shares: pd.DataFrame, *, centre: str = "全国", lags: int = 2, value: str = "share_pct"
) -> pd.DataFrame:
    """Correlate each region's changes with the centre's of the same, earlier and later years.

    Parameters
    ----------
    shares : DataFrame
        region, year, theme and the column `value`.
    centre : str
        Region that is compared with.
    lags : int
        Years to each side; a lag of 1 sets the region beside the centre's report of the year before
        (which it can have read: regions report in January, the centre in March).

    Returns
    -------
    DataFrame
        One row per region, theme and lag: region, theme, lag, correlation (Spearman, of changes
        from year to year), years (pairs); missing under six pairs.

    Raises
    ------
    ParameterError
        The centre has no rows.
    """
    changes = yearly_changes(shares, value=value).dropna(subset=["change"])
    if centre not in set(shares["region"]):
        raise ParameterError(
            f"centre={centre!r}: expected a region of the shares; it has no rows among them."
        )
    reference = changes[changes["region"] == centre][["theme", "year", "change"]]
    rows = []
    for (region, theme), members in changes[changes["region"] != centre].groupby(["region", "theme"]):
        for lag in range(-lags, lags + 1):
            moved = reference[reference["theme"] == theme].assign(
                year=lambda frame, lag=lag: frame["year"] + lag
            )
            both = members.merge(moved, on="year", suffixes=("", "_centre"))
            enough = len(both) >= 6 and both["change"].nunique() > 1 and both["change_centre"].nunique() > 1
            correlation = both["change"].corr(both["change_centre"], method="spearman") if enough else np.nan
            rows.append((region, theme, lag, correlation, len(both)))
    return pd.DataFrame(rows, columns=["region", "theme", "lag", "correlation", "years"])
