"""What is typical of a report: keyness against a chosen reference, and where chosen terms occur."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from workbench.measures.concordance import CONCORDANCE, find_concordance
from workbench.measures.keyness import KEYNESS, compare_keyness


def find_typical_terms(
    counts: pd.DataFrame,
    *,
    target: Collection[str],
    reference: Collection[str],
    minimum_count: int = 5,
    significance: float = 0.05,
) -> pd.DataFrame:
    """Return the terms that mark the target or the reference, strongest evidence first.

    Parameters
    ----------
    counts : DataFrame
        TERM_COUNTS, narrowed by `select_terms`.
    target, reference : collection of str
        document_ids. Without a reference nothing is typical: the table is empty.
    minimum_count : int
        Least count of a term in both together.
    significance : float
        Largest p of a term that is returned, adjusted for the number of terms tested: the expected
        share of false ones among them (Benjamini and Hochberg 1995).

    Returns
    -------
    DataFrame
        KEYNESS, ordered by the size of G² (four cells).
    """
    if not reference or not target:
        return KEYNESS.empty()
    keyness = compare_keyness(
        counts, target=target, reference=reference, minimum_count=minimum_count, correction="bh"
    )
    found = keyness[keyness["p_adjusted"] <= significance]
    return found.iloc[found["g2"].abs().argsort()[::-1]].reset_index(drop=True)


def find_terms(
    texts: Mapping[str, str], sentences: pd.DataFrame, terms: Collection[str], *, width: int = 20
) -> pd.DataFrame:
    """List the occurrences of several terms with their context.

    Parameters
    ----------
    texts : mapping of str to str
    sentences : DataFrame
        SENTENCES.
    terms : collection of str
        Looked up as characters, wherever they stand; blanks around a term are dropped.
    width : int
        Characters of context on either side.

    Returns
    -------
    DataFrame
        One row per occurrence, by term: term and the columns of CONCORDANCE.
    """
    wanted = [term.strip() for term in terms if term.strip()]
    found = [find_concordance(texts, sentences, term, width=width).assign(term=term) for term in wanted]
    lines = pd.concat(found, ignore_index=True) if found else CONCORDANCE.empty().assign(term="")
    return lines[["term", *CONCORDANCE.columns]]
