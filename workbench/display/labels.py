"""Names of codes, indicators and themes in Chinese and English."""

from __future__ import annotations

from functools import cache
from typing import Literal

import pandas as pd

from workbench.errors import ParameterError
from workbench.lexicons import data_file

Language = Literal["zh", "en", "both"]


@cache
def _names() -> dict[tuple[str, str], tuple[str, str]]:
    labels = pd.read_csv(data_file("labels.csv"), dtype=str, keep_default_na=False)
    names = {(row.group, row.code): (row.zh, row.en) for row in labels.itertuples()}
    for group, name in (("indicator", "indicators.csv"), ("theme", "themes.csv")):
        table = pd.read_csv(data_file(name), dtype=str, keep_default_na=False)
        names |= {(group, row.id): (row.name_zh, row.name_en) for row in table.itertuples()}
    return names


def name(group: str, code: str, *, language: Language = "zh") -> str:
    """Return the name of a code, for example ``name("bound", "about")`` is 左右.

    A code without a name is returned as it is: tables of a user's own may hold others.

    Raises
    ------
    ParameterError
        `language` is none of zh, en, both.
    """
    zh, en = _names().get((group, code), (code, code))
    match language:
        case "zh":
            return zh
        case "en":
            return en
        case "both":
            return zh if zh == en else f"{zh} {en}"
    raise ParameterError(f"language: expected zh, en or both, found {language!r}.")


def names(group: str, codes: pd.Series, *, language: Language = "zh") -> pd.Series:
    """Return the names of a column of codes."""
    return codes.map(lambda code: name(group, code, language=language))
