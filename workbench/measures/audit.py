"""What the segmentation does to the numbers: the same counts under other ways to find a term.

A result that holds under every scheme does not hang on the segmenter; one that does not is told so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from workbench.corpus.segmentation import Segmenter, count_terms
from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.occurrences import count_occurrences, find_occurrences
from workbench.tables import TERM_COUNTS

SCHEMES = ("lexicon", "plain", "leftmost_longest", "overlapping")
SEGMENTATION_AUDIT = Table(
    "segmentation_audit",
    "term",
    ("term",),
    {
        "term": Column("str", "term"),
        "lexicon": Column("int64", "count as a token, cut with the lexicon", "tokens"),
        "plain": Column("int64", "count as a token, cut with jieba's dictionary alone", "tokens"),
        "leftmost_longest": Column("int64", "count as characters, the longest of the terms", "occurrences"),
        "overlapping": Column(
            "int64", "count as characters, all: as a sequence of characters", "occurrences"
        ),
        "whole_share": Column("float64", "lexicon / leftmost_longest; empty where that is 0", nullable=True),
        "change": Column("int64", "lexicon less plain", "tokens"),
    },
)
SCHEME_AGREEMENT = Table(
    "scheme_agreement",
    "pair of schemes",
    ("first", "second"),
    {
        "first": Column("str", "scheme, or table"),
        "second": Column("str", "scheme, or table"),
        "terms": Column("int64", "terms that both rank", "terms"),
        "spearman": Column("float64", "rank correlation", "-1..1", nullable=True),
        "kendall": Column("float64", "Kendall's tau b", "-1..1", nullable=True),
        "top": Column("int64", "length of the head that is compared", "terms"),
        "top_shared": Column("float64", "share of the head that both have", "0..1", nullable=True),
        "reason": Column("str", "why values are empty", nullable=True),
    },
)
LEXICON_DIFFERENCE = Table(
    "lexicon_difference",
    "word whose count changes",
    ("term",),
    {
        "term": Column("str", "word"),
        "before": Column("int64", "count before", "tokens"),
        "after": Column("int64", "count after", "tokens"),
        "change": Column("int64", "after less before", "tokens"),
        "documents": Column("int64", "documents in which it changes", "documents"),
    },
)


def count_by_scheme(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    terms: Collection[str],
    *,
    lexicon: str = "policy_terms",
    engine: str = "auto",
    noise: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """Count the terms by document under each scheme.

    Parameters
    ----------
    texts, sentences, noise
        As for `workbench.corpus.segmentation.count_terms`.
    terms : Collection of str
        Terms to count.
    lexicon : str
        User dictionary of the scheme "lexicon".
    engine : str
        Engine of both token schemes.

    Returns
    -------
    dict
        Scheme -> TERM_COUNTS of the terms, so that any measure of counts can be taken under each:
        "lexicon" and "plain" count tokens cut with and without the lexicon, "leftmost_longest" and
        "overlapping" count characters; the last is the count of the term as an n-gram of characters.
    """
    wanted = sorted(set(terms))
    counts = {}
    for scheme, words in (("lexicon", lexicon), ("plain", None)):
        frame = count_terms(texts, sentences, segmenter=Segmenter(engine=engine, lexicon=words), noise=noise)
        frame = frame[frame["term"].isin(wanted)].copy()
        frame["term"] = frame["term"].cat.remove_unused_categories()
        counts[scheme] = TERM_COUNTS.check(frame, keys=False)
    for scheme in ("leftmost_longest", "overlapping"):
        found = find_occurrences(texts, sentences, wanted, counting=scheme, noise=noise)
        counts[scheme] = count_occurrences(found)
    return counts


def audit_segmentation(counts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Put the counts of the schemes side by side.

    Parameters
    ----------
    counts : Mapping
        Scheme -> TERM_COUNTS, from `count_by_scheme`.

    Returns
    -------
    DataFrame
        SEGMENTATION_AUDIT, a row a term that any scheme finds, by falling change.
    """
    missing = [scheme for scheme in SCHEMES if scheme not in counts]
    if missing:
        raise ParameterError(
            f"counts: expected the schemes {', '.join(SCHEMES)}, found none for {', '.join(missing)}; "
            "pass what count_by_scheme returns."
        )
    frame = pd.DataFrame({scheme: _sum(counts[scheme]) for scheme in SCHEMES})
    frame = frame.fillna(0).astype("int64")  # a scheme that does not find a term finds it 0 times
    frame.index.name = "term"
    frame["whole_share"] = frame["lexicon"] / frame["leftmost_longest"].replace(0, np.nan)
    frame["change"] = frame["lexicon"] - frame["plain"]
    return SEGMENTATION_AUDIT.check(
        frame.reset_index().sort_values(["change", "term"], ascending=[False, True])
    )


def _sum(counts: pd.DataFrame) -> pd.Series:
    sums = counts.groupby("term", observed=True)["count"].sum()
    return sums.rename(index=str)


def compare_rankings(
    tables: Mapping[str, pd.DataFrame], *, value: str = "count", top: int = 50
) -> pd.DataFrame:
    """Correlate how tables rank the terms that they share.

    Parameters
    ----------
    tables : Mapping
        Name -> table with a row a term and the column `value`: frequency, keyness or dispersion
        computed under each scheme.
    value : str
        Column to rank by, the highest first.
    top : int
        Length of the heads that are compared.

    Returns
    -------
    DataFrame
        SCHEME_AGREEMENT, a row a pair of tables.
    """
    from scipy.stats import kendalltau, spearmanr

    series = {name: table.groupby("term", observed=True)[value].sum() for name, table in tables.items()}
    records = []
    for first, second in combinations(series, 2):
        a, b = series[first].rename(index=str).align(series[second].rename(index=str), join="inner")
        defined = len(a) > 1 and a.nunique() > 1 and b.nunique() > 1
        heads = [set(series[name].nlargest(top).index.astype("str")) for name in (first, second)]
        length = min(top, *map(len, heads)) if all(heads) else 0
        records.append(
            {
                "first": first,
                "second": second,
                "terms": len(a),
                "spearman": spearmanr(a, b).statistic if defined else np.nan,
                "kendall": kendalltau(a, b).statistic if defined else np.nan,
                "top": length,
                "top_shared": len(heads[0] & heads[1]) / length if length else np.nan,
                "reason": "" if defined else "fewer than two terms, or all values equal",
            }
        )
    return SCHEME_AGREEMENT.frame(records)


def compare_lexicons(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Show what a change of the lexicon does to the counts.

    Parameters
    ----------
    before, after : DataFrame
        TERM_COUNTS of the same sentences, cut with the one and the other lexicon.

    Returns
    -------
    DataFrame
        LEXICON_DIFFERENCE, the words whose count changes in any document, by falling change.
    """
    keys = ["document_id", "term"]
    frames = [frame.astype({"document_id": "str", "term": "str"}) for frame in (before, after)]
    merged = frames[0].merge(frames[1], on=keys, how="outer", suffixes=("_before", "_after"))
    merged = merged.rename(columns={"count_before": "before", "count_after": "after"})
    merged = merged.fillna({"before": 0, "after": 0})  # a word that is not there is there 0 times
    merged = merged[merged["before"] != merged["after"]]
    frame = merged.groupby("term").agg(
        before=("before", "sum"), after=("after", "sum"), documents=("document_id", "nunique")
    )
    frame["change"] = frame["after"] - frame["before"]
    return LEXICON_DIFFERENCE.check(
        frame.reset_index().sort_values(["change", "term"], ascending=[False, True])
    )
