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


def describe_themes(primary: np.ndarray, coded: Coded, themes: Sequence[str]) -> pd.DataFrame:
    """Compare predicted with coded primary themes, theme by theme.

    Returns
    -------
    DataFrame
        One row per theme: theme, sentences (coded so), then precision, recall and f1, each with
        its 95 % interval (_low, _high) of a bootstrap over documents.
    """
    best = primary.argmax(axis=1)
    draws = [np.arange(len(best)), *_draw_documents(coded.documents)]
    records = []
    for number, theme in enumerate(themes):
        is_coded, is_predicted = coded.primary == number, best == number
        counts = np.array(
            [((is_coded & is_predicted)[i].sum(), is_predicted[i].sum(), is_coded[i].sum()) for i in draws]
        )
        both, said, true = counts.T
        record: dict[str, float | str | int] = {"theme": theme, "sentences": int(is_coded.sum())}
        for name, below in (("precision", said), ("recall", true), ("f1", (said + true) / 2)):
            values = both / np.maximum(below, 1)
            low, high = np.quantile(values[1:], [0.025, 0.975])
            record |= {
                name: round(values[0], 4),
                f"{name}_low": round(low, 4),
                f"{name}_high": round(high, 4),
            }
        records.append(record)
    return pd.DataFrame(records)


def describe_overall(primary: np.ndarray, predicted: np.ndarray, coded: Coded) -> pd.DataFrame:
    """Measure accuracy, macro-F1 of the primary theme and micro-F1 over all themes.

    Parameters
    ----------
    primary : array
        Probabilities of the primary theme, sentences x themes.
    predicted : array
        The themes chosen, 0 or 1, as `workbench.measures.theme_coder.choose_themes` gives them.
    coded : Coded

    Returns
    -------
    DataFrame
        One row per measure: measure, value, low, high (95 %, bootstrap over documents), sentences,
        documents.
    """
    best = primary.argmax(axis=1)
    draws = _draw_documents(coded.documents)
    measures = {
        "accuracy": lambda i: float((best[i] == coded.primary[i]).mean()),
        "macro_f1": lambda i: macro_f1(coded.primary[i], best[i]),
        "micro_f1_all_themes": lambda i: micro_f1(coded.every[i], predicted[i]),
    }
    rows = []
    for name, measure in measures.items():
        low, high = np.quantile([measure(draw) for draw in draws], [0.025, 0.975])
        rows.append((name, *np.round([measure(np.arange(len(best))), low, high], 4)))
    overall = pd.DataFrame(rows, columns=["measure", "value", "low", "high"])
    return overall.assign(sentences=len(best), documents=len(set(coded.documents)))


def count_confusions(primary: np.ndarray, coded: Coded, themes: Sequence[str]) -> pd.DataFrame:
    """Count sentences by coded and predicted primary theme.

    Returns
    -------
    DataFrame
        One row per pair, zeros included: coded, predicted, sentences.
    """
    best = primary.argmax(axis=1)
    return pd.DataFrame(
        [
            (coded_theme, predicted, int(((coded.primary == row) & (best == column)).sum()))
            for row, coded_theme in enumerate(themes)
            for column, predicted in enumerate(themes)
        ],
        columns=["coded", "predicted", "sentences"],
    )


def draw_confusions(themes: Sequence[str], draws: int, rng: np.random.Generator) -> np.ndarray:
    """Draw what a sentence may truly be about where the coder says a theme.

    Returns
    -------
    array
        draws x predicted themes x coded themes, cumulated over the last axis: Dirichlet draws from
        the cross-validated table, 0.1 added to each pair so that nothing is impossible.
    """
    table = read_confusions().pivot_table(index="predicted", columns="coded", values="sentences")
    counts = table.loc[list(themes), list(themes)].to_numpy(float)
    drawn = np.stack([rng.dirichlet(row + 0.1, size=draws) for row in counts], axis=1)
    return np.cumsum(drawn, axis=2)


def _draw_documents(documents: np.ndarray) -> list[np.ndarray]:
    """Return the sentences of documents drawn with replacement, many times."""
    rng = np.random.default_rng(SEED)
    codes, names = pd.factorize(documents)
    rows = [np.flatnonzero(codes == code) for code in range(len(names))]
    draws = rng.integers(0, len(rows), size=(DRAWS, len(rows)))
    return [np.concatenate([rows[code] for code in draw]) for draw in draws]


def read_confusions() -> pd.DataFrame:
    """Read which themes the coder that comes with the workbench took for which, cross-validated.

    Raises
    ------
    SeedError
        The file is not there.
    """
    path = data_file("theme_coder_confusions.csv")
    if not path.is_file():
        raise SeedError(f"{path}: expected the coder's confusions, found no file; train the coder again.")
    return pd.read_csv(path)
