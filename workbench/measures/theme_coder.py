"""The sentence coder: a small trained model that says which theme a sentence is about.

Two steps. First a table of character n-grams scores every sentence, clause and heading alone. Then,
for each sentence and theme, a small network weighs these scores with those of the sentence's
clauses, the paragraph's opening, the sentences before and after, and the headings above, and with
the terms of a lexicon of themes in it.
Parameters come from ``train_theme_coder``; predicting needs numpy and scipy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from workbench.errors import SeedError
from workbench.lexicons import data_file
from workbench.measures.theme_features import NEIGHBOURS, Context, ngram_matrix
from workbench.measures.theme_hits import CoderTerms, TermHits, find_hits

Layers = tuple[tuple[np.ndarray, np.ndarray], ...]
"""Weights and biases of a network, from input to output."""


@dataclass(frozen=True)
class ThemeCoder:
    """The coder's parameters.

    `buckets`, `weights` and `scale` are the table of n-grams (weights are whole numbers times
    `scale`), `energy` each n-gram's part in the length of a sentence, `bias` the scores of an empty
    one; `lexicon` holds the terms; `network` says of a sentence and a theme whether it is the primary
    one, and whether one at all; `threshold` is the least probability of a secondary theme, `about`
    tells of the training.
    """

    themes: tuple[str, ...]
    buckets: np.ndarray
    weights: np.ndarray
    scale: np.ndarray
    energy: np.ndarray
    bias: np.ndarray
    lexicon: CoderTerms
    network: Layers
    threshold: float
    about: Mapping[str, Any]

    def score_texts(self, texts: list[str]) -> np.ndarray:
        """Return the log-probabilities of the themes for each cleaned text, read alone."""
        found = ngram_matrix(texts, self.buckets)
        length = np.sqrt(np.maximum(found @ self.energy, 1e-9))
        scores = (found @ self.weights) * self.scale / length[:, None] + self.bias
        return log_softmax(scores)

    def score_context(self, context: Context) -> tuple[np.ndarray, np.ndarray]:
        """Return each sentence's probability of each primary theme (sum: 1), and of each theme at all."""
        if not context.sentences:
            return np.zeros((0, len(self.themes))), np.zeros((0, len(self.themes)))
        hits = find_hits(context.texts, self.lexicon, len(self.themes))
        features = ContextFeatures(self.score_texts(context.texts), hits, context)
        scored = [run_pairs(features.pairs(rows), self.network) for rows in features.chunks()]
        primary, every = (np.concatenate([part[:, :, side] for part in scored]) for side in (0, 1))
        return primary / primary.sum(axis=1, keepdims=True), every

    def choose(self, primary: np.ndarray, secondary: np.ndarray) -> tuple[list[str], list[str]]:
        """Return the primary theme of each sentence, and its up to two secondary ones, joined by ``|``."""
        best = primary.argmax(axis=1)
        chosen = choose_themes(primary, secondary, self.threshold, self.themes.index("none"))
        chosen[np.arange(len(best)), best] = 0
        further: list[list[str]] = [[] for _ in best]
        order = np.argsort(-secondary, axis=1, kind="stable")
        for row in np.flatnonzero(chosen.any(axis=1)):
            further[row] = [self.themes[theme] for theme in order[row] if chosen[row, theme]]
        return [self.themes[theme] for theme in best], ["|".join(names) for names in further]

    def save(self, path: Path | str) -> None:
        """Write the coder to one file (NumPy's npz, compressed, with a fixed date in it)."""
        about = {"themes": self.themes, "threshold": self.threshold, **self.about}
        arrays: dict[str, Any] = {
            "about": np.array(json.dumps(about, ensure_ascii=False)),
            "buckets": np.diff(self.buckets.astype(np.uint32), prepend=np.uint32(0)),
            "weights": self.weights.astype(np.int8),
            "scale": self.scale.astype(np.float32),
            "energy": self.energy.astype(np.float16),
            "bias": self.bias.astype(np.float32),
            "terms": np.array("\n".join(self.lexicon.terms)),
            "term_themes": self.lexicon.themes.astype(np.int8),
            "term_weights": self.lexicon.weights.astype(np.float32),
        }
        for number, (weights, shift) in enumerate(self.network):
            arrays |= {
                f"layer_{number}": weights.astype(np.float32),
                f"shift_{number}": shift.astype(np.float32),
            }
        np.savez_compressed(Path(path), **arrays)


def read_coder(path: Path | str | None = None) -> ThemeCoder:
    """Read a coder: the one that comes with the workbench, or a file that the training wrote.

    Raises
    ------
    SeedError
        No such file, or not a coder.
    """
    return _read_file(Path(path) if path else data_file("theme_coder.npz"))


@cache
def _read_file(path: Path) -> ThemeCoder:
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = dict(file)
        about = json.loads(str(arrays.pop("about")))
        return ThemeCoder(
            themes=tuple(about.pop("themes")),
            threshold=about.pop("threshold"),
            about=about,
            buckets=np.cumsum(arrays["buckets"], dtype=np.uint32),
            weights=arrays["weights"].astype(np.float32),
            scale=arrays["scale"],
            energy=arrays["energy"].astype(np.float32),
            bias=arrays["bias"],
            lexicon=CoderTerms(
                tuple(str(arrays["terms"]).split("\n")), arrays["term_themes"], arrays["term_weights"]
            ),
            network=tuple((arrays[f"layer_{i}"], arrays[f"shift_{i}"]) for i in range(2)),
        )
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise SeedError(
            f"{path}: expected a theme coder as `python -m workbench.measures.train_theme_coder` writes, "
            f"found {type(error).__name__}: {error}; train one or leave the option out."
        ) from error


