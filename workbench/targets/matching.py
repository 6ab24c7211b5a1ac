"""Matching of two sets of records that point into the same texts, one to one by their spans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np


def dice(left: str, right: str) -> float:
    """Return the Dice coefficient of the character bigrams of two wordings (1 where they are equal).

    References
    ----------
    Dice (1945), Ecology 26(3): 2|A and B| / (|A| + |B|), here on sets of bigrams.
    """
    first, second = _bigrams(left), _bigrams(right)
    if not first and not second:
        return 1.0
    return 2 * len(first & second) / (len(first) + len(second))


def _bigrams(text: str) -> set[str]:
    text = text.replace(" ", "")
    return {text[place : place + 2] for place in range(len(text) - 1)} or ({text} if text else set())


def match_records(
    gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield pairs of places: matched records, then gold records without a match, then spare ones.

    Records match if they are of one document and kind and their spans overlap. Where several could,
    the assignment with the greatest agreement of spans, ids and wordings is taken.
    """
    matched_gold: set[int] = set()
    matched_found: set[int] = set()
    for left, right in _groups(gold, found):
        for i, j in _assign([gold[i] for i in left], [found[j] for j in right]):
            matched_gold.add(left[i])
            matched_found.add(right[j])
            yield left[i], right[j]
    yield from ((i, None) for i in range(len(gold)) if i not in matched_gold)
    yield from ((None, j) for j in range(len(found)) if j not in matched_found)


def _groups(
    gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield sets of records whose spans touch, directly or through others."""
    spans = [(r["document_id"], r["kind"], int(r["start"]), int(r["end"]), 0, i) for i, r in enumerate(gold)]
    spans += [
        (r["document_id"], r["kind"], int(r["start"]), int(r["end"]), 1, i) for i, r in enumerate(found)
    ]
    spans.sort(key=lambda span: span[:5])
    members: tuple[list[int], list[int]] = ([], [])
    where, reach = ("", ""), -1
    for document_id, kind, start, end, side, place in spans:
        if (document_id, kind) != where or start >= reach:
            if members[0] and members[1]:
                yield members
            members, where, reach = ([], []), (document_id, kind), end
        members[side].append(place)
        reach = max(reach, end)
    if members[0] and members[1]:
        yield members


def _assign(
    gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment

    worth = np.array([[_worth(left, right) for right in found] for left in gold])
    rows, columns = linear_sum_assignment(worth, maximize=True)
    yield from ((int(i), int(j)) for i, j in zip(rows, columns, strict=True) if worth[i, j] > 0)


def _worth(gold: Mapping[str, Any], found: Mapping[str, Any]) -> float:
    shared = min(gold["end"], found["end"]) - max(gold["start"], found["start"])
    if shared <= 0:
        return 0.0
    joint = max(gold["end"], found["end"]) - min(gold["start"], found["start"])
    same_id = float((gold["indicator_id"] or "") == (found["indicator_id"] or ""))
    return 1.0 + 2.0 * shared / joint + same_id + dice(gold["indicator"] or "", found["indicator"] or "")
