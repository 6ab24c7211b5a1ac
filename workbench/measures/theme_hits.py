"""The terms of a lexicon of themes in the texts that the theme coder reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from workbench.measures.term_finder import find_terms
from workbench.measures.theme_features import clean_texts


@dataclass(frozen=True)
class CoderTerms:
    """Terms as cleaned texts have them, the number of each one's theme (-1: it only blocks), its weight."""

    terms: tuple[str, ...]
    themes: np.ndarray
    weights: np.ndarray


def clean_terms(lexicon: pd.DataFrame, themes: Sequence[str]) -> CoderTerms:
    """Return a lexicon (term, theme, weight) as the coder uses it; of terms that become alike, the first."""
    numbers = {theme: number for number, theme in enumerate(themes) if theme != "none"}
    rows = lexicon.assign(term=clean_texts(lexicon["term"].tolist())).drop_duplicates("term")
    columns = np.array([numbers.get(theme, -1) for theme in rows["theme"]])
    return CoderTerms(tuple(rows["term"]), columns, rows["weight"].to_numpy(np.float32))


@dataclass(frozen=True)
class TermHits:
    """Of each text and theme: weighted `sums` of terms, their number and whether the first term is one."""

    sums: np.ndarray
    counts: np.ndarray
    first: np.ndarray

    @cached_property
    def shares(self) -> np.ndarray:
        """Each theme's share of a text's weighted terms; zeros where there is none."""
        return self.sums / np.maximum(self.sums.sum(axis=1, keepdims=True), 1e-9)

    def lengths(self, rows: np.ndarray) -> np.ndarray:
        """Return the logarithms of the sums of some texts, of length 1 or less."""
        scores = np.log1p(self.sums[rows])
        return scores / np.maximum(np.linalg.norm(scores, axis=1, keepdims=True), 1)

    def features(self, rows: np.ndarray) -> list[np.ndarray]:
        """Return what the network sees of the terms in the sentences themselves."""
        sums = self.sums[rows]
        most = (sums > 0) & (sums >= sums.max(axis=1, keepdims=True))
        some = np.broadcast_to(sums.sum(axis=1, keepdims=True) > 0, sums.shape)
        counts = np.minimum(self.counts[rows], 4) / 2
        return [self.lengths(rows), self.shares[rows], most, self.first[rows], counts, some]


def find_hits(texts: Sequence[str], lexicon: CoderTerms, themes: int) -> TermHits:
    """Find the terms in cleaned texts; a term counts its weight times the root of its length."""
    find = find_terms(list(lexicon.terms))
    ends = np.cumsum([len(text) + 1 for text in texts])
    found = np.array(list(find("\n".join(texts))), dtype=np.int64).reshape(-1, 3)
    found = found[lexicon.themes[found[:, 0]] >= 0]
    owners = np.searchsorted(ends, found[:, 1], side="right")
    cells = owners * themes + lexicon.themes[found[:, 0]]
    weights = lexicon.weights[found[:, 0]] * np.sqrt(found[:, 2] - found[:, 1])
    shape, size = (len(texts), themes), len(texts) * themes
    first = np.zeros(size, dtype=np.float32)
    first[cells[np.unique(owners, return_index=True)[1]]] = 1
    sums = np.bincount(cells, weights, minlength=size).astype(np.float32)
    counts = np.bincount(cells, minlength=size).astype(np.float32)
    return TermHits(sums.reshape(shape), counts.reshape(shape), first.reshape(shape))
