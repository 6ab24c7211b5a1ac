"""The sentence that a row quotes as its evidence, or of a very long one the passage around the row."""

from __future__ import annotations

LONGEST = 1_000


def evidence_at(text: str, sentence: tuple[int, int], place: tuple[int, int]) -> str:
    """Return the sentence that a place stands in, to the letter.

    Of a sentence longer than `LONGEST` characters (a table flattened to text) it is the passage of
    about that length around the place: whole sentences would make a table of its values grow with
    the square of its length. No sentence of prose is as long.
    """
    first, last = sentence
    if last - first > LONGEST:
        first, last = max(first, place[0] - LONGEST // 2), min(last, place[1] + LONGEST // 2)
    return text[first:last]
