"""Texts in a spreadsheet: what looks like a formula is kept from being one."""

from __future__ import annotations

import pandas as pd

FORMULA = r"^('*[=+\-@\t\r])"
NUMBER = r"[+-]?\d[\d,]*(?:\.\d+)?%?"


def guard_formulas(texts: pd.Series) -> pd.Series:
    """Put an apostrophe before each text that a spreadsheet would take for a formula."""
    risky = texts.str.match(FORMULA).fillna(False) & ~texts.str.fullmatch(NUMBER).fillna(False)
    return texts.where(~risky.astype(bool), "'" + texts)


def write_csv_text(frame: pd.DataFrame) -> str:
    """Return a table as CSV, texts that look like formulas with an apostrophe in front."""
    guarded = frame.copy()
    for name in guarded.columns:
        if not (pd.api.types.is_numeric_dtype(guarded[name]) or pd.api.types.is_bool_dtype(guarded[name])):
            filled = guarded[name].notna()
            guarded[name] = guard_formulas(guarded[name].astype("str")).where(filled)
    return guarded.to_csv(index=False)
