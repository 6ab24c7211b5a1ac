"""Topics: what paragraphs have in common in their words, found without a codebook.

A topic is a list of terms that occur in the same paragraphs. It is a summary to be read with its
sentences, not a policy field: the coded themes are (`workbench.measures.themes`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from workbench.errors import ParameterError
from workbench.measures.paragraphs import number_paragraphs, select_words

SEED = 20260101
Method = Literal["nmf", "lda"]


@dataclass(frozen=True)
class ParagraphTerms:
    """Paragraphs by terms: how often each term stands in each paragraph.

    `counts` is a sparse matrix, `paragraphs` one row per row of it (document_id, paragraph),
    `terms` its columns.
    """

    counts: Any
    paragraphs: pd.DataFrame
    terms: np.ndarray

    def weigh(self) -> Any:
        """Return tf-idf weights, each paragraph of length 1 (scikit-learn, smoothed idf)."""
        from sklearn.feature_extraction.text import TfidfTransformer

        return TfidfTransformer(sublinear_tf=True).fit_transform(self.counts)


@dataclass(frozen=True)
class Topics:
    """Fitted topics.

    `weights` is topics x terms and `mixture` paragraphs x topics; rows of both sum to 1, save the
    zero row of a paragraph that holds none of the terms.
    """

    weights: np.ndarray
    mixture: np.ndarray
    source: ParagraphTerms
    method: str
    seed: int

    def top_terms(self, most: int = 10) -> list[list[str]]:
        """Return the terms of each topic with the greatest weight, in order."""
        order = np.argsort(-self.weights, axis=1, kind="stable")[:, :most]
        return [[str(self.source.terms[term]) for term in row] for row in order]


def count_paragraph_terms(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    stopwords: Collection[str] = (),
    least_paragraphs: int = 3,
    most_share: float = 0.3,
) -> ParagraphTerms:
    """Count the words of two and more Chinese characters by paragraph.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences, tokens : DataFrame
        SENTENCES and TOKENS of the same texts.
    stopwords : Collection
        Words to leave out.
    least_paragraphs, most_share : int, float
        Words in fewer paragraphs, or in a greater share of them, are left out.

    Raises
    ------
    ParameterError
        No word is left.
    """
    from scipy import sparse

    words = select_words(tokens, stopwords)
    words = words.merge(number_paragraphs(texts, sentences), on=["document_id", "sentence"], validate="m:1")
    rows, names = pd.factorize(pd.MultiIndex.from_frame(words[["document_id", "paragraph"]]))
    columns, terms = pd.factorize(words["token"], sort=True)
    shape = (len(names), len(terms))
    counts = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    held = np.asarray((counts > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero((held >= least_paragraphs) & (held <= most_share * max(len(names), 1)))
    if not len(kept):
        raise ParameterError(
            f"topics: expected words in at least {least_paragraphs} paragraphs, found none in "
            f"{len(names)} paragraphs; choose more reports or a lower least_paragraphs."
        )
    paragraphs = words[["document_id", "paragraph"]].drop_duplicates().reset_index(drop=True)
    return ParagraphTerms(counts[:, kept], paragraphs, np.asarray(terms)[kept])


def fit_topics(
    source: ParagraphTerms, *, topics: int = 20, method: Method = "nmf", seed: int = SEED
) -> Topics:
    """Find topics in paragraphs.

    Parameters
    ----------
    source : ParagraphTerms
    topics : int
        How many; `workbench.measures.topic_choice.compare_topic_numbers` helps to choose.
    method : {"nmf", "lda"}
        ``nmf``: non-negative matrix factorisation of tf-idf weights (Lee & Seung 1999), begun from
        singular vectors, hence the same on every run. ``lda``: latent Dirichlet allocation (Blei, Ng
        & Jordan 2003) by collapsed Gibbs sampling with one worker; needs ``tomotopy``.
    seed : int
        Of ``lda``; ``nmf`` does not depend on it.

    Raises
    ------
    ParameterError
        Fewer than two topics, or more than there are paragraphs or terms; an unknown method; the
        package is not installed.
    """
    most = min(source.counts.shape) - 1
    if not 2 <= topics <= most:
        raise ParameterError(
            f"topics={topics}: expected 2 to {most} for {source.counts.shape[0]} paragraphs."
        )
    if method not in ("nmf", "lda"):
        raise ParameterError(f"method={method!r}: expected 'nmf' or 'lda'.")
    fit = _fit_nmf if method == "nmf" else _fit_lda
    weights, mixture = fit(source, topics, seed)
    order = np.argsort(-mixture.sum(axis=0), kind="stable")
    return Topics(_unit_sums(weights[order]), _unit_sums(mixture[:, order]), source, method, seed)


def factorise(weighted: Any, topics: int, *, init: str = "nndsvda", seed: int = SEED) -> Any:
    """Return paragraphs x topics and topics x terms of a non-negative factorisation."""
    from sklearn.decomposition import NMF

    model = NMF(topics, init=init, random_state=seed, max_iter=1000, tol=1e-3)
    return model.fit_transform(weighted), model.components_


def _fit_nmf(source: ParagraphTerms, topics: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    mixture, weights = factorise(source.weigh(), topics)
    return weights, mixture


def _fit_lda(source: ParagraphTerms, topics: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    model = import_tomotopy().LDAModel(k=topics, seed=seed)
    empty = [len(words) == 0 for words in each_paragraph(source)]
    for words in each_paragraph(source):
        if words:
            model.add_doc(words)
    model.train(500, workers=1)
    place = {term: number for number, term in enumerate(source.terms)}
    columns = [place[term] for term in model.used_vocabs]
    weights = np.zeros((topics, len(source.terms)))
    weights[:, columns] = [model.get_topic_word_dist(topic) for topic in range(topics)]
    mixture = np.zeros((len(empty), topics))
    mixture[~np.array(empty)] = [document.get_topic_dist() for document in model.docs]
    return weights, mixture


def import_tomotopy() -> Any:
    """Return the module, or say how to get it."""
    try:
        import tomotopy
    except ImportError as error:
        raise ParameterError("method='lda' needs the package tomotopy; install it, or use 'nmf'.") from error
    return tomotopy


def each_paragraph(source: ParagraphTerms) -> list[list[str]]:
    """Return the terms of each paragraph, repeated as often as they occur."""
    counts = source.counts.tocsr()
    bounds = zip(counts.indptr[:-1], counts.indptr[1:], strict=True)
    return [
        list(np.repeat(source.terms[counts.indices[a:b]], counts.data[a:b].astype(int))) for a, b in bounds
    ]


def _unit_sums(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(rows.sum(axis=1, keepdims=True), 1e-12)


def share_topics(fitted: Topics, documents: pd.DataFrame, *, by: tuple[str, ...] = ("year",)) -> pd.DataFrame:
    """Measure each topic's share of the paragraphs, weighed by their words.

    Returns
    -------
    DataFrame
        One row per group and topic: the columns of `by`, topic (from 1), share_pct, paragraphs (of
        the group). Shares of a group sum to 100. Groups without paragraphs have no rows.
    """
    size = np.asarray(fitted.source.counts.sum(axis=1)).ravel()
    place = fitted.source.paragraphs.merge(documents[["document_id", *by]], on="document_id", how="left")
    rows = []
    for group, members in place.groupby(list(by)):
        chosen = members.index.to_numpy()
        total = size[chosen] @ fitted.mixture[chosen]
        if total.sum() > 0:
            for topic, share in enumerate(100 * total / total.sum(), start=1):
                rows.append((*group, topic, share, len(chosen)))
    return pd.DataFrame(rows, columns=[*by, "topic", "share_pct", "paragraphs"])


def describe_topics(
    fitted: Topics, texts: Mapping[str, str], sentences: pd.DataFrame, *, terms: int = 8, examples: int = 2
) -> pd.DataFrame:
    """Describe each topic by its terms and by sentences of the paragraphs that are most about it.

    Returns
    -------
    DataFrame
        One row per topic and example, of different documents where there are: topic (from 1), terms,
        share_pct (of all paragraphs), document_id, start, end (of the example), sentence_terms (how
        many of the topic's terms stand in it).
    """
    numbered = sentences.merge(number_paragraphs(texts, sentences), on=["document_id", "sentence"])
    spans = {key: group for key, group in numbered.groupby(["document_id", "paragraph"])}
    share = 100 * fitted.mixture.sum(axis=0) / fitted.mixture.sum()
    rows = []
    for topic, top in enumerate(fitted.top_terms(terms)):
        for document, start, end, held in _choose_examples(fitted, topic, top, spans, texts, examples):
            rows.append((topic + 1, "、".join(top), share[topic], document, start, end, held))
    columns = ["topic", "terms", "share_pct", "document_id", "start", "end", "sentence_terms"]
    return pd.DataFrame(rows, columns=columns)


def _choose_examples(
    fitted: Topics, topic: int, top: list[str], spans: Mapping, texts: Mapping[str, str], most: int
) -> list[tuple[str, int, int, int]]:
    """Return the best sentence of the paragraphs with most of a topic, one a document while there are."""
    best: dict[str, tuple[str, int, int, int]] = {}
    # A heading of one word is wholly about its topic and shows nothing: take paragraphs of some length.
    size = np.asarray(fitted.source.counts.sum(axis=1)).ravel()
    weight = np.where(size >= np.median(size), fitted.mixture[:, topic], -1)
    for row in np.argsort(-weight, kind="stable")[: 20 * most]:
        document, paragraph = fitted.source.paragraphs.iloc[row]
        group = spans[document, paragraph]
        held = [
            sum(term in texts[document][start:end] for term in top)
            for start, end in zip(group["start"], group["end"], strict=True)
        ]
        chosen = group.iloc[int(np.argmax(held))]
        best.setdefault(document, (document, int(chosen["start"]), int(chosen["end"]), max(held)))
        if len(best) == most:
            break
    return list(best.values())
