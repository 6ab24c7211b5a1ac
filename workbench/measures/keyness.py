"""What marks one set of documents against another: keyness, in each variant that the field uses.

a, b are the counts of a term in target and reference; c, d the sizes; N = c + d. Tools print "log
likelihood" for two different numbers: `g2` has all four cells of the table (Dunning 1993), `g2_two_term`
only the two of the term (Rayson & Garside 2000, the UCREL wizard). Both are given, signed: + where
the term is relatively more frequent in the target.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.keyness_scores import adjust_p, log_odds_z, score_keyness

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
        "g2_williams": Column("float64", f"g2 with Williams' correction (1976), {_SIGNED}"),
        "g2_yates": Column("float64", f"g2 with Yates' correction where quanteda makes it, {_SIGNED}"),
        "g2_two_term": Column("float64", f"log likelihood, two cells (Rayson & Garside 2000), {_SIGNED}"),
        "chi2": Column("float64", f"Pearson's chi-squared, no correction, {_SIGNED}"),
        "chi2_yates": Column("float64", f"chi-squared with Yates' correction, {_SIGNED}"),
        "p": Column("float64", "p of |g2|, chi-squared with one degree of freedom", "0..1"),
        "p_adjusted": Column("float64", "p adjusted for the number of terms tested", "0..1"),
        "bayes_factor": Column("float64", "BIC, |g2_two_term| - ln N (Wilson 2013)"),
        "log_ratio": Column("float64", "log2 of the relative frequencies, 0 as 0.5 (Hardie 2014)"),
        "log_ratio_low": Column("float64", "lower end of its interval", nullable=True),
        "log_ratio_high": Column("float64", "upper end of its interval", nullable=True),
        "log_ratio_conservative": Column("float64", "end of its exact interval nearer to 0 (Evert 2022)"),
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


def compare_keyness(
    counts: pd.DataFrame,
    *,
    target: Collection[str],
    reference: Collection[str],
    correction: str = "holm",
    minimum_count: int = 1,
    confidence: float = 0.95,
    prior: float | Mapping[str, float] = 0.01,
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
    prior : float or Mapping
        Dirichlet prior of the log odds: one pseudo-count for all terms (uninformed), or term ->
        pseudo-count (informed), such as the scaled counts of a background corpus.

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
    tested = int((a + b >= minimum_count).sum())
    scores = score_keyness(a, b, a.sum(), b.sum(), confidence=confidence, tests=tested)
    scores["log_odds_z"] = log_odds_z(a, b, _read_prior(prior, sums.index))
    frame = pd.concat([sums.reset_index(), scores], axis=1)
    frame = frame[frame["a"] + frame["b"] >= minimum_count].copy()
    frame["p_adjusted"] = adjust_p(frame["p"].to_numpy(), correction)
    frame["reason"] = np.select(
        [frame["b"] == 0, frame["a"] == 0, frame["ell"].isna()],
        ["not in the reference", "not in the target", "an expected count is at most 1"],
        default="",
    )
    frame = frame.rename(columns={"a": "target_count", "b": "reference_count"})
    return KEYNESS.check(frame.sort_values(["g2", "term"], ascending=[False, True]))


def _read_prior(prior: float | Mapping[str, float], terms: pd.Index) -> float | np.ndarray:
    if not isinstance(prior, Mapping):
        return prior
    missing = [term for term in terms if not prior.get(term, 0) > 0]
    if missing:
        raise ParameterError(
            f"prior: expected a pseudo-count above 0 for each term, found none for {', '.join(missing[:5])}; "
            "add a small number to all counts of the background."
        )
    return np.array([prior[term] for term in terms], dtype=float)


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
