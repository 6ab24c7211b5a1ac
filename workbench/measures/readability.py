"""How a document is written: lengths, kinds of words, density of numbers. Description, not a grade.

No formula of readability has been validated for government reports. These are parts that formulas
are made of; `r1`, `r2`, `r3` are the convention of Xu, Yao & Chen (2021) for Chinese annual reports and
are given under that name only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbench.corpus.joined import join_sentences
from workbench.declaration import Column, Table

READABILITY = Table(
    "readability",
    "document",
    ("document_id",),
    {
        "document_id": Column("str", "document, REGION_YEAR"),
        "sentences": Column("int64", "sentences that hold a letter or digit", "sentences"),
        "clauses": Column("int64", "stretches that end at ，。；！？： or with the sentence", "clauses"),
        "characters": Column("int64", "letters and digits of any script; signs are none", "characters"),
        "tokens": Column("int64", "tokens that hold a letter or digit", "tokens"),
        "characters_per_sentence": Column("float64", "mean length", "characters", nullable=True),
        "characters_per_clause": Column("float64", "mean length", "characters", nullable=True),
        "tokens_per_sentence": Column("float64", "mean length", "tokens", nullable=True),
        "clauses_per_sentence": Column("float64", "mean number", "clauses", nullable=True),
        "adverb_share": Column("float64", "tokens tagged d", "0..1", nullable=True),
        "conjunction_share": Column("float64", "tokens tagged c", "0..1", nullable=True),
        "long_word_share": Column("float64", "tokens of three or more characters", "0..1", nullable=True),
        "numbers_per_1000": Column("float64", "numbers for 1,000 characters", "1/1,000", nullable=True),
        "r1": Column("float64", "characters per clause (Xu et al. 2021)", "characters", nullable=True),
        "r2": Column("float64", "adverbs and conjunctions per sentence (same)", "tokens", nullable=True),
        "r3": Column("float64", "(r1+r2)/2 (same)", nullable=True),
        "reason": Column("str", "why values are empty", nullable=True),
    },
)
_CLAUSE = re.compile(r"[，。；！？：,;!?\n]")
_NUMBER = re.compile(r"\d+(?:[.．,，]\d+)*")


def describe_readability(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    noise: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Describe how each document is written.

    Parameters
    ----------
    texts : Mapping
        document_id -> unchanged text.
    sentences, tokens : DataFrame
        SENTENCES and TOKENS of the same texts.
    noise : DataFrame, optional
        NOISE; what it covers is not counted.

    Returns
    -------
    DataFrame
        READABILITY; all means are empty, with the reason, for a document without a letter or digit.

    References
    ----------
    Xu, Yao & Chen (2021), 会计研究 (3): r1 to r3, there for annual reports. The 、 ends no clause.
    """
    rows = [
        {"document_id": joined.document_id, **_count_characters(joined.lines)}
        for joined in join_sentences(texts, sentences, noise)
    ]
    if not rows:
        return READABILITY.check(READABILITY.empty())
    frame = pd.DataFrame(rows).merge(_count_words(tokens), on="document_id", how="left", validate="1:1")
    words = ["tokens", "adverbs", "conjunctions", "long"]
    frame[words] = frame[words].fillna(0).astype("int64")  # a document without tokens has none of them
    sentence = frame["sentences"].replace(0, np.nan)
    token = frame["tokens"].replace(0, np.nan)
    frame["characters_per_sentence"] = frame["characters"] / sentence
    frame["characters_per_clause"] = frame["characters"] / frame["clauses"].replace(0, np.nan)
    frame["tokens_per_sentence"] = frame["tokens"] / sentence
    frame["clauses_per_sentence"] = frame["clauses"] / sentence
    frame["adverb_share"] = frame["adverbs"] / token
    frame["conjunction_share"] = frame["conjunctions"] / token
    frame["long_word_share"] = frame["long"] / token
    frame["numbers_per_1000"] = frame["numbers"] / frame["characters"].replace(0, np.nan) * 1000
    frame["r1"] = frame["characters_per_clause"]
    frame["r2"] = (frame["adverbs"] + frame["conjunctions"]) / sentence
    frame["r3"] = (frame["r1"] + frame["r2"]) / 2
    frame["reason"] = np.where(frame["sentences"] == 0, "no letter or digit", "")
    return READABILITY.check(frame.drop(columns=["adverbs", "conjunctions", "long", "numbers"]))


def _count_characters(lines: list[str]) -> dict[str, int]:
    """Count in the sentences of a document; marks of grouping in numbers end no clause."""
    text = "\n".join(lines)
    bare = _NUMBER.sub(lambda found: re.sub(r"\D", "0", found.group()), text)
    return {
        "sentences": sum(any(map(str.isalnum, line)) for line in lines),
        "clauses": sum(any(map(str.isalnum, clause)) for clause in _CLAUSE.split(bare)),
        "characters": sum(map(str.isalnum, text)),
        "numbers": len(_NUMBER.findall(text)),
    }


def _count_words(tokens: pd.DataFrame) -> pd.DataFrame:
    vocabulary = tokens["token"].cat.categories
    codes = tokens["token"].cat.codes.to_numpy()
    solid = np.fromiter((any(map(str.isalnum, word)) for word in vocabulary), bool, len(vocabulary))
    long = np.fromiter((len(word) >= 3 for word in vocabulary), bool, len(vocabulary))
    pos = tokens["pos"].astype("str")
    frame = pd.DataFrame(
        {
            "document_id": tokens["document_id"].astype("str"),
            "tokens": solid[codes],
            "adverbs": pos.str.startswith("d").to_numpy(),
            "conjunctions": pos.str.startswith("c").to_numpy(),
            "long": solid[codes] & long[codes],
        }
    )
    return frame.groupby("document_id").sum().reset_index()