def choose_themes(primary: np.ndarray, secondary: np.ndarray, threshold: float, none: int) -> np.ndarray:
    """Return sentences x themes of 0 and 1: the likeliest primary theme and up to two secondary ones.

    A sentence without a theme has no secondary one, and no sentence has ``none`` as a secondary.
    """
    best = primary.argmax(axis=1)
    sentences = np.arange(len(best))
    further = secondary.copy()
    further[sentences, best] = 0
    further[:, none] = 0
    further[best == none] = 0
    second = np.sort(further, axis=1)[:, -2:-1]
    chosen = ((further >= threshold) & (further >= second)).astype(int)
    chosen[sentences, best] = 1
    return chosen


class ContextFeatures:
    """Features of each sentence and theme, from the scores and terms of all texts of a context."""

    def __init__(self, scores: np.ndarray, hits: TermHits, context: Context) -> None:
        """Sum up the clauses of each sentence once."""
        self.scores, self.hits, self.context = scores, hits, context
        self.probabilities = np.exp(scores)
        first = len(scores) - len(context.owners)
        length = np.array([len(text) for text in context.texts], dtype=np.float32)[:, None]
        starts = np.searchsorted(context.owners, np.arange(context.sentences))
        shape = (context.sentences, scores.shape[1])
        self.clauses = [
            *_sum_clauses(self.probabilities[first:], length[first:], starts),
            *_sum_clause_terms(hits.sums[first:], hits.shares[first:], starts),
            np.broadcast_to(np.log(np.diff(np.append(starts, len(context.owners))))[:, None], shape),
            np.broadcast_to(np.log(np.maximum(length[: shape[0]], 1)) / 5, shape),
        ]
        self.density = hits.sums[: shape[0]] / np.sqrt(np.maximum(length[: shape[0]], 1))

    def chunks(self, size: int = 4096) -> list[np.ndarray]:
        """Return the numbers of the sentences, a few thousand at a time."""
        return [
            np.arange(at, min(at + size, self.context.sentences))
            for at in range(0, self.context.sentences, size)
        ]

    def pairs(self, rows: np.ndarray) -> np.ndarray:
        """Return sentences x themes x features."""
        own, logs = self.probabilities[rows], self.scores[rows]
        best = own.max(axis=1, keepdims=True)
        parts = [own, np.maximum(logs, -8) / 8, np.log((own + 1e-4) / (best + 1e-4)), own >= best]
        for name in NEIGHBOURS:
            place = self.context.places[name][rows]
            parts.append(self.probabilities[np.maximum(place, 0)] * (place >= 0)[:, None])
        for name in ("paragraph", "heading", "parent"):
            place = self.context.places[name][rows]
            parts.append(self.hits.shares[np.maximum(place, 0)] * (place >= 0)[:, None])
        parts += [part[rows] for part in (*self.clauses, self.density)]
        return np.stack([*parts, *self.hits.features(rows)], axis=2).astype(np.float32)


def _sum_clauses(clauses: np.ndarray, length: np.ndarray, starts: np.ndarray) -> list[np.ndarray]:
    """Return mean, highest and first probability in each sentence's clauses, and how many have the theme."""
    best = clauses >= clauses.max(axis=1, keepdims=True)
    return [
        np.add.reduceat(clauses * length, starts) / np.add.reduceat(length, starts),
        np.maximum.reduceat(clauses, starts),
        clauses[starts],
        np.minimum(np.add.reduceat(best, starts, dtype=np.float32), 4) / 2,
        np.add.reduceat((clauses > 0.5) * length, starts) / 40,
    ]


def _sum_clause_terms(sums: np.ndarray, shares: np.ndarray, starts: np.ndarray) -> list[np.ndarray]:
    """Return how many clauses have most terms of the theme, its share in the first and in all with terms."""
    most = (sums > 0) & (sums >= sums.max(axis=1, keepdims=True))
    filled = np.add.reduceat((sums.sum(axis=1) > 0).astype(np.float32), starts)
    return [
        np.minimum(np.add.reduceat(most, starts, dtype=np.float32), 4) / 2,
        shares[starts],
        np.add.reduceat(shares, starts) / np.maximum(filled, 1)[:, None],
    ]


def run_pairs(pairs: np.ndarray, network: Layers) -> np.ndarray:
    """Return sentences x themes x (primary, at all): probabilities of a network with one hidden layer.

    The rows of the first weights are the features and then, as the network sees a theme by its
    number too, one for each theme.
    """
    (weights, shift), (out_weights, out_shift) = network
    features = pairs.shape[2]
    own = (weights[features:] + shift).astype(np.float32)
    hidden = np.maximum(pairs @ weights[:features].astype(np.float32) + own, 0)
    return 1 / (1 + np.exp(-(hidden @ out_weights.astype(np.float32) + out_shift.astype(np.float32))))


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Return the logarithm of the softmax of each row."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
