"""Who said it first: a phrase, or a passage, through regions and years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.shingles import read_letters

PHRASE_USES = Table(
    "phrase_uses",
    "document that uses the phrase",
    ("document_id",),
    {
        "document_id": Column("str", "document, REGION_YEAR"),
        "region": Column("str", "region that reports"),
        "level": Column("str", "level of the region"),
        "year": Column("Int64", "plan year", "year"),
        "count": Column("int64", "occurrences of the phrase"),
        "start": Column("int64", "first character of the first occurrence", "characters"),
        "end": Column("int64", "after its last character", "characters"),
        "adopts": Column("bool", "the region uses it here for the first time in the corpus"),
        "lag": Column("Int64", "years since the first use by any region", "years"),
    },
)
PASSAGE_FAMILIES = Table(
    "passage_families",
    "occurrence of a passage that several documents share",
    ("family", "document_id", "start"),
    {
        "family": Column("int64", "number of the family, from 0, the largest first"),
        "document_id": Column("str", "document, REGION_YEAR"),
        "region": Column("str", "region that reports"),
        "year": Column("Int64", "plan year", "year"),
        "start": Column("int64", "first character", "characters"),
        "end": Column("int64", "after the last character", "characters"),
        "first": Column("bool", "of the earliest year in the family"),
        "lag": Column("Int64", "years since the earliest of the family", "years"),
    },
)


def trace_phrase(
    texts: Mapping[str, str], sentences: pd.DataFrame, documents: pd.DataFrame, phrase: str
) -> pd.DataFrame:
    """Follow a phrase through the corpus: who used it first, and who took it up when.

    Searched are the letters of the sentences, so neither blanks, line ends nor punctuation within
    the phrase matter. First use means first in this corpus: a region whose earlier reports are
    missing may have used it before, and reports of one year cannot be put in order.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences, documents : DataFrame
        SENTENCES and DOCUMENTS of the same texts; documents without a year are left out.
    phrase : str
        As written, of at least one letter.

    Returns
    -------
    DataFrame
        PHRASE_USES, by year, then region.

    Raises
    ------
    ParameterError
        The phrase holds no letter.
    """
    sought = "".join(character for character in phrase if character.isalnum())
    if not sought:
        raise ParameterError(f"phrase: expected at least one letter or character, found {phrase!r}.")
    letters = read_letters(texts, sentences)
    written = letters.codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    rows = []
    for number, name in enumerate(letters.document_ids):
        first, after = int(letters.bounds[number]), int(letters.bounds[number + 1])
        at = written.find(sought, first, after)
        if at >= 0:
            places = (int(letters.places[at]), int(letters.places[at + len(sought) - 1]) + 1)
            rows.append((name, written.count(sought, first, after), *places))
    uses = pd.DataFrame(rows, columns=["document_id", "count", "start", "end"])
    uses = uses.merge(documents[["document_id", "region", "level", "year"]].dropna(subset=["year"]))
    uses = uses.sort_values(["year", "region", "document_id"])
    uses["adopts"] = ~uses.duplicated("region")
    uses["lag"] = uses["year"] - uses["year"].min()
    return PHRASE_USES.check(uses)


def trace_phrases(
    texts: Mapping[str, str], sentences: pd.DataFrame, documents: pd.DataFrame, phrases: Iterable[str]
) -> dict[str, pd.DataFrame]:
    """Follow several phrases: phrase -> PHRASE_USES; see `trace_phrase`."""
    wanted = dict.fromkeys(phrase.strip() for phrase in phrases if phrase.strip())
    return {phrase: trace_phrase(texts, sentences, documents, phrase) for phrase in wanted}


def count_adopters(uses: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Count by year how many regions use a phrase, and how many have taken it up by then.

    Parameters
    ----------
    uses : DataFrame
        PHRASE_USES of one phrase.
    documents : DataFrame
        DOCUMENTS of the corpus that was searched.

    Returns
    -------
    DataFrame
        One row a year with reports: year, regions (with a report of the year), using (of them),
        share (0 to 1), adopters (regions that have used it in this or an earlier year), at_hand
        (regions with a report in this or an earlier year).
    """
    dated = documents.dropna(subset=["year"]).drop_duplicates(["region", "year"])
    years = sorted(int(year) for year in dated["year"].unique())
    rows = []
    for year in years:
        reporting = set(dated.loc[dated["year"] == year, "region"])
        using = set(uses.loc[uses["year"] == year, "region"])
        adopters = uses.loc[uses["year"] <= year, "region"].nunique()
        at_hand = dated.loc[dated["year"] <= year, "region"].nunique()
        rows.append((year, len(reporting), len(using), len(using) / len(reporting), adopters, at_hand))
    return pd.DataFrame(rows, columns=["year", "regions", "using", "share", "adopters", "at_hand"])


