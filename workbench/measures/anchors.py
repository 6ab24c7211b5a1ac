"""Anchors of shared passages: stretches on which two documents have the same shingles in a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.measures.shingles import Letters, hash_shingles

Numbers = npt.NDArray[Any]
ANCHOR_COLUMNS = ("document", "other", "start", "end", "other_start", "covered")
_MATCHES_AT_ONCE = 2_000_000
_GAP = 20
_SIEVE_BITS = 20


@dataclass(frozen=True)
class Occurrences:
    """Shingles that stand in several documents but are no formulae, sorted by shingle, then place.

    `group` numbers the shingle, `place` is where among the letters it stands, `document` in which
    document; `followers` counts the later occurrences of the same shingle.
    """

    group: Numbers
    place: Numbers
    document: Numbers
    followers: Numbers


def find_occurrences(
    letters: Letters, *, shingle: int, most: int, pairs: frozenset[tuple[int, int]] | None = None
) -> Occurrences:
    """Return the occurrences of shingles that stand in 2 to `most` documents.

    Shingles in more documents are formulae of the genre, and so are those that a document repeats
    more than four times on average; neither says that one report took over from another. Of asked
    `pairs` only shingles of their documents are looked at, though all documents count for `most`.
    """
    hashes, places = hash_shingles(letters, shingle)
    if pairs is not None:
        hashes, places = _keep_asked(letters, hashes, places, pairs)
    order = np.argsort(hashes, kind="stable")
    hashes, places = hashes[order], places[order]
    documents = letters.document_numbers()[places]
    new = np.ones(len(hashes), dtype=bool)
    new[1:] = hashes[1:] != hashes[:-1]
    group = np.cumsum(new) - 1
    entry = new.copy()
    entry[1:] |= documents[1:] != documents[:-1]
    counts = np.bincount(group, minlength=1)
    frequencies = np.bincount(group, weights=entry, minlength=1)
    kept = ((frequencies >= 2) & (frequencies <= most) & (counts <= 4 * frequencies))[group]
    if pairs is not None:
        asked = np.zeros(len(letters.document_ids), dtype=bool)
        asked[sorted({number for pair in pairs for number in pair})] = True
        kept &= asked[documents]
    group = group[kept]
    last = np.flatnonzero(np.append(group[1:] != group[:-1], True)) if len(group) else group
    followers = np.repeat(last, np.diff(last, prepend=-1)) - np.arange(len(group))
    return Occurrences(group, places[kept], documents[kept], followers)


def _keep_asked(
    letters: Letters, hashes: Numbers, places: Numbers, pairs: frozenset[tuple[int, int]]
) -> tuple[Numbers, Numbers]:
    """Keep the shingles, of all documents, that a document has which stands in every pair.

    Where the pairs have no document in common, those of all their documents are kept.
    """
    sets = [set(pair) for pair in pairs]
    hubs = set.intersection(*sets) if sets else set()
    own = np.zeros(len(letters.document_ids), dtype=bool)
    own[sorted(hubs or set().union(*sets))] = True
    wanted = np.unique(hashes[own[letters.document_numbers()[places]]])
    ends = np.zeros(1 << _SIEVE_BITS, dtype=bool)  # a sieve by last bits spares looking up most
    mask = np.uint64(len(ends) - 1)
    ends[wanted & mask] = True
    likely = np.flatnonzero(ends[hashes & mask])
    kept = likely[np.isin(hashes[likely], wanted)]
    return hashes[kept], places[kept]


def find_anchors(
    letters: Letters,
    *,
    shingle: int,
    most: int,
    covered: int,
    pairs: frozenset[tuple[int, int]] | None = None,
) -> Iterator[pd.DataFrame]:
    """Yield the anchors of all pairs of documents, some documents at a time.

    An anchor is a run of shared shingles at one distance from each other in both documents, with at
    most twenty letters between one and the next, that covers at least `covered` letters.

    Yields
    ------
    DataFrame
        One row an anchor, sorted by document, other and start: document, other (numbers of the
        documents, document < other), start, end, other_start (places among the letters), covered.
    """
    found = find_occurrences(letters, shingle=shingle, most=most, pairs=pairs)
    matches = np.bincount(found.document, weights=found.followers, minlength=len(letters.document_ids))
    for first, after in _blocks(matches):
        own = np.flatnonzero((found.document >= first) & (found.document < after) & (found.followers > 0))
        repeats = found.followers[own]
        one = np.repeat(own, repeats)
        step = np.arange(len(one)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        other = one + 1 + step
        kept = found.document[one] != found.document[other]
        one, other = one[kept], other[kept]
        columns = (found.document[one], found.document[other], found.place[one], found.place[other])
        anchors = _join(*columns, shingle=shingle)
        anchors = anchors[anchors["covered"] >= covered]
        if pairs is not None:
            asked = [pair in pairs for pair in zip(anchors["document"], anchors["other"], strict=True)]
            anchors = anchors[np.array(asked, dtype=bool)]
        yield anchors.sort_values(["document", "other", "start"], ignore_index=True)


def _blocks(matches: Numbers) -> Iterator[tuple[int, int]]:
    """Part the documents so that each part has no more matches than are held at once."""
    first, total = 0, 0.0
    for number, count in enumerate(matches):
        if total and total + count > _MATCHES_AT_ONCE:
            yield first, number
            first, total = number, 0.0
        total += count
    yield first, len(matches)


def _join(document: Numbers, other: Numbers, place: Numbers, other_place: Numbers, *, shingle: int) -> Any:
    """Join the matches of shingles that follow each other on one diagonal."""
    if not len(document):
        return pd.DataFrame({name: pd.Series(dtype="int64") for name in ANCHOR_COLUMNS})
    diagonal = place - other_place
    pair = document.astype(np.int64) * (int(other.max()) + 1) + other
    order = np.lexsort((place, diagonal, pair))
    pair, diagonal, place = pair[order], diagonal[order], place[order]
    breaks = np.ones(len(place), dtype=bool)
    steps = np.diff(place)
    breaks[1:] = (pair[1:] != pair[:-1]) | (diagonal[1:] != diagonal[:-1]) | (steps > shingle + _GAP)
    starts = np.flatnonzero(breaks)
    ends = np.append(starts[1:], len(place)) - 1
    added = np.append(np.minimum(steps, shingle), shingle)
    added[ends] = shingle
    return pd.DataFrame(
        {
            "document": document[order][starts],
            "other": other[order][starts],
            "start": place[starts],
            "end": place[ends] + shingle,
            "other_start": other_place[order][starts],
            "covered": np.add.reduceat(added, starts),
        }
    )
