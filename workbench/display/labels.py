"""Names of codes, indicators and themes in Chinese and English, and the language of a session's labels."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Literal, ParamSpec, TypeVar, get_args

import pandas as pd

from workbench.errors import ParameterError
from workbench.lexicons import data_file

Language = Literal["zh", "en", "both"]
Parameters = ParamSpec("Parameters")
Drawn = TypeVar("Drawn")
_BILINGUAL = re.compile(r"([^A-Za-z]*[\u4e00-\u9fff][^A-Za-z]*) ([A-Za-z].*)", re.DOTALL)
_session: dict[str, Language] = {"language": "both"}


def use_language(language: Language) -> None:
    """Choose what stands for "both" in this session: both, or one language in tables as in figures.

    Raises
    ------
    ParameterError
        `language` is none of zh, en, both.
    """
    _session["language"] = _check(language)


def choose_words(text: str) -> str:
    """Return a caption or heading, Chinese first, in the language of the session.

    A number or name after a colon, comma or bracket belongs to both: 报告 Reports: 5.
    """
    language, found = _session["language"], _BILINGUAL.fullmatch(text)
    if language == "both" or found is None:
        return text
    if language == "en":
        return found[2]
    rest = re.search(r"(?:: |, | \()[^a-z].*", found[2], re.DOTALL)
    return found[1] + (rest[0] if rest else "")


def choose_sentence(chinese: str, english: str) -> str:
    """Return what is said in two languages in that of the session, both one after the other."""
    return {"zh": chinese, "en": english}.get(_session["language"], f"{chinese} {english}")


def in_one_language(draw: Callable[Parameters, Drawn]) -> Callable[Parameters, Drawn]:
    """Let a figure take `language` "both" as Chinese: beside a mark there is no room for two names."""

    @wraps(draw)
    def drawn(*args: Parameters.args, **options: Parameters.kwargs) -> Drawn:
        if _check(options.get("language", "zh")) == "both":
            options["language"] = "zh"
        return draw(*args, **options)

    return drawn


def _check(language: object) -> Language:
    for known in get_args(Language):
        if language == known:
            return known
    raise ParameterError(f"language: expected zh, en or both, found {language!r}; choose one of these.")


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

    "both" gives the Chinese and the English name, or the one that `use_language` chose.
    A code without a name is returned as it is: tables of a user's own may hold others.

    Raises
    ------
    ParameterError
        `language` is none of zh, en, both.
    """
    zh, en = _names().get((group, code), (code, code))
    chosen = _check(language)
    if chosen == "both":
        chosen = _session["language"]
    if chosen == "both" and zh != en:
        return f"{zh} {en}"
    return en if chosen == "en" else zh


def names(group: str, codes: pd.Series, *, language: Language = "zh") -> pd.Series:
    """Return the names of a column of codes."""
    return codes.map(lambda code: name(group, code, language=language))
