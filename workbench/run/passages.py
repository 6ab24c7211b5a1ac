"""The text of a document as HTML that passage links can point into."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

CARRIAGE_RETURN = "&#13;"
"""An HTML parser would make a plain one into a line feed and shift what follows."""


@dataclass(frozen=True)
class Passages:
    """The unchanged text of one document and the spans of it that are noise."""

    document_id: str
    text: str
    noise: Sequence[tuple[int, int]] = ()

    @property
    def characters(self) -> int:
        """Length of the text."""
        return len(self.text)

    @property
    def body(self) -> Markup:
        """The text as HTML, a ``<p data-start>`` for each line that is not empty.

        The text content of a ``<p>`` is the line to the letter, so that character offsets can be
        counted from `data-start`, in code points. The line end is left out.
        """
        return Markup("\n".join(self._paragraphs()))

    def _paragraphs(self) -> Iterator[str]:
        start = 0
        spans = sorted(self.noise)
        for line in self.text.split("\n"):
            if line.strip():
                yield f'<p data-start="{start}">{self._mark(start, start + len(line), spans)}</p>'
            start += len(line) + 1

    def _mark(self, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
        pieces, at = [], start
        for low, high in spans:
            low, high = max(low, at), min(high, end)
            if low < high:
                pieces.append(_escape(self.text[at:low]))
                pieces.append(f'<span class="noise">{_escape(self.text[low:high])}</span>')
                at = high
        pieces.append(_escape(self.text[at:end]))
        return "".join(pieces)


def passages_of(document_id: str, texts: Mapping[str, str], noise: pd.DataFrame) -> Passages:
    """Take the text of a document and its rows of NOISE."""
    spans = noise.loc[noise["document_id"] == document_id, ["start", "end"]]
    return Passages(
        document_id, texts[document_id], [(int(low), int(high)) for low, high in spans.to_numpy()]
    )


def _escape(text: str) -> str:
    # A parser drops NUL; its replacement is as long. It counts as markup nowhere else.
    return html.escape(text).replace("\0", "\N{REPLACEMENT CHARACTER}").replace("\r", CARRIAGE_RETURN)
