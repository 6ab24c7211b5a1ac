"""How many topics: coherence of their terms, and whether other seeds find the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from workbench.errors import ParameterError
from workbench.measures.topics import SEED, ParagraphTerms, Topics, factorise, fit_topics

TOP = 10


def measure_coherence(fitted: Topics, *, top: int = TOP) -> np.ndarray:
    """Measure how often the top terms of each topic stand in the same paragraphs.

    Returns
    -------
    array
        One value a topic from -1 to 1: the mean over pairs of its `top` terms of the normalised
        pointwise mutual information in the paragraphs at hand (Bouma 2009; Lau, Newman & Baldwin
        2014). Terms that never meet count as -1.
    """
    held = (fitted.source.counts > 0).astype(np.float64).tocsc()
    number = held.shape[0]
    order = np.argsort(-fitted.weights, axis=1, kind="stable")[:, :top]
    values = []
    for row in order:
        part = held[:, row]
        joint = (part.T @ part).toarray() / number
        single = np.diag(joint)
        pairs = [_pmi(joint[a, b], single[a], single[b]) for a, b in combinations(range(len(row)), 2)]
        values.append(np.mean(pairs))
    return np.array(values)


def _pmi(joint: float, one: float, other: float) -> float:
    if joint == 0:
        return -1.0
    return 1.0 if joint == 1 else float(np.log(joint / (one * other)) / -np.log(joint))


def measure_stability(
    source: ParagraphTerms, topics: int, *, seeds: Sequence[int] = (1, 2, 3), top: int = TOP
) -> float:
    """Measure how much of the topics' terms other random starts find again.

    Returns
    -------
    float
        From 0 to 1: factorisations begun at random are compared with each other; topics are paired
        one to one for the greatest sum of Jaccard similarities of their top terms, whose mean is
        returned (after Greene, O'Callaghan & Cunningham 2014).
    """
    from scipy.optimize import linear_sum_assignment

    if len(set(seeds)) < 2:
        raise ParameterError(f"seeds={tuple(seeds)}: expected at least two different seeds.")
    weighted = source.weigh()
    runs = []
    for seed in seeds:
        weights = factorise(weighted, topics, init="random", seed=seed)[1]
        runs.append([set(row) for row in np.argsort(-weights, axis=1, kind="stable")[:, :top].tolist()])
    agreements = []
    for one, other in combinations(runs, 2):
        similar = np.array([[len(a & b) / len(a | b) for b in other] for a in one])
        agreements.append(similar[linear_sum_assignment(-similar)].mean())
    return float(np.mean(agreements))


def compare_topic_numbers(
    source: ParagraphTerms, *, numbers: Sequence[int] = (8, 12, 16, 20, 25), seeds: Sequence[int] = (1, 2, 3)
) -> pd.DataFrame:
    """Compare numbers of topics by coherence and stability; too large numbers are left out.

    Returns
    -------
    DataFrame
        One row per number: topics, coherence (mean over topics), stability, score (mean of the two
        after each is scaled to 0..1 over the numbers), best (the highest score, at a tie the fewest).
        The choice remains a judgement: read the topics' sentences.

    Raises
    ------
    ParameterError
        No number fits the paragraphs.
    """
    fitting = [number for number in numbers if 2 <= number < min(source.counts.shape)]
    if not fitting:
        raise ParameterError(
            f"numbers={tuple(numbers)}: none is below {min(source.counts.shape)}; choose fewer."
        )
    rows = []
    for number in fitting:
        fitted = fit_topics(source, topics=number, seed=SEED)
        coherence = float(measure_coherence(fitted).mean())
        rows.append((number, coherence, measure_stability(source, number, seeds=seeds)))
    table = pd.DataFrame(rows, columns=["topics", "coherence", "stability"])
    scaled = [_scale(table["coherence"]), _scale(table["stability"])]
    table["score"] = (scaled[0] + scaled[1]) / 2
    return table.assign(best=table.index == table["score"].idxmax())


def _scale(values: pd.Series) -> pd.Series:
    return (values - values.min()) / (np.ptp(values) or 1)
