"""The formulas of keyness, from counts alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.errors import ParameterError

CORRECTIONS = ("holm", "bh", "bonferroni", "none")


def score_keyness(
    a: np.ndarray,
    b: np.ndarray,
    c: float,
    d: float,
    *,
    confidence: float = 0.95,
    zero: float = 0.5,
    alpha: float = 0.001,
    tests: int | None = None,
) -> pd.DataFrame:
    """Compute the measures from counts; one row an element of `a` and `b`.

    Parameters
    ----------
    a, b : array
        Counts of the terms in target and reference.
    c, d : float
        Sizes of target and reference.
    confidence : float
        Of the interval of the log ratio (normal approximation).
    zero : float
        What the log ratio takes for a count of 0 (Hardie: 0.5).
    alpha : float
        Two-sided error of the conservative log ratio, divided by the number of tests.
    tests : int, optional
        Number of tests; by default the number of terms with a > 0, as Evert does.

    Returns
    -------
    DataFrame
        The columns of KEYNESS that depend on a, b, c, d alone. The interval of the log ratio is
        empty where a or b is 0, since the estimate of its variance is then infinite.
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    sign = np.where(a / c >= b / d, 1.0, -1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.DataFrame(
            {
                "target_per_10k": a / c * 10_000,
                "reference_per_10k": b / d * 10_000,
                **_test_tables(a, b, c, d, sign),
                **_measure_ratios(a, b, c, d, confidence, zero),
                "log_ratio_conservative": _bound_log_ratio(a, b, c, d, alpha, tests),
                "odds_ratio": np.where((b > 0) & (c > a), a * (d - b) / (b * (c - a)), np.nan),
                "difference_coefficient": (a / c - b / d) / (a / c + b / d),
                "simple_maths": simple_maths(a, b, c, d),
            }
        )


def simple_maths(a: np.ndarray, b: np.ndarray, c: float, d: float, *, n: float = 1.0) -> np.ndarray:
    """Return (f1+n)/(f2+n) of the frequencies per million; a greater n favours common words.

    References
    ----------
    Kilgarriff (2009), Simple maths for keywords, Corpus Linguistics.
    """
    return (a / c * 1e6 + n) / (b / d * 1e6 + n)


def _test_tables(a: np.ndarray, b: np.ndarray, c: float, d: float, sign: np.ndarray) -> dict[str, np.ndarray]:
    """Return the tests of the 2 by 2 tables and what is derived from them."""
    from scipy.special import rel_entr
    from scipy.stats import chi2

    n, both = c + d, a + b
    observed = np.stack([a, b, c - a, d - b])
    expected = np.stack([c * both, d * both, c * (n - both), d * (n - both)]) / n
    cells = rel_entr(observed, expected)
    g2, two = 2 * cells.sum(0), 2 * cells[:2].sum(0)
    gap, inverse = np.abs(a - expected[0]), (1 / expected).sum(0)
    williams = 1 + (n / c + n / d - 1) * (n / both + n / (n - both) - 1) / (6 * n)
    # half a count towards the expected, where quanteda does it: small table, large difference
    half = np.where((gap * n >= n / 2) & (expected.min(0) < 5), 0.5, 0) * np.sign(a - expected[0])
    yates = 2 * rel_entr(observed - np.stack([half, -half, -half, half]), expected).sum(0)
    least = np.log(expected[:2].min(0))
    return {
        "g2": sign * g2,
        "g2_williams": sign * g2 / williams,
        "g2_yates": sign * yates,
        "g2_two_term": sign * two,
        "chi2": sign * gap**2 * inverse,
        "chi2_yates": sign * np.maximum(gap - 0.5, 0) ** 2 * inverse,
        "p": chi2.sf(np.maximum(g2, 0), 1),
        "bayes_factor": two - np.log(n),
        "ell": np.where(least > 0, two / (n * least), np.nan),
    }


def _measure_ratios(
    a: np.ndarray, b: np.ndarray, c: float, d: float, confidence: float, zero: float
) -> dict[str, np.ndarray]:
    """Return the log ratio with its interval, and %DIFF."""
    from scipy.stats import norm

    ratio = np.log2(np.where(a == 0, zero, a) / c) - np.log2(np.where(b == 0, zero, b) / d)
    half = norm.ppf(0.5 + confidence / 2) * np.sqrt(1 / a - 1 / c + 1 / b - 1 / d) / np.log(2)
    half = np.where((a > 0) & (b > 0), half, np.nan)
    return {
        "log_ratio": ratio,
        "log_ratio_low": ratio - half,
        "log_ratio_high": ratio + half,
        "percent_diff": np.where(b > 0, (a / c - b / d) * 100 / (b / d), np.nan),
    }


def _bound_log_ratio(
    a: np.ndarray, b: np.ndarray, c: float, d: float, alpha: float, tests: int | None
) -> np.ndarray:
    """Return the end nearer to 0 of the exact interval of the ratio of two Poisson rates, or 0.

    Given a+b, a is binomial, so the interval is Clopper and Pearson's, turned into a ratio.
    """
    from scipy.stats import beta

    error = alpha / 2 / max(tests or int((a > 0).sum()), 1)
    low = beta.ppf(error, a, b + 1)
    high = beta.ppf(1 - error, a + 1, b)
    least = np.maximum(np.log2(d / c * low / (1 - low)), 0)
    most = np.minimum(np.log2(d / c * high / (1 - high)), 0)
    return np.nan_to_num(np.where(a / c >= b / d, least, most))  # no bound apart from 0: 0


def log_odds_z(a: np.ndarray, b: np.ndarray, prior: float | np.ndarray = 0.01) -> np.ndarray:
    """Return the z of the log odds with a Dirichlet prior, of all terms of two sets.

    Parameters
    ----------
    a, b : array
        Counts of all terms: the sizes are their sums.
    prior : float or array
        Pseudo-count of each term; an array, such as the scaled counts of a background corpus,
        is an informative prior.

    References
    ----------
    Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16(4), equations 15-16, 22.
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    alpha = np.broadcast_to(np.asarray(prior, float), a.shape)
    total = alpha.sum()
    first = np.log(a + alpha) - np.log(a.sum() + total - a - alpha)
    second = np.log(b + alpha) - np.log(b.sum() + total - b - alpha)
    return (first - second) / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))


def adjust_p(p: np.ndarray, correction: str) -> np.ndarray:
    """Adjust p values for the number of tests: Holm, Benjamini-Hochberg, Bonferroni or none."""
    if correction not in CORRECTIONS:
        raise ParameterError(
            f"correction: expected one of {', '.join(CORRECTIONS)}, found {correction!r}; "
            "choose one of these."
        )
    p = np.asarray(p, float)
    if correction == "none" or not len(p):
        return p
    if correction == "bonferroni":
        return np.minimum(p * len(p), 1)
    if correction == "bh":
        from scipy.stats import false_discovery_control

        return false_discovery_control(p)
    order = np.argsort(p)
    stepped = np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p))))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(stepped, 1)
    return adjusted
