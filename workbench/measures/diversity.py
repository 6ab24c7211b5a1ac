"""How varied the words of a document are, in measures that depend on length to different degrees.

TTR and Guiraud's R fall or rise with length: never compare them across reports of unequal length.
MATTR, MTLD and HD-D are made to be compared; each states its window, threshold or sample here.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.frequency import CHARACTERS

DIVERSITY = Table(
    "diversity",
    "document",
    ("document_id",),
    {
        "document_id": Column("str", "document, REGION_YEAR"),
        "tokens": Column("int64", "tokens that are counted, N", "tokens"),
        "types": Column("int64", "different words, V", "types"),
        "ttr": Column("float64", "V/N; depends on length", "0..1", nullable=True),
        "guiraud_r": Column("float64", "V/sqrt N (Guiraud 1954); depends on length", nullable=True),
        "maas_a2": Column("float64", "(ln N - ln V)/(ln N)² (Maas 1972), natural logarithms", nullable=True),
        "yule_k": Column("float64", "10,000 (sum i² V_i - N)/N² (Tweedie & Baayen 1998)", nullable=True),
        "window": Column("int64", "window of MATTR and segment of MSTTR", "tokens"),
        "mattr": Column("float64", "moving average TTR (Covington & McFall 2010)", "0..1", nullable=True),
        "mattr_low": Column("float64", "lower end of its 95 % interval", "0..1", nullable=True),
        "mattr_high": Column("float64", "upper end of its 95 % interval", "0..1", nullable=True),
        "msttr": Column("float64", "mean segmental TTR, the rest left out (Johnson 1944)", nullable=True),
        "mtld": Column("float64", "MTLD, mean of both directions (McCarthy & Jarvis 2010)", nullable=True),
        "hdd": Column("float64", "HD-D, sample of 42 (McCarthy & Jarvis 2007)", "0..1", nullable=True),
        "reason": Column("str", "why values are empty", nullable=True),
    },
)
SAMPLE = 42
THRESHOLD = 0.72
STRETCHES, DRAWS, SEED = 5, 1000, 1


def measure_diversity(
    tokens: pd.DataFrame, *, window: int = 100, threshold: float = THRESHOLD, characters: str = "han"
) -> pd.DataFrame:
    """Measure the lexical diversity of each document.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    window : int
        Tokens in the window of MATTR and the segments of MSTTR.
    threshold : float
        TTR at which a factor of MTLD ends.
    characters : {"han", "word", "all"}
        What a token must hold to be counted.

    Returns
    -------
    DataFrame
        DIVERSITY; a document shorter than the window has no MATTR and MSTTR, one shorter than 42
        tokens no HD-D, and `reason` says so.

    Raises
    ------
    ParameterError
        A window below 2, a threshold outside 0..1, unknown characters.
    """
    if window < 2 or not 0 < threshold < 1 or characters not in CHARACTERS:
        raise ParameterError(
            f"expected a window of at least 2, a threshold between 0 and 1 and characters of "
            f"{', '.join(CHARACTERS)}; found {window}, {threshold}, {characters!r}; correct the choice."
        )
    vocabulary = pd.Series(tokens["token"].cat.categories, dtype="str")
    wanted = vocabulary.str.contains(CHARACTERS[characters], regex=True).to_numpy(bool)
    codes = tokens["token"].cat.codes.to_numpy()
    kept = np.flatnonzero(wanted[codes]) if len(codes) else np.array([], dtype=np.int64)
    documents = tokens["document_id"].cat.codes.to_numpy()
    names = tokens["document_id"].cat.categories
    records = []
    for number in np.unique(documents):
        words = codes[kept[documents[kept] == number]]
        records.append({"document_id": str(names[number]), **score_diversity(words, window, threshold)})
    return DIVERSITY.frame(records)


def score_diversity(words: np.ndarray, window: int = 100, threshold: float = THRESHOLD) -> dict[str, object]:
    """Compute the measures of one sequence of words, given as numbers."""
    n = len(words)
    counts = np.unique(words, return_counts=True)[1]
    v = len(counts)
    reasons = [f"{name}: fewer than {least} tokens" for name, least in _least(window) if n < least]
    reasons += ["MTLD: no word comes twice"] if n == v > 1 else []
    low, high = _bound_mattr(words, window)
    reasons += [f"interval of MATTR: fewer than {STRETCHES} stretches"] if np.isnan(low) else []
    return {
        "tokens": n,
        "types": v,
        "ttr": v / n if n else np.nan,
        "guiraud_r": v / np.sqrt(n) if n else np.nan,
        "maas_a2": (np.log(n) - np.log(v)) / np.log(n) ** 2 if n > 1 else np.nan,
        "yule_k": 1e4 * ((counts.astype(float) ** 2).sum() - n) / n**2 if n else np.nan,
        "window": window,
        "mattr": _count_window_types(words, window).mean() / window if n >= window else np.nan,
        "mattr_low": low,
        "mattr_high": high,
        "msttr": _count_window_types(words, window)[::window].mean() / window if n >= window else np.nan,
        "mtld": _measure_mtld(words, threshold),
        "hdd": _measure_hdd(counts, n),
        "reason": "; ".join(reasons),
    }


def _least(window: int) -> tuple[tuple[str, int], ...]:
    return (("TTR", 1), ("Maas, MTLD", 2), ("HD-D", SAMPLE), ("MATTR, MSTTR", window))


def _count_window_types(words: np.ndarray, window: int) -> np.ndarray:
    """Return the number of types in each window, from the distance of each word to its last use."""
    n = len(words)
    order = np.argsort(words, kind="stable")
    again = words[order][1:] == words[order][:-1]
    later, earlier = order[1:][again], order[:-1][again]
    near = later - earlier < window
    # a repeat at `later` is no new type in the windows that begin from later-window+1 to earlier
    change = np.zeros(n + 1)
    np.add.at(change, np.maximum(later[near] - window + 1, 0), 1)
    np.add.at(change, earlier[near] + 1, -1)
    return window - change.cumsum()[: n - window + 1]


def _bound_mattr(words: np.ndarray, window: int) -> tuple[float, float]:
    """Return the 95 % interval of MATTR: a bootstrap over stretches of the text.

    Neighbouring windows share their words, so whole stretches of `window` windows are drawn
    (block bootstrap, Künsch 1989).
    """
    whole = (len(words) - window + 1) // window
    if whole < STRETCHES:
        return np.nan, np.nan
    counts = _count_window_types(words, window)[: whole * window]
    stretches = counts.reshape(whole, window).mean(axis=1) / window
    drawn = np.random.default_rng(SEED).integers(whole, size=(DRAWS, whole))
    low, high = np.percentile(stretches[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _measure_mtld(words: np.ndarray, threshold: float) -> float:
    """Return tokens per factor, the mean of both directions; a rest counts as the part it has come."""
    if len(words) < 2:
        return np.nan
    sequence = words.tolist()
    lengths = []
    for direction in (sequence, sequence[::-1]):
        factors, seen, size = 0.0, set(), 0
        for word in direction:
            seen.add(word)
            size += 1
            if len(seen) / size <= threshold:
                factors, seen, size = factors + 1, set(), 0
        if size:
            factors += (1 - len(seen) / size) / (1 - threshold)
        lengths.append(len(sequence) / factors if factors else np.nan)
    return float(np.mean(lengths))


def _measure_hdd(counts: np.ndarray, n: int) -> float:
    """Return the mean chance of each type to be in a random sample of 42 tokens, as a TTR."""
    if n < SAMPLE:
        return np.nan
    from scipy.stats import hypergeom

    sizes, types = np.unique(counts, return_counts=True)
    return float((types * (1 - hypergeom.pmf(0, n, sizes, SAMPLE))).sum() / SAMPLE)
