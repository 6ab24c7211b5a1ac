"""How well each field of a statement is found: F1 with the field right, and its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.targets.evaluation import STRICT_FIELDS, VALUE_FIELDS

FIELDS = (*VALUE_FIELDS, *STRICT_FIELDS)


def score_fields(pairs: pd.DataFrame, *, resamples: int = 1000, seed: int = 20240101) -> pd.DataFrame:
    """Score each field by itself: a record counts where it was found and this field is right.

    Parameters
    ----------
    pairs : DataFrame
        `Evaluation.pairs`.
    resamples, seed : int
        Of the bootstrap over documents, by default the same draws as `evaluate_statements` makes;
        few documents make wide and unsteady intervals.

    Returns
    -------
    DataFrame
        One row per field, and ``found`` for the value expression as such: field, gold, predicted,
        right (records), precision, recall, f1, f1_low, f1_high (95 %).
    """
    columns = ["field", "gold", "predicted", "right", "precision", "recall", "f1", "f1_low", "f1_high"]
    if pairs.empty:
        return pd.DataFrame(columns=columns)
    wrong = pairs["wrong"].str.split(",").map(set)
    found = pairs["detect"].astype(bool)
    right = pd.DataFrame({"found": found, **{f: found & ~wrong.map(lambda w, f=f: f in w) for f in FIELDS}})
    by_document = pd.concat([pairs[["gold", "found"]].add_prefix("is_"), right], axis=1).astype("int64")
    counts = by_document.groupby(pairs["document_id"]).sum().to_numpy()
    drawn = np.random.default_rng(seed).integers(0, len(counts), size=(resamples, len(counts)))
    total, draws = counts.sum(axis=0), counts[drawn].sum(axis=1)
    rows = []
    for place, field in enumerate(right, start=2):
        gold, predicted, hits = total[0], total[1], total[place]
        low, high = np.percentile(_f1(draws[:, 0], draws[:, 1], draws[:, place]), [2.5, 97.5])
        shares = hits / max(predicted, 1), hits / max(gold, 1)
        rows.append((field, gold, predicted, hits, *shares, _f1(gold, predicted, hits), low, high))
    return pd.DataFrame(rows, columns=columns)


def _f1(gold: np.ndarray, predicted: np.ndarray, right: np.ndarray) -> np.ndarray:
    return 2 * right / np.maximum(gold + predicted, 1)
