"""docs/tables.md says what the code declares."""

from pathlib import Path

from workbench.run.documentation import describe_tables

ROOT = Path(__file__).parents[2]


def test_tables_document_is_up_to_date():
    written = (ROOT / "docs" / "tables.md").read_text("utf-8")
    assert written == describe_tables(), "call make docs and commit docs/tables.md"
