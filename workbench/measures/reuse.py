"""Text reuse: the passages that two reports share, word for word or nearly so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError, TableError
from workbench.measures.anchors import find_anchors
from workbench.measures.shingles import Letters, read_letters

PASSAGES = Table(
    "passages",
    "passage that two documents share",
    ("document_id", "start", "other_document_id", "other_start"),
    {
        "document_id": Column("str", "document, REGION_YEAR"),
        "start": Column("int64", "first character in the text of the document", "characters"),
        "end": Column("int64", "after the last character", "characters"),
        "other_document_id": Column("str", "the other document, later in the order of the texts"),
        "other_start": Column("int64", "first character in the text of the other", "characters"),
        "other_end": Column("int64", "after the last character in the other", "characters"),
        "similarity": Column("float64", "1 - Levenshtein distance / letters of the longer"),
    },
)
_SHINGLE = 6
_COVERED = 9
_WINDOW = 96
_COST = 2
_DROP = 16


class Span(NamedTuple):
    """A stretch of letters of one document and the stretch of another that it matches."""

    start: int
    end: int
    other_start: int
    other_end: int


def find_reuse(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    *,
    parts: Sequence[str] | None = None,
    pairs: pd.DataFrame | None = None,
    minimum_letters: int = 20,
    minimum_similarity: float = 0.75,
    formula_share: float = 0.05,
    formula_documents: int = 5,
) -> pd.DataFrame:
    """Find the passages that pairs of documents share.

    Seed and extend (as Smith, Cordell & Mullen 2015 do for newspapers): runs of shared shingles of
    six letters that cover nine or more are anchors; from their ends both texts are aligned outwards
    by Levenshtein distance (rapidfuzz) as long as one letter in three or fewer differs. Formulae of
    the genre make no anchors: a shingle that stands in many documents is masked, though a passage
    may run over it. Two sentences that changed places are two passages.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences : DataFrame
        SENTENCES of the same texts: noise and punctuation do not count.
    parts : sequence of str, optional
        Look in these parts of the reports only.
    pairs : DataFrame, optional
        document_id and other_document_id of the pairs to look at, in either order; by default all.
    minimum_letters : int
        Shorter passages are left out (letters, Chinese characters and digits of the shorter side).
    minimum_similarity : float
        Passages less alike than this are left out.
    formula_share, formula_documents : float, int
        A shingle in more than this share of the documents, and in more than this many, is a formula.
        In a collection of few documents nothing is masked.

    Returns
    -------
    DataFrame
        PASSAGES; ``texts[document_id][start:end]`` is the passage.

    Raises
    ------
    ParameterError
        A similarity or share outside 0 to 1, or fewer letters than an anchor has.
    TableError
        A pair with a document that is not among the texts.
    """
    _check_options(minimum_letters, minimum_similarity, formula_share)
    letters = read_letters(texts, sentences, parts=parts)
    most = max(formula_documents, int(formula_share * len(letters.document_ids)))
    asked = None if pairs is None else _numbered(pairs, letters.document_ids)
    written = letters.codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    rows: list[tuple[str, int, int, str, int, int, float]] = []
    for anchors in find_anchors(letters, shingle=_SHINGLE, most=most, covered=_COVERED, pairs=asked):
        for (one, other), own in _by_pair(anchors):
            for span in _extend_all(written, letters, one, other, own):
                likeness = _likeness(written, span)
                shorter = min(span.end - span.start, span.other_end - span.other_start)
                if shorter >= minimum_letters and likeness >= minimum_similarity:
                    rows.append(_row(letters, one, other, span, likeness))
    return PASSAGES.frame(sorted(rows))


def _check_options(letters: int, similarity: float, share: float) -> None:
    for name, value in (("minimum_similarity", similarity), ("formula_share", share)):
        if not 0 <= value <= 1:
            raise ParameterError(f"{name}: expected a number from 0 to 1, found {value}.")
    if letters < _COVERED:
        raise ParameterError(
            f"minimum_letters: expected at least {_COVERED}, the letters of an anchor, found {letters}."
        )


def _numbered(pairs: pd.DataFrame, names: list[str]) -> frozenset[tuple[int, int]]:
    numbers = {name: number for number, name in enumerate(names)}
    listed = list(zip(pairs["document_id"], pairs["other_document_id"], strict=True))
    unknown = sorted({name for pair in listed for name in pair} - set(numbers))
    if unknown:
        raise TableError(f"pairs: expected documents among the texts; found also {', '.join(unknown[:10])}.")
    found = [sorted((numbers[one], numbers[other])) for one, other in listed]
    return frozenset((low, high) for low, high in found)


def _by_pair(anchors: pd.DataFrame) -> Iterator[tuple[tuple[int, int], list[Span]]]:
    columns = ("document", "other", "start", "end", "other_start")
    rows = zip(*(anchors[name].tolist() for name in columns), strict=True)
    for pair, group in groupby(rows, key=lambda row: (row[0], row[1])):
        yield pair, [Span(start, end, at, at + end - start) for _, _, start, end, at in group]


def _extend_all(written: str, letters: Letters, one: int, other: int, anchors: list[Span]) -> list[Span]:
    """Extend the anchors of one pair of documents; those that lie in a passage already are its own."""
    limits = letters.bounds[[one, one + 1, other, other + 1]].tolist()
    found: list[Span] = []
    for anchor in anchors:
        if any(_within(anchor, span) for span in found):
            continue
        right, other_right = _extend(
            written, anchor.end, anchor.other_end, limits=(limits[1], limits[3]), step=1
        )
        left, other_left = _extend(
            written, anchor.start, anchor.other_start, limits=(limits[0], limits[2]), step=-1
        )
        span = Span(left, right, other_left, other_right)
        rivals = [known for known in found if _overlap(span, known)]
        if all(span.end - span.start > known.end - known.start for known in rivals):
            found = [known for known in found if known not in rivals] + [span]
    return found


def _within(inner: Span, outer: Span) -> bool:
    return (
        outer.start <= inner.start
        and inner.end <= outer.end
        and outer.other_start <= inner.other_start
        and inner.other_end <= outer.other_end
    )


def _overlap(one: Span, other: Span) -> bool:
    """Tell whether two passages have most of the shorter in common, on both sides."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    other_shared = min(one.other_end, other.other_end) - max(one.other_start, other.other_start)
    shorter = min(one.end - one.start, other.end - other.start)
    return 2 * shared > shorter and 2 * other_shared > shorter


