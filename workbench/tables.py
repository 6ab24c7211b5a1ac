"""The tables of the workbench, each declared once: row, key, columns, units.

Every function that makes a table ends with ``return NAME.check(frame)``, so that a wrong table
fails where it is made and not in a figure. `start` and `end` are always character offsets into
the unchanged text of the document, so a quotation is ``text[start:end]``.
"""

from __future__ import annotations

from workbench.declaration import Column, Table

__all__ = ["TABLES", "Column", "Table"]

PARTS = ("front", "review", "plan", "longterm", "livelihood", "party", "glossary", "closing")
LEVELS = ("national", "province", "prefecture", "county", "functional zone", "township", "unknown")

_DOCUMENT = Column("str", "document, REGION_YEAR")
_START = Column("int64", "first character in the text of the document", "characters")
_END = Column("int64", "after the last character in the text of the document", "characters")
_SECTION = Column("int64", "number of the section in its document, from 0")
_SENTENCE = Column("int64", "number of the sentence in its document, from 0")
_PART = Column("str", "part of the report", codes=PARTS)

DOCUMENTS = Table(
    "documents",
    "document",
    ("document_id",),
    {
        "document_id": _DOCUMENT,
        "region": Column("str", "region that reports, in Chinese"),
        "region_code": Column("str", "GB/T 2260 code valid in the year; empty for zones", nullable=True),
        "level": Column("str", "level of the region", codes=LEVELS),
        "parent": Column("str", "region directly above", nullable=True),
        "province": Column("str", "province-level unit of the region", nullable=True),
        "year": Column("Int64", "year that the report plans for", "year", nullable=True),
        "genre": Column("str", "kind of text: full report, excerpt, digest, plenum news …", nullable=True),
        "title": Column("str", "title as found", nullable=True),
        "date": Column("str", "date of delivery or publication, as far as known (ISO)", nullable=True),
        "source": Column("str", "address or edition the text was taken from", nullable=True),
        "path": Column("str", "file, relative to the corpus folder"),
        "sha256": Column("str", "SHA-256 of the file's bytes"),
        "encoding": Column("str", "encoding the file was read with"),
        "characters": Column("int64", "length of the text", "characters"),
        "noise_characters": Column("int64", "characters marked as noise", "characters"),
    },
)

NOISE = Table(
    "noise",
    "stretch of text that is not the report's",
    ("document_id", "start"),
    {"document_id": _DOCUMENT, "start": _START, "end": _END, "reason": Column("str", "why it is noise")},
)

SECTIONS = Table(
    "sections",
    "section (a heading with the text below it, up to the next heading)",
    ("document_id", "section"),
    {
        "document_id": _DOCUMENT,
        "section": _SECTION,
        "depth": Column("int64", "depth of the heading, 0 for text before any heading"),
        "heading": Column("str", "heading as found, empty where there is none", nullable=True),
        "part": _PART,
        "start": _START,
        "end": _END,
    },
)

SENTENCES = Table(
    "sentences",
    "sentence",
    ("document_id", "sentence"),
    {
        "document_id": _DOCUMENT,
        "sentence": _SENTENCE,
        "section": _SECTION,
        "part": _PART,
        "start": _START,
        "end": _END,
    },
)

TOKENS = Table(
    "tokens",
    "token",
    ("document_id", "start"),
    {
        "document_id": Column("category", "document, REGION_YEAR"),
        "sentence": _SENTENCE,
        "start": _START,
        "end": _END,
        "token": Column("category", "word as cut"),
        "pos": Column("category", "part of speech of the dictionary (ICTCLAS tags)", nullable=True),
    },
)

TERM_COUNTS = Table(
    "term_counts",
    "document and term that occurs in it",
    ("document_id", "term"),
    {
        "document_id": Column("category", "document, REGION_YEAR"),
        "term": Column("category", "word as cut"),
        "count": Column("int64", "times that the term occurs in the document", "tokens"),
    },
)

KINDS = ("numeric", "qualitative")
MEASURES = ("level", "growth", "increment", "share")
BOUNDS_NUMERIC = ("exact", "about", "at_least", "at_most", "range")
BOUNDS_QUALITATIVE = (
    "in_step",
    "faster_than",
    "full_coverage",
    "breakthrough",
    "stable",
    "assigned",
    "doubling",
)
STATUSES = ("target", "result", "qualifier", "context")

STATEMENTS = Table(
    "statements",
    "statement (one value, or one goal without a number, said of one thing)",
    (),
    {
        "kind": Column("str", "with a number or without", codes=KINDS),
        "document_id": _DOCUMENT,
        "start": _START,
        "end": _END,
        "quote": Column("str", "value or cue, to the letter"),
        "indicator": Column("str", "what is measured, in the document's words", nullable=True),
        "indicator_id": Column("str", "id in indicators.csv, else empty", nullable=True),
        "measure": Column("str", "level, growth, increment or share", codes=MEASURES),
        "direction": Column("str", "of growth and increments", codes=("up", "down"), nullable=True),
        "low": Column("float64", "lower number in the base unit", "unit", nullable=True),
        "high": Column("float64", "upper number in the base unit", "unit", nullable=True),
        "unit": Column("str", "base unit, multipliers taken out", nullable=True),
        "bound": Column("str", "how the value binds", codes=BOUNDS_NUMERIC + BOUNDS_QUALITATIVE),
        "status": Column("str", "target, result, qualifier or context", codes=STATUSES),
        "period": Column("str", "time that the value is for", nullable=True),
        "strength": Column("str", "word of commitment in the clause", nullable=True),
        "section": _SECTION,
        "part": _PART,
        "sentence": _SENTENCE,
        "evidence": Column("str", "the sentence, to the letter"),
        "rule": Column("str", "rule that made the row"),
    },
)

