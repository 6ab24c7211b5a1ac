"""What changed from one report of a region to the next: its sentences, its targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from workbench.corpus.variants import measured_otherwise, name_variants
from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.measures.shingles import Letters, read_letters

SENTENCE_CHANGES = ("unchanged", "reworded", "new", "dropped")
TARGET_CHANGES = ("new", "dropped", "raised", "lowered", "same", "other form")

CHANGED_SENTENCES = Table(
    "changed_sentences",
    "sentence of the later report with its counterpart, or of the earlier one if dropped",
    (),
    {
        "document_id": Column("str", "the later report"),
        "sentence": Column("Int64", "sentence of the later report", nullable=True),
        "start": Column("Int64", "first character", "characters", nullable=True),
        "end": Column("Int64", "after the last character", "characters", nullable=True),
        "other_document_id": Column("str", "the earlier report"),
        "other_sentence": Column("Int64", "sentence of the earlier report", nullable=True),
        "other_start": Column("Int64", "first character", "characters", nullable=True),
        "other_end": Column("Int64", "after the last character", "characters", nullable=True),
        "change": Column("str", "what became of the sentence", codes=SENTENCE_CHANGES),
        "similarity": Column("float64", "1 - Levenshtein distance / letters of the longer", nullable=True),
    },
)
CHANGED_TARGETS = Table(
    "changed_targets",
    "report, indicator and measure with a target in this report or the last",
    ("document_id", "indicator_id", "measure"),
    {
        "document_id": Column("str", "the later report"),
        "other_document_id": Column("str", "the report of the year before"),
        "region": Column("str", "region that reports"),
        "year": Column("Int64", "plan year of the later report", "year"),
        "indicator_id": Column("str", "id in indicators.csv"),
        "measure": Column("str", "level, growth, increment or share"),
        "change": Column("str", "what became of the target", codes=TARGET_CHANGES),
        "form": Column("str", "how the target is given", nullable=True),
        "low": Column("float64", "lower number", "unit", nullable=True),
        "high": Column("float64", "upper number", "unit", nullable=True),
        "unit": Column("str", "base unit", nullable=True),
        "start": Column("Int64", "first character", "characters", nullable=True),
        "end": Column("Int64", "after the last character", "characters", nullable=True),
        "other_form": Column("str", "how it was given a year before", nullable=True),
        "other_low": Column("float64", "lower number a year before", "unit", nullable=True),
        "other_high": Column("float64", "upper number a year before", "unit", nullable=True),
        "other_start": Column("Int64", "first character", "characters", nullable=True),
        "other_end": Column("Int64", "after the last character", "characters", nullable=True),
        "difference": Column("float64", "this year's middle less last year's", "unit", nullable=True),
    },
)


def compare_sentences(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    pairs: pd.DataFrame,
    *,
    parts: Sequence[str] | None = None,
    reworded: float = 0.4,
    minimum_letters: int = 6,
) -> pd.DataFrame:
    """Align the sentences of two reports and tell which are new, dropped, reworded or unchanged.

    Each sentence has at most one counterpart: of all ways to pair those that are alike enough, the
    one with the highest sum of similarities is taken (Kuhn 1955; scipy's assignment). Sentences may
    have moved. Only letters, Chinese characters and digits are compared: a sentence with another
    comma is unchanged, one with another number is reworded.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences : DataFrame
        SENTENCES of the same texts.
    pairs : DataFrame
        document_id of the later and other_document_id of the earlier report, as the rows of
        `pair_relatives` with the relation `oneself a year before`.
    parts : sequence of str, optional
        Compare these parts of the reports only.
    reworded : float
        Sentences less alike than this are not each other's counterparts; see `docs/methods.md`.
    minimum_letters : int
        Shorter sentences, mostly headings, are left out.

    Returns
    -------
    DataFrame
        One row a sentence of the later report and a dropped sentence of the earlier:
        CHANGED_SENTENCES.

    Raises
    ------
    ParameterError
        `reworded` outside 0 to 1, or an unknown part.
    """
    if not 0 < reworded <= 1:
        raise ParameterError(f"reworded: expected a number above 0 and up to 1, found {reworded}.")
    letters = read_letters(texts, sentences, parts=parts)
    chosen = sentences if parts is None else sentences[sentences["part"].isin(parts)]
    groups = {
        name: _wordings(letters, group, minimum_letters) for name, group in _by_document(letters, chosen)
    }
    rows: list[tuple[Any, ...]] = []
    for later, earlier in zip(pairs["document_id"], pairs["other_document_id"], strict=True):
        rows += _align(later, earlier, groups.get(later, []), groups.get(earlier, []), reworded)
    return CHANGED_SENTENCES.frame(rows)


def summarise_changes(changes: pd.DataFrame) -> pd.DataFrame:
    """Count the changes of each pair of reports.

    Returns
    -------
    DataFrame
        One row for each pair and change, zeros included: document_id, other_document_id, change,
        sentences, share (of the later report's sentences; of the earlier's for `dropped`).
    """
    keys = ["document_id", "other_document_id"]
    counts = changes.groupby([*keys, "change"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(SENTENCE_CHANGES), fill_value=0)
    later = counts[["unchanged", "reworded", "new"]].sum(axis=1)
    earlier = counts[["unchanged", "reworded", "dropped"]].sum(axis=1)
    shares = counts.div(later.where(later > 0), axis=0)
    shares["dropped"] = counts["dropped"] / earlier.where(earlier > 0)
    long = pd.concat({"sentences": counts.stack(), "share": shares.stack()}, axis=1)
    return long.reset_index()


def compare_targets(panel: pd.DataFrame) -> pd.DataFrame:
    """Compare each report's annual targets with those of the region's report of the year before.

    `raised` and `lowered` compare the numbers (middles of ranges) of targets with one unit: a higher
    number for a decrease is a larger decrease, for unemployment a looser ceiling. `other form`: given
    with a number in one year and without in the other, in another way without, in another unit, or
    measured otherwise (registered and surveyed unemployment).
    `new` and `dropped`: a target in one of the years only. Where the year before has no report in the
    corpus, nothing is compared. Of two versions of a report the one with more targets counts.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL.

    Returns
    -------
    DataFrame
        CHANGED_TARGETS.
    """
    given = panel[(panel["form"] != "absent") & panel["year"].notna()]
    reports = panel.dropna(subset=["year"])[["document_id", "region", "year"]].drop_duplicates()
    reports["targets"] = reports["document_id"].map(given["document_id"].value_counts()).fillna(0)
    reports = reports.sort_values(["targets", "document_id"], ascending=[False, True])
    reports = reports.drop_duplicates(["region", "year"]).drop(columns="targets")
    before = reports.assign(year=reports["year"] + 1).rename(columns={"document_id": "other_document_id"})
    pairs = reports.merge(before, on=["region", "year"])
    values = ["form", "low", "high", "unit", "start", "end"]
    columns = ["document_id", "indicator_id", "indicator", "measure", *values]
    now = pairs.merge(given[columns], on="document_id")
    then = given[columns].rename(
        columns={name: f"other_{name}" for name in columns if name not in ("indicator_id", "measure")}
    )
    then = pairs.merge(then, on="other_document_id")
    keys = ["document_id", "other_document_id", "region", "year", "indicator_id", "measure"]
    both = now.merge(then, on=keys, how="outer")
    both["difference"] = _middle(both, "") - _middle(both, "other_")
    other_unit = both["unit"].fillna("") != both["other_unit"].fillna("")
    ways = (name_variants(both["indicator_id"], both[f"{side}indicator"]) for side in ("", "other_"))
    both.loc[other_unit | measured_otherwise(*ways), "difference"] = np.nan
    both["change"] = _name_change(both)
    words = ["form", "other_form", "unit"]
    both["unit"] = both["unit"].fillna(both["other_unit"])
    both[words] = both[words].fillna("")
    ordered = both.sort_values(["region", "year", "indicator_id", "measure"])
    return CHANGED_TARGETS.check(ordered[list(CHANGED_TARGETS.columns)])


def _by_document(letters: Letters, sentences: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    groups = dict(iter(sentences.sort_values("start").groupby("document_id")))
    for name in letters.document_ids:
        if name in groups:
            yield name, groups[name]


def _wordings(letters: Letters, own: pd.DataFrame, minimum: int) -> list[tuple[int, int, int, str]]:
    """Return number, start, end and letters of each sentence that is long enough."""
    number = letters.document_ids.index(own["document_id"].iloc[0])
    first, after = letters.bounds[number], letters.bounds[number + 1]
    written = letters.codes[first:after].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    starts = np.searchsorted(letters.places[first:after], own["start"])
    ends = np.searchsorted(letters.places[first:after], own["end"])
    columns = zip(own["sentence"], own["start"], own["end"], starts, ends, strict=True)
    return [(k, start, end, written[i:j]) for k, start, end, i, j in columns if j - i >= minimum]


def _align(
    later: str, earlier: str, now: list[Any], then: list[Any], reworded: float
) -> Iterator[tuple[Any, ...]]:
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist
    from scipy.optimize import linear_sum_assignment

    wordings = ([sentence[3] for sentence in side] for side in (now, then))
    alike = cdist(*wordings, scorer=Levenshtein.normalized_similarity, dtype=np.float64)
    alike[alike < reworded - 1e-9] = 0.0
    rows, columns = linear_sum_assignment(alike, maximize=True)
    partner = {int(r): int(c) for r, c in zip(rows, columns, strict=True) if alike[r, c] > 0}
    nothing = (None, None, None)
    for number, sentence in enumerate(now):
        if number in partner:
            other = then[partner[number]]
            change = "unchanged" if sentence[3] == other[3] else "reworded"
            value = float(alike[number, partner[number]])
            yield (later, *sentence[:3], earlier, *other[:3], change, value)
        else:
            yield (later, *sentence[:3], earlier, *nothing, "new", float("nan"))
    for number in sorted(set(range(len(then))) - set(partner.values())):
        yield (later, *nothing, earlier, *then[number][:3], "dropped", float("nan"))


def _middle(frame: pd.DataFrame, prefix: str) -> pd.Series:
    return (frame[f"{prefix}low"] + frame[f"{prefix}high"]) / 2


def _name_change(both: pd.DataFrame) -> np.ndarray:
    compared = both["difference"].notna()
    same_words = (both["form"] == both["other_form"]) & (both["form"] != "stated")
    conditions = [
        both["other_form"].isna(),
        both["form"].isna(),
        compared & (both["difference"] > 1e-9),
        compared & (both["difference"] < -1e-9),
        compared | same_words,
    ]
    return np.select(conditions, ["new", "dropped", "raised", "lowered", "same"], "other form")