def trace_passages(passages: pd.DataFrame, documents: pd.DataFrame, *, overlap: float = 0.8) -> pd.DataFrame:
    """Join shared passages into families: one wording, in all documents that have it.

    Two sides of a passage belong together, and so do two stretches of one document that have enough
    in common. A family is what hangs together so, hence its first and last member need not be alike
    where the wording drifted over the years.

    Parameters
    ----------
    passages, documents : DataFrame
        PASSAGES as `find_reuse` gives them; DOCUMENTS. Documents without a year are left out.
    overlap : float
        Stretches of one document belong together when they share at least this part of the longer.
        Lower values join passages that only touch, in the end all of a genre.

    Returns
    -------
    DataFrame
        PASSAGE_FAMILIES, by family, year and document. `first` marks the earliest year: reports of
        one year cannot be put in order.

    Raises
    ------
    ParameterError
        `overlap` outside 0 to 1.
    """
    if not 0 < overlap <= 1:
        raise ParameterError(f"overlap: expected a number above 0 and up to 1, found {overlap}.")
    if passages.empty:
        return PASSAGE_FAMILIES.empty()
    sides = [
        passages[["document_id", "start", "end"]],
        passages[["other_document_id", "other_start", "other_end"]].set_axis(
            ["document_id", "start", "end"], axis=1
        ),
    ]
    nodes = pd.concat(sides, ignore_index=True)
    count = len(passages)
    links = [(np.arange(count), np.arange(count, 2 * count)), _overlaps(nodes, overlap)]
    members = nodes.assign(family=_components(links, len(nodes)))
    members = _merge_stretches(members)
    members = members.merge(documents[["document_id", "region", "year"]].dropna(subset=["year"]))
    sizes = members["family"].map(members["family"].value_counts())
    order = members.assign(size=-sizes).sort_values(["size", "family", "year", "document_id", "start"])
    order["family"] = pd.factorize(order["family"])[0]
    earliest = order.groupby("family")["year"].transform("min")
    order["lag"] = order["year"] - earliest
    order["first"] = order["lag"] == 0
    return PASSAGE_FAMILIES.check(order[list(PASSAGE_FAMILIES.columns)])


def _overlaps(nodes: pd.DataFrame, overlap: float) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs of stretches of one document that share at least `overlap` of the longer."""
    ordered = nodes.sort_values(["document_id", "start", "end"])
    index = ordered.index.to_numpy()
    rows = list(zip(ordered["document_id"], ordered["start"], ordered["end"], strict=True))
    one, other = [], []
    open_ones: list[int] = []
    for at, (name, start, end) in enumerate(rows):
        open_ones = [k for k in open_ones if rows[k][0] == name and rows[k][2] > start]
        for k in open_ones:
            shared = min(end, rows[k][2]) - start
            if shared >= overlap * max(end - start, rows[k][2] - rows[k][1]):
                one.append(index[k])
                other.append(index[at])
        open_ones.append(at)
    return np.array(one, dtype=np.int64), np.array(other, dtype=np.int64)


def _components(links: list[tuple[np.ndarray, np.ndarray]], count: int) -> np.ndarray:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    one = np.concatenate([pair[0] for pair in links])
    other = np.concatenate([pair[1] for pair in links])
    graph = coo_matrix((np.ones(len(one), dtype=np.int8), (one, other)), shape=(count, count))
    labels: np.ndarray = connected_components(graph, directed=False)[1]
    return labels


def _merge_stretches(members: pd.DataFrame) -> pd.DataFrame:
    """Make one stretch of those of a family that overlap in a document."""
    ordered = members.sort_values(["family", "document_id", "start", "end"])
    keys = ["family", "document_id"]
    reach = ordered.groupby(keys)["end"].cummax().groupby([ordered[k] for k in keys]).shift()
    number = (reach.isna() | (ordered["start"] >= reach)).cumsum()
    merged = ordered.groupby(number).agg(
        family=("family", "first"),
        document_id=("document_id", "first"),
        start=("start", "min"),
        end=("end", "max"),
    )
    return merged.reset_index(drop=True)