FORMS = ("stated", "relative", "delegated", "qualitative", "absent")
CONSTRAINTS = ("hard", "soft", "unmarked", "none")
OUTCOMES = ("met", "exceeded", "missed", "reported without a number", "not reported", "no report")

TARGET_PANEL = Table(
    "target_panel",
    "document, canonical indicator and measure (form absent: document and indicator)",
    (),
    {
        "document_id": _DOCUMENT,
        "region": Column("str", "region that reports"),
        "region_code": Column("str", "GB/T 2260 code", nullable=True),
        "level": Column("str", "level of the region", codes=LEVELS),
        "year": Column("Int64", "year that the target is for", "year", nullable=True),
        "indicator_id": Column("str", "id in indicators.csv"),
        "indicator": Column("str", "what is measured, in the document's words", nullable=True),
        "form": Column("str", "how the target is given", codes=FORMS),
        "measure": Column("str", "level, growth, increment or share", codes=MEASURES, nullable=True),
        "direction": Column("str", "down for a decrease, whose number is positive", nullable=True),
        "low": Column("float64", "lower number", "unit", nullable=True),
        "middle": Column("float64", "middle of lower and upper number", "unit", nullable=True),
        "high": Column("float64", "upper number", "unit", nullable=True),
        "unit": Column("str", "base unit", nullable=True),
        "bound": Column(
            "str", "how the value binds", codes=BOUNDS_NUMERIC + BOUNDS_QUALITATIVE, nullable=True
        ),
        "strength": Column("str", "word of commitment", nullable=True),
        "constraint": Column(
            "str",
            "hard or soft, as commitment.csv codes strength and bound",
            codes=CONSTRAINTS,
            nullable=True,
        ),
        "stretch": Column("bool", "a better result is to be striven for"),
        "stretch_value": Column("float64", "the second number striven for, if any", "unit", nullable=True),
        "quote": Column("str", "value or cue, to the letter", nullable=True),
        "evidence": Column("str", "the sentence, to the letter", nullable=True),
        "start": Column("Int64", "first character", "characters", nullable=True),
        "end": Column("Int64", "after the last character", "characters", nullable=True),
        "result_document_id": Column("str", "next year's report of the region", nullable=True),
        "result_low": Column("float64", "lower number reported", "unit", nullable=True),
        "result_high": Column("float64", "upper number reported", "unit", nullable=True),
        "gap": Column("float64", "result less target, both at their middle", "unit", nullable=True),
        "gap_low": Column("float64", "result less target, lower numbers", "unit", nullable=True),
        "gap_high": Column("float64", "result less target, upper numbers", "unit", nullable=True),
        "outcome": Column("str", "what became of the target", codes=OUTCOMES, nullable=True),
        "superior_document_id": Column("str", "report of the superior for the year", nullable=True),
        "superior_low": Column("float64", "lower number of the superior's target", "unit", nullable=True),
        "superior_high": Column("float64", "upper number of the superior's target", "unit", nullable=True),
        "amplification": Column("float64", "local less superior target, middles", "unit", nullable=True),
        "amplification_low": Column("float64", "the same, lower numbers", "unit", nullable=True),
        "amplification_high": Column("float64", "the same, upper numbers", "unit", nullable=True),
    },
)

SEVERITIES = ("error", "warning", "note")

FINDINGS = Table(
    "findings",
    "finding",
    (),
    {
        "document_id": _DOCUMENT,
        "severity": Column("str", "how bad", codes=SEVERITIES),
        "kind": Column("str", "what sort of finding"),
        "start": Column("Int64", "first character, where it has a place", "characters", nullable=True),
        "end": Column("Int64", "after the last character", "characters", nullable=True),
        "message": Column("str", "what was found"),
        "advice": Column("str", "what to do"),
    },
)

THEME_MATCHES = Table(
    "theme_matches",
    "occurrence of a theme's term",
    (),
    {
        "document_id": _DOCUMENT,
        "sentence": _SENTENCE,
        "theme": Column("str", "id in themes.csv"),
        "term": Column("str", "term of the lexicon"),
        "start": _START,
        "end": _END,
    },
)

SENTENCE_THEMES = Table(
    "sentence_themes",
    "sentence",
    ("document_id", "sentence"),
    {
        "document_id": _DOCUMENT,
        "sentence": _SENTENCE,
        "start": _START,
        "end": _END,
        "primary": Column("str", "theme that most of its words are about, or none"),
        "secondary": Column("str", "up to two further themes, joined by |", nullable=True),
    },
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        DOCUMENTS,
        NOISE,
        SECTIONS,
        SENTENCES,
        TOKENS,
        TERM_COUNTS,
        STATEMENTS,
        TARGET_PANEL,
        FINDINGS,
        THEME_MATCHES,
        SENTENCE_THEMES,
    )
}
