"""Text and Markdown: decoded, nothing else; front matter is read but stays in the text."""

from __future__ import annotations

from workbench.corpus.encodings import decode
from workbench.corpus.formats.extract import Extract


def read_plain(data: bytes, name: str) -> list[Extract]:
    """Return the decoded file, line ends untouched, with its front matter as metadata."""
    text, encoding = decode(data, name=name)
    return [Extract(text, encoding, read_front_matter(text))]


def read_front_matter(text: str) -> dict[str, str]:
    """Return the `name: value` pairs between the two ``---`` lines that open a Markdown file.

    Read line by line and not as YAML: titles with colons and quotation marks, as portals give
    them, are no YAML. Of a list its items are joined by blanks.
    """
    lines = text[:20_000].splitlines()
    if not lines or lines[0].strip() != "---":
        return {}
    values: dict[str, str] = {}
    name = ""
    for line in lines[1:]:
        if line.startswith("---"):
            return {key: value for key, value in values.items() if value}
        if line.startswith(("-", " ", "\t")) and name:
            values[name] = f"{values[name]} {line.strip(' -')}".strip()
            continue
        key, colon, value = line.partition(":")
        name = key.strip() if colon else ""
        if name:
            values[name] = value.strip().strip("\"'")
    return {}
