"""The one number that the index tells of each report: its growth target, with its place in the text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.display.labels import name
from workbench.display.wording import word_value
from workbench.run.files import write_text
from workbench.run.provenance import digest, digest_corpus, digest_package

if TYPE_CHECKING:
    from workbench.pipeline import Corpus

INDICATOR = "gdp"

Headline = Mapping[str, Any]


def find_headlines(corpus: Corpus, out: Path) -> dict[str, Headline]:
    """Return document_id -> the target for growth of the regional product: text, quote, start, end.

    They are kept in ``OUT/headlines.json`` and made anew when the corpus or the workbench changed.
    """
    path = out / "headlines.json"
    known_by = digest(digest_corpus(corpus.documents, corpus.folder), digest_package())
    if path.is_file():
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored.get("digest") == known_by:
            return stored["headlines"]
    headlines = word_headlines(corpus.target_panel)
    write_text(path, json.dumps({"digest": known_by, "headlines": headlines}, ensure_ascii=False, indent=1))
    return headlines


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
