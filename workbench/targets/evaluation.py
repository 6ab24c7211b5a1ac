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
from workbench.targets.scores import FIELDS, LEVELS, VALUE_FIELDS, score_fields, score_levels

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
        One row a level, as `score_levels` gives it.
    fields : DataFrame
        One row a field, as `score_fields` gives it.
    pairs : DataFrame
        One row a pair, a gold record that was missed, or a spare prediction, with what is wrong.
    left_out : tuple of str
        Documents with coded records that were not compared, because the corpus lacks them.
    """

    scores: pd.DataFrame
    fields: pd.DataFrame
    pairs: pd.DataFrame
    left_out: tuple[str, ...] = ()

    @cached_property
    def confusions(self) -> pd.DataFrame:
        """Return what was taken for what, the most frequent first, with a sentence for each."""
        wrong = self.pairs[self.pairs["wrong"] != ""]
        rows = [
            (field, *_told(row, field), row["quote"], row["evidence"])
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
        lines = [_as_text(self.scores), "", _as_text(self.fields), ""]
        for row in self.confusions.head(12).itertuples():
            lines.append(
                f"{row.count:4d} x {row.field}: {row.gold!r} taken for {row.found!r}: {row.quote} in"
            )
            lines.append(f"         {_around(str(row.evidence), str(row.quote))}")
        for wrong, words in (("missed", "missed"), ("spare", "found but not coded")):
            rows = self.pairs[self.pairs["wrong"] == wrong] if len(self.pairs) else self.pairs
            quotes = [f"{r.quote} ({r.document_id}, {r.start})" for r in rows.head(6).itertuples()]
            lines.append(f"{words}: {len(rows)}" + (f": {'; '.join(quotes)}" if quotes else ""))
        if self.left_out:
            lines.append(f"not in this corpus, left out: {', '.join(self.left_out)}")
        lines.append("Intervals: 95 %, bootstrap over documents.")
        return "\n".join(lines)


def _told(row: Mapping[str, Any], field: str) -> tuple[Any, Any]:
    """Return what was coded and what was found; of an indicator with an id also the ids, which decide."""
    coded, found = row[f"gold_{field}"], row[f"found_{field}"]
    if field == "indicator" and row["gold_indicator_id"]:
        return f"{coded} [{row['gold_indicator_id']}]", f"{found} [{row['found_indicator_id']}]"
    return coded, found


def _as_text(scores: pd.DataFrame) -> str:
    """Return a table of scores with each measure and its interval in one column."""
    shown = scores.iloc[:, :4].copy()
    for name in ("precision", "recall", "f1"):
        ends = zip(scores[name], scores[f"{name}_low"], scores[f"{name}_high"], strict=True)
        shown[name] = [
            f"{value:.4f}" + ("" if pd.isna(low) else f" [{low:.3f}, {high:.3f}]")
            for value, low, high in ends
        ]
    return shown.to_string(index=False)


def _around(evidence: str, quote: str, reach: int = 60) -> str:
    """Return the part of a sentence around a quotation, on one line."""
    place = max(evidence.find(quote), 0)
    return " ".join(evidence[max(0, place - reach) : place + len(quote) + reach // 2].split())


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
        Stretches that were coded; statements elsewhere are not counted. Without it, the documents
        that have records were coded whole.
    resamples : int
        Bootstrap samples of documents behind the intervals; the generator is seeded.

    Raises
    ------
    ParameterError
        A field is missing in either table.
    """
    coded = _complete(gold if isinstance(gold, pd.DataFrame) else pd.DataFrame(list(gold)), "gold")
    found = _complete(statements, "statements")
    if windows is None:
        found = found[found["document_id"].isin(set(coded["document_id"]))]
    else:  # a stretch where the coder found nothing counts too, even if its document has no record at all
        spans = list(windows)
        coded, found = _inside(coded, spans), _inside(found, spans)
    pairs = _pairs(coded, found)
    levels = score_levels(pairs, resamples=resamples)
    return Evaluation(levels, score_fields(pairs, resamples=resamples), pairs)


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


def _inside(records: pd.DataFrame, windows: Iterable[tuple[str, int, int]]) -> pd.DataFrame:
    spans: dict[str, list[tuple[int, int]]] = {}
    for document_id, start, end in windows:
        spans.setdefault(document_id, []).append((start, end))
    keep = [
        any(low <= start < high for low, high in spans.get(document_id, []))
        for document_id, start in zip(records["document_id"], records["start"], strict=True)
    ]
    return records[keep]


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
    for field in (*FIELDS, "indicator_id"):
        row[f"gold_{field}"] = gold[field] if gold is not None else None
        row[f"found_{field}"] = found[field] if found is not None else None
    if gold is None or found is None:
        return row | {"wrong": "spare" if gold is None else "missed"} | dict.fromkeys(LEVELS, False)
    wrong = [field for field in FIELDS if not _agree(field, gold, found)]
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
