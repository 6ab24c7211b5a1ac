"""The lines of a check: worst first, each kind with its number, evidence with its words."""

from workbench.corpus.identity import IDENTITY
from workbench.run.checking import SHOWN, summarise_findings, summarise_identity
from workbench.tables import FINDINGS


def finding(severity, kind, start=None, message="is odd"):
    return ("甲区_2024", severity, kind, start, None if start is None else start + 2, message, "look at it")


def test_findings_are_told_by_kind_the_worst_first():
    findings = FINDINGS.frame(
        [finding("note", "length"), finding("error", "not read", 3), finding("note", "length")]
    )
    assert list(summarise_findings(findings)) == [
        "1 error, 0 warnings, 2 notes",
        "",
        "error: not read (1)",
        "  甲区_2024 3-5: is odd; look at it",
        "",
        "note: length (2)",
        "  甲区_2024: is odd; look at it",
        "  甲区_2024: is odd; look at it",
    ]


def test_many_findings_of_a_kind_are_counted_not_printed():
    lines = list(summarise_findings(FINDINGS.frame([finding("note", "length")] * (SHOWN + 3))))
    assert lines[-1] == "  and 3 more"
    assert len(lines) == SHOWN + 4


def test_no_finding_is_said_in_a_line():
    assert list(summarise_findings(FINDINGS.empty())) == ["0 errors, 0 warnings, 0 notes"]


def test_evidence_is_told_the_least_certain_first():
    rows = [
        ("甲区_2024", "year", "2024", "name: 甲区_2024", "high", True),
        ("乙区_2024", "year", "2024", "mentions: 2023年", "low", True),
        ("乙区_2024", "year", "2023", "name: 乙区_2023", "medium", False),
        ("丙区_2024", "year", "2024", "documents.csv", "certain", True),
    ]
    lines = list(summarise_identity(IDENTITY.frame(rows)))
    place = lines.index("year: 1 from documents.csv, 2 inferred")
    assert lines[place + 1 : place + 3] == [
        "  乙区_2024: 2024 (low), from mentions: 2023年",
        "  甲区_2024: 2024 (high), from name: 甲区_2024",
    ]
