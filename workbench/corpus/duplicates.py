"""Texts that stand twice in a corpus, whole or in part, found by the sentences they share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b

import numpy as np
import pandas as pd

from workbench.corpus.findings import Finding

_SENTENCE = re.compile(r"[^。！？；\n]{12,}")
_BLANKS = re.compile(r"[\s\u3000*#]+")
# A sentence in more texts than this is a formula of the trade; it tells nothing of copying.
_FORMULA = 20


def mark_sentences(texts: Mapping[str, str]) -> pd.DataFrame:
    """Return the sentences of each text as numbers that equal sentences share.

    Returns
    -------
    DataFrame
        document_id and mark (int64): one row a document and sentence of 12 characters or more,
        blanks ignored, each once. The marks are the same in every process.
    """
    names: list[str] = []
    marks: list[np.ndarray] = []
    for document_id, text in texts.items():
        words = {_BLANKS.sub("", match[0]) for match in _SENTENCE.finditer(text)}
        own = np.sort(np.fromiter(map(_mark, words), np.int64, len(words)))
        names += [document_id] * len(own)
        marks.append(own)
    flat = np.concatenate(marks) if marks else np.empty(0, np.int64)
    return pd.DataFrame({"document_id": pd.Series(names, dtype="str"), "mark": flat})


def _mark(words: str) -> int:
    digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def find_duplicates(marks: pd.DataFrame, *, same: float, near: float) -> Iterator[Finding]:
    """Yield a finding a pair of documents that share most of their sentences.

    Parameters
    ----------
    marks : DataFrame
        As `mark_sentences` gives them.
    same, near : float
        Share of the shorter text's sentences (12 characters or more, blanks ignored, formulas
        of more than twenty texts left out) from which two texts are the same, or nearly so.
    """
    names = np.array(sorted(marks["document_id"].unique()), dtype=object)
    document = np.searchsorted(names, marks["document_id"].to_numpy(object))
    mark = marks["mark"].to_numpy()
    order = np.lexsort((document, mark))
    document, mark = document[order], mark[order]
    starts = np.flatnonzero(np.r_[True, mark[1:] != mark[:-1]]) if len(mark) else np.empty(0, np.int64)
    holders = np.repeat(np.diff(np.r_[starts, len(mark)]), np.diff(np.r_[starts, len(mark)]))
    document, mark = document[holders <= _FORMULA], mark[holders <= _FORMULA]
    sizes = np.bincount(document, minlength=len(names))
    for one, other, times in _shared(document, mark, len(names)):
        share = times / min(sizes[one], sizes[other])
        if times < 5 or share < near:
            continue
        if share >= same:
            message = f"the same text as {names[one]} ({share:.0%} of the sentences of the shorter)"
            yield Finding(names[other], "error", "duplicate", message, "remove one of the two files")
        else:
            message = f"nearly the text of {names[one]} ({share:.0%} of the sentences of the shorter)"
            yield Finding(
                names[other], "warning", "duplicate", message, "look which of the two is the right one"
            )


def _shared(document: np.ndarray, mark: np.ndarray, size: int) -> Iterator[tuple[int, int, int]]:
    """Yield the pairs of documents that hold the same marks, with the number of these."""
    pairs = [
        document[:-step][mark[:-step] == mark[step:]] * size + document[step:][mark[:-step] == mark[step:]]
        for step in range(1, min(_FORMULA, len(mark)))
    ]
    found, times = np.unique(np.concatenate(pairs or [np.empty(0, np.int64)]), return_counts=True)
    for pair, count in zip(found.tolist(), times.tolist(), strict=True):
        yield pair // size, pair % size, count


def find_repeated_bodies(texts: Mapping[str, str], *, least: int) -> Iterator[Finding]:
    """Yield a finding a document in which sentences of `least` characters together stand twice."""
    for document_id, text in texts.items():
        first: dict[str, int] = {}
        again: list[tuple[int, int]] = []
        for match in _SENTENCE.finditer(text):
            words = _BLANKS.sub("", match[0])
            if len(words) < 20:
                continue
            if words in first:
                again.append(match.span())
            else:
                first[words] = match.start()
        characters = sum(end - start for start, end in again)
        if characters >= least:
            start, end = again[0][0], again[-1][1]
            message = (
                f"{len(again)} sentences ({characters:,} characters) stand twice: {text[start : start + 20]}…"
            )
            advice = "remove the second copy, or its values are counted twice"
            yield Finding(document_id, "warning", "repeated text", message, advice, start, end)
