"""How well the statements found agree with coded ones: four levels of rightness, with intervals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from workbench.errors import ParameterError, SeedError
from workbench.targets.matching import dice, match_records

LEVELS = ("detect", "value", "strict", "headline")
VALUE_FIELDS = ("low", "high", "unit", "bound")
STRICT_FIELDS = ("measure", "direction", "status", "period", "indicator")
NEEDED = (
    *("kind", "document_id", "start", "end", "quote", "indicator", "indicator_id", "measure", "direction"),
    *("low", "high", "unit", "bound", "status", "period"),
)


@dataclass(frozen=True)
class Evaluation:
    """The outcome of a comparison.

    Attributes
    ----------
    scores : DataFrame
        One row a level: gold, predicted, matched, precision, recall, f1 and the 95 % bootstrap
        interval of f1 over documents (f1_low, f1_high).
    fields : DataFrame
        One row a field, of the pairs matched: compared, right, accuracy.
    pairs : DataFrame
        One row a pair, a gold record that was missed, or a spare prediction, with what is wrong.
    """

    scores: pd.DataFrame
    fields: pd.DataFrame
    pairs: pd.DataFrame

    @cached_property
    def confusions(self) -> pd.DataFrame:
        """Return what was taken for what, the most frequent first, with a sentence for each."""
        wrong = self.pairs[self.pairs["wrong"] != ""]
        rows = [
            (field, row[f"gold_{field}"], row[f"found_{field}"], row["quote"], row["evidence"])
            for _, row in wrong.iterrows()
            for field in row["wrong"].split(",")
            if f"gold_{field}" in wrong.columns
        ]
        frame = pd.DataFrame(rows, columns=["field", "gold", "found", "quote", "evidence"])
        grouped = frame.groupby(["field", "gold", "found"], dropna=False, sort=False)
        counted = grouped.agg(
            count=("quote", "size"), quote=("quote", "first"), evidence=("evidence", "first")
        )
        return counted.reset_index().sort_values("count", ascending=False, kind="stable", ignore_index=True)

    def __str__(self) -> str:
        """Return the tables as text, the worst confusions with their sentences."""
        lines = [
            self.scores.round(4).to_string(index=False),
            "",
            self.fields.round(4).to_string(index=False),
            "",
        ]
        for row in self.confusions.head(12).itertuples():
            lines.append(
                f"{row.count:4d} x {row.field}: {row.gold!r} taken for {row.found!r}: {row.quote} in"
            )
            lines.append(f"         {str(row.evidence)[:120]}")
        missed = int((self.pairs["wrong"] == "missed").sum())
        spare = int((self.pairs["wrong"] == "spare").sum())
        return "\n".join([*lines, f"missed: {missed}; found but not coded: {spare}"])


def evaluate_statements(
    statements: pd.DataFrame,
    gold: pd.DataFrame | Sequence[Mapping[str, Any]],
    *,
    windows: Iterable[tuple[str, int, int]] | None = None,
    resamples: int = 1000,
) -> Evaluation:
    """Compare statements with coded records.

    Records are matched one to one where their spans overlap and their kinds agree. A pair is right
    at level *detect*; at *value* if also low, high, unit and bound agree; at *strict* if also measure,
    direction, status, period and the indicator agree (equal id where the gold record has one, else
    Dice of the bigrams of the wordings at least 0.5). *headline* counts only records with an id and
    status target or result, and asks for all but the wording.

    Parameters
    ----------
    statements : DataFrame
        STATEMENTS, of at least the documents that are coded.
    gold : DataFrame or sequence of mappings
        Coded records with the fields of the codebook.
    windows : iterable of (document_id, start, end), optional
        Stretches that were coded; statements elsewhere are not counted. Without it, whole documents.
    resamples : int
        Bootstrap samples of documents behind the intervals; the generator is seeded.

    Raises
    ------
    ParameterError
        A field is missing in either table.
    """
    coded = _complete(gold if isinstance(gold, pd.DataFrame) else pd.DataFrame(list(gold)), "gold")
    found = _complete(statements, "statements")
    found = _inside(found[found["document_id"].isin(set(coded["document_id"]))], windows)
    pairs = _pairs(coded, found)
    return Evaluation(_scores(pairs, resamples), _fields(pairs), pairs)


def evaluate_corpus_statements(
    statements: pd.DataFrame, gold_path: str | Path, windows_path: str | Path | None = None
) -> Evaluation:
    """Compare statements with the coded records of a file (JSON lines).

    Parameters
    ----------
    statements : DataFrame
        STATEMENTS.
    gold_path : path
        Coded records, one JSON object a line.
    windows_path : path, optional
        Coded stretches, one JSON object a line: document_id, start, end.

    Raises
    ------
    SeedError
        A file is missing, or a line is not a JSON object with the fields needed.
    """
    gold = read_records(gold_path, NEEDED)
    windows = (
        read_records(windows_path, ("document_id", "start", "end")) if windows_path is not None else None
    )
    spans = [(w["document_id"], w["start"], w["end"]) for w in windows] if windows is not None else None
    return evaluate_statements(statements, gold, windows=spans)


def read_records(path: str | Path, fields: Sequence[str]) -> list[dict[str, Any]]:
    """Read a JSON-lines file whose objects have these fields."""
    path = Path(path)
    if not path.is_file():
        raise SeedError(f"{path}: expected a file of JSON lines, found none; check the path.")
    records = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise SeedError(
                f"{path}, line {number}: expected a JSON object, found {line[:40]!r}; mend the line."
            ) from error
        missing = [field for field in fields if field not in record]
        if missing:
            raise SeedError(f"{path}, line {number}: the fields {', '.join(missing)} are missing; add them.")
        records.append(record)
    return records


def _complete(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    missing = [field for field in NEEDED if field not in frame.columns]
    if missing:
        raise ParameterError(f"{name}: the fields {', '.join(missing)} are missing; see the codebook.")
    frame = frame.copy()
    for field in ("indicator", "indicator_id", "direction", "unit", "period", "bound", "status", "measure"):
        frame[field] = frame[field].where(frame[field].notna(), "").astype(str)
    return frame.reset_index(drop=True)


def _inside(found: pd.DataFrame, windows: Iterable[tuple[str, int, int]] | None) -> pd.DataFrame:
    if windows is None:
        return found.reset_index(drop=True)
    spans: dict[str, list[tuple[int, int]]] = {}
    for document_id, start, end in windows:
        spans.setdefault(document_id, []).append((start, end))
    keep = [
        any(low <= start < high for low, high in spans.get(document_id, []))
        for document_id, start in zip(found["document_id"], found["start"], strict=True)
    ]
    return found[keep].reset_index(drop=True)


def _pairs(coded: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    gold, predicted = coded.to_dict("records"), found.to_dict("records")
    rows = []
    for left, right in match_records(gold, predicted):
        record = gold[left] if left is not None else None
        prediction = predicted[right] if right is not None else None
        rows.append(_pair(record, prediction))
    return pd.DataFrame(rows)


def _pair(gold: Mapping[str, Any] | None, found: Mapping[str, Any] | None) -> dict[str, Any]:
    either = gold or found or {}
    row: dict[str, Any] = {
        "document_id": either["document_id"],
        "start": either["start"],
        "end": either["end"],
        "quote": either["quote"],
        "evidence": (found or {}).get("evidence", ""),
        "gold_headline": gold is not None and _is_headline(gold),
        "found_headline": found is not None and _is_headline(found),
        "gold": gold is not None,
        "found": found is not None,
    }
    for field in (*VALUE_FIELDS, *STRICT_FIELDS, "indicator_id"):
        row[f"gold_{field}"] = gold[field] if gold is not None else None
        row[f"found_{field}"] = found[field] if found is not None else None
    if gold is None or found is None:
        return row | {"wrong": "spare" if gold is None else "missed"} | dict.fromkeys(LEVELS, False)
    wrong = [field for field in (*VALUE_FIELDS, *STRICT_FIELDS) if not _agree(field, gold, found)]
    value = not any(field in VALUE_FIELDS for field in wrong)
    same_id = gold["indicator_id"] == found["indicator_id"]
    return row | {
        "wrong": ",".join(wrong),
        "detect": True,
        "value": value,
        "strict": not wrong,
        "headline": same_id and not [field for field in wrong if field != "indicator"],
    }


def _is_headline(record: Mapping[str, Any]) -> bool:
    return bool(record["indicator_id"]) and record["status"] in ("target", "result")


def _agree(field: str, gold: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    if field == "indicator":
        if gold["indicator_id"]:
            return bool(gold["indicator_id"] == found["indicator_id"])
        return dice(gold["indicator"], found["indicator"]) >= 0.5
    if field in ("low", "high"):
        left, right = gold[field], found[field]
        if pd.isna(left) or pd.isna(right):
            return bool(pd.isna(left) and pd.isna(right))
        return bool(np.isclose(float(left), float(right), rtol=1e-9, atol=1e-9))
    return bool(gold[field] == found[field])


def _fields(pairs: pd.DataFrame) -> pd.DataFrame:
    both = pairs[pairs["detect"]]
    wrong = both["wrong"].str.split(",")
    rows = []
    for field in (*VALUE_FIELDS, *STRICT_FIELDS):
        right = int((~wrong.map(lambda fields, field=field: field in fields)).sum()) if len(both) else 0
        rows.append((field, len(both), right, right / len(both) if len(both) else float("nan")))
    return pd.DataFrame(rows, columns=["field", "compared", "right", "accuracy"])


def _scores(pairs: pd.DataFrame, resamples: int) -> pd.DataFrame:
    counts = _counts(pairs)
    generator = np.random.default_rng(20240101)
    draws = (
        generator.integers(0, len(counts[0]), size=(resamples, len(counts[0]))) if len(counts[0]) else None
    )
    rows = []
    for place, level in enumerate(LEVELS):
        gold, found, matched = counts[0][:, place], counts[1][:, place], counts[2][:, place]
        low = high = float("nan")
        if draws is not None and resamples:
            samples = _f1(gold[draws].sum(axis=1), found[draws].sum(axis=1), matched[draws].sum(axis=1))
            low, high = np.nanpercentile(samples, [2.5, 97.5])
        total = gold.sum(), found.sum(), matched.sum()
        rows.append(
            (level, *total, total[2] / max(1, total[1]), total[2] / max(1, total[0]), _f1(*total), low, high)
        )
    names = ["level", "gold", "predicted", "matched", "precision", "recall", "f1", "f1_low", "f1_high"]
    return pd.DataFrame(rows, columns=names)


def _counts(pairs: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return per document and level how many records are coded, found and right."""
    if pairs.empty:
        empty = np.zeros((0, len(LEVELS)), dtype=int)
        return empty, empty, empty
    tables = []
    for side in ("gold", "found"):
        columns = {level: pairs[f"{side}_headline" if level == "headline" else side] for level in LEVELS}
        tables.append(pd.DataFrame(columns).astype(int).groupby(pairs["document_id"]).sum().to_numpy())
    right = pairs[list(LEVELS)].astype(int)
    right["headline"] = right["headline"] * pairs["gold_headline"].astype(int)
    return tables[0], tables[1], right.groupby(pairs["document_id"]).sum().to_numpy()


def _f1(gold: Any, found: Any, matched: Any) -> Any:
    return 2 * matched / np.maximum(1, gold + found)
