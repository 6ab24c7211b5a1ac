"""Samples of sentences to be coded by hand, stratified so that each level, year and part has its share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.errors import ParameterError
from workbench.tables import Column, Table

SAMPLE = Table(
    "sample",
    "sentence drawn",
    ("document_id", "sentence"),
    {
        "document_id": Column("str", "document, REGION_YEAR"),
        "sentence": Column("int64", "number of the sentence in its document, from 0"),
        "start": Column("int64", "first character in the text of the document", "characters"),
        "end": Column("int64", "after the last character in the text of the document", "characters"),
        "stratum": Column("str", "values that the sentence was drawn by, joined by |"),
        "weight": Column("float64", "sentences that this one stands for", "sentences"),
    },
)
ALLOCATIONS = ("proportional", "equal")


def draw_sample(
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    size: int,
    by: Sequence[str] = ("level", "year", "part"),
    allocation: str = "proportional",
    seed: int = 0,
) -> pd.DataFrame:
    """Draw sentences by chance, spread over strata.

    Parameters
    ----------
    sentences, documents : DataFrame
        SENTENCES and DOCUMENTS.
    size : int
        Sentences to draw.
    by : sequence of str
        Columns of either table that make the strata; none for a plain random sample.
    allocation : {"proportional", "equal"}
        "proportional" draws every k-th sentence of a list shuffled within its strata, from a random
        start: each sentence has the same chance and each stratum its share, to within one sentence,
        however many strata there are. "equal" gives each stratum the same number as far as it has
        so many; totals then need `weight`.
    seed : int
        The same seed and tables give the same sample.

    Returns
    -------
    DataFrame
        SAMPLE: one row per sentence drawn, in the order of documents and text; the weights add up
        to the number of sentences (for "equal": of the strata that were drawn from).

    Raises
    ------
    ParameterError
        A size below one or beyond the number of sentences, an unknown column or allocation.

    References
    ----------
    Cochran (1977), Sampling Techniques, chapters 5 and 8.
    """
    _check(sentences, documents, size, by, allocation)
    frame = sentences.merge(
        documents[["document_id", *(name for name in by if name not in sentences)]],
        on="document_id",
        validate="m:1",
    ).sort_values(["document_id", "sentence"], ignore_index=True)
    keys = (
        frame[list(by)].astype("str").fillna("").agg("|".join, axis=1)
        if by
        else pd.Series("all", frame.index)
    )
    generator = np.random.default_rng(seed)
    shuffled = frame.assign(stratum=keys, chance=generator.random(len(frame)))
    shuffled = shuffled.sort_values(["stratum", "chance"], ignore_index=True)
    taken = _every_kth(shuffled, size, generator) if allocation == "proportional" else _evenly(shuffled, size)
    drawn = shuffled.loc[taken]
    if allocation == "proportional":
        drawn = drawn.assign(weight=len(frame) / size)
    else:
        drawn = drawn.assign(
            weight=drawn["stratum"].map(keys.value_counts())
            / drawn["stratum"].map(drawn["stratum"].value_counts())
        )
    return SAMPLE.check(drawn.sort_values(["document_id", "sentence"])[list(SAMPLE.columns)])


def _every_kth(shuffled: pd.DataFrame, size: int, generator: np.random.Generator) -> np.ndarray:
    step = len(shuffled) / size
    return (
        np.floor(generator.random() * step + step * np.arange(size))
        .astype("int64")
        .clip(max=len(shuffled) - 1)
    )


def _evenly(shuffled: pd.DataFrame, size: int) -> np.ndarray:
    """Take the first of each stratum, then the second, until there are enough."""
    turn = shuffled.groupby("stratum").cumcount()
    first_of_turn = shuffled["chance"]  # within a turn, which strata come first is left to chance
    return np.lexsort((first_of_turn, turn))[:size]


def _check(
    sentences: pd.DataFrame, documents: pd.DataFrame, size: int, by: Sequence[str], allocation: str
) -> None:
    if not 1 <= size <= len(sentences):
        raise ParameterError(
            f"size: expected 1 to {len(sentences):,} sentences, found {size}; choose one of these."
        )
    unknown = [name for name in by if name not in sentences and name not in documents]
    if unknown:
        raise ParameterError(
            f"by: {', '.join(unknown)} is a column neither of sentences nor of documents; "
            f"there are {', '.join(dict.fromkeys([*documents.columns, *sentences.columns]))}."
        )
    if allocation not in ALLOCATIONS:
        raise ParameterError(f"allocation: expected one of {', '.join(ALLOCATIONS)}, found {allocation!r}.")
