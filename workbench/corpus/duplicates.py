"""Texts that stand twice in a corpus, whole or in part, found by the sentences they share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from workbench.corpus.findings import Finding

_SENTENCE = re.compile(r"[^。！？；\n]{12,}")
_BLANKS = re.compile(r"[\s\u3000*#]+")
# A sentence in more texts than this is a formula of the trade; it tells nothing of copying.
_FORMULA = 20


def find_duplicates(texts: Mapping[str, str], *, same: float, near: float) -> Iterator[Finding]:
    """Yield a finding a pair of documents that share most of their sentences.

    Parameters
    ----------
    texts : mapping
        Text by document_id.
    same, near : float
        Share of the shorter text's sentences (12 characters or more, blanks ignored, formulas
        of more than twenty texts left out) from which two texts are the same, or nearly so.
    """
    holders: dict[int, set[str]] = defaultdict(set)
    sizes: Counter[str] = Counter()
    for document_id, text in texts.items():
        for mark in {hash(_BLANKS.sub("", match[0])) for match in _SENTENCE.finditer(text)}:
            holders[mark].add(document_id)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if len(ids) <= _FORMULA:
            sizes.update(ids)
            shared.update(combinations(sorted(ids), 2))
    for (one, other), times in sorted(shared.items()):
        share = times / min(sizes[one], sizes[other])
        if times < 5 or share < near:
            continue
        if share >= same:
            message = f"the same text as {one} ({share:.0%} of the sentences of the shorter)"
            yield Finding(other, "error", "duplicate", message, "remove one of the two files")
        else:
            message = f"nearly the text of {one} ({share:.0%} of the sentences of the shorter)"
            yield Finding(other, "warning", "duplicate", message, "look which of the two is the right one")


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
