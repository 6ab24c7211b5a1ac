"""Attention: how much of a report goes to each theme, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from workbench.errors import ParameterError
from workbench.measures.theme_quality import draw_confusions
from workbench.measures.themes import read_themes
from workbench.tables import PARTS

Unit = Literal["sentences", "themes", "characters", "words"]
UNITS = ("sentences", "themes", "characters", "words")
_KEYS = ["document_id", "sentence"]


@dataclass(frozen=True)
class Interval:
    """How intervals are drawn: number of draws (0: none), whether the coder errs in them, the seed."""

    draws: int = 500
    coder_error: bool = True
    seed: int = 20260101


def theme_shares(
    sentence_themes: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: Sequence[str] = ("region", "year"),
    part: str | None = None,
    unit: Unit = "sentences",
    tokens: pd.DataFrame | None = None,
    interval: Interval | None = None,
) -> pd.DataFrame:
    """Measure each theme's share of the text, with a 95 % interval.

    Parameters
    ----------
    sentence_themes, sentences, documents : DataFrame
        SENTENCE_THEMES, SENTENCES, DOCUMENTS.
    by : sequence of str
        Columns of DOCUMENTS and, if wanted, ``part``: one share for each combination that occurs.
    part : str, optional
        Only sentences of this part (``review``, ``plan`` …).
    unit : {"sentences", "themes", "characters", "words"}
        What is counted: sentences, characters or words of sentences by their primary theme, or
        ``themes``: sentences by every theme they have, each an equal part of it. ``words`` needs
        `tokens` (TOKENS; marks that are no words are left out).
    interval : Interval, optional
        Default: 500 draws of sentences within a group; but for ``themes`` the coder errs in each as
        it did in cross-validation.

    Returns
    -------
    DataFrame
        One row per group and theme, groups without the theme included: the columns of `by`, theme,
        sentences (of the theme), total (units in the group), share_pct (as coded), corrected_pct
        (mean of the draws; differs from share_pct where the coder favours or slights a theme),
        low_pct, high_pct (of the draws). Shares of a group sum to 100. A document without
        sentences in question has missing shares, not zeros; and share_pct is missing for a theme that
        none of all the documents has: zero is for a report without what others have.

    Raises
    ------
    ParameterError
        An unknown column, part or unit; words without tokens; a corpus without documents.

    Notes
    -----
    Sentences are drawn with replacement; where the coder errs each drawn sentence then gets a theme
    at random from those coded by hand where the coder said the same, the table of these being
    itself drawn (Dirichlet). The interval is about the wording at hand, not other years.
    """
    _check_choices(by, part, unit, documents, tokens)
    themes = read_themes()["id"].tolist()
    coded = _weigh_sentences(sentence_themes, sentences, part, unit, tokens)
    coded = coded.merge(documents[_document_columns(by)], on="document_id", how="right", validate="m:1")
    chosen = interval or Interval()
    rng = np.random.default_rng(chosen.seed)
    errs = chosen.coder_error and unit != "themes" and chosen.draws > 0
    confusions = draw_confusions(themes, chosen.draws, rng) if errs else None
    rows = []
    for group, members in coded.groupby(list(by), sort=True, dropna=False):
        known = members.dropna(subset=["primary"])
        parts = _theme_parts(known, themes, every=unit == "themes")
        drawn = _draw_shares(parts, known["size"].to_numpy(float), chosen.draws, confusions, rng)
        measured = _share_group(parts, known["size"].to_numpy(float), drawn)
        rows.append(measured.assign(**dict(zip(by, group, strict=True)), theme=themes))
    names = [*by, "theme", "sentences", "total", "share_pct", "corrected_pct", "low_pct", "high_pct"]
    # What is drawn with the coder's errors is no zero: the theme may be there and have been missed.
    blank = ["share_pct"] if errs else names[-4:]
    return _blank_unused(pd.concat(rows, ignore_index=True)[names], "sentences", blank)


def _blank_unused(table: pd.DataFrame, count: str, columns: Sequence[str]) -> pd.DataFrame:
    """Make missing what is said of a theme that no text at hand has: it was not looked for, or not found."""
    never = table.groupby("theme")[count].transform("sum").eq(0)
    return table.assign(**{column: table[column].mask(never) for column in columns})


def _check_choices(
    by: Sequence[str], part: str | None, unit: str, documents: pd.DataFrame, tokens: pd.DataFrame | None
) -> None:
    unknown = [column for column in by if column != "part" and column not in documents.columns]
    if unknown or not by or isinstance(by, str):
        raise ParameterError(
            f"by={by!r}: expected a list of columns of documents, or 'part'; unknown: {unknown}."
        )
    if part is not None and part not in PARTS:
        raise ParameterError(f"part={part!r}: expected one of {', '.join(PARTS)}, or None for all.")
    if unit not in UNITS:
        raise ParameterError(f"unit={unit!r}: expected one of {', '.join(UNITS)}.")
    if unit == "words" and tokens is None:
        raise ParameterError(
            "unit='words': expected a table of tokens, found none; give tokens=corpus.tokens."
        )
    if documents.empty:
        raise ParameterError("theme_shares: expected at least one document, found none; select others.")


def _document_columns(by: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(["document_id", *(column for column in by if column != "part")]))


def _weigh_sentences(
    sentence_themes: pd.DataFrame,
    sentences: pd.DataFrame,
    part: str | None,
    unit: Unit,
    tokens: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return the sentences in question with their themes and their size in the unit."""
    placed = sentence_themes.merge(sentences[[*_KEYS, "part"]], on=_KEYS, validate="1:1")
    placed = placed if part is None else placed[placed["part"] == part]
    if unit in ("sentences", "themes"):
        return placed.assign(size=1.0)
    if unit == "characters" or tokens is None:
        return placed.assign(size=(placed["end"] - placed["start"]).astype(float))
    words = tokens[tokens["token"].astype("str").str.contains(r"\w", regex=True)]
    counted = words.groupby(_KEYS, observed=True).size().rename("size").reset_index()
    counted["document_id"] = counted["document_id"].astype(placed["document_id"].dtype)
    return placed.merge(counted, on=_KEYS, how="left").fillna({"size": 0.0})


