"""Where the words of a report come from: its own past, its superior's, others' reports, formulae."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.measures.shingles import Letters, hash_shingles, read_letters

SOURCES = ("own earlier", "superior", "other", "formula", "own words")

FORMULAE = Table(
    "formulae",
    "stretch made of shingles that stand in many documents",
    ("document_id", "start"),
    {
        "document_id": Column("str", "document, REGION_YEAR"),
        "start": Column("int64", "first character", "characters"),
        "end": Column("int64", "after the last character", "characters"),
        "documents": Column("int64", "documents that hold its rarest shingle", "documents"),
    },
)
STRETCHES = Table(
    "stretches",
    "stretch of a report that other reports share",
    ("document_id", "start"),
    {
        "document_id": Column("str", "the report, REGION_YEAR"),
        "start": Column("int64", "first character", "characters"),
        "end": Column("int64", "after the last character", "characters"),
        "documents": Column("int64", "other reports that share it", "documents"),
        "regions": Column("int64", "regions of those", "regions"),
        "first_document_id": Column("str", "earliest of all, itself included"),
        "first_year": Column("Int64", "its year; empty where no year is known", "year", nullable=True),
        "first_start": Column("int64", "where it stands there", "characters"),
        "first_end": Column("int64", "after its last character there", "characters"),
        "lag": Column("Int64", "years since then", "years", nullable=True),
        "later": Column("int64", "reports of later years that take it up", "documents"),
    },
)


def orient_passages(passages: pd.DataFrame, document_id: str) -> pd.DataFrame:
    """Return the passages of one report with its own side first, whichever side it had."""
    back = {
        "document_id": "other_document_id",
        "start": "other_start",
        "end": "other_end",
        "other_document_id": "document_id",
        "other_start": "start",
        "other_end": "end",
    }
    mine = passages[passages["document_id"] == document_id]
    theirs = passages[passages["other_document_id"] == document_id].rename(columns=back)
    both = pd.concat([mine, theirs[list(passages.columns)]])
    return both.sort_values(["start", "end", "other_document_id", "other_start"], ignore_index=True)


def trace_stretches(passages: pd.DataFrame, documents: pd.DataFrame, document_id: str) -> pd.DataFrame:
    """Tell for each shared stretch of one report who had it first and how many have it.

    Passages that overlap by half of the shorter make one stretch; counted are reports that share at
    least half of it. First means first in this corpus; reports of one year cannot be put in order,
    so the report itself counts as first before others of its year.

    Parameters
    ----------
    passages : DataFrame
        PASSAGES with those of this report, as `find_reuse` gives them.
    documents : DataFrame
        DOCUMENTS.

    Returns
    -------
    DataFrame
        STRETCHES, in the order of the text.
    """
    about = documents.set_index("document_id")[["region", "year"]]
    mine = orient_passages(passages, document_id)
    mine = mine.join(about, on="other_document_id")
    own_year = about.loc[document_id, "year"] if document_id in about.index else pd.NA
    rows = []
    for group in _group_stretches(mine):
        start, end = int(group["start"].min()), int(group["end"].max())
        group = group[2 * (group["end"] - group["start"]) >= end - start]
        dated = group.dropna(subset=["year"]).sort_values(["year", "other_document_id"])
        earlier = dated[dated["year"] < own_year] if pd.notna(own_year) else dated.iloc[:0]
        first = (document_id, own_year, start, end)
        if len(earlier):
            row = earlier.iloc[0]
            first = (row["other_document_id"], row["year"], row["other_start"], row["other_end"])
        lag = own_year - first[1] if pd.notna(own_year) else pd.NA
        later = int((dated["year"] > own_year).sum()) if pd.notna(own_year) else 0
        counts = (group["other_document_id"].nunique(), group["region"].nunique())
        if len(group):
            rows.append((document_id, start, end, *counts, *first, lag, later))
    return STRETCHES.frame(rows)


def find_formulae(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    *,
    document_ids: list[str] | None = None,
    shingle: int = 6,
    formula_share: float = 0.05,
    formula_documents: int = 5,
) -> pd.DataFrame:
    """Mark the formulae of the genre: what `find_reuse` masks when it looks for anchors.

    Parameters
    ----------
    texts, sentences
        As in `find_reuse`; all texts count for how many documents hold a shingle.
    document_ids : list of str, optional
        Mark those of these documents only.
    shingle : int
        Letters in a shingle.
    formula_share, formula_documents : float, int
        A shingle in more than this share of the documents, and in more than this many, is a formula.

    Returns
    -------
    DataFrame
        FORMULAE, by document and place; stretches of several shingles are joined.
    """
    letters = read_letters(texts, sentences)
    hashes, positions = hash_shingles(letters, shingle)
    numbers = letters.document_numbers()
    wanted = np.ones(len(letters.document_ids), dtype=bool)
    if document_ids is not None:
        wanted = np.isin(letters.document_ids, document_ids)
    frequencies = _document_frequencies(hashes, numbers[positions], wanted)
    most = max(formula_documents, int(formula_share * len(letters.document_ids)))
    own = wanted[numbers[positions]]
    chosen = own.copy()
    chosen[own] = frequencies > most
    counts = frequencies[frequencies > most]
    return _join_stretches(letters, numbers, positions[chosen], counts, shingle)


def share_sources(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    passages: pd.DataFrame,
    documents: pd.DataFrame,
    formulae: pd.DataFrame,
    document_id: str,
) -> pd.DataFrame:
    """Share out the letters of one report by where they stood before.

    Each letter counts once, for the first that holds of: in a passage shared with an own earlier
    report; with a superior's report of this or an earlier year; with any other earlier report; in a
    formula of the genre; else own words. Reports of later years do not count, nor do those of the same
    year other than the superior's, since either may have been first.

    Returns
    -------
    DataFrame
        One row a source (of SOURCES): document_id, source, letters, share (0 to 1). Without letters
        the share is missing.
    """
    letters = read_letters({document_id: texts[document_id]}, sentences)
    places = letters.places
    about = documents.set_index("document_id")
    me = about.loc[document_id]
    mine = orient_passages(passages, document_id).join(about[["region", "year"]], on="other_document_id")
    earlier = (mine["year"] < me["year"]).fillna(False).astype(bool)
    superior = (mine["region"] == me["parent"]) & (mine["year"] <= me["year"]).fillna(False).astype(bool)
    own = earlier & (mine["region"] == me["region"])
    other = earlier & ~own & ~superior
    masks = [_cover(places, mine[rows]) for rows in (own, superior, other)]
    masks.append(_cover(places, formulae[formulae["document_id"] == document_id]))
    code = np.select(masks, range(len(masks)), len(masks))
    counts = np.bincount(code, minlength=len(SOURCES))
    share = counts / len(places) if len(places) else np.full(len(SOURCES), np.nan)
    return pd.DataFrame(
        {"document_id": document_id, "source": list(SOURCES), "letters": counts, "share": share}
    )


def _group_stretches(mine: pd.DataFrame) -> list[pd.DataFrame]:
    groups: list[list[int]] = []
    start = end = 0
    for row in mine.itertuples():
        shared = min(end, row.end) - max(start, row.start)
        if groups and 2 * shared > min(end - start, row.end - row.start):
            groups[-1].append(row.Index)
            end = max(end, row.end)
        else:
            groups.append([row.Index])
            start, end = row.start, row.end
    return [mine.loc[group] for group in groups]


def _document_frequencies(hashes: np.ndarray, documents: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return, for each shingle of the wanted documents, in how many documents it stands."""
    distinct = np.unique(hashes[wanted[documents]])
    numbers = np.searchsorted(distinct, hashes)
    numbers[numbers == len(distinct)] = 0
    known = distinct[numbers] == hashes if len(distinct) else np.zeros(len(hashes), dtype=bool)
    width = len(wanted)
    pairs = np.unique(numbers[known] * width + documents[known])
    counts = np.bincount(pairs // width, minlength=len(distinct))
    own = wanted[documents]
    return np.asarray(counts[numbers[own]])


def _join_stretches(
    letters: Letters, numbers: np.ndarray, at: np.ndarray, counts: np.ndarray, shingle: int
) -> pd.DataFrame:
    if not len(at):
        return FORMULAE.empty()
    names, places = letters.document_ids, letters.places
    new = np.ones(len(at), dtype=bool)
    new[1:] = (np.diff(at) > shingle) | (numbers[at[1:]] != numbers[at[:-1]])
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(at)) - 1
    return FORMULAE.check(
        pd.DataFrame(
            {
                "document_id": np.array(names, dtype=object)[numbers[at[starts]]],
                "start": places[at[starts]],
                "end": places[at[ends] + shingle - 1] + 1,
                "documents": np.minimum.reduceat(counts, starts),
            }
        )
    )


def _cover(places: np.ndarray, spans: pd.DataFrame) -> np.ndarray:
    """Tell which places lie in one of the spans."""
    edges = np.zeros(len(places) + 1, dtype=np.int64)
    np.add.at(edges, np.searchsorted(places, spans["start"].to_numpy(dtype=np.int64)), 1)
    np.add.at(edges, np.searchsorted(places, spans["end"].to_numpy(dtype=np.int64)), -1)
    covered: np.ndarray = np.cumsum(edges)[:-1] > 0
    return covered