def _extend(written: str, at: int, other_at: int, *, limits: tuple[int, int], step: int) -> tuple[int, int]:
    """Return how far two texts stay alike from two places on, forwards or backwards.

    A letter that agrees scores 1, one that has to be changed, put in or taken out costs 2; the end
    is where the sum is highest, and the search stops where it has fallen by 16 from there.
    """
    while True:
        reach = min(_WINDOW, (limits[0] - at) * step), min(_WINDOW, (limits[1] - other_at) * step)
        if min(reach) <= 0:
            return at, other_at
        if step > 0:
            one, other = written[at : at + reach[0]], written[other_at : other_at + reach[1]]
        else:
            one, other = written[at - reach[0] : at][::-1], written[other_at - reach[1] : other_at][::-1]
        gone, other_gone = _best_prefix(one, other)
        at, other_at = at + step * gone, other_at + step * other_gone
        if min(gone, other_gone) < _WINDOW // 2:
            return at, other_at


def _best_prefix(one: str, other: str) -> tuple[int, int]:
    from rapidfuzz.distance import Levenshtein

    score = best = 0
    gone = other_gone = 0
    for block in Levenshtein.opcodes(one, other):
        length = max(block.src_end - block.src_start, block.dest_end - block.dest_start)
        score += length if block.tag == "equal" else -_COST * length
        if score > best:
            best, gone, other_gone = score, block.src_end, block.dest_end
        elif score < best - _DROP:
            break
    return gone, other_gone


def _likeness(written: str, span: Span) -> float:
    from rapidfuzz.distance import Levenshtein

    one, other = written[span.start : span.end], written[span.other_start : span.other_end]
    return float(Levenshtein.normalized_similarity(one, other))


def _row(letters: Letters, one: int, other: int, span: Span, likeness: float) -> tuple[Any, ...]:
    places = letters.places
    return (
        letters.document_ids[one],
        int(places[span.start]),
        int(places[span.end - 1]) + 1,
        letters.document_ids[other],
        int(places[span.other_start]),
        int(places[span.other_end - 1]) + 1,
        likeness,
    )
