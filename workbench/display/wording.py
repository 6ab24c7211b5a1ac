"""Values in words: from numbers in base units back to what a person reads."""

from __future__ import annotations

import math

import pandas as pd

_SCALES = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
_PREFIX = {"at_least": "≥", "at_most": "≤", "about": "≈"}


def word_number(value: float, unit: str) -> str:
    """Return a number with its unit, large ones in 万 and 亿: 2200000000 元 is 22亿元."""
    if unit not in ("%", "个百分点", "‰"):
        for scale, word in _SCALES:
            if abs(value) >= scale:
                return f"{_plain(value / scale)}{word}{unit}"
    return f"{_plain(value)}{unit}"


def word_value(low: float, high: float, unit: str, bound: str = "exact", direction: str = "") -> str:
    """Return a value with its bound and sign: ≈6%, ≥200亿元, 5–5.5%, −3%; empty if there is none.

    A bound on a decrease is a bound on its size: ↓≥3% is a fall by 3% or more.
    """
    if low is None or math.isnan(low):
        return ""
    falling = direction == "down"
    if falling and (low != high or bound in ("at_least", "at_most")):
        return "↓" + word_value(low, high, unit, bound)
    sign = "−" if falling else ""
    if low != high:
        return f"{sign}{_plain(low)}–{word_number(high, unit)}"
    return f"{_PREFIX.get(bound, '')}{sign}{word_number(low, unit)}"


def word_difference(value: float, unit: str) -> str:
    """Return a difference with its sign: +0.5点, −981.9亿元, 0点; empty if there is none."""
    if value is None or math.isnan(value):
        return ""
    sign = "+" if value > 1e-9 else "−" if value < -1e-9 else ""
    return sign + word_number(abs(round(value, 4)), unit)


def word_values(frame: pd.DataFrame) -> pd.Series:
    """Return the values of a table with low, high, unit, bound (and direction) in words."""
    direction = frame["direction"] if "direction" in frame else pd.Series("", index=frame.index)
    parts = zip(
        frame["low"],
        frame["high"],
        frame["unit"].fillna(""),
        frame["bound"].fillna(""),
        direction.fillna(""),
        strict=True,
    )
    return pd.Series([word_value(*part) for part in parts], index=frame.index, dtype=object)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) and abs(value) >= 1000 else f"{value:.6g}"
