"""What a corpus holds: regions by years, what is missing, what is doubtful."""

from __future__ import annotations

import pandas as pd

from workbench.declaration import Column, Table
from workbench.tables import LEVELS

STATES = ("present", "doubtful", "missing")

COVERAGE = Table(
    "coverage",
    "region and year between its first and last report",
    ("region", "year"),
    {
        "region": Column("str", "region that reports"),
        "level": Column("str", "level of the region", codes=LEVELS),
        "year": Column("int64", "year planned for", "year"),
        "state": Column("str", "there, there with warnings or errors, or missing", codes=STATES),
        "documents": Column("int64", "texts for the year", "documents"),
        "genre": Column("str", "kinds of text", nullable=True),
        "characters": Column("int64", "length without noise, of the longest", "characters"),
        "message": Column("str", "what the check found, most severe first", nullable=True),
    },
)


def cover_corpus(documents: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Lay out which years of each region are there, doubtful or missing.

    Parameters
    ----------
    documents, findings : DataFrame
        DOCUMENTS and FINDINGS; findings of severity note do not make a report doubtful.

    Returns
    -------
    DataFrame
        COVERAGE: for each region every year from its first to its last report.
    """
    dated = documents.dropna(subset=["year"]).astype({"year": "int64"})
    grave = findings[findings["severity"].isin(["error", "warning"])].sort_values("severity")
    messages = grave.groupby("document_id")["message"].agg(" ".join)
    rows = []
    for region, group in dated.groupby("region", sort=False):
        found = {int(year): texts for year, texts in group.groupby("year")}
        for year in range(min(found), max(found) + 1):
            rows.append(_describe(str(region), str(group["level"].iloc[0]), year, found.get(year), messages))
    return COVERAGE.frame(rows)


def _describe(
    region: str, level: str, year: int, texts: pd.DataFrame | None, messages: pd.Series
) -> tuple[str, str, int, str, int, str, int, str]:
    if texts is None:
        return region, level, year, "missing", 0, "", 0, "no report of this year"
    said = " ".join(messages.get(name, "") for name in texts["document_id"]).strip()
    length = int((texts["characters"] - texts["noise_characters"]).max())
    genres = ", ".join(dict.fromkeys(texts["genre"].fillna("")))
    return region, level, year, "doubtful" if said else "present", len(texts), genres, length, said
