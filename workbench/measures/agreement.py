"""How far two coders agree: on what there is to code, and on the code of each field.

Both sheets hold one row per coded unit. A unit is known by its key (for statements: document,
sentence and quotation), so the first question is whether both coders saw it at all, and only then
which code they gave it. All intervals are percentiles of a bootstrap that draws whole sentences,
because the statements of one sentence are not independent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from workbench.errors import ParameterError
from workbench.measures.codings import SENTENCE, UNIT, match_units
from workbench.tables import Column, Table

AGREEMENT = Table(
    "agreement",
    "field",
    ("field",),
    {
        "field": Column("str", "field of the codebook"),
        "units": Column("int64", "units that both coders coded", "units"),
        "percent": Column("float64", "units with the same code", "percent", nullable=True),
        "percent_low": Column("float64", "lower end of its interval", "percent", nullable=True),
        "percent_high": Column("float64", "upper end of its interval", "percent", nullable=True),
        "kappa": Column("float64", "Cohen's kappa", nullable=True),
        "kappa_low": Column("float64", "lower end of its interval", nullable=True),
        "kappa_high": Column("float64", "upper end of its interval", nullable=True),
        "alpha": Column("float64", "Krippendorff's alpha", nullable=True),
        "alpha_low": Column("float64", "lower end of its interval", nullable=True),
        "alpha_high": Column("float64", "upper end of its interval", nullable=True),
    },
)
DETECTION = Table(
    "detection",
    "comparison",
    (),
    {
        "both": Column("int64", "units found by both coders", "units"),
        "first_only": Column("int64", "units found by the first alone", "units"),
        "second_only": Column("int64", "units found by the second alone", "units"),
        "f1": Column("float64", "harmonic mean of precision and recall, either as the truth", nullable=True),
        "f1_low": Column("float64", "lower end of its interval", nullable=True),
        "f1_high": Column("float64", "upper end of its interval", nullable=True),
    },
)
Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[Level, ...] = get_args(Level)
STATISTICS = ("percent", "kappa", "alpha")


def measure_alpha(codings: pd.DataFrame, *, level: Level = "nominal") -> float:
    """Return Krippendorff's alpha: 1 less the observed over the expected disagreement.

    Parameters
    ----------
    codings : DataFrame
        One row per unit, one column per coder (two or more); missing where a coder gave no code.
    level : {"nominal", "ordinal", "interval", "ratio"}
        How codes differ. All but nominal need numbers.

    Returns
    -------
    float
        1 for perfect agreement, 0 for that of chance; not a number where no unit has two codes or
        all codes are the same.

    References
    ----------
    Krippendorff (2019), Content Analysis, 4th ed., chapter 12; computed by the package krippendorff.
    """
    if level not in LEVELS:
        raise ParameterError(f"level: expected one of {', '.join(LEVELS)}, found {level!r}.")
    counts, values = _count_values(codings)
    return _alpha(counts, values, level)


def measure_detection(
    first: pd.DataFrame,
    second: pd.DataFrame,
    *,
    unit: Sequence[str] = UNIT,
    cluster: Sequence[str] = SENTENCE,
    replications: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure whether two coders found the same units.

    F1 is used because what neither coder marked cannot be counted, so that kappa has no table to
    stand on (Hripcsak and Rothschild 2005, JAMIA 12(3)); it is the same whichever coder is taken
    for the truth.

    Parameters
    ----------
    first, second : DataFrame
        One row per unit found.
    unit, cluster : sequence of str
        Columns that name a unit, and what the bootstrap draws.

    Returns
    -------
    DataFrame
        DETECTION: one row, 95 % interval.
    """
    matched = match_units(first, second, unit=unit)
    seen = pd.get_dummies(matched["found_by"]).reindex(columns=["both", "first", "second"], fill_value=0)
    by_cluster = seen.groupby([matched[name] for name in cluster]).sum().to_numpy(dtype="float64")
    total = by_cluster.sum(axis=0)
    draws = _draw_weights(len(by_cluster), replications, seed) @ by_cluster
    low, high = _interval(_f1(draws))
    counts = dict(zip(("both", "first_only", "second_only"), total.astype(int), strict=True))
    return DETECTION.frame([{**counts, "f1": _f1(total[None])[0], "f1_low": low, "f1_high": high}])


