"""Sentences: what ends at 。！？ or at the end of a line, outside noise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Literal

import pandas as pd

from workbench.errors import ParameterError
from workbench.tables import SENTENCES

Markup = Literal["kept", "apart"]

_CLOSERS = "”’」』）)》〉】〕"
_END = re.compile(rf"[。！？!?]+[{_CLOSERS}]*|[\r\n\u2028\u2029\x0b\x0c\x85]+")
_MARK = re.compile("[。！？!?]")
_PAIR = re.compile(
    "“[^“”\r\n]*”|‘[^‘’\r\n]*’|「[^「」\r\n]*」|（[^（）\r\n]*）|\\([^()\r\n]*\\)|《[^《》\r\n]*》"
)
_GOES_ON = re.compile(r"[ \t]*(?:[的之，,、；;：:—是等和与及]|[。！？])")
_ZERO_WIDTH = "\ufeff\u200b\u200c\u200d\u2060\xad"
_MARKS_OF_MARKUP = "*#>_-+•"
_WORDLESS = frozenset(_ZERO_WIDTH + _MARKS_OF_MARKUP)


def sentence_spans(
    text: str,
    noise: Sequence[tuple[int, int]] = (),
    cuts: Iterable[int] = (),
    *,
    markup: Markup = "kept",
) -> list[tuple[int, int]]:
    """Return the sentences of one text as (start, end), in order and disjoint.

    Parameters
    ----------
    text : str
        The unchanged text.
    noise : sequence of (start, end)
        Stretches that no sentence may touch, in order.
    cuts : iterable of int
        Places where a sentence ends in any case, such as the starts of sections.
    markup : {"kept", "apart"}
        Whether marks of Markdown at the edges of a sentence (``**``, ``##``) stay in it. Kept, a sentence
        printed in bold in part or in whole has both its marks; apart, a sentence begins and ends with a word.
    """
    if markup not in ("kept", "apart"):
        raise ParameterError(f"markup: expected kept or apart, found {markup!r}; choose one of them.")
    strip = _ZERO_WIDTH if markup == "kept" else _ZERO_WIDTH + _MARKS_OF_MARKUP
    edges = sorted({0, len(text), *_ends(text), *(cut for cut in cuts if 0 <= cut <= len(text))})
    spans: list[tuple[int, int]] = []
    number = 0
    for start, end in zip(edges, edges[1:], strict=False):
        while number < len(noise) and noise[number][1] <= start:
            number += 1
        at, skipped = start, number
        while skipped < len(noise) and noise[skipped][0] < end:
            _add(spans, text, at, noise[skipped][0], strip)
            at = max(at, noise[skipped][1])
            skipped += 1
        _add(spans, text, at, end, strip)
    return spans


def _ends(text: str) -> list[int]:
    """Return where sentences end: not in quotations and brackets, nor after one if the sentence goes on."""
    pairs = [m.span() for m in _PAIR.finditer(text) if _MARK.search(text, m.start(), m.end())]
    ends = []
    number = 0
    for match in _END.finditer(text):
        end = match.end()
        while number < len(pairs) and pairs[number][1] < end:
            number += 1
        inside = number < len(pairs) and pairs[number][0] < match.start() and end < pairs[number][1]
        closed = text[end - 1] in _CLOSERS
        if not inside and not (closed and _GOES_ON.match(text, end)):
            ends.append(end)
    return ends


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int, strip: str) -> None:
    """Add the stretch as a sentence, without what stands at its edges, if any word is left."""
    while start < end and (text[start].isspace() or text[start] in strip):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in strip):
        end -= 1
    if any(not char.isspace() and char not in _WORDLESS for char in text[start:end]):
        spans.append((start, end))


def split_sentences(
    texts: Mapping[str, str], noise: pd.DataFrame, sections: pd.DataFrame, *, markup: Markup = "kept"
) -> pd.DataFrame:
    """Split each text into sentences.

    A sentence ends after 。！？!? with the quotation marks and brackets that close behind them, and at the
    end of a line; ；and ： do not end one, nor does a mark inside a quotation or a bracket. Headings and the
    items of lists are sentences. No sentence reaches into another section or into noise, save the marks of
    Markdown inside it.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    noise, sections : DataFrame
        NOISE and SECTIONS of the same texts.
    markup : {"kept", "apart"}
        Whether marks of Markdown at the edges of a sentence stay in it.

    Returns
    -------
    DataFrame
        SENTENCES: one row a sentence (document_id, sentence, section, part, start, end).

    Raises
    ------
    ParameterError
        `markup` is neither kept nor apart.
    """
    skipped = _spans_by_document(noise[noise["reason"] != "markup"])
    found = {
        name: list(zip(group["start"], group["section"], group["part"], strict=True))
        for name, group in sections.groupby("document_id")
    }
    rows = chain.from_iterable(
        _document_rows(name, text, skipped.get(name, []), found[name], markup)
        for name, text in texts.items()
        if name in found
    )
    return SENTENCES.frame(rows)


def _spans_by_document(noise: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    return {
        str(name): list(zip(group["start"], group["end"], strict=True))
        for name, group in noise.sort_values("start").groupby("document_id")
    }


def _document_rows(
    name: str,
    text: str,
    noise: Sequence[tuple[int, int]],
    sections: Sequence[tuple[int, int, str]],
    markup: Markup,
) -> Iterable[tuple[str, int, int, str, int, int]]:
    at = 0
    spans = sentence_spans(text, noise, (start for start, _, _ in sections), markup=markup)
    for number, (start, end) in enumerate(spans):
        while at + 1 < len(sections) and sections[at + 1][0] <= start:
            at += 1
        yield name, number, sections[at][1], sections[at][2], start, end
