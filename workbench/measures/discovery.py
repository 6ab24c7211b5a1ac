"""Terms that the lexicon lacks: neighbouring words that hold together and stand freely as a whole.

Cohesion says how much more often the words stand together than chance would have it, at the weakest
joint (pointwise mutual information, bits). Boundary entropy says how free the whole is on either side
(bits): a fragment of a longer term always has the same neighbour, and an entropy near 0.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.ngrams import SEPARATOR, is_han, number_ngrams

CANDIDATES = Table(
    "candidates",
    "candidate for a term",
    ("words",),
    {
        "term": Column("str", "the words as one"),
        "words": Column("str", "the words as they are cut now, parted by blanks"),
        "count": Column("int64", "times that the words stand together", "occurrences"),
        "documents": Column("int64", "documents that hold them", "documents"),
        "cohesion": Column("float64", "least pointwise mutual information of its joints", "bits"),
        "left_entropy": Column("float64", "entropy of the word before", "bits"),
        "right_entropy": Column("float64", "entropy of the word after", "bits"),
        "weight": Column("float64", "count times cohesion; the order of the table", "bits"),
        "document_id": Column("str", "document of the first occurrence"),
        "start": Column("int64", "first character of it in the text", "characters"),
        "end": Column("int64", "after its last character", "characters"),
    },
)


@dataclass(frozen=True)
class Minimum:
    """Least evidence for a candidate: count, documents, cohesion and the lesser entropy, in bits."""

    count: int = 10
    documents: int = 3
    cohesion: float = 3.0
    entropy: float = 1.5


def discover_terms(
    tokens: pd.DataFrame,
    *,
    stopwords: Collection[str] = (),
    known: Collection[str] = (),
    longest: int = 4,
    most_characters: int = 8,
    minimum: Minimum | None = None,
) -> pd.DataFrame:
    """Find sequences of words that look like terms, with their evidence.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS, in order of the text.
    stopwords : Collection
        Words that a candidate neither begins nor ends with.
    known : Collection
        Terms that are in the lexicon, to be left out.
    longest, most_characters : int
        Most words and characters of a candidate.
    minimum : Minimum, optional
        Least evidence for a candidate.

    Returns
    -------
    DataFrame
        CANDIDATES by falling weight. A sign or the end of a sentence counts each time as a neighbour
        of its own, since a term between signs stands freely.
    """
    if longest < 2:
        raise ParameterError(f"longest: expected at least 2 words, found {longest}; choose a length.")
    if tokens.empty:
        return CANDIDATES.check(CANDIDATES.empty())
    minimum = minimum or Minimum()
    text = _Text(tokens)
    grams = {n: number_ngrams(tokens, n) for n in range(1, longest + 1)}
    counts = {n: np.bincount(keys[keys >= 0], minlength=len(names)) for n, (keys, names) in grams.items()}
    barred, taken = set(stopwords), set(known)
    frames = [CANDIDATES.empty()]
    for n in range(2, longest + 1):
        keys, names = grams[n]
        chosen = np.flatnonzero(counts[n] >= minimum.count)
        wanted = [
            _is_candidate(names[gram].split(SEPARATOR), barred, taken, most_characters) for gram in chosen
        ]
        chosen = chosen[np.array(wanted, dtype=bool)] if len(chosen) else chosen
        frame = text.describe(keys, names, chosen, n)
        frame["count"] = counts[n][chosen]
        frame["cohesion"] = text.measure_cohesion(grams, counts, chosen, n)
        frames.append(frame)
    table = pd.concat(frames, ignore_index=True)
    table["weight"] = table["count"] * table["cohesion"]
    kept = table["documents"].ge(minimum.documents) & table["cohesion"].ge(minimum.cohesion)
    kept &= table[["left_entropy", "right_entropy"]].min(axis=1).ge(minimum.entropy)
    return CANDIDATES.check(table[kept].sort_values(["weight", "words"], ascending=[False, True]))


def _is_candidate(words: list[str], barred: set[str], known: set[str], most: int) -> bool:
    term = "".join(words)
    if len(term) > most or term in known or words[0] in barred or words[-1] in barred:
        return False
    return all(map(is_han, term))


class _Text:
    """The running words with their neighbours and places."""

    def __init__(self, tokens: pd.DataFrame) -> None:
        unigrams, names = number_ngrams(tokens, 1)
        self.words = unigrams
        self.size = int((unigrams >= 0).sum())
        self.kinds = len(names)
        self.document = tokens["document_id"].astype("category")
        self.sentence = tokens["sentence"].to_numpy()
        self.start, self.end = tokens["start"].to_numpy(), tokens["end"].to_numpy()

    def describe(self, keys: np.ndarray, names: list[str], chosen: np.ndarray, n: int) -> pd.DataFrame:
        """Return words, documents, entropies and first place of the chosen sequences."""
        position = np.full(len(names), -1)
        position[chosen] = np.arange(len(chosen))
        at = np.flatnonzero(keys >= 0)
        at = at[position[keys[at]] >= 0]
        number = position[keys[at]]
        codes = self.document.cat.codes.to_numpy().astype(np.int64)
        pairs = np.unique(number * len(self.document.cat.categories) + codes[at])
        first = np.full(len(chosen), len(keys))
        np.minimum.at(first, number, at)
        words = [names[gram] for gram in chosen]
        return pd.DataFrame(
            {
                "term": [word.replace(SEPARATOR, "") for word in words],
                "words": words,
                "documents": np.bincount(
                    pairs // max(len(self.document.cat.categories), 1), minlength=len(chosen)
                ),
                "left_entropy": self._measure_entropy(number, at, at - 1, len(chosen)),
                "right_entropy": self._measure_entropy(number, at, at + n, len(chosen)),
                "document_id": self.document.astype("str").to_numpy()[first],
                "start": self.start[first],
                "end": self.end[first + n - 1],
            }
        )

    def _measure_entropy(
        self, number: np.ndarray, at: np.ndarray, beside: np.ndarray, size: int
    ) -> np.ndarray:
        """Return the entropy of the words at `beside`, for each number; borders are all different."""
        inside = (beside >= 0) & (beside < len(self.words))
        near = np.where(inside, beside, 0)
        codes = self.document.cat.codes.to_numpy()
        inside &= (codes[near] == codes[at]) & (self.sentence[near] == self.sentence[at])
        inside &= self.words[near] >= 0
        total = np.bincount(number, minlength=size).astype(float)
        keys, counts = np.unique(number[inside] * self.kinds + self.words[near[inside]], return_counts=True)
        inner = np.bincount(keys // self.kinds, weights=counts * np.log2(counts), minlength=size)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log2(total) - inner / total

    def measure_cohesion(
        self,
        grams: dict[int, tuple[np.ndarray, list[str]]],
        counts: dict[int, np.ndarray],
        chosen: np.ndarray,
        n: int,
    ) -> np.ndarray:
        """Return the least pointwise mutual information over the joints of the chosen sequences."""
        keys = grams[n][0]
        first = np.full(len(grams[n][1]), len(keys))
        at = np.flatnonzero(keys >= 0)
        np.minimum.at(first, keys[at], at)
        place = first[chosen]
        whole = counts[n][chosen]
        least = np.full(len(chosen), np.inf)
        for joint in range(1, n):
            head = counts[joint][grams[joint][0][place]]
            tail = counts[n - joint][grams[n - joint][0][place + joint]]
            least = np.minimum(least, np.log2(whole * float(self.size) / (head * tail.astype(float))))
        return least
