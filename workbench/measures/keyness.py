"""What marks one set of documents against another: keyness, in each variant that the field uses.

a, b are the counts of a term in target and reference; c, d the sizes; N = c + d. Tools print "log
likelihood" for two different numbers: `g2` has all four cells of the table (Dunning 1993), `g2_two_term`
only the two of the term (Rayson & Garside 2000, the UCREL wizard). Both are given, signed: + where
the term is relatively more frequent in the target.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError

_SIGNED = "signed: + marks the target"
KEYNESS = Table(
    "keyness",
    "term",
    ("term",),
    {
        "term": Column("str", "term"),
        "target_count": Column("int64", "count in the target, a", "tokens"),
        "reference_count": Column("int64", "count in the reference, b", "tokens"),
        "target_per_10k": Column("float64", "frequency in the target", "1/10,000"),
        "reference_per_10k": Column("float64", "frequency in the reference", "1/10,000"),
        "target_documents": Column("int64", "documents of the target that hold it", "documents"),
        "g2": Column("float64", f"log likelihood, four cells (Dunning 1993), {_SIGNED}"),
        "g2_two_term": Column("float64", f"log likelihood, two cells (Rayson & Garside 2000), {_SIGNED}"),
        "chi2": Column("float64", f"Pearson's chi-squared, no correction, {_SIGNED}"),
        "chi2_yates": Column("float64", f"chi-squared with Yates' correction, {_SIGNED}"),
        "p": Column("float64", "p of |g2|, chi-squared with one degree of freedom", "0..1"),
        "p_adjusted": Column("float64", "p adjusted for the number of terms tested", "0..1"),
        "bayes_factor": Column("float64", "BIC, |g2_two_term| - ln N (Wilson 2013)"),
        "log_ratio": Column("float64", "log2 of the relative frequencies, 0 as 0.5 (Hardie 2014)"),
        "log_ratio_low": Column("float64", "lower end of its interval", nullable=True),
        "log_ratio_high": Column("float64", "upper end of its interval", nullable=True),
        "percent_diff": Column(
            "float64", "%DIFF (Gabrielatos & Marchi 2011); empty if b = 0", "%", nullable=True
        ),
        "odds_ratio": Column("float64", "odds ratio; empty if a cell below the line is 0", nullable=True),
        "difference_coefficient": Column("float64", "(f1-f2)/(f1+f2) (Hofland & Johansson 1982)", "-1..1"),
        "simple_maths": Column("float64", "(fpm1+n)/(fpm2+n), n=1 (Kilgarriff 2009)"),
        "ell": Column("float64", "g2_two_term/(N ln min E) (Johnston et al. 2006)", nullable=True),
        "log_odds_z": Column("float64", "z of the log odds with Dirichlet prior (Monroe et al. 2008)"),
        "reason": Column("str", "why a value is empty", nullable=True),
    },
)
CORRECTIONS = ("holm", "bh", "bonferroni", "none")


def compare_keyness(
    counts: pd.DataFrame,
    *,
    target: Collection[str],
    reference: Collection[str],
    correction: str = "holm",
    minimum_count: int = 1,
    confidence: float = 0.95,
    prior: float = 0.01,
) -> pd.DataFrame:
    """Score how strongly each term marks the `target` documents against the `reference`.

    Parameters
    ----------
    counts : DataFrame
        TERM_COUNTS, perhaps narrowed by `select_terms`; c and d are the sums of what is in it.
    target, reference : Collection of str
        document_ids; the two share none, and neither is empty.
    correction : {"holm", "bh", "bonferroni", "none"}
        How p is adjusted for many tests.
    minimum_count : int
        Least a + b of a term that is listed and tested; the sizes are of all terms.
    confidence : float
        Of the interval of the log ratio (normal approximation for the ratio of two Poisson rates).
    prior : float
        Pseudo-count of each term in the Dirichlet prior of the log odds, an uninformed prior;
        pass the size of an informed one to `log_odds_z` itself.

    Returns
    -------
    DataFrame
        KEYNESS, one row a term, by falling g2.

    Raises
    ------
    ParameterError
        The sets share a document, or hold none that is in `counts`; unknown correction.
    """
    target, reference = _check_sets(counts, target, reference)
    sums = _sum_counts(counts, target, reference)
    a, b = sums["a"].to_numpy(float), sums["b"].to_numpy(float)
    scores = score_keyness(a, b, a.sum(), b.sum(), confidence=confidence)
    scores["log_odds_z"] = log_odds_z(a, b, prior)
    frame = pd.concat([sums.reset_index(), scores], axis=1)
    frame = frame[frame["a"] + frame["b"] >= minimum_count].copy()
    frame["p_adjusted"] = adjust_p(frame["p"].to_numpy(), correction)
    frame["reason"] = np.select(
        [frame["b"] == 0, frame["ell"].isna()],
        ["not in the reference", "an expected count is at most 1"],
        default="",
    )
    frame = frame.rename(columns={"a": "target_count", "b": "reference_count"})
    return KEYNESS.check(frame.sort_values(["g2", "term"], ascending=[False, True]))


def _check_sets(
    counts: pd.DataFrame, target: Collection[str], reference: Collection[str]
) -> tuple[set[str], set[str]]:
    held = set(counts["document_id"].astype("str").unique())
    sets = {"target": set(target), "reference": set(reference)}
    shared = sets["target"] & sets["reference"]
    if shared:
        raise ParameterError(
            f"target and reference: expected no document in both, found {', '.join(sorted(shared))}; "
            "take it out of one."
        )
    for name, documents in sets.items():
        if not documents & held:
            raise ParameterError(
                f"{name}: expected documents that hold a term, found none of them in the counts; "
                "check the document_ids and what select_terms left."
            )
    return sets["target"] & held, sets["reference"] & held


def _sum_counts(counts: pd.DataFrame, target: set[str], reference: set[str]) -> pd.DataFrame:
    names = counts["document_id"].astype("str")
    sums = {}
    for column, documents in (("a", target), ("b", reference)):
        part = counts[names.isin(documents)]
        sums[column] = part.groupby("term", observed=True)["count"].sum()
        if column == "a":
            sums["target_documents"] = part.groupby("term", observed=True)["document_id"].nunique()
    frame = pd.DataFrame({name: values.rename(index=str) for name, values in sums.items()})
    frame.index.name = "term"
    return frame.fillna(0).astype("int64")  # a term that a set lacks occurs in it 0 times


def score_keyness(
    a: np.ndarray, b: np.ndarray, c: float, d: float, *, confidence: float = 0.95, smoothing: float = 1.0
) -> pd.DataFrame:
    """Compute the measures from counts; one row an element of `a` and `b`.

    Parameters
    ----------
    a, b : array
        Counts of the terms in target and reference.
    c, d : float
        Sizes of target and reference.
    confidence : float
        Of the interval of the log ratio.
    smoothing : float
        n of simple maths, per million.

    Returns
    -------
    DataFrame
        The columns of KEYNESS that depend on a, b, c, d alone. An interval is empty where a or b
        is 0, since the estimate of the variance is then infinite.
    """
    from scipy import stats

    a, b = np.asarray(a, float), np.asarray(b, float)
    n = c + d
    sign = np.where(a / c >= b / d, 1.0, -1.0)
    observed = np.stack([a, b, c - a, d - b])
    expected = np.stack([c * (a + b), d * (a + b), c * (n - a - b), d * (n - a - b)]) / n
    cells = _times_log(observed, expected)
    g2, two = 2 * cells.sum(0), 2 * cells[:2].sum(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = np.abs(observed[0] - expected[0])
        inverse = (1 / expected).sum(0)
        least = np.log(expected[:2].min(0))
        ratio = np.log2(np.where(a == 0, 0.5, a) / c) - np.log2(np.where(b == 0, 0.5, b) / d)
        half = stats.norm.ppf(0.5 + confidence / 2) * np.sqrt(1 / a - 1 / c + 1 / b - 1 / d) / np.log(2)
        half = np.where((a > 0) & (b > 0), half, np.nan)
        return pd.DataFrame(
            {
                "target_per_10k": a / c * 10_000,
                "reference_per_10k": b / d * 10_000,
                "g2": sign * g2,
                "g2_two_term": sign * two,
                "chi2": sign * gap**2 * inverse,
                "chi2_yates": sign * np.maximum(gap - 0.5, 0) ** 2 * inverse,
                "p": stats.chi2.sf(np.maximum(g2, 0), 1),
                "bayes_factor": two - np.log(n),
                "log_ratio": ratio,
                "log_ratio_low": ratio - half,
                "log_ratio_high": ratio + half,
                "percent_diff": np.where(b > 0, (a / c - b / d) * 100 / (b / d), np.nan),
                "odds_ratio": np.where((b > 0) & (c > a), a * (d - b) / (b * (c - a)), np.nan),
                "difference_coefficient": (a / c - b / d) / (a / c + b / d),
                "simple_maths": (a / c * 1e6 + smoothing) / (b / d * 1e6 + smoothing),
                "ell": np.where(least > 0, two / (n * least), np.nan),
            }
        )


def _times_log(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return O ln(O/E), 0 where O is 0."""
    from scipy.special import rel_entr

    return rel_entr(observed, expected)


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
