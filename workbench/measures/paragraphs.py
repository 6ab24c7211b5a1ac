"""Paragraphs: the sentences between two line ends, as units of topics, and their words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd


def number_paragraphs(texts: Mapping[str, str], sentences: pd.DataFrame) -> pd.DataFrame:
    """Number the paragraphs of each document: a sentence after a line end opens a new one.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences : DataFrame
        SENTENCES of the same texts, in the order of the text.

    Returns
    -------
    DataFrame
        One row per sentence: document_id, sentence, paragraph (from 0 within the document).
    """
    names, starts, ends = (sentences[column].tolist() for column in ("document_id", "start", "end"))
    opens = np.zeros(len(names), dtype=np.int64)
    for row in range(1, len(names)):
        between = texts[names[row]][ends[row - 1] : starts[row]] if names[row] == names[row - 1] else ""
        opens[row] = "\n" in between or "\r" in between
    frame = sentences[["document_id", "sentence"]].copy()
    frame["paragraph"] = pd.Series(opens, index=frame.index).groupby(frame["document_id"]).cumsum()
    return frame.reset_index(drop=True)


def select_words(tokens: pd.DataFrame, stopwords: Collection[str] = ()) -> pd.DataFrame:
    """Return the rows of TOKENS that are words of two and more Chinese characters, as plain strings."""
    column = tokens["token"].astype("category")
    vocabulary = pd.Series(column.cat.categories, dtype="str")
    wanted = vocabulary.str.fullmatch(r"[\u4e00-\u9fff]{2,}") & ~vocabulary.isin(set(stopwords))
    kept = tokens[wanted.to_numpy(bool)[column.cat.codes]]
    return kept[["document_id", "sentence", "start", "end", "token"]].astype(
        {"document_id": "str", "token": "str"}
    )
