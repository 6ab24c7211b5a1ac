"""Sentences: what ends at 。！？ or at the end of a line, outside noise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

import pandas as pd

from workbench.tables import SENTENCES

_END = re.compile(r"[。！？!?…]*[。！？!?](?:[”’」』）)》\]】])*|[\r\n]+")
_MARKUP = ("markup",)


def sentence_spans(
    text: str, noise: Iterable[tuple[int, int]] = (), cuts: Iterable[int] = ()
) -> list[tuple[int, int]]:
    """Return the sentences of one text as (start, end), in order and disjoint."""
    edges = sorted({m.end() for m in _END.finditer(text)} | set(cuts) | {0, len(text)})
    stretches = sorted(noise)
    spans: list[tuple[int, int]] = []
    number = 0
    for start, end in zip(edges, edges[1:], strict=False):
        while number < len(stretches) and stretches[number][1] <= start:
            number += 1
        at, k = start, number
        while k < len(stretches) and stretches[k][0] < end:
            spans += _trimmed(text, at, max(at, stretches[k][0]))
            at = max(at, stretches[k][1])
            k += 1
        spans += _trimmed(text, at, end)
    return spans


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    bare = piece.strip(" \t\r\n\u3000\ufeff\u200b*#")
    if not bare:
        return []
    start += piece.index(bare)
    return [(start, start + len(bare))]


def split_sentences(texts: Mapping[str, str], noise: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """Split each text into sentences.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    noise, sections : DataFrame
        NOISE and SECTIONS of the same texts.

    Returns
    -------
    DataFrame
        SENTENCES: one row a sentence (document_id, sentence, section, part, start, end).
    """
    outside = noise[~noise["reason"].isin(_MARKUP)]
    skipped = {
        name: list(zip(g["start"], g["end"], strict=True)) for name, g in outside.groupby("document_id")
    }
    found = {name: g for name, g in sections.groupby("document_id")}
    rows = chain.from_iterable(
        _document_rows(name, text, skipped.get(name, []), found[name]) for name, text in texts.items() if text
    )
    return SENTENCES.frame(rows)


def _document_rows(
    name: str, text: str, noise: list[tuple[int, int]], sections: pd.DataFrame
) -> list[tuple[str, int, int, str, int, int]]:
    starts, numbers, parts = (sections[c].tolist() for c in ("start", "section", "part"))
    rows = []
    at = 0
    for number, (start, end) in enumerate(sentence_spans(text, noise, starts)):
        while at + 1 < len(starts) and starts[at + 1] <= start:
            at += 1
        rows.append((name, number, numbers[at], parts[at], start, end))
    return rows
