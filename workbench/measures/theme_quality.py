"""How often the theme coder is right: accuracy, F1 and confusion, with intervals by document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.errors import SeedError
from workbench.lexicons import data_file
from workbench.measures.theme_coder import choose_themes
from workbench.measures.theme_training import SEED, Coded

DRAWS = 1000


def choose_threshold(
    primary: np.ndarray, secondary: np.ndarray, every: np.ndarray, themes: Sequence[str]
) -> float:
    """Return the least probability of a secondary theme with the best micro-F1 over all themes."""
    candidates = np.round(np.arange(0.15, 0.7, 0.025), 3)
    scores = [micro_f1(every, choose_themes(primary, secondary, x, themes.index("none"))) for x in candidates]
    return float(candidates[int(np.argmax(scores))])


def micro_f1(coded: np.ndarray, predicted: np.ndarray) -> float:
    """Return F1 over all pairs of sentence and theme, primary and secondary alike."""
    both = (coded * predicted).sum()
    return float(2 * both / (coded.sum() + predicted.sum()))


def macro_f1(coded: np.ndarray, predicted: np.ndarray) -> float:
    """Return the mean over themes of the F1 of the primary theme."""
    f1 = [2 * (c & p).sum() / max(1, c.sum() + p.sum()) for c, p in _pairs(coded, predicted)]
    return float(np.mean(f1))


def _pairs(coded: np.ndarray, predicted: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(coded == theme, predicted == theme) for theme in np.unique(coded)]


def describe_quality(
    primary: np.ndarray, secondary: np.ndarray, coded: Coded, themes: Sequence[str], threshold: float
) -> pd.DataFrame:
    """Compare predicted with coded themes.

    Returns
    -------
    DataFrame
        Long: measure, theme, predicted, value, low, high, sentences. Measures are accuracy,
        macro_f1, micro_f1 (over all themes; theme and predicted empty), precision, recall, f1 (one
        row per theme) and confusion (one row per coded theme and predicted theme; value = number of
        sentences). low and high: 95 % interval of a bootstrap over documents.
    """
    none = themes.index("none")
    predicted = choose_themes(primary, secondary, threshold, none)
    best = primary.argmax(axis=1)
    rows = _draw_documents(coded.documents)
    measures = {
        ("accuracy", ""): lambda i: float((best[i] == coded.primary[i]).mean()),
        ("macro_f1", ""): lambda i: macro_f1(coded.primary[i], best[i]),
        ("micro_f1", ""): lambda i: micro_f1(coded.every[i], predicted[i]),
    }
    for number, theme in enumerate(themes):
        is_coded, is_predicted = coded.primary == number, best == number
        both = is_coded & is_predicted
        measures["precision", theme] = lambda i, b=both, p=is_predicted: b[i].sum() / max(1, p[i].sum())
        measures["recall", theme] = lambda i, b=both, c=is_coded: b[i].sum() / max(1, c[i].sum())
        measures["f1", theme] = lambda i, b=both, p=is_predicted, c=is_coded: (
            2 * b[i].sum() / max(1, p[i].sum() + c[i].sum())
        )
    everything = np.arange(len(best))
    records = []
    for (measure, theme), value in measures.items():
        low, high = np.quantile([value(draw) for draw in rows], [0.025, 0.975])
        count = (coded.primary == themes.index(theme)).sum() if theme else len(best)
        records.append(
            (measure, theme, "", round(value(everything), 4), round(low, 4), round(high, 4), count)
        )
    table = (
        pd.crosstab(coded.primary, best)
        .reindex(range(len(themes)), axis=0)
        .reindex(range(len(themes)), axis=1)
    )
    for row, column in np.ndindex(len(themes), len(themes)):
        count = np.nan_to_num(table.iloc[row, column])
        records.append(("confusion", themes[row], themes[column], count, np.nan, np.nan, int(count)))
    names = ["measure", "theme", "predicted", "value", "low", "high", "sentences"]
    return pd.DataFrame(records, columns=names)


def _draw_documents(documents: np.ndarray) -> list[np.ndarray]:
    """Return the sentences of documents drawn with replacement, many times."""
    rng = np.random.default_rng(SEED)
    codes, names = pd.factorize(documents)
    rows = [np.flatnonzero(codes == code) for code in range(len(names))]
    draws = rng.integers(0, len(rows), size=(DRAWS, len(rows)))
    return [np.concatenate([rows[code] for code in draw]) for draw in draws]


def read_coder_quality() -> pd.DataFrame:
    """Read how often the coder that comes with the workbench was right in cross-validation.

    Returns
    -------
    DataFrame
        As `describe_quality` returns.

    Raises
    ------
    SeedError
        The file is not there.
    """
    path = data_file("theme_coder_quality.csv")
    if not path.is_file():
        raise SeedError(f"{path}: expected the coder's quality, found no file; train the coder again.")
    return pd.read_csv(path, keep_default_na=False, na_values={"low": [""], "high": [""]})
