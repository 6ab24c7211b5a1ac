"""Words: cut sentences into tokens that stand where they stood, and count terms by document.

The result is jieba's (0.42.1, HMM on) with the policy lexicon as user dictionary; see
`workbench.corpus.engines`. Tokens keep their offsets: ``text[start:end]`` is the token.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from workbench.corpus.engines import ReferenceEngine, Word, dictionary_tags, guess_tag, make_engine
from workbench.corpus.joined import join_sentences
from workbench.errors import TableError
from workbench.lexicons.reader import read_terms
from workbench.tables import TERM_COUNTS, TOKENS

_STRETCH = 2_000  # characters cut at once: their pieces stay in the processor's cache while they are counted


class Segmenter:
    """Cuts text into words: an engine and the lexicon it was given.

    Parameters
    ----------
    engine : {"auto", "rjieba", "jieba", "precut", "characters"}
        "rjieba" and "jieba" give the same words; "auto" takes the faster one that is installed.
        "precut" reads words already parted by blanks; "characters" takes each character for a word.
    lexicon : str, Path, DataFrame or None
        Name of a shipped lexicon, a file of the user's (CSV, or jieba's `word frequency pos` lines),
        a frame with the columns term, frequency, pos, or None for jieba's own dictionary alone.

    Raises
    ------
    ParameterError
        Unknown engine.
    SeedError
        The lexicon cannot be read; the message names the line.
    """

    def __init__(
        self, *, engine: str = "auto", lexicon: str | Path | pd.DataFrame | None = "policy_terms"
    ) -> None:
        """Load the engine and add the terms of the lexicon."""
        self.terms = _terms_of(lexicon)
        words: list[Word] = list(
            zip(self.terms["term"], self.terms["frequency"].astype(int), self.terms["pos"], strict=True)
        )
        self._tags = {word: pos for word, _, pos in words if pos}
        self._engine = make_engine(engine, words)

    @property
    def engine(self) -> str:
        """Name of the engine that does the work."""
        return self._engine.name

    def cut(self, text: str) -> list[str]:
        """Return the pieces of `text` in order; joined, they are the text again."""
        return self._engine.cut(text)

    def tag(self, word: str) -> str:
        """Return the part of speech of a word as the lexicon, else jieba's dictionary, has it.

        It belongs to the word, not to its use: ``jieba.posseg`` cuts by another model and its tags
        do not fit these tokens. Words in no dictionary: m for numbers, eng for Latin, x for signs,
        empty for Chinese.
        """
        return self._tags.get(word) or dictionary_tags().get(word) or guess_tag(word)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as the recipe, since engines cannot be pickled."""
        return partial(Segmenter, engine=self.engine, lexicon=self.terms), ()


def _terms_of(lexicon: str | Path | pd.DataFrame | None) -> pd.DataFrame:
    if lexicon is None:
        return pd.DataFrame({"term": [], "frequency": [], "pos": []})
    if not isinstance(lexicon, pd.DataFrame):
        return suggest_frequencies(read_terms(lexicon))
    missing = [column for column in ("term", "frequency", "pos") if column not in lexicon.columns]
    if missing:
        raise TableError(
            f"lexicon: expected the columns term, frequency, pos; missing: {', '.join(missing)}; "
            "add them or read the lexicon with read_terms."
        )
    return suggest_frequencies(lexicon)


def suggest_frequencies(terms: pd.DataFrame) -> pd.DataFrame:
    """Return the terms with each missing frequency set to the least that keeps the term whole.

    It is jieba's ``suggest_freq`` on its own dictionary; rjieba's rounds otherwise in a few cases,
    so that only frequencies that are spelt out give the same words under both engines.
    """
    missing = terms["frequency"].isna()
    if not missing.any():
        return terms
    reference = _plain_reference()
    filled = terms.copy()
    filled.loc[missing, "frequency"] = [reference.suggest_frequency(term) for term in terms["term"][missing]]
    return filled


@lru_cache(maxsize=1)
def _plain_reference() -> ReferenceEngine:
    return ReferenceEngine()


@lru_cache(maxsize=1)
def default_segmenter() -> Segmenter:
    """Return the segmenter with the fastest engine and the shipped policy lexicon, made once."""
    return Segmenter()


