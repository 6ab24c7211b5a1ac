"""What the theme coder sees of a sentence: its n-grams, its clauses and the sentences around it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from workbench.corpus.text import normalise

LONGEST = 4
BUCKETS = 1 << 22
NEIGHBOURS = ("paragraph", "previous", "next", "heading", "parent")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MARKS = re.compile(r"[*# \t\r]")
_CLAUSE_ENDS = re.compile("[，；,;：:、。和]")
_PRIMES = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], dtype=np.uint32)


@dataclass(frozen=True)
class Context:
    """Sentences with their neighbours, headings and clauses, all as cleaned texts to be scored.

    `texts` holds the sentences in their order, then what stands near them, last their clauses.
    `places` has an array for each of `NEIGHBOURS`, as long as the sentences: the number of the
    neighbour in `texts`, or -1. `owners` gives the sentence of each clause, in order.
    """

    texts: list[str]
    places: Mapping[str, np.ndarray]
    owners: np.ndarray

    @property
    def sentences(self) -> int:
        """Number of sentences."""
        return len(self.places[NEIGHBOURS[0]])

    @property
    def clauses(self) -> list[str]:
        """The clauses of all sentences."""
        return self.texts[len(self.texts) - len(self.owners) :]

    def take(self, rows: np.ndarray) -> Context:
        """Return the context of some sentences alone, in the order of `rows`."""
        near = np.concatenate([place[rows] for place in self.places.values()])
        kept = np.unique(near[near >= 0])
        numbers = np.full(len(self.texts) + 1, -1)
        numbers[kept] = len(rows) + np.arange(len(kept))
        first = len(self.texts) - len(self.owners)
        spans = np.searchsorted(self.owners, np.stack([rows, rows + 1]))
        clauses = [np.arange(start, end) for start, end in spans.T]
        chosen = [*rows, *kept, *(first + np.concatenate(clauses) if clauses else [])]
        owners = np.repeat(np.arange(len(rows)), spans[1] - spans[0])
        places = {name: numbers[place[rows]] for name, place in self.places.items()}
        return Context([self.texts[number] for number in chosen], places, owners)


def clean_texts(texts: Sequence[str]) -> list[str]:
    """Return the texts as the coder reads them: one form of width, every number a 0, no marks or blanks."""
    joined = "\n".join(text.replace("\n", " ") for text in texts)
    return _DIGITS.sub("0", _MARKS.sub("", normalise(joined))).split("\n") if texts else []


def hash_ngrams(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Hash the character 1- to 4-grams of cleaned texts.

    Returns
    -------
    buckets, owners : array
        For each n-gram its bucket in [0, BUCKETS) and the number of its text; n-grams do not cross texts.
    """
    letters = np.frombuffer(("\n".join(texts) + "\n").encode("utf-32-le"), dtype=np.uint32)
    inside = letters != ord("\n")
    owner = np.cumsum(~inside) - ~inside
    buckets, owners = [], []
    for size in range(1, LONGEST + 1):
        length = len(letters) - size + 1
        tail = letters[size - 1 :] * _PRIMES[size - 1]
        if size == 1:
            value, whole = tail, inside
        else:
            value = (value[:length] * np.uint32(0x01000193)) ^ (tail + np.uint32(size))
            whole = whole[:length] & inside[size - 1 :]
        mixed = value ^ (value >> np.uint32(15))
        mixed = mixed * np.uint32(0x2C1B3C6D)
        mixed ^= mixed >> np.uint32(12)
        buckets.append((mixed & np.uint32(BUCKETS - 1))[whole])
        owners.append(owner[:length][whole])
    return np.concatenate(buckets), np.concatenate(owners)


