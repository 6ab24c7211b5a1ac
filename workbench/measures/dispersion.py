"""How evenly a term is spread over the parts of a corpus: documents, regions, years."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.frequency import count_matrix

DISPERSION = Table(
    "dispersion",
    "term",
    ("term",),
    {
        "term": Column("str", "term"),
        "count": Column("int64", "times that the term occurs", "tokens"),
        "over": Column("str", "what the parts are"),
        "parts": Column("int64", "number of parts", "parts"),
        "range": Column("int64", "parts that hold the term", "parts"),
        "dp": Column("float64", "deviation of proportions (Gries 2008); 0 even", "0..1", nullable=True),
        "dp_norm": Column("float64", "DP/(1 - least share) (Lijffijt & Gries 2012)", "0..1", nullable=True),
        "juilland_d": Column("float64", "Juilland's D, relative frequencies; 1 even", nullable=True),
        "juilland_d_raw": Column("float64", "Juilland's D, raw counts; for equal parts only", nullable=True),
        "carroll_d2": Column("float64", "Carroll's D2, relative frequencies; 1 even", "0..1", nullable=True),
        "rosengren_s": Column("float64", "Rosengren's S, sizes adjusted; 1 even", "0..1", nullable=True),
        "kl": Column("float64", "Kullback-Leibler divergence from the sizes; 0 even", "bits", nullable=True),
        "da": Column("float64", "DA (Burch, Egbert & Biber 2017); 1 even", nullable=True),
        "reason": Column("str", "why values are empty", nullable=True),
    },
)
_CHUNK = 4096


def measure_dispersion(
    counts: pd.DataFrame,
    *,
    parts: Mapping[str, str] | None = None,
    over: str = "documents",
    minimum_count: int = 5,
) -> pd.DataFrame:
    """Measure how evenly each term is spread.

    Parameters
    ----------
    counts : DataFrame
        TERM_COUNTS; the sizes of the parts are the sums of what is in it.
    parts : Mapping, optional
        document_id -> part (its region, its year); by default each document is a part.
    over : str
        What the parts are, to be printed with the numbers: "documents", "regions", "years".
    minimum_count : int
        Least count of a term; dispersion of rare terms says little.

    Returns
    -------
    DataFrame
        DISPERSION by falling count; values are empty, with the reason, where there is but one part.

    Raises
    ------
    ParameterError
        A document has no part.
    """
    named = counts.assign(document_id=_name_parts(counts, parts))
    sizes = named.groupby("document_id", observed=True)["count"].sum()
    totals = named.groupby("term", observed=True)["count"].sum()
    wanted = totals[totals >= minimum_count].sort_values(ascending=False, kind="stable").index.astype("str")
    labels = named["term"].astype("str")
    frames = [DISPERSION.empty().drop(columns=["over", "term"])]
    for first in range(0, len(wanted), _CHUNK):
        terms = wanted[first : first + _CHUNK]
        matrix = count_matrix(named[labels.isin(set(terms))], documents=sizes.index.astype("str"))
        frames.append(score_dispersion(matrix[list(terms)].to_numpy().T, sizes.to_numpy()))
    frame = pd.concat(frames, ignore_index=True).assign(term=list(wanted), over=over)
    return DISPERSION.check(frame)


def _name_parts(counts: pd.DataFrame, parts: Mapping[str, str] | None) -> pd.Series:
    documents = counts["document_id"].astype("str")
    if parts is None:
        return documents
    named = documents.map(dict(parts))
    if named.isna().any():
        missing = sorted(documents[named.isna()].unique())
        raise ParameterError(
            f"parts: expected a part for each document, found none for {', '.join(missing[:5])}; "
            "add them, or leave the documents out of the counts."
        )
    return named.astype("str")


def score_dispersion(counts: np.ndarray, sizes: np.ndarray) -> pd.DataFrame:
    """Compute the measures of dispersion.

    Parameters
    ----------
    counts : array, terms × parts
        Counts of each term in each part.
    sizes : array, parts
        Sizes of the parts.

    Returns
    -------
    DataFrame
        The columns of DISPERSION but term and over, one row a row of `counts`.
    """
    v = np.atleast_2d(np.asarray(counts, float))
    s = np.asarray(sizes, float) / np.sum(sizes)
    n = v.shape[1]
    f = v.sum(1)
    defined = (f > 0) & (n > 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = v / f[:, None]
        rate = v / np.asarray(sizes, float)
        spread = rate / rate.sum(1, keepdims=True)
        dp = np.abs(share - s).sum(1) / 2
        values = {
            "dp": dp,
            "dp_norm": dp / (1 - s.min()),
            "juilland_d": 1 - rate.std(1) / rate.mean(1) / np.sqrt(n - 1),
            "juilland_d_raw": 1 - v.std(1) / v.mean(1) / np.sqrt(n - 1),
            "carroll_d2": -_log_sum(spread, spread) / np.log(n),
            "rosengren_s": np.sqrt(s * v).sum(1) ** 2 / f,
            "kl": _log_sum(share, share / s) / np.log(2),
            "da": 1 - _mean_difference(rate) / (2 * rate.mean(1)),
        }
    frame = pd.DataFrame({name: np.where(defined, value, np.nan) for name, value in values.items()})
    frame["count"] = f.astype(np.int64)
    frame["parts"] = n
    frame["range"] = (v > 0).sum(1)
    frame["reason"] = np.select([f == 0, ~defined], ["the term does not occur", "one part only"], default="")
    return frame


def _log_sum(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the sum of w ln v by row, 0 ln 0 being 0."""
    from scipy.special import xlogy

    return xlogy(weights, np.where(weights > 0, values, 1)).sum(1)


def _mean_difference(rates: np.ndarray) -> np.ndarray:
    """Return the mean of |r_i - r_j| over the pairs of parts, from the sorted rates."""
    n = rates.shape[1]
    weights = 2 * np.arange(n) - n + 1
    return np.sort(rates, axis=1) @ weights / (n * (n - 1) / 2)
