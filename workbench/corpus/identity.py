"""Identity: what a document is, each trait with the evidence it was inferred from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from workbench.corpus.evidence import Evidence, find_dates, find_region_evidence, find_titles, find_years
from workbench.corpus.genres import find_completeness, find_genre
from workbench.corpus.openings import split_parts
from workbench.corpus.readers import Reading
from workbench.corpus.regions import Region
from workbench.tables import Column, Table

FIELDS = (
    "region",
    "region_code",
    "level",
    "parent",
    "province",
    "year",
    "genre",
    "completeness",
    "title",
    "date",
)
CONFIDENCES = ("certain", "high", "medium", "low")

IDENTITY = Table(
    "identity",
    "piece of evidence for what a document is",
    (),
    {
        "document_id": Column("str", "document, REGION_YEAR"),
        "field": Column("str", "what is inferred", codes=FIELDS),
        "value": Column("str", "value inferred", nullable=True),
        "evidence": Column("str", "where it stands and the words it was inferred from"),
        "confidence": Column("str", "certain is the manifest's word", codes=CONFIDENCES),
        "used": Column("bool", "this is the evidence that was followed"),
    },
)


@dataclass(frozen=True)
class Identity:
    """What a document is: the evidence for each field, the evidence that is followed first."""

    document_id: str
    evidence: Mapping[str, Sequence[Evidence]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Return the value of a field, empty where nothing is known."""
        found = self.evidence.get(name)
        return found[0].value if found else ""


def infer_identity(readings: Iterable[Reading]) -> pd.DataFrame:
    """Return IDENTITY: one row a piece of evidence, that which is followed marked `used`.

    The manifest is final. Then the name of file and folder, what the file says of itself (front
    matter, properties, columns), the title, the first lines, the text. One exception: two
    independent cues in the text that agree on the year planned for (session, headings, goals)
    win over a year in the name, because many portals name a report by the year it reviews.
    """
    rows = [
        (identity.document_id, item.field, item.value, item.evidence, item.confidence, rank == 0)
        for identity in (identify(reading) for reading in readings if not reading.problem)
        for items in identity.evidence.values()
        for rank, item in enumerate(items)
    ]
    return IDENTITY.frame(rows)


def identify(reading: Reading) -> Identity:
    """Return what the document is, with all evidence."""
    given = reading.given
    parts = split_parts(reading.text, reading.metadata.get("title", ""))
    found: dict[str, list[Evidence]] = {name: [] for name in FIELDS}
    for name in FIELDS:
        if given.get(name):
            found[name].append(Evidence(name, given[name], "documents.csv", "certain"))
    found["year"] += find_years(reading, parts)
    year = int(found["year"][0].value) if found["year"] else None
    region, evidence = find_region_evidence(reading, parts, year)
    found["region"] += evidence
    for item in _traits(region, year, given):
        found[item.field].append(item)
    genre = find_genre(parts)
    found["genre"].append(Evidence("genre", genre.value, genre.evidence, genre.confidence))
    whole = find_completeness(parts, found["genre"][0].value)
    found["completeness"].append(Evidence("completeness", whole.value, whole.evidence, whole.confidence))
    found["title"] += find_titles(reading, parts)
    found["date"] += find_dates(reading, parts)
    return Identity(reading.document_id, {name: items for name, items in found.items() if items})


def _traits(region: Region, year: int | None, given: Mapping[str, str]) -> list[Evidence]:
    """Return code, level, parent and province as they follow from the region and the year."""
    if "region_code" in given and not given["region_code"] and given.get("level"):
        # The manifest knows the region and says that it has no code.
        code = Evidence("region_code", "", "documents.csv", "certain")
    else:
        valid = "" if region.years_off(year or region.valid_from) == 0 else ", nearest valid year"
        code = Evidence(
            "region_code", region.code, f"GB/T 2260 in {year or 'the last year known'}{valid}", "high"
        )
    sure = "low" if region.level == "unknown" else "high"
    traits = [(name, getattr(region, name)) for name in ("level", "parent", "province")]
    return [code, *(Evidence(name, value, f"follows from {region.name}", sure) for name, value in traits)]