def _share_group(parts: np.ndarray, size: np.ndarray, drawn: np.ndarray) -> pd.DataFrame:
    """Return one group's shares, one row per theme; missing where the group has no text."""
    total = size.sum()
    table = pd.DataFrame({"sentences": (parts > 0).sum(axis=0), "total": total})
    table["share_pct"] = 100 * size @ parts / total if total else np.nan
    known = len(drawn) > 0 and total > 0
    table["corrected_pct"] = drawn.mean(axis=0) if known else np.nan
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0) if known else (np.nan, np.nan)
    return table.assign(low_pct=low, high_pct=high)


def _theme_parts(members: pd.DataFrame, themes: list[str], *, every: bool) -> np.ndarray:
    """Return each sentence's parts of themes; a row sums to 1."""
    number = {theme: place for place, theme in enumerate(themes)}
    parts = np.zeros((len(members), len(themes)))
    parts[np.arange(len(members)), members["primary"].map(number).to_numpy(int)] = 1
    if every:
        for row, further in enumerate(members["secondary"].fillna("")):
            parts[row, [number[theme] for theme in further.split("|") if theme]] = 1
        parts /= np.maximum(parts.sum(axis=1, keepdims=True), 1)
    return parts


def _draw_shares(
    parts: np.ndarray, size: np.ndarray, draws: int, confusions: np.ndarray | None, rng: np.random.Generator
) -> np.ndarray:
    """Return shares in percent, draws x themes, of sentences drawn with replacement."""
    sentences, themes = parts.shape
    if sentences == 0:
        return np.zeros((0, themes))
    chosen = rng.integers(0, sentences, size=(draws, sentences))
    if confusions is None:
        times = np.zeros((draws, sentences))
        np.add.at(times, (np.arange(draws)[:, None], chosen), 1)
        sums = times @ (parts * size[:, None])
    else:
        coded = parts.argmax(axis=1)[chosen]
        limits = confusions[np.arange(draws)[:, None], coded]
        true = (rng.random((draws, sentences, 1)) > limits[:, :, :-1]).sum(axis=2)
        cells = (np.arange(draws)[:, None] * themes + true).ravel()
        sums = np.bincount(cells, size[chosen].ravel(), draws * themes).reshape(draws, themes)
    return 100 * sums / np.maximum(sums.sum(axis=1, keepdims=True), 1e-9)


def term_rates(
    theme_matches: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: Sequence[str] = ("region", "year"),
    part: str | None = None,
) -> pd.DataFrame:
    """Count the terms of each theme per 1,000 characters of the sentences.

    Returns
    -------
    DataFrame
        One row per group and theme (without ``none``), zeros included: the columns of `by`, theme,
        terms (occurrences), characters, terms_per_1000_characters; missing where a group has
        no text, and for a theme without any occurrence in all groups (or any term in the lexicon).

    Raises
    ------
    ParameterError
        An unknown column or part; a corpus without documents.
    """
    _check_choices(by, part, "sentences", documents, None)
    placed = sentences if part is None else sentences[sentences["part"] == part]
    own = documents[_document_columns(by)]
    text = placed.assign(characters=placed["end"] - placed["start"]).merge(own, on="document_id", how="right")
    characters = text.groupby(list(by), dropna=False)["characters"].sum()
    hits = theme_matches.merge(placed[[*_KEYS, "part"]], on=_KEYS).merge(own, on="document_id")
    counted = hits.groupby([*by, "theme"]).size()
    themes = [theme for theme in read_themes()["id"] if theme != "none"]
    frame = characters.reset_index().merge(pd.DataFrame({"theme": themes}), how="cross")
    # No occurrence in a text that is there is a zero; a group without text is set to missing below.
    frame = frame.merge(counted.rename("terms").reset_index(), on=[*by, "theme"], how="left").fillna(
        {"terms": 0}
    )
    known = frame["characters"].where(frame["characters"] > 0)
    frame["terms_per_1000_characters"] = 1000 * frame["terms"] / known
    names = [*by, "theme", "terms", "characters", "terms_per_1000_characters"]
    return _blank_unused(frame[names].astype({"terms": "int64"}), "terms", names[-1:])


def theme_entropy(shares: pd.DataFrame, *, by: Sequence[str] = ("region", "year")) -> pd.DataFrame:
    """Measure how evenly attention is spread over the themes, ``none`` left out.

    Parameters
    ----------
    shares : DataFrame
        As `theme_shares` returns, by the same columns.

    Returns
    -------
    DataFrame
        One row per group: the columns of `by`, entropy_bits (Shannon 1948, -sum p log2 p), evenness
        (entropy over log2 of the number of themes, 0 to 1), effective_themes (2 to the entropy).
        Missing where a group has no coded text.
    """
    themes = shares[shares["theme"] != "none"]
    number = themes["theme"].nunique()
    rows = []
    for group, members in themes.groupby(list(by), dropna=False):
        share = members["share_pct"].to_numpy(float)
        some = share[share > 0]
        part = some / some.sum() if len(some) else np.array([np.nan])
        entropy = float(-(part * np.log2(part)).sum())
        rows.append((*group, entropy, entropy / np.log2(number), 2**entropy))
    return pd.DataFrame(rows, columns=[*by, "entropy_bits", "evenness", "effective_themes"])
