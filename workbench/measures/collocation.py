"""Which words keep company: association of words within a window, in each measure by its name.

O is the number of times that two words stand together, f1 and f2 their frequencies, N the number of
tokens, E = f1 f2/N what chance would give. Signs are taken out first, so they hold no place in a
window; whether a comma or the end of a sentence closes it is the option `boundary`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError

COLLOCATIONS = Table(
    "collocations",
    "node and collocate",
    ("node", "collocate"),
    {
        "node": Column("str", "word that is looked at; in pairs the first word"),
        "collocate": Column("str", "word that stands near it; in pairs the second"),
        "count": Column("int64", "times that they stand together, O", "pairs"),
        "left": Column("int64", "of these, collocate before the node", "pairs"),
        "right": Column("int64", "of these, collocate after the node", "pairs"),
        "node_count": Column("int64", "frequency of the node, f1", "tokens"),
        "collocate_count": Column("int64", "frequency of the collocate, f2", "tokens"),
        "size": Column("int64", "tokens in all, N", "tokens"),
        "expected": Column("float64", "expected count, E, as the option `expected` says", "pairs"),
        "mi": Column("float64", "log2 O/E (Church & Hanks 1990)", "bits"),
        "mi3": Column("float64", "log2 O³/E (Daille 1994)", "bits"),
        "t_score": Column("float64", "(O-E)/sqrt O (Church et al. 1991)"),
        "z_score": Column("float64", "(O-E)/sqrt E (Berry-Rogghe 1973)"),
        "log_dice": Column("float64", "14 + log2 2O/(f1+f2) (Rychly 2008)"),
        "dice": Column("float64", "2O/(f1+f2)"),
        "jaccard": Column("float64", "O/(f1+f2-O)"),
        "g2": Column("float64", "log likelihood, four cells, signed (Dunning 1993)", nullable=True),
        "simple_ll": Column("float64", "2(O ln O/E - (O-E)), signed (Evert 2005)"),
        "delta_p_forward": Column("float64", "O/f1 - (f2-O)/(N-f1) (Gries 2013)", "-1..1", nullable=True),
        "delta_p_backward": Column("float64", "O/f2 - (f1-O)/(N-f2) (Gries 2013)", "-1..1", nullable=True),
        "reason": Column("str", "why a value is empty", nullable=True),
    },
)
BOUNDARIES = ("document", "sentence", "clause")
EXPECTED = ("plain", "window")
_CLAUSE_END = frozenset("，。；！？：,;!?:…—")


def measure_collocates(
    tokens: pd.DataFrame,
    node: str,
    *,
    window: tuple[int, int] = (5, 5),
    boundary: str = "sentence",
    expected: str = "plain",
    minimum_count: int = 3,
) -> pd.DataFrame:
    """Measure which words stand near a word.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    node : str
        The word, as a token.
    window : (int, int)
        Words before and after the node that are looked at.
    boundary : {"document", "sentence", "clause"}
        What closes the window; a clause ends at ，。；！？： and dashes.
    expected : {"plain", "window"}
        "plain": E = f1 f2/N, as concordancers do; "window": E = w f2/N with w the number of places
        in the windows (Evert 2009, surface co-occurrence). logDice, Dice and Jaccard use f1 either way.
    minimum_count : int
        Least O of a row.

    Returns
    -------
    DataFrame
        COLLOCATIONS by falling logDice. In windows that overlap a word is counted once for each node.

    Raises
    ------
    ParameterError
        The node is no token, an unknown option, an empty window.
    """
    if boundary not in BOUNDARIES or expected not in EXPECTED or min(window) < 0 or max(window) < 1:
        raise ParameterError(
            f"expected a boundary of {', '.join(BOUNDARIES)}, expected of {', '.join(EXPECTED)} and a window "
            f"of at least one word; found {boundary!r}, {expected!r}, {window}; correct the choice."
        )
    stream = _Stream(tokens, boundary)
    if node not in stream.vocabulary:
        raise ParameterError(f"node: expected a word of the tokens, found {node!r}; see how it is cut.")
    places = np.flatnonzero(stream.codes == stream.vocabulary.get_loc(node))
    left = stream.count_near(places, range(-window[0], 0))
    right = stream.count_near(places, range(1, window[1] + 1))
    both = left + right
    wanted = np.flatnonzero(both >= max(minimum_count, 1))
    frame = pd.DataFrame(
        {
            "node": node,
            "collocate": stream.vocabulary[wanted],
            "left": left[wanted],
            "right": right[wanted],
        }
    )
    f1 = np.full(len(wanted), len(places))
    reach = np.full(len(wanted), both.sum()) if expected == "window" else f1
    scores = score_association(both[wanted], f1, stream.frequencies[wanted], len(stream.codes), reach=reach)
    frame = pd.concat([frame, scores], axis=1)
    return COLLOCATIONS.check(frame.sort_values(["log_dice", "collocate"], ascending=[False, True]))


def measure_pairs(tokens: pd.DataFrame, *, boundary: str = "clause", minimum_count: int = 5) -> pd.DataFrame:
    """Measure the association of all words that stand side by side.

    Returns
    -------
    DataFrame
        COLLOCATIONS by falling logDice, node the first word and collocate the second.
    """
    stream = _Stream(tokens, boundary)
    first, second = stream.codes[:-1], stream.codes[1:]
    together = stream.units[:-1] == stream.units[1:]
    size = max(len(stream.vocabulary), 1)
    keys, counts = np.unique(first[together] * size + second[together], return_counts=True)
    keys, counts = keys[counts >= minimum_count], counts[counts >= minimum_count]
    a, b = keys // size, keys % size
    frame = pd.DataFrame(
        {"node": stream.vocabulary[a], "collocate": stream.vocabulary[b], "left": 0, "right": counts}
    )
    scores = score_association(counts, stream.frequencies[a], stream.frequencies[b], len(stream.codes))
    frame = pd.concat([frame, scores], axis=1)
    return COLLOCATIONS.check(
        frame.sort_values(["log_dice", "node", "collocate"], ascending=[False, True, True])
    )


class _Stream:
    """The words of a token table in order, without signs, with the unit that each stands in."""

    def __init__(self, tokens: pd.DataFrame, boundary: str) -> None:
        words = tokens["token"].astype("category")
        self.vocabulary = words.cat.categories.astype("str")
        codes = words.cat.codes.to_numpy().astype(np.int64)
        solid = np.fromiter((any(map(str.isalnum, word)) for word in self.vocabulary), bool)[codes]
        document = tokens["document_id"].astype("category").cat.codes.to_numpy().astype(np.int64)
        changes = np.diff(document, prepend=-1) != 0
        if boundary != "document":
            changes |= np.diff(tokens["sentence"].to_numpy(), prepend=-1) != 0
        if boundary == "clause":
            ends = np.fromiter((word in _CLAUSE_END for word in self.vocabulary), bool)
            changes |= ends[codes]
        self.codes = codes[solid]
        self.units = changes.cumsum()[solid]
        self.frequencies = np.bincount(self.codes, minlength=len(self.vocabulary))

    def count_near(self, places: np.ndarray, offsets: range) -> np.ndarray:
        """Count the words at these offsets from the places that stand in the same unit."""
        counts = np.zeros(len(self.vocabulary), dtype=np.int64)
        for offset in offsets:
            near = places + offset
            inside = (near >= 0) & (near < len(self.codes))
            here, near = places[inside], near[inside]
            same = self.units[here] == self.units[near]
            counts += np.bincount(self.codes[near[same]], minlength=len(self.vocabulary))
        return counts


def score_association(
    o: np.ndarray, f1: np.ndarray, f2: np.ndarray, n: float, *, reach: np.ndarray | None = None
) -> pd.DataFrame:
    """Compute the measures of association from counts.

    Parameters
    ----------
    o, f1, f2 : array
        Count together (at least 1), frequencies of node and collocate.
    n : float
        Tokens in all.
    reach : array, optional
        Row total of the contingency table in place of f1: the places in the windows.

    Returns
    -------
    DataFrame
        The columns of COLLOCATIONS from count on, without left and right; g2 and Delta P are empty
        where a cell of the table would be below 0 (windows that count a word more often than it
        occurs, or f1 = N), with the reason.
    """
    from scipy.special import rel_entr, xlogy

    o, f1, f2 = (np.asarray(values, float) for values in (o, f1, f2))
    row = f1 if reach is None else np.asarray(reach, float)
    e = row * f2 / n
    cells = np.stack([o, row - o, f2 - o, n - row - f2 + o])
    chance = np.stack([row * f2, row * (n - f2), (n - row) * f2, (n - row) * (n - f2)]) / n
    possible = (cells >= 0).all(0) & (row < n) & (f2 < n)
    sign = np.where(o >= e, 1.0, -1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        g2 = 2 * rel_entr(np.maximum(cells, 0), chance).sum(0)
        frame = pd.DataFrame(
            {
                "count": o.astype(np.int64),
                "node_count": f1.astype(np.int64),
                "collocate_count": f2.astype(np.int64),
                "size": int(n),
                "expected": e,
                "mi": np.log2(o / e),
                "mi3": np.log2(o**3 / e),
                "t_score": (o - e) / np.sqrt(o),
                "z_score": (o - e) / np.sqrt(e),
                "log_dice": 14 + np.log2(2 * o / (f1 + f2)),
                "dice": 2 * o / (f1 + f2),
                "jaccard": o / (f1 + f2 - o),
                "g2": np.where(possible, sign * g2, np.nan),
                "simple_ll": sign * 2 * (xlogy(o, o / e) - (o - e)),
                "delta_p_forward": np.where(possible, o / row - (f2 - o) / (n - row), np.nan),
                "delta_p_backward": np.where(possible, o / f2 - (row - o) / (n - f2), np.nan),
            }
        )
    frame["reason"] = np.where(possible, "", "a cell of the contingency table is below 0 or empty")
    return frame
