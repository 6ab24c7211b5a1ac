"""docs/tables.md, written from the declared tables: ``python -m workbench.run.documentation``."""

from __future__ import annotations

from pathlib import Path

from workbench.tables import TABLES, Table

_HEAD = """# Tables

Generated from `workbench/tables.py` by `make docs`; do not edit. `start` and `end` count characters
in the unchanged text of the document: a quotation is `text[start:end]`.
`workbench export TABLE CORPUS -o FILE` writes any of these as `.csv .jsonl .parquet .xlsx .dta`.
"""


def describe_table(table: Table) -> str:
    """Return one table's declaration as Markdown."""
    key = ", ".join(f"`{name}`" for name in table.key) or "none"
    lines = [
        f"## {table.name}",
        "",
        f"One row: {table.row}. Key: {key}.",
        "",
        "| column | type | unit | meaning |",
        "| --- | --- | --- | --- |",
    ]
    for name, column in table.columns.items():
        codes = f" (one of: {', '.join(column.codes)})" if column.codes else ""
        lines.append(f"| `{name}` | {column.dtype} | {column.unit} | {column.meaning}{codes} |")
    return "\n".join(lines)


def describe_tables() -> str:
    """Return all declared tables as one Markdown document."""
    return "\n\n".join([_HEAD.rstrip(), *(describe_table(table) for table in TABLES.values())]) + "\n"


def main() -> None:
    """Write docs/tables.md below the working folder."""
    Path("docs/tables.md").write_text(describe_tables(), "utf-8")


if __name__ == "__main__":
    main()
