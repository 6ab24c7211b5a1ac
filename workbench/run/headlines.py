"""The one number that the index tells of each report, with its place: the target for the regional product."""

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

INDICATOR = "gdp"

Headline = Mapping[str, Any]


def find_headlines(corpus: Corpus, document_ids: Collection[str], out: Path) -> dict[str, Headline]:
    """Return document_id -> the target for the regional product of these documents.

    A headline has ``text`` (the value or form in words), ``quote`` and ``place`` (start and end, or
    None). They are kept in ``OUT/headlines.json``; one is made anew when its file or the workbench
    changed.
    """
    path = out / "headlines.json"
    listed = corpus.documents[corpus.documents["document_id"].isin(document_ids)]
    known_by = {row.document_id: digest(row.sha256, digest_package()) for row in listed.itertuples()}
    kept = {
        document_id: headline
        for document_id, headline in _read(path).items()
        if headline["digest"] == known_by.get(document_id, "")
    }
    missing = listed[~listed["document_id"].isin(list(kept))]
    if missing.empty:
        return kept
    years = None if missing["year"].isna().any() else [int(year) for year in missing["year"].unique()]
    part = corpus.select(region=list(missing["region"].unique()), year=years)
    made = word_headlines(part.target_panel)
    for document_id in set(missing["document_id"]) & set(made):
        kept[document_id] = {**made[document_id], "digest": known_by[document_id]}
    write_text(path, json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True))
    return kept


def _read(path: Path) -> dict[str, Headline]:
    if not path.is_file():
        return {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError:  # cut short by a full disk: as good as none
        return {}
    return {key: value for key, value in stored.items() if isinstance(value, dict) and "digest" in value}


def word_headlines(panel: pd.DataFrame) -> dict[str, Headline]:
    """Take the headline of each document from TARGET_PANEL; a growth rate before any other form."""
    rows = panel[panel["indicator_id"] == INDICATOR]
    rate = (rows["form"] == "stated") & (rows["measure"] == "growth")
    first = rows.assign(first=rate).sort_values("first", ascending=False, kind="stable")
    chosen = first.drop_duplicates("document_id").to_dict("records")
    return {row["document_id"]: _headline(row) for row in chosen}


def _headline(row: Mapping[str, Any]) -> Headline:
    if row["form"] == "stated":
        text = word_value(row["low"], row["high"], _text(row["unit"]), _text(row["bound"]))
    else:
        text = name("form", row["form"], language="both")
    place = None if pd.isna(row["start"]) else [int(row["start"]), int(row["end"])]
    return {"text": text, "quote": _text(row["quote"]), "place": place}


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
