"""Where the terms of a lexicon occur, by a way of counting that is named.

Three ways give three numbers, and a table has to say which it holds: "overlapping" takes every
place where the characters stand, "leftmost_longest" takes the longest term at each place and goes
on behind it (so 乡村振兴 in 乡村振兴战略 is not counted where both are terms), "token" takes only words
that the segmenter made one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import chain

import numpy as np
import pandas as pd

from workbench.corpus.joined import join_sentences
from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.tables import TERM_COUNTS

OCCURRENCES = Table(
    "occurrences",
    "occurrence of a term",
    ("document_id", "start", "end"),
    {
        "document_id": Column("category", "document, REGION_YEAR"),
        "sentence": Column("int64", "number of the sentence in its document, from 0"),
        "term": Column("category", "term"),
        "start": Column("int64", "first character in the text of the document", "characters"),
        "end": Column("int64", "after the last character in the text of the document", "characters"),
    },
)
COUNTINGS = ("leftmost_longest", "overlapping", "token")


def find_occurrences(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    terms: Collection[str],
    *,
    counting: str = "leftmost_longest",
    tokens: pd.DataFrame | None = None,
    noise: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find the occurrences of terms in sentences.

    Parameters
    ----------
    texts : Mapping
        document_id -> unchanged text.
    sentences : DataFrame
        SENTENCES; no occurrence reaches over the end of one.
    terms : Collection of str
        What to look for; empty ones and repeats are left out.
    counting : {"leftmost_longest", "overlapping", "token"}
        See the head of the module.
    tokens : DataFrame, optional
        TOKENS, for counting="token".
    noise : DataFrame, optional
        NOISE; no occurrence lies in it.

    Returns
    -------
    DataFrame
        OCCURRENCES in order of the text; ``texts[document_id][start:end]`` is the term.

    Raises
    ------
    ParameterError
        Unknown way of counting, "token" without tokens, or no terms.
    """
    wanted = sorted({term for term in terms if term})
    _check_options(wanted, counting, tokens)
    if tokens is not None and counting == "token":
        return _select_tokens(tokens, wanted)
    names: list[str] = []
    columns: list[tuple[np.ndarray, ...]] = []
    find = _make_finder(wanted, counting)
    for joined in join_sentences(texts, sentences, noise):
        matches = find(joined.text)
        flat = np.fromiter(chain.from_iterable(matches), np.int64, 3 * len(matches)).reshape(-1, 3)
        sentence, start = joined.locate(flat[:, 1])
        columns.append((flat[:, 0], sentence, start, start + flat[:, 2] - flat[:, 1]))
        names.append(joined.document_id)
    if not columns:
        return OCCURRENCES.check(OCCURRENCES.empty())
    term, sentence, start, end = (np.concatenate(column) for column in zip(*columns, strict=True))
    document = np.repeat(np.arange(len(names)), [len(column[0]) for column in columns])
    frame = pd.DataFrame(
        {
            "document_id": pd.Categorical.from_codes(document, categories=pd.Index(names, dtype="str")),
            "sentence": sentence,
            "term": pd.Categorical.from_codes(term, categories=pd.Index(wanted, dtype="str")),
            "start": start,
            "end": end,
        }
    )
    return OCCURRENCES.check(frame, keys=False)


def _check_options(terms: list[str], counting: str, tokens: pd.DataFrame | None) -> None:
    if counting not in COUNTINGS:
        raise ParameterError(
            f"counting: expected one of {', '.join(COUNTINGS)}, found {counting!r}; choose one of these."
        )
    if not terms:
        raise ParameterError("terms: expected one or more, found none; give the terms to look for.")
    if counting == "token" and tokens is None:
        raise ParameterError("counting='token': expected the tokens, found none; pass tokens=cut_tokens(…).")


def _make_finder(terms: list[str], counting: str) -> Callable[[str], list[tuple[int, int, int]]]:
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    overlapping = counting == "overlapping"
    automaton = AhoCorasick(
        terms,
        matchkind=MatchKind.Standard if overlapping else MatchKind.LeftmostLongest,
        implementation=Implementation.DFA,
    )
    return lambda text: automaton.find_matches_as_indexes(text, overlapping=overlapping)


def _select_tokens(tokens: pd.DataFrame, terms: list[str]) -> pd.DataFrame:
    found = tokens.loc[tokens["token"].isin(terms), ["document_id", "sentence", "token", "start", "end"]]
    found = found.rename(columns={"token": "term"})
    found["term"] = found["term"].astype(pd.CategoricalDtype(pd.Index(terms, dtype="str")))
    return OCCURRENCES.check(found, keys=False)


def count_occurrences(occurrences: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of OCCURRENCES by document and term.

    Returns
    -------
    DataFrame
        TERM_COUNTS, a row a document and term that occurs in it.
    """
    sizes = occurrences.groupby(["document_id", "term"], observed=True).size()
    return TERM_COUNTS.check(sizes.rename("count").reset_index(), keys=False)