def ngram_matrix(texts: Sequence[str], buckets: np.ndarray) -> Any:
    """Return which of the wanted buckets occur in which cleaned text, as a sparse matrix of 0 and 1.

    Parameters
    ----------
    texts : sequence of str
    buckets : array
        The buckets that are columns, in their order.
    """
    from scipy import sparse

    columns = np.full(BUCKETS, -1, dtype=np.int32)
    columns[buckets] = np.arange(len(buckets), dtype=np.int32)
    found, owners = hash_ngrams(texts)
    column = columns[found]
    known = column >= 0
    column, owner = column[known], owners[known]
    shape = (len(texts), len(buckets))
    matrix = sparse.csr_matrix((np.ones(len(column), dtype=np.float32), (owner, column)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def find_context(texts: Mapping[str, str], sections: pd.DataFrame, sentences: pd.DataFrame) -> Context:
    """Find each sentence's paragraph opening, its neighbours, its heading and the heading above that.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sections, sentences : DataFrame
        SECTIONS and SENTENCES of the same texts, in the order of the text.
    """
    documents, starts, ends = (sentences[column].tolist() for column in ("document_id", "start", "end"))
    raw = [texts[document][start:end] for document, start, end in zip(documents, starts, ends, strict=True)]
    number = np.arange(len(raw))
    change = sentences["document_id"].ne(sentences["document_id"].shift()).to_numpy()
    last = np.append(change[1:], True) if len(raw) else change
    opening = (
        change | np.array([False, *_paragraph_breaks(texts, documents, starts, ends)], dtype=bool)[: len(raw)]
    )
    first = np.maximum.accumulate(np.where(opening, number, 0)) if len(raw) else number
    cleaned = clean_texts(raw)
    headings, places = _place_headings(sections, sentences, cleaned)
    places |= {
        "paragraph": np.where(first == number, -1, first),
        "previous": np.where(change, -1, number - 1),
        "next": np.where(last, -1, number + 1),
    }
    pieces = [split_clauses(text) for text in cleaned]
    owners = np.repeat(number, [len(clauses) for clauses in pieces])
    return Context(cleaned + headings + list(chain.from_iterable(pieces)), places, owners)


def split_clauses(text: str) -> list[str]:
    """Split a cleaned sentence at commas, colons, 、 and 和; a sentence without them is one clause."""
    return [clause for clause in _CLAUSE_ENDS.split(text) if len(clause) > 1] or [text]


def _paragraph_breaks(
    texts: Mapping[str, str], documents: list[str], starts: list[int], ends: list[int]
) -> list[bool]:
    """Say of each sentence but the first whether a line ends between it and the one before."""
    return [
        "\n" in texts[document][end:start] or "\r" in texts[document][end:start]
        for document, end, start in zip(documents[1:], ends, starts[1:], strict=False)
    ]


def _place_headings(
    sections: pd.DataFrame, sentences: pd.DataFrame, cleaned: list[str]
) -> tuple[list[str], dict[str, np.ndarray]]:
    """Return the headings, and of each sentence the place of its heading and of the one above.

    A sentence that is the heading itself has the heading above as its own.
    """
    above = _headings_above(sections)
    numbers: dict[str, int] = {}
    headings: list[int] = []
    parents: list[int] = []
    keys = zip(sentences["document_id"], sentences["section"], strict=True)
    for key, text in zip(keys, cleaned, strict=True):
        heading, parent = above.get(key, ("", ""))
        if heading and text and (text in heading or heading in text):
            heading, parent = parent, ""
        for place, words in ((headings, heading), (parents, parent)):
            place.append(len(cleaned) + numbers.setdefault(words, len(numbers)) if words else -1)
    return list(numbers), {"heading": np.array(headings, int), "parent": np.array(parents, int)}


def _headings_above(sections: pd.DataFrame) -> dict[tuple[str, int], tuple[str, str]]:
    above: dict[tuple[str, int], tuple[str, str]] = {}
    stack: list[tuple[int, str]] = []
    headings = clean_texts(sections["heading"].fillna("").astype("str").tolist())
    document = None
    columns = (sections["document_id"], sections["section"], sections["depth"], headings)
    for name, section, depth, heading in zip(*columns, strict=True):
        stack = [(d, h) for d, h in stack if d < depth] if name == document else []
        document = name
        above[name, section] = (heading, stack[-1][1] if stack else "")
        stack.append((depth, heading))
    return above
