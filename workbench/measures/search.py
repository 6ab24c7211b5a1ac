"""Fast look-up of literal terms in the sentences of a whole corpus, for work at the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np
import pandas as pd

from workbench.errors import ParameterError
from workbench.measures.concordance import CONCORDANCE, ORDERS

# Stands between sentences in the joined text, so that nothing is found across a border.
BORDER = "\0"


class SentenceIndex:
    """The sentences of a corpus as one string: a term is found in milliseconds, not in a second.

    Parameters
    ----------
    texts : mapping of str to str
    sentences : DataFrame
        SENTENCES.
    """

    def __init__(self, texts: Mapping[str, str], sentences: pd.DataFrame) -> None:
        self.sentences = sentences[["document_id", "sentence", "start", "end"]].reset_index(drop=True)
        self._starts = self.sentences["start"].to_numpy()
        self._lengths = self.sentences["end"].to_numpy() - self._starts
        spans = zip(self.sentences["document_id"], self._starts, self.sentences["end"], strict=True)
        self._joined = BORDER.join(texts[name][start:end] for name, start, end in spans)
        self._places = _places(self._lengths)

    @cached_property
    def characters(self) -> pd.Series:
        """Characters of the sentences of each document."""
        spans = self.sentences["end"] - self.sentences["start"]
        return spans.groupby(self.sentences["document_id"]).sum()

    def find(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of the sentences that hold a term, and where it starts in the joined text."""
        if not term.strip() or BORDER in term:
            raise ParameterError(
                "term: expected one or more characters, found none; give a term to look for."
            )
        found = np.array([m.start() for m in re.finditer(re.escape(term), self._joined)], dtype="int64")
        return np.searchsorted(self._places, found, side="right") - 1, found

    def find_any(self, terms: Iterable[str]) -> np.ndarray:
        """Return the rows of the sentences that hold at least one of the terms, in their order."""
        rows = [self.find(term)[0] for term in terms]
        return np.unique(np.concatenate(rows)) if rows else np.array([], dtype="int64")

    def join(self, rows: np.ndarray) -> tuple[str, np.ndarray]:
        """Return these sentences as one text with borders, and where each starts in it."""
        if len(rows) == len(self.sentences):
            return self._joined, self._places
        ends = self._places[rows] + self._lengths[rows]
        lines = (self._joined[a:b] for a, b in zip(self._places[rows], ends, strict=True))
        return BORDER.join(lines), _places(self._lengths[rows])

    def count(self, term: str) -> pd.DataFrame:
        """Count a term in each document that has it.

        Returns
        -------
        DataFrame
            One row per document with the term, most per length first: document_id, count,
            per_10000_characters.
        """
        rows, _ = self.find(term)
        counts = self.sentences["document_id"].iloc[rows].value_counts(sort=False)
        frame = pd.DataFrame(
            {"count": counts, "per_10000_characters": 1e4 * counts / self.characters[counts.index]}
        )
        frame = frame.rename_axis("document_id").reset_index()
        return frame.sort_values(
            ["per_10000_characters", "document_id"], ascending=[False, True], ignore_index=True
        )

    def list_lines(
        self, term: str, *, order: str = "position", width: int = 20, rows: int = 50
    ) -> tuple[pd.DataFrame, int]:
        """List the first occurrences of a term in an order, and say how many there are.

        Returns
        -------
        DataFrame
            CONCORDANCE: the first `rows` of what `find_concordance` returns for the same options.
        int
            Occurrences in all.
        """
        if order not in ORDERS:
            raise ParameterError(f"order: expected one of {', '.join(ORDERS)}, found {order!r}.")
        sentences, starts = self.find(term)
        low, high = self._places[sentences], self._places[sentences + 1] - 1
        ends = starts + len(term)
        first = np.arange(len(starts))
        if order == "left":
            before = [
                self._joined[a:b][::-1] for a, b in zip(np.maximum(low, starts - width), starts, strict=True)
            ]
            first = _sorted(before)
        elif order == "right":
            after = [self._joined[a:b] for a, b in zip(ends, np.minimum(high, ends + width), strict=True)]
            first = _sorted(after)
        records = [self._line(sentences[n], starts[n], term, width, low[n], high[n]) for n in first[:rows]]
        return CONCORDANCE.frame(records), len(starts)

    def _line(self, row: int, at: int, term: str, width: int, low: int, high: int) -> tuple:
        end = at + len(term)
        start = self._starts[row] + at - low
        place = self.sentences.iloc[row]
        left = _flat(self._joined[max(low, at - width) : at])
        right = _flat(self._joined[end : min(high, end + width)])
        return place["document_id"], place["sentence"], start, start + len(term), left, term, right


def _places(lengths: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(lengths + 1)])


def _sorted(keys: list[str]) -> np.ndarray:
    flat = [_flat(key) for key in keys]
    return np.array(sorted(range(len(flat)), key=flat.__getitem__), dtype="int64")


def _flat(text: str) -> str:
    return re.sub(r"\s", " ", text)
