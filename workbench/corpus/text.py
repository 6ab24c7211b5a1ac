"""Copies of a text to match on: offsets in the copy lead back to the unchanged text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_DIGITS_AND_LETTERS = {chr(0xFF10 + i): chr(0x30 + i) for i in range(10)} | {
    chr(first + i): chr(first - 0xFEE0 + i) for first in (0xFF21, 0xFF41) for i in range(26)
}
_SAME_LENGTH = {
    **_DIGITS_AND_LETTERS,
    **dict.fromkeys(_SPACES + _ZERO_WIDTH, " "),
    "．": ".",
    "％": "%",
    "﹪": "%",
    "～": "~",
    "〜": "~",
    "－": "-",
    "\u2010": "-",
    "\u2011": "-",
    "＋": "+",
    "／": "/",
}
_TO_CHANGE = re.compile(
    f"[{_SPACES}{_ZERO_WIDTH}０-９Ａ-Ｚａ-ｚ．％﹪～〜－\u2010\u2011＋／\u2e80-\u2fd5\uf900-\ufad9]"
)
_RADICALS = re.compile("[\u2e80-\u2fd5\uf900-\ufad9]")
_BREAKS = re.compile(f"[{_SPACES}{_ZERO_WIDTH} \r\n]+")


def normalise(text: str) -> str:
    """Return a copy of equal length in which forms that mean the same are written the same.

    Full-width digits, letters, ``．％～－＋／`` become ASCII; every blank that is no line end, and
    every zero-width character, becomes one space; radicals and compatibility characters, as PDF
    writers leave them (⼯), the character they stand for. ``normalise(text)[i]`` is for ``text[i]``.
    """
    table = _table()
    return _TO_CHANGE.sub(lambda found: table.get(found[0], found[0]), text)  # ten times str.translate


def unify_characters(text: str) -> str:
    """Return a copy of equal length in which radicals (⼯) are the characters they stand for (工)."""
    table = _radicals()
    return _RADICALS.sub(lambda found: table.get(found[0], found[0]), text)


@cache
def _radicals() -> dict[str, str]:
    rows = files("workbench.lexicons").joinpath("radicals.csv").read_text("utf-8").splitlines()[1:]
    table = {row[0]: row[2:] for row in rows}
    compatible = ((chr(code), unicodedata.normalize("NFKC", chr(code))) for code in range(0xF900, 0xFADA))
    return table | {sign: character for sign, character in compatible if len(character) == 1}


@cache
def _table() -> dict[str, str]:
    return {**_SAME_LENGTH, **_radicals()}


def compact(text: str) -> tuple[str, Sequence[int]]:
    """Return a normalised copy without blanks, line ends and zero-width characters, and its offsets.

    A match at ``[i, j)`` of the copy is the quotation ``text[offsets[i] : offsets[j - 1] + 1]``, so
    that a word or number broken by a stray blank or a hard line break is still found.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for gap in _BREAKS.finditer(text):
        pieces.append(text[done : gap.start()])
        offsets.extend(range(done, gap.start()))
        done = gap.end()
    if not done:
        return normalise(text), range(len(text))
    pieces.append(text[done:])
    offsets.extend(range(done, len(text)))
    return normalise("".join(pieces)), offsets