def measure_agreement(
    first: pd.DataFrame,
    second: pd.DataFrame,
    *,
    fields: Sequence[str],
    unit: Sequence[str] = UNIT,
    cluster: Sequence[str] = SENTENCE,
    levels: Mapping[str, Level] | None = None,
    replications: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure, field by field, how far two coders gave the units that both found the same code.

    Parameters
    ----------
    first, second : DataFrame
        One row per unit with `unit`, `cluster` and `fields`; a missing value is no code and leaves
        the unit out for that field, an empty string is the code "does not apply".
    fields : sequence of str
        Fields to measure.
    levels : mapping of str to str, optional
        Level of measurement of a field for alpha, as `measure_alpha`; nominal where left out.
    replications, seed : int
        Of the bootstrap.

    Returns
    -------
    DataFrame
        AGREEMENT: one row per field, 95 % intervals. kappa is Cohen's (1960, Educational and
        Psychological Measurement 20(1)); alpha as `measure_alpha`. Both are not a number where only
        one code was ever given: nothing there could have told agreement from habit.

    Raises
    ------
    ParameterError
        A field that a sheet lacks.
    """
    for name in fields:
        if name not in first or name not in second:
            raise ParameterError(f"fields: {name!r} is not in both sheets; leave it out or code it.")
    matched = match_units(first, second, unit=unit)
    both = matched[matched["found_by"] == "both"]
    rows = []
    for field in fields:
        codes = both[[f"{field}_first", f"{field}_second"]].dropna()
        clusters = both.loc[codes.index].groupby(list(cluster)).ngroup().to_numpy()
        level: Level = (levels or {}).get(field, "nominal")
        rows.append(
            {"field": field, "units": len(codes), **_agree(codes, clusters, level, replications, seed)}
        )
    return AGREEMENT.frame(rows)


def _agree(
    codes: pd.DataFrame, clusters: np.ndarray, level: Level, replications: int, seed: int
) -> dict[str, float]:
    """Return the three statistics of two columns of codes with the ends of their intervals."""
    if codes.empty:
        return {f"{name}{end}": np.nan for name in STATISTICS for end in ("", "_low", "_high")}
    counts, values = _count_values(codes)
    places = [np.searchsorted(values, codes.iloc[:, column].to_numpy()) for column in (0, 1)]
    size = len(values)
    cells = np.eye(size * size)[places[0] * size + places[1]]
    weights = np.vstack(
        [np.ones(len(codes)), _draw_weights(clusters.max() + 1, replications, seed)[:, clusters]]
    )
    tables = (weights @ cells).reshape(-1, size, size)
    shares = tables / tables.sum(axis=(1, 2), keepdims=True)
    same = np.trace(shares, axis1=1, axis2=2)
    chance = (shares.sum(axis=2) * shares.sum(axis=1)).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        kappa = np.where(chance < 1 - 1e-12, (same - chance) / (1 - chance), np.nan)
    alpha = np.array([_alpha(np.repeat(counts, row.astype(int), axis=0), values, level) for row in weights])
    result = {}
    for name, drawn in zip(STATISTICS, (100 * same, kappa, alpha), strict=True):
        result[name] = drawn[0]
        result[f"{name}_low"], result[f"{name}_high"] = _interval(drawn[1:])
    return result


def _count_values(codings: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return how often each unit got each value, and the values."""
    given = codings.stack().dropna() if codings.shape[1] else pd.Series(dtype=object)
    values = np.array(sorted(set(given)))
    columns = [(codings == value).sum(axis=1) for value in values]
    return np.array(columns, dtype="int64").reshape(len(values), len(codings)).T, values


def _alpha(counts: np.ndarray, values: np.ndarray, level: Level) -> float:
    import krippendorff

    paired = counts[counts.sum(axis=1) >= 2]
    if (paired.sum(axis=0) > 0).sum() < 2:
        return float("nan")
    domain = values if level != "nominal" else np.arange(len(values))
    return float(krippendorff.alpha(value_counts=paired, value_domain=domain, level_of_measurement=level))


def _f1(counts: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return 2 * counts[:, 0] / (2 * counts[:, 0] + counts[:, 1] + counts[:, 2])


def _draw_weights(clusters: int, replications: int, seed: int) -> np.ndarray:
    """Return, for each replication, how often each cluster is drawn."""
    if clusters == 0:
        return np.zeros((replications, 0))
    return np.random.default_rng(seed).multinomial(
        clusters, np.full(clusters, 1 / clusters), size=replications
    )


def _interval(drawn: np.ndarray) -> tuple[float, float]:
    kept = drawn[~np.isnan(drawn)]
    if not len(kept):
        return float("nan"), float("nan")
    low, high = np.percentile(kept, [2.5, 97.5])
    return float(low), float(high)
