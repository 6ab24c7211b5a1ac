"""The numbers that the index tells of each report, with their places: its targets for a few statistics."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.display.labels import name
from workbench.display.wording import word_value
from workbench.run.files import write_text
from workbench.run.provenance import digest, digest_package

if TYPE_CHECKING:
    from workbench.pipeline import Corpus

INDICATORS = ("gdp", "budget_revenue", "fixed_asset_investment", "retail_sales", "income_resident")
"""Statistics of the index, in the order of its columns; the first is drawn by region and year."""

Headline = Mapping[str, Any]


def find_headlines(
    corpus: Corpus, document_ids: Collection[str], out: Path
) -> dict[str, Mapping[str, Headline]]:
    """Return document_id -> indicator -> the target of these documents.

    A headline has ``text`` (the value or form in words), ``quote``, ``place`` (start and end, or
    None), ``low`` and ``high`` (of a growth rate in percent, else None) and ``bound``. They are kept
    in ``OUT/headlines.json``; those of a document are made anew when its file or the workbench changed.
    """
    path = out / "headlines.json"
    listed = corpus.documents[corpus.documents["document_id"].isin(document_ids)]
    known_by = {row.document_id: digest(row.sha256, digest_package()) for row in listed.itertuples()}
    kept = {
        document_id: told
        for document_id, told in _read(path).items()
        if told["digest"] == known_by.get(document_id, "")
    }
    missing = listed[~listed["document_id"].isin(list(kept))]
    if not missing.empty:
        years = None if missing["year"].isna().any() else [int(year) for year in missing["year"].unique()]
        part = corpus.select(region=list(missing["region"].unique()), year=years)
        made = word_headlines(part.target_panel)
        for document_id in set(missing["document_id"]) & set(made):
            kept[document_id] = {"digest": known_by[document_id], "targets": made[document_id]}
        write_text(path, json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True))
    return {document_id: told["targets"] for document_id, told in kept.items()}


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError:  # cut short by a full disk: as good as none
        return {}
    return {key: value for key, value in stored.items() if isinstance(value, dict) and "targets" in value}


def word_headlines(panel: pd.DataFrame) -> dict[str, dict[str, Headline]]:
    """Take the headlines of each document from TARGET_PANEL; a growth rate before any other form."""
    rows = panel[panel["indicator_id"].isin(INDICATORS)]
    rate = (rows["form"] == "stated") & (rows["measure"] == "growth")
    first = rows.assign(first=rate).sort_values("first", ascending=False, kind="stable")
    told: dict[str, dict[str, Headline]] = {}
    for row in first.drop_duplicates(["document_id", "indicator_id"]).to_dict("records"):
        told.setdefault(str(row["document_id"]), {})[str(row["indicator_id"])] = _headline(row)
    return told


def _headline(row: Mapping[str, Any]) -> Headline:
    stated = row["form"] == "stated"
    if stated:
        text = word_value(row["low"], row["high"], _text(row["unit"]), _text(row["bound"]))
    else:
        text = name("form", row["form"], language="both")
    drawn = stated and row["measure"] == "growth" and row["unit"] == "%"
    return {
        "text": text,
        "quote": _text(row["quote"]),
        "place": None if pd.isna(row["start"]) else [int(row["start"]), int(row["end"])],
        "low": float(row["low"]) if drawn else None,
        "high": float(row["high"]) if drawn else None,
        "bound": _text(row["bound"]),
        "form": row["form"],
    }


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
