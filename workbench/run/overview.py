"""The index over all pages: regions and years with the state of each notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd

from workbench.corpus.coverage import cover_corpus
from workbench.display.labels import name
from workbench.run.coverage_grid import lay_out_coverage
from workbench.run.files import safe_name, write_text
from workbench.run.headlines import INDICATORS, find_headlines
from workbench.run.multiples import lay_out_multiples
from workbench.run.plan import whole_year
from workbench.run.records import RunRecord, read_record
from workbench.run.rendering import render_template

if TYPE_CHECKING:
    from workbench.pipeline import Corpus


TARGETS = "02"
"""How the notebook on targets begins."""


def write_overview(corpus: Corpus, records: Sequence[RunRecord], out: Path) -> None:
    """Write ``OUT/index.html`` over the runs just made and those of earlier batches that still stand.

    Parameters
    ----------
    corpus : Corpus
        The whole corpus.
    records : sequence of RunRecord
        Of this batch.
    out : path
        Folder of the pages.
    """
    documents = corpus.documents
    known = {(r.document_id, r.notebook): r for r in _stored(documents, out)}
    known |= {(r.document_id, r.notebook): r for r in records}
    titles = dict(sorted((record.notebook, record.title) for record in known.values()))
    headlines = find_headlines(corpus, {document_id for document_id, _ in known}, out)
    rows = [
        _row(row, list(titles), known, out) | {"headlines": headlines.get(str(row.document_id), {})}
        for row in _sorted(documents).itertuples()
    ]
    rows = [row for row in rows if any(cell["record"] for cell in row["cells"])]
    links = {(row["region"], row["year"]): row["page"] for row in rows}
    for row in rows:
        row["superior_page"] = links.get((row["superior"], row["year"]), "")
    page = render_template(
        "overview",
        titles=titles,
        indicators=[
            {"id": i, "zh": name("indicator", i), "en": name("indicator", i, language="en")}
            for i in INDICATORS
        ],
        rows=rows,
        regions=len({row["region"] for row in rows}),
        documents=len(documents),
        failures=[r for r in known.values() if not r.ok],
        total=len(known),
        panels=lay_out_multiples(rows, INDICATORS[0]),
        grid=lay_out_coverage(cover_corpus(documents, corpus.findings), links),
    )
    write_text(out / "index.html", page)


def _sorted(documents: pd.DataFrame) -> pd.DataFrame:
    return documents.sort_values(["region", "year"], kind="stable")


def _stored(documents: pd.DataFrame, out: Path) -> list[RunRecord]:
    found = (
        read_record(path)
        for document_id in documents["document_id"]
        for path in sorted((out / safe_name(document_id)).glob("*.json"))
    )
    return [record for record in found if record is not None]


def _row(
    document: Any, notebooks: Sequence[str], known: dict[tuple[str, str], RunRecord], out: Path
) -> dict[str, Any]:
    folder = safe_name(document.document_id)
    cells = []
    for notebook in notebooks:
        record = known.get((document.document_id, notebook))
        page = out / folder / f"{notebook}.html"
        href = f"{quote(folder)}/{quote(page.name)}" if record and page.is_file() else ""
        cells.append({"notebook": notebook, "record": record, "href": href})
    return {
        "region": document.region,
        "year": whole_year(document.year),
        "level": name("level", document.level, language="both"),
        "superior": "" if pd.isna(document.parent) else document.parent,
        "province": "" if pd.isna(document.province) else document.province,
        "genre": "" if pd.isna(document.genre) else name("genre", document.genre, language="both"),
        "characters": int(document.characters - document.noise_characters),
        "cells": cells,
        "page": _first_page(cells),
    }


def _first_page(cells: Sequence[Mapping[str, Any]]) -> str:
    """Return where a region's name leads: the page on targets, which shows what the index tells of."""
    found = [cell for cell in cells if cell["href"]]
    targets = [cell for cell in found if cell["notebook"].startswith(TARGETS)]
    return next((str(cell["href"]) for cell in (*targets, *found)), "")
