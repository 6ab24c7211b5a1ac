"""A document's sentences as one string, so that engines written in C and Rust see it in one call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.errors import TableError


@dataclass(frozen=True)
class JoinedSentences:
    """The sentences of a document, a line each, with the way back to the unchanged text.

    No sentence holds noise: it is blanked with line ends, which no word or term crosses.
    `spans` has a row a sentence: its number, its start and its end in the document's text.
    """

    document_id: str
    text: str
    spans: np.ndarray

    @property
    def lines(self) -> list[str]:
        """The sentences, one by one, with noise and the line ends inside them left out."""
        ends = (self.spans[:, 2] - self.spans[:, 1] + 1).cumsum().tolist()
        starts = [0, *ends[:-1]]
        return [self.text[start : end - 1].replace("\n", "") for start, end in zip(starts, ends, strict=True)]

    def locate(self, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return sentence and place in the document's text of positions in `text`."""
        lines = np.concatenate([[0], (self.spans[:, 2] - self.spans[:, 1] + 1).cumsum()[:-1]])
        line = np.searchsorted(lines, positions, side="right") - 1
        return self.spans[line, 0], positions - lines[line] + self.spans[line, 1]


def join_sentences(
    texts: Mapping[str, str], sentences: pd.DataFrame, noise: pd.DataFrame | None = None
) -> Iterator[JoinedSentences]:
    """Yield the joined sentences of each document that has any.

    Raises
    ------
    TableError
        A document of `sentences` has no text, or a sentence ends behind its text.
    """
    marked: dict[str, list[tuple[int, int]]] = {}
    if noise is not None:
        ordered = noise.sort_values("start")
        columns = (ordered[name].tolist() for name in ("document_id", "start", "end"))
        for name, start, end in zip(*columns, strict=True):
            marked.setdefault(name, []).append((start, end))
    codes, names = pd.factorize(sentences["document_id"])
    order = np.argsort(codes, kind="stable")
    rows = sentences[["sentence", "start", "end"]].to_numpy(np.int64)[order]
    borders = np.searchsorted(codes[order], np.arange(len(names) + 1))
    for number, document in enumerate(map(str, names)):
        spans = rows[borders[number] : borders[number + 1]]
        if document not in texts:
            raise TableError(
                f"sentences: expected documents that have a text, found {document}, which has none; "
                "pass the texts that the sentences were split from."
            )
        text = texts[document]
        if spans[:, 2].max() > len(text):
            raise TableError(
                f"sentences of {document}: expected ends up to {len(text)}, the length of the text, "
                f"found {spans[:, 2].max()}; pass the texts that the sentences were split from."
            )
        if document in marked:
            text = blank_noise(text, marked[document])
        lines = [text[start:end] for _, start, end in spans.tolist()]
        yield JoinedSentences(document, "\n".join(lines), spans)


def blank_noise(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a copy of `text` of the same length with the spans, in order, as line ends."""
    pieces: list[str] = []
    last = 0
    for start, end in spans:
        pieces += [text[last:start], "\n" * (end - max(start, last))]
        last = max(last, end)
    return "".join([*pieces, text[last:]])
