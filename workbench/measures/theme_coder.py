"""The sentence coder: a small trained model that says which theme a sentence is about.

Two steps. First a table of character n-grams scores every sentence and heading alone. Then a small
network weighs these scores with those of the paragraph's opening, the sentences before and after,
and the headings above. Parameters come from ``train_theme_coder``; predicting needs numpy and scipy.
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

Layers = tuple[tuple[np.ndarray, np.ndarray], ...]
"""Weights and biases of a network, from input to output."""


@dataclass(frozen=True)
class ThemeCoder:
    """The coder's parameters.

    `buckets`, `weights` and `scale` are the table of n-grams (weights are whole numbers times
    `scale`), `energy` each n-gram's part in the length of a sentence, `bias` the scores of an empty
    one; `primary` and `secondary` are the networks, `threshold` the least probability of a
    secondary theme, `about` what is known of the training.
    """

    themes: tuple[str, ...]
    buckets: np.ndarray
    weights: np.ndarray
    scale: np.ndarray
    energy: np.ndarray
    bias: np.ndarray
    primary: Layers
    secondary: Layers
    threshold: float
    about: Mapping[str, Any]

    def score_texts(self, texts: list[str]) -> np.ndarray:
        """Return the log-probabilities of the themes for each cleaned text, read alone."""
        found = ngram_matrix(texts, self.buckets)
        length = np.sqrt(np.maximum(found @ self.energy, 1e-9))
        scores = (found @ self.weights) * self.scale / length[:, None] + self.bias
        return log_softmax(scores)

    def score_context(self, context: Context) -> tuple[np.ndarray, np.ndarray]:
        """Return each sentence's probability of each primary, and of each secondary theme."""
        features = join_features(self.score_texts(context.texts), context)
        primary = np.exp(log_softmax(run_network(features, self.primary)))
        secondary = 1 / (1 + np.exp(-run_network(features, self.secondary)))
        return primary, secondary

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
        layers = {
            f"{name}_{part}_{number}": array.astype(np.float32)
            for name, network in (("primary", self.primary), ("secondary", self.secondary))
            for number, layer in enumerate(network)
            for part, array in zip(("weights", "bias"), layer, strict=True)
        }
        about = {"themes": self.themes, "threshold": self.threshold, **self.about}
        np.savez_compressed(
            Path(path),
            about=np.array(json.dumps(about, ensure_ascii=False)),
            buckets=np.diff(self.buckets.astype(np.uint32), prepend=np.uint32(0)),
            weights=self.weights.astype(np.int8),
            scale=self.scale.astype(np.float32),
            energy=self.energy.astype(np.float16),
            bias=self.bias.astype(np.float32),
            **layers,
        )


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
            primary=_layers(arrays, "primary"),
            secondary=_layers(arrays, "secondary"),
        )
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise SeedError(
            f"{path}: expected a theme coder as `python -m workbench.measures.train_theme_coder` writes, "
            f"found {type(error).__name__}: {error}; train one or leave the option out."
        ) from error


def _layers(arrays: Mapping[str, np.ndarray], name: str) -> Layers:
    numbers = range(sum(key.startswith(f"{name}_weights_") for key in arrays))
    return tuple((arrays[f"{name}_weights_{i}"], arrays[f"{name}_bias_{i}"]) for i in numbers)


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


def join_features(scores: np.ndarray, context: Context) -> np.ndarray:
    """Set each sentence's scores beside the probabilities of its neighbours (zeros where it has none)."""
    sentences = len(context.places[NEIGHBOURS[0]])
    probabilities = np.exp(scores)
    parts = [np.maximum(scores[:sentences], -8) / 4, probabilities[:sentences]]
    for name in NEIGHBOURS:
        place = context.places[name]
        parts.append(probabilities[np.maximum(place, 0)] * (place >= 0)[:, None])
    return np.hstack(parts).astype(np.float32)


def run_network(features: np.ndarray, layers: Layers) -> np.ndarray:
    """Run a network with rectified hidden layers; the output is before any softmax or sigmoid."""
    for number, (weights, bias) in enumerate(layers):
        features = features @ weights + bias
        if number + 1 < len(layers):
            features = np.maximum(features, 0)
    return features


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Return the logarithm of the softmax of each row."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
