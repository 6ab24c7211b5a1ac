"""Which documents a region and a year name, and what to say of a name that none has."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import pandas as pd

from workbench.errors import ParameterError


def choose_documents(
    documents: pd.DataFrame,
    *,
    region: str | Iterable[str] | None,
    year: int | Iterable[int] | None,
    document_id: str | Iterable[str] | None = None,
    where: str,
) -> list[str]:
    """Return the ids of the DOCUMENTS of these regions, years and ids; an empty string or None takes all.

    Raises
    ------
    ParameterError
        No report of that region, or none of that year; the message begins with `where` and names
        what there is.
    """
    regions = _as_list(region)
    years = [int(value) for value in _as_list(year)]
    _require("region", regions, documents["region"], where)
    kept = documents
    if regions:
        kept = kept[kept["region"].isin(regions)]
    _require("year", years, kept["year"], where)
    if years:
        kept = kept[kept["year"].isin(years)]
    names = _as_list(document_id)
    _require("document_id", names, kept["document_id"], where)
    if names:
        kept = kept[kept["document_id"].isin(names)]
    if kept.empty:
        raise ParameterError(f"{where}: no report of {', '.join(regions)} for {years}.")
    return list(kept["document_id"])


def _require(field: str, wanted: list, found: pd.Series, where: str) -> None:
    present = sorted(set(found.dropna()))
    for value in wanted:
        if value not in present:
            near = difflib.get_close_matches(str(value), map(str, present), n=3, cutoff=0.3)
            raise ParameterError(
                f"{where}: no report with {field} {value!r}; "
                f"{'nearest: ' + ', '.join(near) if near else 'there are ' + _few(present)}."
            )


def _as_list(value: object) -> list:
    if value is None or value == "" or value == 0:
        return []
    if isinstance(value, Iterable) and not isinstance(value, str):
        return list(value)
    return [value]


def _few(values: list, most: int = 12) -> str:
    shown = ", ".join(map(str, values[:most]))
    return shown + (f" and {len(values) - most} more" if len(values) > most else "")
