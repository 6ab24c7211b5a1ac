"""Specification curve: does the ranking of reports by a theme depend on how attention is counted?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from workbench.errors import ParameterError
from workbench.measures.attention import Interval, Unit, term_rates, theme_shares
from workbench.measures.themes import code_themes_by_terms, read_theme_terms

CHOICES = ("coding", "unit", "part", "lexicon", "segmentation")
REFERENCE = {"coding": "model", "unit": "sentences", "part": "all"}
LEAST_DOCUMENTS = 4
SPECIFIC = 2


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
        SENTENCE_THEMES, THEME_MATCHES (of the house lexicon), SENTENCES, DOCUMENTS.
    tokens : DataFrame, optional
        TOKENS; without them shares of words, rates per word and whole-token counts are left out.
    parts : sequence of str or None
        Parts to measure in; None is the whole report.

    Returns
    -------
    DataFrame
        One row per specification, document and theme: coding (``model``: sentences coded by the
        trained coder; ``lexicon``: sentences coded by their terms; ``terms``: occurrences of terms),
        unit (of model and lexicon sentences, themes, characters, words: shares in percent; of terms
        per 1,000 characters or per 1,000 words), part (``all`` for the whole), lexicon (``all``
        terms, or ``specific``: weight 2 and 3; empty for the model), segmentation (``substring``, or
        ``tokens``: both ends of the term are ends of words; empty but for terms), document_id,
        theme, value. Missing where a document lacks the part.
    """
    lexicons = _lexicon_versions(theme_matches)
    spoken = None if tokens is None else _place_words(tokens, sentences)
    frames = []
    for part in parts:
        label = part or "all"
        coded = [("model", "", sentence_themes)]
        coded += [
            ("lexicon", name, code_themes_by_terms(found, sentences)) for name, found in lexicons.items()
        ]
        for coding, lexicon, themes in coded:
            for unit, shares in _measure_shares(themes, sentences, documents, tokens, part):
                frames.append(_name(shares, "share_pct", coding, unit, label, lexicon, ""))
        for lexicon, found in lexicons.items():
            for segmentation, kept in _segmentations(found, tokens).items():
                for unit, rates in _measure_rates(kept, sentences, documents, spoken, part):
                    frames.append(_name(rates, "rate", "terms", unit, label, lexicon, segmentation))
    return pd.concat(frames, ignore_index=True)[[*CHOICES, "document_id", "theme", "value"]]


def _lexicon_versions(matches: pd.DataFrame) -> dict[str, pd.DataFrame]:
    weight = matches["term"].map(read_theme_terms().set_index("term")["weight"])
    return {"all": matches, "specific": matches[weight >= SPECIFIC]}


def _segmentations(matches: pd.DataFrame, tokens: pd.DataFrame | None) -> dict[str, pd.DataFrame]:
    if tokens is None:
        return {"substring": matches}
    names = tokens["document_id"].astype("str")
    whole = pd.Series(True, index=matches.index)
    for side in ("start", "end"):
        ends = pd.MultiIndex.from_arrays([names, tokens[side]])
        whole &= pd.MultiIndex.from_frame(matches[["document_id", side]]).isin(ends)
    return {"substring": matches, "tokens": matches[whole]}


def _measure_shares(
    themes: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    tokens: pd.DataFrame | None,
    part: str | None,
) -> Iterator[tuple[str, pd.DataFrame]]:
    units: tuple[Unit, ...] = (
        "sentences",
        "themes",
        "characters",
        *(("words",) if tokens is not None else ()),
    )
    for unit in units:
        yield (
            unit,
            theme_shares(
                themes,
                sentences,
                documents,
                by=("document_id",),
                part=part,
                unit=unit,
                tokens=tokens,
                interval=Interval(draws=0),
            ),
        )


def _measure_rates(
    matches: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    spoken: pd.DataFrame | None,
    part: str | None,
) -> Iterator[tuple[str, pd.DataFrame]]:
    rates = term_rates(matches, sentences, documents, by=("document_id",), part=part)
    yield "per 1,000 characters", rates.rename(columns={"terms_per_1000_characters": "rate"})
    if spoken is not None:
        placed = spoken if part is None else spoken[spoken["part"] == part]
        held = rates["document_id"].map(placed.groupby("document_id").size())
        yield "per 1,000 words", rates.assign(rate=1000 * rates["terms"] / held.where(held > 0))


def _place_words(tokens: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return document and part of each token that is a word."""
    words = tokens[tokens["token"].astype("category").cat.rename_categories(str).str.contains(r"\w")]
    keys = words[["document_id", "sentence"]].astype({"document_id": "str"})
    return keys.merge(sentences[["document_id", "sentence", "part"]])


def _name(
    measured: pd.DataFrame, value: str, coding: str, unit: str, part: str, lexicon: str, segmentation: str
) -> pd.DataFrame:
    known = measured[measured["theme"] != "none"].rename(columns={value: "value"})
    return known.assign(coding=coding, unit=unit, part=part, lexicon=lexicon, segmentation=segmentation)


def compare_specifications(
    measured: pd.DataFrame, *, reference: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Correlate each specification's ranking of documents with that of one reference.

    Parameters
    ----------
    measured : DataFrame
        As `measure_specifications` returns.
    reference : mapping, optional
        Choices that single one specification out (default: the model's share of sentences in the
        whole report).

    Returns
    -------
    DataFrame
        One row per specification and theme: coding, unit, part, lexicon, segmentation, theme,
        rank_correlation (Spearman over documents that both measure; missing under four or where one
        does not vary), documents.

    Raises
    ------
    ParameterError
        The reference is none of the specifications, or more than one.
    """
    wanted = dict(reference or REFERENCE)
    chosen = np.logical_and.reduce([measured[name] == code for name, code in wanted.items()])
    found = measured.loc[chosen, list(CHOICES)].drop_duplicates()
    if len(found) != 1:
        known = "; ".join(
            " ".join(row).strip() for row in measured[list(CHOICES)].drop_duplicates().to_numpy()
        )
        raise ParameterError(
            f"reference={wanted}: expected one specification, found {len(found)} of: {known}."
        )
    keys = ["document_id", "theme"]
    both = measured.merge(measured.loc[chosen, [*keys, "value"]], on=keys, suffixes=("", "_reference"))
    values, references = both["value"].to_numpy("float64"), both["value_reference"].to_numpy("float64")
    groups = both.groupby([*CHOICES, "theme"]).indices.items()
    rows = [(*group, *_correlate(values[members], references[members])) for group, members in groups]
    return pd.DataFrame(rows, columns=[*CHOICES, "theme", "rank_correlation", "documents"])


def _correlate(values: np.ndarray, references: np.ndarray) -> tuple[float, int]:
    known = ~(np.isnan(values) | np.isnan(references))
    values, references = values[known], references[known]
    if len(values) < LEAST_DOCUMENTS or np.ptp(values) == 0 or np.ptp(references) == 0:
        return np.nan, len(values)
    return float(np.corrcoef(rankdata(values), rankdata(references))[0, 1]), len(values)
