"""A report at a glance: length, parts, sentences, words, density of numbers, noise."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

_DIGITS = re.compile(r"\d+(?:[.．]\d+)?")


def profile_documents(
    texts: Mapping[str, str], documents: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> pd.DataFrame:
    """Describe each document by its size and make-up.

    Parameters
    ----------
    texts : mapping of str to str
    documents, sentences, tokens : DataFrame
        DOCUMENTS, SENTENCES, TOKENS.

    Returns
    -------
    DataFrame
        One row per document: document_id, characters (of sentences, so without noise and blanks
        between paragraphs), sentences, tokens, types, characters_per_sentence,
        numbers_per_1000_characters (runs of digits), noise_characters.
    """
    spans = _measure_spans(texts, sentences).groupby("document_id").sum()
    words = tokens.groupby("document_id", observed=True)["token"]
    profile = pd.DataFrame(
        {
            "characters": spans["characters"],
            "sentences": sentences.groupby("document_id").size(),
            "tokens": words.size(),
            "types": words.nunique(),
        }
    ).reindex(documents["document_id"])
    counts = profile.fillna(0).astype("int64")
    length = counts["characters"].where(counts["characters"] > 0)
    counts["characters_per_sentence"] = length / counts["sentences"]
    counts["numbers_per_1000_characters"] = 1000 * spans["numbers"].reindex(counts.index) / length
    counts["noise_characters"] = documents.set_index("document_id")["noise_characters"]
    return counts.rename_axis("document_id").reset_index()


def compare_profile(profile: pd.DataFrame, document_id: str) -> pd.DataFrame:
    """Set one document's profile beside the corpus.

    Parameters
    ----------
    profile : DataFrame
        As `profile_documents` returns.
    document_id : str

    Returns
    -------
    DataFrame
        One row per measure of the profile: measure, value, median (of all documents), rank
        (1 is the largest), documents (how many have a value).
    """
    numbers = profile.set_index("document_id")
    return pd.DataFrame(
        {
            "measure": numbers.columns,
            "value": numbers.loc[document_id].to_numpy(),
            "median": numbers.median().to_numpy(),
            "rank": numbers.rank(ascending=False, method="min").loc[document_id].to_numpy(),
            "documents": numbers.notna().sum().to_numpy(),
        }
    )


def profile_parts(texts: Mapping[str, str], sentences: pd.DataFrame) -> pd.DataFrame:
    """Describe each part of each document.

    Returns
    -------
    DataFrame
        One row per document and part, in the order of the text: document_id, part, sentences,
        characters, share_pct (of the document's characters), numbers_per_1000_characters.
    """
    spans = _measure_spans(texts, sentences)
    parts = spans.groupby(["document_id", "part"], sort=False).agg(
        sentences=("characters", "size"), characters=("characters", "sum"), numbers=("numbers", "sum")
    )
    total = parts.groupby("document_id")["characters"].transform("sum")
    parts["share_pct"] = 100 * parts["characters"] / total
    parts["numbers_per_1000_characters"] = 1000 * parts["numbers"] / parts["characters"]
    return parts.drop(columns="numbers").reset_index()


def _measure_spans(texts: Mapping[str, str], sentences: pd.DataFrame) -> pd.DataFrame:
    rows = zip(sentences["document_id"], sentences["start"], sentences["end"], strict=True)
    numbers = [len(_DIGITS.findall(texts[document][start:end])) for document, start, end in rows]
    return pd.DataFrame(
        {
            "document_id": sentences["document_id"],
            "part": sentences["part"],
            "characters": sentences["end"] - sentences["start"],
            "numbers": numbers,
        }
    )
