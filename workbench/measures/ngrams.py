"""Sequences of words, or of characters: counts by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbench.corpus.joined import join_sentences
from workbench.errors import ParameterError
from workbench.tables import TERM_COUNTS

SEPARATOR = " "


def count_ngrams(tokens: pd.DataFrame, *, n: int = 2) -> pd.DataFrame:
    """Count sequences of n words by document.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS. No sequence reaches over a sign or the end of a sentence.
    n : int
        Words in a sequence, 1 or more.

    Returns
    -------
    DataFrame
        TERM_COUNTS, the words of a term joined by a blank.
    """
    if n < 1:
        raise ParameterError(f"n: expected 1 or more words, found {n}; choose a length.")
    keys, names = number_ngrams(tokens, n)
    held = keys >= 0
    frame = pd.DataFrame({"document_id": tokens["document_id"].to_numpy()[held], "term": keys[held]})
    sizes = frame.groupby(["document_id", "term"], observed=True).size().rename("count").reset_index()
    sizes["term"] = pd.Categorical.from_codes(
        sizes["term"].to_numpy(), categories=pd.Index(names, dtype="str")
    )
    sizes["document_id"] = sizes["document_id"].astype("category")
    return TERM_COUNTS.check(sizes, keys=False)


def number_ngrams(tokens: pd.DataFrame, n: int) -> tuple[np.ndarray, list[str]]:
    """Return, for each token, the number of the sequence of n words that starts there, and their names.

    -1 stands where none starts: a sign or the end of the sentence is nearer than n words.
    """
    words = tokens["token"].astype("category")
    vocabulary = [str(word) for word in words.cat.categories]
    codes = words.cat.codes.to_numpy().astype(np.int64)
    solid = np.fromiter((any(map(str.isalnum, word)) for word in vocabulary), bool, len(vocabulary))
    document = tokens["document_id"].astype("category").cat.codes.to_numpy()
    sentence = tokens["sentence"].to_numpy()
    keys = np.where(solid[codes], codes, -1) if len(codes) else codes
    names = vocabulary
    for step in range(1, n):
        last = len(codes) - step
        follows = np.full(len(codes), -1)
        if last > 0:
            together = (document[:last] == document[step:]) & (sentence[:last] == sentence[step:])
            together &= solid[codes[step:]] & (keys[:last] >= 0)
            follows[:last] = np.where(together, codes[step:], -1)
        pairs = np.where(follows >= 0, keys * len(vocabulary) + follows, -1)
        unique, inverse = np.unique(pairs, return_inverse=True)
        shift = 1 if len(unique) and unique[0] < 0 else 0
        keys = inverse.reshape(-1) - shift
        firsts, seconds = np.divmod(unique[shift:], max(len(vocabulary), 1))
        names = [f"{names[a]}{SEPARATOR}{vocabulary[b]}" for a, b in zip(firsts, seconds, strict=True)]
    return keys, names


def count_character_ngrams(
    texts: Mapping[str, str], sentences: pd.DataFrame, *, n: int = 2, noise: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count sequences of n Chinese characters by document: the count that needs no segmentation.

    Returns
    -------
    DataFrame
        TERM_COUNTS; sequences reach over neither signs nor the ends of sentences.
    """
    if n < 1:
        raise ParameterError(f"n: expected 1 or more characters, found {n}; choose a length.")
    rows = []
    for joined in join_sentences(texts, sentences, noise):
        text = joined.text
        han = [is_han(character) for character in text]
        runs = np.convolve(han, np.ones(n, dtype=int), "valid") if len(text) >= n else np.array([], int)
        counter = Counter(text[start : start + n] for start in np.flatnonzero(runs == n))
        rows += [(joined.document_id, term, count) for term, count in counter.items()]
    return TERM_COUNTS.frame(rows)


def is_han(character: str) -> bool:
    """Say whether a character is Chinese (unified ideographs, extensions included)."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\U00020000" <= character <= "\U0003ffff"
    )
