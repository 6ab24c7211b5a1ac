"""Numerals that are broken in the text: not read, so that a part of one is never taken for its value."""

from __future__ import annotations

import re

_DATE = re.compile(r"(?:19|20)[0-9]{2}\.[0-9]{1,2}\.[0-9]{1,2}(?![0-9.])")
_BROKEN = re.compile(
    r"[0-9]{16,}[百千万亿]*"  # more digits than any value has
    r"|[0-9]+[.·](?:[0-9]+\.)+[0-9]+(?=%|[百千万亿]|个百分点)"  # 5.5.5%
    r"|[0-9]+[.,，]{2,}[0-9][0-9.,，]*"  # 3,,000
    r"|[0-9]{1,3}(?:,[0-9]{3})*,(?:[0-9]{1,2}|[0-9]{4,})(?![0-9])(?=[%百千万亿元人家户吨亩公平个])"  # 12,34
    r"|[0-9]{1,3}(?:，[0-9]{3})+\.[0-9]+"  # 12，345.67: a thousands' mark or a comma
    r"|[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]+[百千万亿]*(?=%|[元人家户吨亩个公平])"  # 1e5亿元
    r"|[0-9]+[OoIl][0-9OoIl]*(?:\.[0-9]+)?(?=%|[万亿]|个百分点)"  # 1O亿元
)
_TORN = re.compile(r"[A-Za-z]\.$")
_REST = re.compile(r"[0-9]+(?=%)")
_MAGNITUDES = re.compile(r"[百千万亿]{6,}")


def garbled_end(text: str, start: int) -> int | None:
    """Return where a broken numeral that begins here ends, None where it is not broken.

    Broken are digits with points or commas that no number has, numerals longer than any value,
    and the rest of one whose first digit was read as a letter (`O.5%`).
    """
    if not _DATE.match(text, start) and (match := _BROKEN.match(text, start)) is not None:
        return match.end()
    if (match := _MAGNITUDES.match(text, start)) is not None:
        return match.end()
    if _TORN.search(text[max(0, start - 2) : start]) and (match := _REST.match(text, start)) is not None:
        return match.end()
    return None
