"""The grid of the index page: regions by years, what is there, what is missing, what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

MARKS = {"present": "●", "doubtful": "◐", "missing": "–"}


def lay_out_coverage(coverage: pd.DataFrame, links: Mapping[tuple[str, int], str]) -> dict[str, list[Any]]:
    """Return the grid as a template reads it.

    Parameters
    ----------
    coverage : DataFrame
        COVERAGE, as `workbench.corpus.coverage.cover_corpus` returns.
    links : mapping of (region, year) to address
        Pages that there are.

    Returns
    -------
    dict
        ``years``: all years, the latest first; ``rows``: region and one cell a year, each with
        mark, state, title (genre, length, what the check found) and href; a year outside the
        region's series is an empty cell.
    """
    if coverage.empty:
        return {"years": [], "rows": []}
    years = list(range(int(coverage["year"].max()), int(coverage["year"].min()) - 1, -1))
    rows = []
    for region, group in coverage.groupby("region", sort=True):
        found = {int(row.year): row for row in group.itertuples()}
        cells = [_cell(str(region), year, found.get(year), links) for year in years]
        rows.append({"region": region, "cells": cells})
    return {"years": years, "rows": rows}


def _cell(region: str, year: int, row: Any, links: Mapping[tuple[str, int], str]) -> dict[str, str]:
    if row is None:
        return {"state": "outside", "mark": "", "title": "", "href": ""}
    about = f"{region} {year}: {row.state}"
    if row.state != "missing":
        about += f"; {row.genre}, {row.characters:,} characters"
    if row.message:
        about += f"; {row.message}"
    href = links.get((region, year), "")
    return {"state": row.state, "mark": MARKS[row.state], "title": about, "href": href}
