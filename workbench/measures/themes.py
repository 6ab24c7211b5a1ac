"""Themes by their terms: which words of which theme stand in which sentence."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.errors import SeedError
from workbench.lexicons import data_file
from workbench.measures.term_finder import find_terms
from workbench.measures.theme_coder import ThemeCoder, read_coder
from workbench.measures.theme_features import find_context
from workbench.tables import SENTENCE_THEMES, THEME_MATCHES

NO_THEME = "none"
AT_ONCE = 10_000


def read_themes(path: Path | str | None = None) -> pd.DataFrame:
    """Read the list of themes.

    Returns
    -------
    DataFrame
        One row per theme: id, name_zh, name_en, cap_majors, five_sphere, covers, not.
    """
    return pd.read_csv(path or data_file("themes.csv"), dtype="str", keep_default_na=False)


def read_theme_terms(name: str | Path = "theme_terms") -> pd.DataFrame:
    """Read a lexicon of themes: the house's own, a published list by its name, or a user's file.

    Parameters
    ----------
    name : str or Path
        ``theme_terms``, ``environment_chen_chen_2018``, ``digitalisation_wu_2021``, or the path of
        a CSV with the columns term, theme and, if wanted, weight (others are kept).

    Returns
    -------
    DataFrame
        One row per term: term, theme, weight (1 where the file has none), further columns as found.

    Raises
    ------
    SeedError
        No such file; columns missing; an empty or repeated term, or one with blanks at its ends;
        a theme that is not in themes.csv. An empty term would match at every character.
    """
    path = Path(name) if str(name).endswith(".csv") else data_file(f"{name}.csv")
    if not path.is_file():
        raise SeedError(f"{path}: expected a lexicon of themes, found no file; name one that exists.")
    terms = pd.read_csv(path, dtype="str", keep_default_na=False)
    missing = [column for column in ("term", "theme") if column not in terms.columns]
    if missing:
        raise SeedError(
            f"{path}: expected the columns term and theme, missing {', '.join(missing)}; add them."
        )
    for fault, rows in {
        "an empty term or one with blanks at its ends": terms["term"].str.strip().ne(terms["term"])
        | terms["term"].eq(""),
        "a term that stands there twice": terms["term"].duplicated(),
        "a theme that is not in themes.csv": ~terms["theme"].isin(read_themes()["id"]),
    }.items():
        if rows.any():
            line = int(rows.to_numpy().argmax()) + 2
            raise SeedError(f"{path} line {line}: found {fault} ({rows.sum()} such lines); correct the file.")
    terms["weight"] = pd.to_numeric(terms["weight"]) if "weight" in terms else 1
    return terms


def match_themes(
    texts: Mapping[str, str], sentences: pd.DataFrame, *, lexicon: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find the terms of the themes in each sentence.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences : DataFrame
        SENTENCES.
    lexicon : DataFrame, optional
        term, theme; as `read_theme_terms` reads it (default: theme_terms.csv). Terms of the theme
        ``none`` keep shorter terms from matching and are not returned.

    Returns
    -------
    DataFrame
        THEME_MATCHES: one row per occurrence, disjoint, in the order of the text; characters.
    """
    lexicon = read_theme_terms() if lexicon is None else lexicon
    terms, themes = lexicon["term"].tolist(), lexicon["theme"].tolist()
    find = find_terms(terms)
    rows = []
    spans = (sentences[column].tolist() for column in ("document_id", "sentence", "start", "end"))
    for document, sentence, start, end in zip(*spans, strict=True):
        for number, first, last in find(texts[document][start:end]):
            if themes[number] != NO_THEME:
                rows.append((document, sentence, themes[number], terms[number], start + first, start + last))
    return THEME_MATCHES.frame(rows)


