"""How often: counts of terms by document or group, relative frequency, document frequency.

The measures of words read `counts`: TERM_COUNTS, from `workbench.corpus.segmentation.count_terms`
or, where a token table is at hand, from `count_tokens`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.tables import TERM_COUNTS

CHARACTERS = {"all": r"", "word": r"\w", "han": r"[\u3400-\u9fff\U00020000-\U0003ffff]"}
"""What a term must hold to be counted: anything, a letter or digit, a Chinese character."""

FREQUENCIES = Table(
    "frequencies",
    "group and term",
    ("group", "term"),
    {
        "group": Column("str", "group of documents, or document"),
        "term": Column("str", "term"),
        "count": Column("int64", "times that the term occurs in the group", "tokens"),
        "tokens": Column("int64", "size of the group, in the tokens that are counted", "tokens"),
        "per_10k": Column("float64", "count for 10,000 tokens", "1/10,000"),
        "documents": Column("int64", "documents of the group that hold the term", "documents"),
        "document_share": Column("float64", "share of the group's documents that hold it", "0..1"),
    },
)


def count_tokens(tokens: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of TOKENS by document and word.

    Returns
    -------
    DataFrame
        TERM_COUNTS, as `workbench.corpus.segmentation.count_terms` makes it.
    """
    sizes = tokens.groupby(["document_id", "token"], observed=True).size()
    frame = sizes.rename("count").reset_index().rename(columns={"token": "term"})
    return TERM_COUNTS.check(frame, keys=False)


def select_terms(
    counts: pd.DataFrame, *, characters: str = "han", stopwords: Collection[str] = (), minimum_length: int = 1
) -> pd.DataFrame:
    """Keep the counts of the terms that are wanted.

    Parameters
    ----------
    counts : DataFrame
        TERM_COUNTS.
    characters : {"han", "word", "all"}
        What a term must hold: a Chinese character, a letter or digit, or anything (signs too).
    stopwords : Collection
        Terms to leave out, see `workbench.lexicons.reader.read_stopwords`.
    minimum_length : int
        Least number of characters of a term.

    Returns
    -------
    DataFrame
        TERM_COUNTS. Sizes that are computed from it are sizes in the terms kept.
    """
    if characters not in CHARACTERS:
        raise ParameterError(
            f"characters: expected one of {', '.join(CHARACTERS)}, found {characters!r}; choose one of these."
        )
    column = counts["term"].astype("category")
    vocabulary = pd.Series(column.cat.categories, dtype="str")
    wanted = vocabulary.str.len().ge(minimum_length) & ~vocabulary.isin(set(stopwords))
    if CHARACTERS[characters]:
        wanted &= vocabulary.str.contains(CHARACTERS[characters], regex=True)
    kept = counts[wanted.to_numpy(bool)[column.cat.codes]].copy()
    kept["term"] = kept["term"].astype("category").cat.remove_unused_categories()
    return TERM_COUNTS.check(kept, keys=False)


def measure_frequency(
    counts: pd.DataFrame, *, groups: Mapping[str, str] | None = None, minimum_count: int = 1
) -> pd.DataFrame:
    """Tabulate the frequency of each term in each group of documents.

    Parameters
    ----------
    counts : DataFrame
        TERM_COUNTS, perhaps narrowed by `select_terms`: the base of `per_10k` is what is in it.
    groups : Mapping, optional
        document_id -> group (a region, a year); by default all documents are one group, "all".
        Documents that it lacks are left out.
    minimum_count : int
        Least count of a row; the sizes are of all rows.

    Returns
    -------
    DataFrame
        FREQUENCIES, the groups in order of their names, the terms by falling count.
    """
    named = counts.assign(group=_group(counts, groups)).dropna(subset=["group"])
    if named.empty:
        return FREQUENCIES.check(FREQUENCIES.empty())
    by = named.groupby(["group", "term"], observed=True)
    frame = by.agg(count=("count", "sum"), documents=("document_id", "nunique")).reset_index()
    sizes = named.groupby("group", observed=True).agg(
        tokens=("count", "sum"), held=("document_id", "nunique")
    )
    frame = frame.merge(sizes, left_on="group", right_index=True, validate="m:1")
    frame["per_10k"] = frame["count"] / frame["tokens"] * 10_000
    frame["document_share"] = frame["documents"] / frame["held"]
    frame = frame[frame["count"] >= minimum_count].drop(columns="held")
    order = frame.assign(term=frame["term"].astype("str")).sort_values(
        ["group", "count", "term"], ascending=[True, False, True]
    )
    return FREQUENCIES.check(order)


def _group(counts: pd.DataFrame, groups: Mapping[str, str] | None) -> pd.Series:
    if groups is None:
        return pd.Series("all", index=counts.index, dtype="str")
    return counts["document_id"].astype("str").map(dict(groups)).astype("str")


def count_matrix(counts: pd.DataFrame, *, documents: Collection[str] | None = None) -> pd.DataFrame:
    """Lay the counts out as documents × terms, zeros included.

    Parameters
    ----------
    counts : DataFrame
        TERM_COUNTS.
    documents : Collection, optional
        Documents that shall have a row, in this order, also where they hold none of the terms.
    """
    rows = counts["document_id"].astype("category").cat.remove_unused_categories()
    columns = counts["term"].astype("category").cat.remove_unused_categories()
    matrix = np.zeros((len(rows.cat.categories), len(columns.cat.categories)), dtype=np.int64)
    np.add.at(matrix, (rows.cat.codes.to_numpy(), columns.cat.codes.to_numpy()), counts["count"].to_numpy())
    frame = pd.DataFrame(
        matrix,
        index=pd.Index(rows.cat.categories, name="document_id", dtype="str"),
        columns=pd.Index(columns.cat.categories, name="term", dtype="str"),
    )
    return frame if documents is None else frame.reindex(list(documents), fill_value=0)
