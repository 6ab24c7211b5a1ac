"""Two wordings side by side: what is the same, what differs and what is formula, marked in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from workbench.display.reading import Passage

SAME, CHANGED, FORMULA = "same", "changed", "formula"
_TAGS = {SAME: "mark", CHANGED: "ins", FORMULA: "span"}


@dataclass(frozen=True)
class Wording:
    """A passage in pieces: each the same as in the other text, changed, or a formula of the genre.

    Shown as a link to the passage, the pieces as ``<mark>``, ``<ins>`` (or ``<del>`` in the earlier
    text) and plain grey, so that they are told apart without colour too.
    """

    pieces: tuple[tuple[str, str], ...]
    passage: Passage | None = None
    earlier: bool = False

    def __str__(self) -> str:
        return "".join(text for _, text in self.pieces)

    def _repr_html_(self) -> str:
        marked = "".join(self._piece(kind, text) for kind, text in self.pieces)
        if self.passage is None:
            return marked
        where = self.passage
        return (
            f'<a class="passage wording" href="{where.href}"'
            f' data-document="{escape(where.document_id)}">{marked}</a>'
        )

    def _piece(self, kind: str, text: str) -> str:
        tag = "del" if kind == CHANGED and self.earlier else _TAGS[kind]
        return f'<{tag} class="{kind}">{escape(text)}</{tag}>'


def align_wordings(
    now: Passage, then: Passage, *, formulae: Sequence[tuple[int, int]] = (), shortest: int = 2
) -> tuple[Wording, Wording]:
    """Align two passages letter by letter and mark what they share.

    Parameters
    ----------
    now, then : Passage
        Two passages with the text between their ends as `quote`; blanks and line ends are shown as one blank.
    formulae : sequence of (start, end)
        Stretches of the document of `now` that are formulae: what is the same there is no sign of descent.
    shortest : int
        Letters in a row that agree; fewer count as changed, so that chance does not speckle the text.

    Returns
    -------
    now, then : Wording
    """
    from rapidfuzz.distance import Levenshtein

    one, other = now.quote, then.quote
    mine: list[tuple[str, str]] = []
    theirs: list[tuple[str, str]] = []
    for block in Levenshtein.opcodes(one, other):
        same = block.tag == "equal" and block.src_end - block.src_start >= shortest
        kind = SAME if same else CHANGED
        piece = one[block.src_start : block.src_end]
        if same:
            marked = _mark_formulae(piece, now.start + block.src_start, formulae)
            mine += marked
            theirs += marked
        else:
            mine.append((kind, piece))
            theirs.append((kind, other[block.dest_start : block.dest_end]))
    return Wording(_join(mine), now), Wording(_join(theirs), then, earlier=True)


def _mark_formulae(text: str, start: int, formulae: Sequence[tuple[int, int]]) -> list[tuple[str, str]]:
    inside = [False] * len(text)
    for first, last in formulae:
        for place in range(max(first - start, 0), min(last - start, len(text))):
            inside[place] = True
    return [(FORMULA if flag else SAME, letter) for flag, letter in zip(inside, text, strict=True)]


def _join(pieces: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Join neighbours of one kind, and blanks in a row."""
    joined: list[list[str]] = []
    for kind, text in pieces:
        if joined and joined[-1][0] == kind:
            joined[-1][1] += text
        elif text:
            joined.append([kind, text])
    tidy = ((kind, " ".join(text.split()) if text.strip() else " ") for kind, text in joined)
    return tuple((kind, text) for kind, text in tidy)
