"""How often a term would occur were it spread evenly: the average reduced frequency.

A term that stands a hundred times in one paragraph counts little more than once; one that comes
back at even distances keeps its whole frequency. It needs no parts, unlike the measures of
`workbench.measures.dispersion`, but it depends on the order of the documents.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.frequency import CHARACTERS

REDUCED_FREQUENCIES = Table(
    "reduced_frequencies",
    "term",
    ("term",),
    {
        "term": Column("str", "term"),
        "count": Column("int64", "times that the term occurs, f", "tokens"),
        "size": Column("int64", "tokens that are counted, N", "tokens"),
        "arf": Column("float64", "average reduced frequency (Savický & Hlaváčová 2002)", "tokens"),
        "arf_share": Column("float64", "arf/count; 1 evenly spread, near 1/count in one heap", "0..1"),
    },
)


def measure_reduced_frequency(
    tokens: pd.DataFrame, *, characters: str = "han", minimum_count: int = 5
) -> pd.DataFrame:
    """Measure the average reduced frequency of each term.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS, in order of the text; the documents are taken as one sequence, in the order in which
        they stand, that closes to a ring.
    characters : {"han", "word", "all"}
        What a token must hold to be counted and to have a place in the sequence.
    minimum_count : int
        Least count of a term.

    Returns
    -------
    DataFrame
        REDUCED_FREQUENCIES by falling `arf`: the sum of min(d, v)/v over the distances d from each
        occurrence to the one before it, with v = N/f.

    Raises
    ------
    ParameterError
        Unknown characters.

    References
    ----------
    Savický & Hlaváčová (2002), Measures of word commonness, Journal of Quantitative Linguistics 9(3).
    """
    if characters not in CHARACTERS:
        raise ParameterError(
            f"characters: expected one of {', '.join(CHARACTERS)}, found {characters!r}; choose one of these."
        )
    words = tokens["token"].astype("category")
    vocabulary = pd.Series(words.cat.categories, dtype="str")
    wanted = vocabulary.str.contains(CHARACTERS[characters], regex=True).to_numpy(bool)
    codes = words.cat.codes.to_numpy().astype(np.int64)
    codes = codes[wanted[codes]] if len(codes) else codes
    counts = np.bincount(codes, minlength=len(vocabulary))
    frame = pd.DataFrame(
        {"term": vocabulary, "count": counts, "size": len(codes), "arf": reduce_counts(codes, counts)}
    )
    frame = frame[frame["count"] >= max(minimum_count, 1)]
    frame = frame.assign(arf_share=frame["arf"] / frame["count"])
    return REDUCED_FREQUENCIES.check(frame.sort_values(["arf", "term"], ascending=[False, True]))


def reduce_counts(codes: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return the average reduced frequency of each term of a sequence, 0 for one that does not occur.

    Parameters
    ----------
    codes : array
        Number of the term at each place.
    counts : array
        Occurrences of each term.
    """
    if not len(codes):
        return np.zeros(len(counts))
    places = np.argsort(codes, kind="stable")  # by term, each in order of the text
    terms = codes[places]
    first = np.flatnonzero(np.diff(terms, prepend=-1))
    distances = np.diff(places, prepend=0)
    last = np.append(first[1:], len(terms)) - 1
    distances[first] = places[first] - places[last] + len(codes)  # round the ring
    even = len(codes) / np.maximum(counts, 1)
    return np.bincount(terms, weights=np.minimum(distances, even[terms]), minlength=len(counts)) / even
