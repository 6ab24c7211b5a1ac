"""Specification curve: does the ranking of reports by a theme depend on how attention is counted?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.errors import ParameterError
from workbench.measures.attention import Interval, Unit, term_rates, theme_shares

SHARES: tuple[Unit, ...] = ("sentences", "themes", "characters")
LEAST_DOCUMENTS = 4


def measure_specifications(
    sentence_themes: pd.DataFrame,
    theme_matches: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    tokens: pd.DataFrame | None = None,
    parts: Sequence[str | None] = (None, "review", "plan"),
) -> pd.DataFrame:
    """Measure attention in every way that the workbench knows.

    Parameters
    ----------
    sentence_themes, theme_matches, sentences, documents : DataFrame
        SENTENCE_THEMES, THEME_MATCHES, SENTENCES, DOCUMENTS.
    tokens : DataFrame, optional
        TOKENS; without them shares of words are left out.
    parts : sequence of str or None
        Parts to measure in; None is the whole report.

    Returns
    -------
    DataFrame
        One row per specification, document and theme: unit (sentences, themes, characters, words:
        shares in percent; terms: terms per 1,000 characters), part (``all`` for the whole),
        document_id, theme, value. Missing where a document lacks the part.
    """
    units: tuple[Unit, ...] = (*SHARES, *(("words",) if tokens is not None else ()))
    frames = []
    for part in parts:
        label = part or "all"
        for unit in units:
            shares = theme_shares(
                sentence_themes,
                sentences,
                documents,
                by=("document_id",),
                part=part,
                unit=unit,
                tokens=tokens,
                interval=Interval(draws=0),
            )
            value = shares.rename(columns={"share_pct": "value"})
            frames.append(value[value["theme"] != "none"].assign(unit=unit, part=label))
        rates = term_rates(theme_matches, sentences, documents, by=("document_id",), part=part)
        frames.append(
            rates.rename(columns={"terms_per_1000_characters": "value"}).assign(unit="terms", part=label)
        )
    return pd.concat(frames, ignore_index=True)[["unit", "part", "document_id", "theme", "value"]]


def compare_specifications(
    measured: pd.DataFrame, *, unit: str = "sentences", part: str = "all"
) -> pd.DataFrame:
    """Correlate each specification's ranking of documents with that of one reference.

    Parameters
    ----------
    measured : DataFrame
        As `measure_specifications` returns.
    unit, part : str
        The reference.

    Returns
    -------
    DataFrame
        One row per specification and theme: unit, part, theme, rank_correlation (Spearman over
        documents that both measure; missing under four or where one does not vary), documents.

    Raises
    ------
    ParameterError
        The reference is not among the specifications.
    """
    reference = measured[(measured["unit"] == unit) & (measured["part"] == part)]
    if reference.empty:
        known = measured[["unit", "part"]].drop_duplicates().agg(" in ".join, axis=1)
        raise ParameterError(f"{unit} in {part}: expected one of the specifications {', '.join(known)}.")
    keys = ["document_id", "theme"]
    both = measured.merge(reference[[*keys, "value"]], on=keys, suffixes=("", "_reference"))
    both = both.dropna(subset=["value", "value_reference"])
    rows = [(*group, *_correlate(members)) for group, members in both.groupby(["unit", "part", "theme"])]
    return pd.DataFrame(rows, columns=["unit", "part", "theme", "rank_correlation", "documents"])


def _correlate(members: pd.DataFrame) -> tuple[float, int]:
    varied = members["value"].nunique() > 1 and members["value_reference"].nunique() > 1
    if len(members) < LEAST_DOCUMENTS or not varied:
        return np.nan, len(members)
    return float(members["value"].corr(members["value_reference"], method="spearman")), len(members)
