"""Precision, recall and F1 of matched records, by level of rightness and by field, with intervals."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

LEVELS = ("detect", "value", "strict", "headline")
VALUE_FIELDS = ("low", "high", "unit", "bound")
STRICT_FIELDS = ("measure", "direction", "status", "period", "indicator")
FIELDS = (*VALUE_FIELDS, *STRICT_FIELDS)
SEED = 20240101

_MEASURES = ("precision", "recall", "f1")
_ENDS = [f"{name}_{end}" for name in _MEASURES for end in ("low", "high")]


def score_levels(pairs: pd.DataFrame, *, resamples: int = 1000, seed: int = SEED) -> pd.DataFrame:
    """Score the four levels of rightness.

    Parameters
    ----------
    pairs : DataFrame
        `Evaluation.pairs`.
    resamples, seed : int
        Of the bootstrap over documents: statements of one report err together. Few documents make
        wide and unsteady intervals.

    Returns
    -------
    DataFrame
        One row a level: level, gold, predicted, matched (records), precision, recall, f1, and the
        95 % interval of each (precision_low, precision_high …; missing without `resamples`).
    """
    counts = {}
    for level in LEVELS:
        of_gold, of_found = ("gold_headline", "found_headline") if level == "headline" else ("gold", "found")
        right = pairs[level].astype(bool) & pairs[of_gold].astype(bool) if len(pairs) else []
        counts[level] = (pairs[of_gold], pairs[of_found], right) if len(pairs) else ([], [], [])
    return _table("level", "matched", counts, pairs["document_id"] if len(pairs) else [], resamples, seed)


def score_fields(pairs: pd.DataFrame, *, resamples: int = 1000, seed: int = SEED) -> pd.DataFrame:
    """Score each field by itself: a record counts where it was found and this field is right.

    Parameters
    ----------
    pairs : DataFrame
        `Evaluation.pairs`.
    resamples, seed : int
        As of `score_levels`, with the same draws.

    Returns
    -------
    DataFrame
        One row per field, and ``found`` for the value expression as such: field, gold, predicted,
        right (records), precision, recall, f1, and the 95 % interval of each.
    """
    if pairs.empty:
        return pd.DataFrame(columns=["field", "gold", "predicted", "right", *_MEASURES, *_ENDS])
    wrong = pairs["wrong"].str.split(",").map(set)
    found = pairs["detect"].astype(bool)
    right = {"found": found, **{f: found & ~wrong.map(lambda w, f=f: f in w) for f in FIELDS}}
    counts = {name: (pairs["gold"], pairs["found"], hits) for name, hits in right.items()}
    return _table("field", "right", counts, pairs["document_id"], resamples, seed)


def _table(
    what: str,
    right: str,
    counts: dict[str, tuple[Iterable[bool], Iterable[bool], Iterable[bool]]],
    documents: Iterable[str],
    resamples: int,
    seed: int,
) -> pd.DataFrame:
    codes = pd.factorize(pd.Series(list(documents), dtype="str"), sort=True)[0]
    size = int(codes.max()) + 1 if len(codes) else 0
    drawn = np.random.default_rng(seed).integers(0, size, size=(resamples, size)) if size else None
    rows = []
    for name, sides in counts.items():
        by_document = np.array([np.bincount(codes, np.asarray(list(s), float), size) for s in sides])
        total = by_document.sum(axis=1)
        ends = [float("nan")] * len(_ENDS)
        if drawn is not None and resamples:
            draws = _measures(*by_document[:, drawn].sum(axis=2))
            ends = [end for sample in draws for end in np.percentile(sample, [2.5, 97.5])]
        rows.append((name, *total.astype(int), *_measures(*total), *ends))
    return pd.DataFrame(rows, columns=[what, "gold", "predicted", right, *_MEASURES, *_ENDS])


def _measures(gold: np.ndarray, predicted: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return precision, recall and F1 (0 where nothing is coded or found)."""
    return (
        right / np.maximum(predicted, 1),
        right / np.maximum(gold, 1),
        2 * right / np.maximum(gold + predicted, 1),
    )
