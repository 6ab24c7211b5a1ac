"""Training of the theme coder: a teacher on coded sentences, a student on all, networks on top.

The teacher (a linear classifier of n-grams, latent topics and lexicon hits of a sentence and its
neighbours) learns from the coded sentences and then labels uncoded ones of the corpus; the
student, a table of n-grams small enough to be shipped, learns from both. This is self-training
(Scudder 1965; Yarowsky 1995) with soft labels (Hinton, Vinyals & Dean 2015). All steps are seeded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.measures.theme_coder import ContextFeatures, Layers, ThemeCoder, log_softmax
from workbench.measures.theme_features import BUCKETS, NEIGHBOURS, Context, hash_ngrams, ngram_matrix
from workbench.measures.theme_hits import clean_terms, find_hits
from workbench.measures.themes import read_theme_terms

SEED = 20260101
NEIGHBOUR_WEIGHTS = dict(zip(NEIGHBOURS, (0.6, 0.4, 0.3, 0.5, 0.2), strict=True))


@dataclass(frozen=True)
class Settings:
    """Choices of the training: sizes, and how strongly each step is held back."""

    ngrams: int = 120_000
    kept: int = 90_000
    topics: int = 128
    rarest: int = 8
    uncoded: int = 50_000
    coded_weight: float = 5.0
    teacher_cost: float = 0.3
    teacher_temperature: float = 0.35
    student_penalty: float = 1e-6
    student_steps: int = 40
    hidden: int = 32
    hidden_penalty: float = 0.01
    hidden_steps: int = 8
    networks: int = 6


@dataclass(frozen=True)
class Coded:
    """Coded sentences: their `rows` among the sentences, documents, primary theme and all themes (0/1).

    `measured` says which of them the coder's quality is measured on; the others train it only.
    """

    rows: np.ndarray
    documents: np.ndarray
    primary: np.ndarray
    every: np.ndarray
    measured: np.ndarray

    def take(self, chosen: np.ndarray) -> Coded:
        """Return some of the coded sentences."""
        parts = (self.rows, self.documents, self.primary, self.every, self.measured)
        return Coded(*(part[chosen] for part in parts))


@dataclass(frozen=True)
class Material:
    """All sentences and headings of a corpus as the training needs them."""

    context: Context
    documents: np.ndarray
    buckets: np.ndarray
    rarity: np.ndarray
    ngrams: Any
    dense: np.ndarray


def prepare_material(
    context: Context, sentences: pd.DataFrame, themes: Sequence[str], settings: Settings
) -> Material:
    """Count n-grams, find latent topics and score lexicon terms for all sentences and headings."""
    from scipy import sparse
    from sklearn.utils.extmath import randomized_svd

    texts = context.texts[: len(context.texts) - len(context.owners)]
    buckets, rarity = _choose_ngrams(texts, settings)
    found = ngram_matrix(texts, buckets) @ sparse.diags(rarity)
    ngrams = sparse.csr_matrix(_unit_rows(found), dtype=np.float32)
    _, strength, topics = randomized_svd(ngrams, settings.topics, n_iter=3, random_state=SEED)
    latent = (ngrams @ topics.T) * np.sqrt(strength[0] / strength)
    latent /= np.maximum(np.linalg.norm(latent, axis=1, keepdims=True), 1e-9)
    hits = find_hits(texts, clean_terms(read_theme_terms(), themes), len(themes))
    dense = np.hstack([0.7 * hits.lengths(np.arange(len(texts))), latent]).astype(np.float32)
    return Material(context, sentences["document_id"].to_numpy(), buckets, rarity, ngrams, dense)


def _choose_ngrams(texts: Sequence[str], settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    """Return the most frequent buckets, in order, with their inverse document frequency."""
    found, owners = hash_ngrams(texts)
    pairs = np.unique(owners.astype(np.int64) * BUCKETS + found)
    counts = np.bincount((pairs % BUCKETS).astype(np.int64), minlength=BUCKETS)
    common = np.argsort(-counts, kind="stable")[: settings.ngrams]
    buckets = np.sort(common[counts[common] >= settings.rarest])
    rarity = np.log((1 + len(texts)) / (1 + counts[buckets])) + 1
    return buckets.astype(np.uint32), rarity.astype(np.float32)


def _unit_rows(matrix: Any) -> Any:
    from scipy import sparse

    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags((1 / np.maximum(length, 1e-9)).astype(np.float32)) @ matrix


def _teacher_features(material: Material, rows: np.ndarray) -> Any:
    from scipy import sparse

    parts = [material.ngrams[rows], material.dense[rows]]
    near = material.dense[:, : min(material.dense.shape[1], 118)]
    for name, weight in NEIGHBOUR_WEIGHTS.items():
        place = material.context.places[name][rows]
        parts.append(near[np.maximum(place, 0)] * (weight * (place >= 0))[:, None])
    return sparse.hstack([sparse.csr_matrix(part) for part in parts]).tocsr()


def teach(material: Material, coded: Coded, uncoded: np.ndarray, settings: Settings) -> np.ndarray:
    """Fit the teacher on the coded sentences; return its probabilities for the uncoded rows."""
    from sklearn.svm import LinearSVC

    teacher = LinearSVC(C=settings.teacher_cost, random_state=SEED)
    teacher.fit(_teacher_features(material, coded.rows), coded.primary)
    chunks = [uncoded[at : at + 20_000] for at in range(0, len(uncoded), 20_000)]
    scores = np.vstack([teacher.decision_function(_teacher_features(material, chunk)) for chunk in chunks])
    return np.exp(log_softmax(scores / settings.teacher_temperature))


def fit_softmax(
    features: Any, targets: np.ndarray, weights: np.ndarray, *, penalty: float, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    """Fit a multinomial logistic regression to soft targets (scikit-learn's takes hard ones only)."""
    from scipy.optimize import minimize

    rows, columns, themes = features.shape[0], features.shape[1], targets.shape[1]
    share = (weights / weights.sum()).astype(np.float32)[:, None]
    turned = features.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat[:-themes].reshape(columns, themes).astype(np.float32)
        logs = log_softmax(features @ table + flat[-themes:].astype(np.float32))
        slope = (np.exp(logs) - targets) * share
        value = -(share * targets * logs).sum() + 0.5 * penalty * (table * table).sum()
        gradient = np.concatenate([(turned @ slope + penalty * table).ravel(), slope.sum(axis=0)])
        return float(value), gradient.astype(np.float64)

    assert rows == len(targets)
    start = np.zeros(columns * themes + themes)
    options = {"maxiter": steps, "maxcor": 8}
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return best[:-themes].reshape(columns, themes).astype(np.float32), best[-themes:].astype(np.float32)


def fit_network(pairs: np.ndarray, coded: Coded, settings: Settings) -> Layers:
    """Fit the networks of sentences and themes: is it the primary theme, is it a theme at all.

    Every second one learns from the measured sentences alone: they are drawn as those to be coded
    are, while further ones may be harder than most.
    """
    from sklearn.neural_network import MLPClassifier

    themes = pairs.shape[1]
    targets = np.stack([np.eye(themes, dtype=int)[coded.primary], coded.every], axis=2)
    which = np.eye(themes, dtype=np.float32)
    fitted = []
    for number in range(settings.networks):
        taken = np.flatnonzero(coded.measured | (number % 2 == 0))
        seen = np.concatenate([pairs[taken], np.broadcast_to(which, (len(taken), *which.shape))], axis=2)
        model = MLPClassifier(
            (settings.hidden,),
            alpha=settings.hidden_penalty,
            max_iter=settings.hidden_steps,
            batch_size=512,
            random_state=SEED + number,
        )
        model.fit(seen.reshape(-1, seen.shape[2]), targets[taken].reshape(-1, 2))
        fitted.append((*model.coefs_, *model.intercepts_))
    # Side by side, with the outputs averaged, several networks are one of more hidden units.
    first, second, shift, out_shift = zip(*fitted, strict=True)
    outer = np.vstack(second) / settings.networks
    return ((np.hstack(first), np.concatenate(shift)), (outer, np.mean(out_shift, axis=0)))


def fit_table(
    material: Material, coded: Coded, themes: Sequence[str], settings: Settings, about: Mapping[str, Any]
) -> ThemeCoder:
    """Train a coder's table of n-grams; its network is left empty.

    Uncoded sentences are drawn from the documents of the coded ones only, so that a document that
    is held out is held out altogether.
    """
    from scipy import sparse

    rng = np.random.default_rng(SEED)
    pool = np.setdiff1d(np.flatnonzero(np.isin(material.documents, coded.documents)), coded.rows)
    uncoded = np.sort(rng.choice(pool, min(settings.uncoded, len(pool)), replace=False))
    soft = teach(material, coded, uncoded, settings)
    targets = np.vstack([np.eye(len(themes), dtype=np.float32)[coded.primary], soft])
    weights = np.r_[np.full(len(coded.rows), settings.coded_weight), np.ones(len(uncoded))]
    seen = sparse.vstack([material.ngrams[coded.rows], material.ngrams[uncoded]]).tocsr()
    table, bias = fit_softmax(
        seen, targets, weights, penalty=settings.student_penalty, steps=settings.student_steps
    )
    lexicon = clean_terms(read_theme_terms(), themes)
    return ThemeCoder(tuple(themes), *shrink_table(material, table, settings), bias, lexicon, (), 0.5, about)


def cross_fit(
    material: Material,
    coded: Coded,
    folds: Sequence[tuple[np.ndarray, np.ndarray]],
    themes: Sequence[str],
    settings: Settings,
) -> np.ndarray:
    """Return each coded sentence's pair features by a table that never saw its document, coded or not."""
    pairs: dict[int, np.ndarray] = {}
    for seen, unseen in folds:
        table = fit_table(material, coded.take(seen), themes, settings, {})
        context = material.context.take(coded.rows[unseen])
        hits = find_hits(context.texts, table.lexicon, len(themes))
        features = ContextFeatures(table.score_texts(context.texts), hits, context)
        pairs |= dict(zip(unseen.tolist(), features.pairs(np.arange(len(unseen))), strict=True))
    return np.stack([pairs[number] for number in range(len(coded.rows))])


def shrink_table(
    material: Material, table: np.ndarray, settings: Settings
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Keep the n-grams that move scores most and write their weights as whole numbers up to 127."""
    weights = table * material.rarity[:, None]
    count = np.asarray((material.ngrams > 0).sum(axis=0)).ravel()
    moved = np.abs(weights - weights.mean(axis=1, keepdims=True)).max(axis=1) * np.sqrt(count)
    kept = np.sort(np.argsort(-moved, kind="stable")[: settings.kept])
    scale = (np.abs(weights[kept]).max(axis=0) / 127).astype(np.float32)
    small = np.round(weights[kept] / scale).astype(np.float32)
    return (
        material.buckets[kept],
        small,
        scale,
        (material.rarity[kept] ** 2).astype(np.float16).astype(np.float32),
    )
