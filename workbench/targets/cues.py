"""Words and units that the extraction reads, from the data files of `workbench/lexicons`."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement or classifier: as written, its base unit and its kind."""

    unit: str
    canonical: str
    kind: str
    chinese: bool
    not_before: re.Pattern[str] | None
    not_before_chinese: re.Pattern[str] | None

    def fits(self, text: str, end: int, *, spoken: bool) -> bool:
        """Whether what follows a place lets the unit end there (`家` does not in `家庭`)."""
        if self.not_before is not None and self.not_before.match(text, end):
            return False
        return not (
            spoken and self.not_before_chinese is not None and self.not_before_chinese.match(text, end)
        )


def _read_rows(name: str) -> list[dict[str, str]]:
    text = files("workbench.lexicons").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#")))


def _compiled(expression: str | None) -> re.Pattern[str] | None:
    return re.compile(expression) if expression else None


@cache
def read_units() -> dict[str, Unit]:
    """Return the units of `units.csv`, by the form in which they are written (brackets half-width)."""
    return {
        row["unit"]: Unit(
            unit=row["unit"],
            canonical=row["canonical"],
            kind=row["kind"],
            chinese=row["chinese"] == "yes",
            not_before=_compiled(row["not_before"]),
            not_before_chinese=_compiled(row["not_before_chinese"]),
        )
        for row in _read_rows("units.csv")
    }


@cache
def read_indicator_rows() -> tuple[dict[str, str], ...]:
    """Return the rows of `indicators.csv`."""
    return tuple(_read_rows("indicators.csv"))


@cache
def read_cues() -> dict[str, Any]:
    """Return the cue words of `cues.toml`: tables of lists, or of regular expressions."""
    text = files("workbench.lexicons").joinpath("cues.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def cue_words(table: str, key: str) -> tuple[str, ...]:
    """Return one list of cue words, the longest first."""
    return tuple(sorted(read_cues()[table][key], key=lambda word: (-len(word), word)))


@cache
def cue_pattern(table: str, key: str, *, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return a pattern that finds any word of a list, the longest first, between two expressions."""
    return re.compile(f"{before}(?:{'|'.join(cue_words(table, key))}){after}")


@cache
def read_indicator_patterns() -> tuple[dict[str, str], ...]:
    """Return the rows of `indicator_patterns.csv`: wordings of the canonical indicators."""
    return tuple(_read_rows("indicator_patterns.csv"))