def code_themes_by_terms(
    matches: pd.DataFrame, sentences: pd.DataFrame, *, lexicon: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Code sentences by the terms alone: the baseline that a reader can redo by hand.

    A sentence's score for a theme is the sum over its matches of the term's weight times the
    square root of its length; the primary theme is the highest (at a tie the one that comes
    first), secondary are up to two others with at least half of its score.

    Returns
    -------
    DataFrame
        SENTENCE_THEMES: one row per sentence; ``none`` where no term was found.
    """
    lexicon = read_theme_terms() if lexicon is None else lexicon
    weight = matches["term"].map(lexicon.set_index("term")["weight"]).astype(float)
    scored = matches.assign(score=weight * (matches["end"] - matches["start"]) ** 0.5)
    keys = ["document_id", "sentence"]
    scores = scored.groupby([*keys, "theme"], as_index=False).agg(
        score=("score", "sum"), first=("start", "min")
    )
    scores = scores.sort_values([*keys, "score", "first"], ascending=[True, True, False, True])
    scores["best"] = scores.groupby(keys)["score"].transform("first")
    ranked = scores[scores["score"] >= 0.5 * scores["best"]].groupby(keys).head(3)
    lists = ranked.groupby(keys)["theme"].agg(list)
    coded = sentences[[*keys, "start", "end"]].join(lists.rename("themes"), on=keys)
    themes = [found if isinstance(found, list) else [NO_THEME] for found in coded["themes"]]
    coded["primary"] = [found[0] for found in themes]
    coded["secondary"] = ["|".join(found[1:]) for found in themes]
    return SENTENCE_THEMES.check(coded.drop(columns="themes"))


def code_themes(
    texts: Mapping[str, str],
    sections: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    coder: ThemeCoder | None = None,
) -> pd.DataFrame:
    """Code each sentence with the trained coder: one primary and up to two secondary themes.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sections, sentences : DataFrame
        SECTIONS and SENTENCES of the same texts.
    coder : ThemeCoder, optional
        As `read_coder` or the training gives it (default: the one that comes with the workbench;
        how often it is right: theme_coder_quality.csv).

    Returns
    -------
    DataFrame
        SENTENCE_THEMES: one row per sentence; characters.
    """
    coded = sentences[["document_id", "sentence", "start", "end"]].copy()
    coder = coder or read_coder()
    coded["primary"], coded["secondary"] = coder.choose(*_score_documents(texts, sections, sentences, coder))
    return SENTENCE_THEMES.check(coded)


def _score_documents(
    texts: Mapping[str, str], sections: pd.DataFrame, sentences: pd.DataFrame, coder: ThemeCoder
) -> tuple[np.ndarray, np.ndarray]:
    """Score whole documents, some thousand sentences at a time, so that memory stays small."""
    change = np.flatnonzero(sentences["document_id"].ne(sentences["document_id"].shift()).to_numpy())
    marks = np.arange(0, len(sentences), AT_ONCE)
    starts = np.unique(change[np.searchsorted(change, marks, side="right") - 1]) if len(change) else [0]
    scored = []
    for start, end in pairwise([*starts, len(sentences)]):
        some = sentences.iloc[start:end]
        own = sections[sections["document_id"].isin(some["document_id"].unique())]
        scored.append(coder.score_context(find_context(texts, own, some)))
    primary, every = zip(*scored, strict=True)
    return np.concatenate(primary), np.concatenate(every)


def theme_probabilities(
    texts: Mapping[str, str],
    sections: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    coder: ThemeCoder | None = None,
) -> pd.DataFrame:
    """Return how probable the coder holds each primary theme of each sentence.

    Returns
    -------
    DataFrame
        One row per sentence: document_id, sentence, one column per theme; a row sums to 1.
    """
    coder = coder or read_coder()
    primary, _ = _score_documents(texts, sections, sentences, coder)
    probabilities = pd.DataFrame(primary, columns=list(coder.themes), index=sentences.index)
    return pd.concat([sentences[["document_id", "sentence"]], probabilities], axis=1)
