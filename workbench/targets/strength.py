"""The word of commitment (力争, 确保 …) that governs a value: of its clause, or of the list it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left

from workbench.targets.cues import cue_pattern

_ENDS = re.compile(r"[，,；;。！？\n]")
_REACH = 80
_TIME_ONLY = re.compile(r"(?:到|至|在)?[^，；]{0,12}(?:年|末|底|期间|时期)[底末内]?$")


class Commitments:
    """The words of commitment of one sentence; `offset` is where the sentence begins in the document."""

    def __init__(self, sentence: str, offset: int) -> None:
        self._offset = offset
        self._words = [(m.start(), m.group()) for m in cue_pattern("goals", "strength").finditer(sentence)]
        self._starts = [start for start, _ in self._words]
        self._header = self._governing_header(sentence)

    def _governing_header(self, sentence: str) -> str:
        """Return the word of a first clause that only names a time (`力争到2022年，…`): it governs all."""
        if not self._words:
            return ""
        start, word = self._words[0]
        end = _ENDS.search(sentence, start)
        clause = sentence[start + len(word) : end.start()] if end is not None else ""
        return word if clause and _TIME_ONLY.fullmatch(clause) else ""

    def word_for(self, clause: int, position: int) -> str:
        """Return the word that governs the value at a place, whose clause begins at `clause`."""
        place = bisect_left(self._starts, position - self._offset)
        if place:
            start, word = self._words[place - 1]
            if start + self._offset >= max(clause, position - _REACH):
                return word
        return self._header if place else ""
