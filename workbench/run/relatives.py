"""The reports that a report stands beside: other years of its region, its superior, those below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Relatives:
    """Labels and document_ids: the other years in order, the superior and subordinates of the same year."""

    years: Sequence[tuple[str, str]] = field(default_factory=tuple)
    superior: Sequence[tuple[str, str]] = field(default_factory=tuple)
    below: Sequence[tuple[str, str]] = field(default_factory=tuple)

    def linked(self, link: Callable[[str], str | None]) -> dict[str, list[tuple[str, str]]]:
        """Return the groups with addresses for document_ids, of those that have a page; {} if none has."""
        groups = {"years": self.years, "superior": self.superior, "below": self.below}
        found = {name: [(label, link(one)) for label, one in group] for name, group in groups.items()}
        paged = {name: [(label, at) for label, at in group if at] for name, group in found.items()}
        return paged if any(paged.values()) else {}


def find_relatives(documents: pd.DataFrame) -> dict[str, Relatives]:
    """Return document_id -> its relatives.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS, one version of each report.
    """
    dated = documents.dropna(subset=["year"]).sort_values(["region", "year"], kind="stable")
    rows = [
        (str(row.document_id), str(row.region), int(row.year), "" if pd.isna(row.parent) else str(row.parent))
        for row in dated.itertuples()
    ]
    by_place: dict[tuple[str, int], list[str]] = {}
    of_region: dict[str, list[tuple[str, str]]] = {}
    below: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for one, region, year, parent in rows:
        by_place.setdefault((region, year), []).append(one)
        of_region.setdefault(region, []).append((str(year), one))
        below.setdefault((parent, year), []).append((f"{region} {year}", one))
    return {
        one: Relatives(
            years=tuple(other for other in of_region[region] if other[1] != one),
            superior=tuple((f"{parent} {year}", other) for other in by_place.get((parent, year), [])),
            below=tuple(below.get((region, year), [])),
        )
        for one, region, year, parent in rows
    }


def list_related(relatives: Mapping[str, Relatives], document_id: str) -> Relatives:
    """Return the relatives of a document; none where its year is not known."""
    return relatives.get(document_id, Relatives())