def cut_tokens(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    *,
    segmenter: Segmenter | None = None,
    noise: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Cut the sentences into words.

    Parameters
    ----------
    texts : Mapping
        document_id -> unchanged text.
    sentences : DataFrame
        SENTENCES (document_id, sentence, start, end are read).
    segmenter : Segmenter, optional
        By default the shipped policy lexicon on the fastest engine.
    noise : DataFrame, optional
        NOISE; stretches inside sentences (marks of Markdown, say) are cut around: no token lies in
        or reaches across one.

    Returns
    -------
    DataFrame
        TOKENS, one row a token, in order of the text; blanks make no token, signs do.

    Raises
    ------
    TableError
        A document of `sentences` has no text, or a sentence ends behind its text.
    """
    segmenter = segmenter or default_segmenter()
    vocabulary = _Vocabulary()
    names: list[str] = []
    columns: list[tuple[np.ndarray, ...]] = []
    for joined in join_sentences(texts, sentences, noise):
        codes = vocabulary.encode(segmenter, joined.text)
        lengths = vocabulary.measure(codes)
        sentence, start = joined.locate(lengths.cumsum() - lengths)
        columns.append((codes, sentence, start, start + lengths))
        names.append(joined.document_id)
    if not vocabulary:
        return TOKENS.check(TOKENS.empty())
    codes, sentence, start, end = (np.concatenate(column) for column in zip(*columns, strict=True))
    token, words = vocabulary.sort(codes)
    kept = token >= 0
    document = np.repeat(np.arange(len(names)), [len(column[0]) for column in columns])
    tag, tag_names = pd.factorize(np.array([segmenter.tag(word) for word in words]), sort=True)
    frame = pd.DataFrame(
        {
            "document_id": _category(document[kept], names),
            "sentence": sentence[kept],
            "start": start[kept],
            "end": end[kept],
            "token": _category(token[kept], words),
            "pos": _category(tag[token[kept]], tag_names),
        }
    )
    return TOKENS.check(frame, keys=False)  # unique by making, and hashing millions of rows is dear


def count_terms(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    *,
    segmenter: Segmenter | None = None,
    noise: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the words of each document without making the token table.

    Returns
    -------
    DataFrame
        TERM_COUNTS, one row a document and term that occurs in it, in the order of documents and
        terms: the same numbers as counting the rows of `cut_tokens`, in less time and memory.
    """
    segmenter = segmenter or default_segmenter()
    vocabulary = _Vocabulary()
    names: list[str] = []
    columns: list[tuple[np.ndarray, ...]] = []
    for joined in join_sentences(texts, sentences, noise):
        codes = vocabulary.encode(segmenter, joined.text)
        columns.append(np.unique(codes, return_counts=True))
        names.append(joined.document_id)
    if not vocabulary:
        return TERM_COUNTS.check(TERM_COUNTS.empty())
    codes, count = (np.concatenate(column) for column in zip(*columns, strict=True))
    term, words = vocabulary.sort(codes)
    document = np.repeat(np.arange(len(names)), [len(column[0]) for column in columns])
    kept = np.lexsort((term, document))
    kept = kept[term[kept] >= 0]
    frame = pd.DataFrame(
        {
            "document_id": _category(document[kept], names),
            "term": _category(term[kept], words),
            "count": count[kept],
        }
    )
    return TERM_COUNTS.check(frame, keys=False)


class _Vocabulary(dict[str, int]):
    """Numbers words in the order in which they come."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths = array("q")

    def __missing__(self, word: str) -> int:
        code = self[word] = len(self)
        self.lengths.append(len(word))
        return code

    def measure(self, codes: np.ndarray) -> np.ndarray:
        """Return the length of each word, in characters."""
        return np.frombuffer(self.lengths, np.int64)[codes] if self else codes

    def encode(self, segmenter: Segmenter, text: str) -> np.ndarray:
        """Return the number of each piece of `text`, cut some lines at a time."""
        codes = [np.empty(0, np.int64)]
        start = 0
        while start < len(text):
            stop = text.find("\n", start + _STRETCH) + 1 or len(text)
            pieces = segmenter.cut(text[start:stop])
            codes.append(np.fromiter(map(self.__getitem__, pieces), np.int64, len(pieces)))
            start = stop
        return np.concatenate(codes)

    def sort(self, codes: np.ndarray) -> tuple[np.ndarray, pd.Index]:
        """Return the codes renumbered in the order of the words, blanks -1, and the words in order."""
        words = pd.Index(list(self), dtype="str")
        solid = np.fromiter((not word.isspace() for word in self), bool, len(self))
        order = words.argsort()
        order = order[solid[order]]
        renumbered = np.full(len(self), -1)
        renumbered[order] = np.arange(len(order))
        return renumbered[codes], words[order]


def _category(codes: np.ndarray, names: pd.Index | np.ndarray | list[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"))
