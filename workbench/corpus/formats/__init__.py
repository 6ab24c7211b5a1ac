"""One reader a format: bytes in, text and what the file says of itself out."""

from __future__ import annotations

from collections.abc import Callable

from workbench.corpus.formats.extract import Extract
from workbench.corpus.formats.page import read_html
from workbench.corpus.formats.pdf import read_pdf
from workbench.corpus.formats.plain import read_plain
from workbench.corpus.formats.table import read_csv
from workbench.corpus.formats.word import read_docx

Reader = Callable[[bytes, str], list[Extract]]

# In the order of preference where one document is there in several formats.
READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".csv": read_csv,
    ".pdf": read_pdf,
}
# Documents that are not read; a finding says so, where other files are passed over in silence.
UNREAD = (".doc", ".wps", ".rtf", ".odt", ".ofd", ".xls", ".xlsx", ".caj", ".epub", ".mht", ".ceb")

__all__ = ["READERS", "UNREAD", "Extract", "Reader"]
