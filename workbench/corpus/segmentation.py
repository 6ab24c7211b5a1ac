"""Words: cut sentences into tokens that stand where they stood, and count terms by document.

The result is jieba's (0.42.1, HMM on) with the policy lexicon as user dictionary; see
`workbench.corpus.engines`. Tokens keep their offsets: ``text[start:end]`` is the token.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from workbench.corpus.engines import ReferenceEngine, Word, dictionary_tags, guess_tag, make_engine
from workbench.corpus.joined import join_sentences
from workbench.errors import TableError
from workbench.lexicons.reader import read_terms
from workbench.tables import TERM_COUNTS, TOKENS

_STRETCH = 2_000  # characters cut at once: their pieces are joined while they are in the processor's cache


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
    names: list[str] = []
    pieces: list[pa.Array] = []
    places: list[tuple[np.ndarray, ...]] = []
    for joined in join_sentences(texts, sentences, noise):
        cut = _cut_pieces(segmenter, joined.text)
        lengths = pc.utf8_length(cut).to_numpy().astype(np.int64)
        sentence, start = joined.locate(lengths.cumsum() - lengths)
        names.append(joined.document_id)
        pieces.append(cut)
        places.append((sentence, start, start + lengths))
    if not any(map(len, pieces)):
        return TOKENS.check(TOKENS.empty())
    numbers, ranks, words = _number_words(pieces)
    token = ranks[np.concatenate(numbers)]
    sentence, start, end = (np.concatenate(column) for column in zip(*places, strict=True))
    document = np.repeat(np.arange(len(names)), [len(part) for part in numbers])
    kept = token >= 0
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
    names: list[str] = []
    pieces: list[pa.Array] = []
    for joined in join_sentences(texts, sentences, noise):
        names.append(joined.document_id)
        pieces.append(_cut_pieces(segmenter, joined.text))
    if not any(map(len, pieces)):
        return TERM_COUNTS.check(TERM_COUNTS.empty())
    places, ranks, words = _number_words(pieces)
    tallies = [np.bincount(part) for part in places]
    found = [_in_order(tally, ranks) for tally in tallies]
    frame = pd.DataFrame(
        {
            "document_id": _category(np.repeat(np.arange(len(names)), [len(part) for part in found]), names),
            "term": _category(ranks[np.concatenate(found)], words),
            "count": np.concatenate([tally[part] for tally, part in zip(tallies, found, strict=True)]),
        }
    )
    return TERM_COUNTS.check(frame, keys=False)


def _in_order(tally: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """Return the numbers of the words that a document has, without blanks, in the order of the words."""
    found = np.flatnonzero(tally)
    rank = ranks[found]
    return found[np.argsort(rank)[np.count_nonzero(rank < 0) :]]


def _cut_pieces(segmenter: Segmenter, text: str) -> pa.Array:
    """Return the pieces of `text` as an Arrow array, cut some lines at a time.

    The pieces travel as one string with a sign between them that the text does not hold: to make it
    and to split it again takes a third of the time of looking up each piece in a Python dictionary.
    """
    if not text:
        return pa.array([], pa.string())
    border = next(sign for sign in map(chr, count()) if sign not in text)
    cut = border.join(border.join(segmenter.cut(stretch)) for stretch in _stretches(text))
    return pc.split_pattern(pa.array([cut], pa.string()), border).flatten()


def _stretches(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        stop = text.find("\n", start + _STRETCH) + 1 or len(text)
        yield text[start:stop]
        start = stop


def _number_words(pieces: list[pa.Array]) -> tuple[list[np.ndarray], np.ndarray, pd.Index]:
    """Number the pieces as they come; return the numbers by document, each number's rank, the words in order.

    Blanks have the rank -1 and are no words.
    """
    encoded = pa.chunked_array(pieces, pa.string()).dictionary_encode()
    found = encoded.chunk(0).dictionary
    order = pc.array_sort_indices(found).to_numpy()
    order = order[~pc.utf8_is_space(found).to_numpy(zero_copy_only=False)[order]]
    ranks = np.full(len(found), -1)
    ranks[order] = np.arange(len(order))
    words = pd.Index(pd.array(found.take(pa.array(order)), dtype="str"))
    places = iter(chunk.indices.to_numpy() for chunk in encoded.chunks)  # Arrow drops empty chunks
    return [next(places) if len(part) else np.empty(0, np.int32) for part in pieces], ranks, words


def _category(codes: np.ndarray, names: pd.Index | np.ndarray | list[str]) -> pd.Categorical:
    categories = names if isinstance(names, pd.Index) else pd.Index(names, dtype="str")
    return pd.Categorical.from_codes(codes, categories=categories)
