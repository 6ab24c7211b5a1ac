"""Count a published list in a region's reports: ``python benchmarks/published_counts.py CORPUS [REGION] [LIST]``.

Counts are given for the whole text and without glossaries, which other editions of a report may lack.
"""

from __future__ import annotations

import sys

import workbench as wb
from workbench.measures.themes import match_themes, read_theme_terms


def main(folder: str, region: str = "全国", name: str = "environment_chen_chen_2018") -> None:
    reports = wb.read_corpus(folder).select(region=region)
    found = match_themes(reports.texts, reports.sentences, lexicon=read_theme_terms(name))
    parts = reports.sentences[["document_id", "sentence", "part"]]
    placed = found.merge(parts, on=["document_id", "sentence"]).merge(
        reports.documents[["document_id", "year"]], on="document_id"
    )
    table = reports.documents[["document_id", "year"]].set_index("document_id")
    table["all"] = placed.groupby("document_id").size().reindex(table.index, fill_value=0)
    own = placed[placed["part"] != "glossary"]
    table["without glossary"] = own.groupby("document_id").size().reindex(table.index, fill_value=0)
    print(table.sort_values("year").to_string())


if __name__ == "__main__":
    main(*sys.argv[1:])
