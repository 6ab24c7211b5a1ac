"""Word (.docx): paragraphs and tables in the order of the document, automatic numbers restored."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from workbench.corpus.formats.archives import check_sizes
from workbench.corpus.formats.extract import Extract, join_paragraphs
from workbench.corpus.formats.numbering import Numbering
from workbench.errors import SeedError

# Runs in insertions, links and fields count; deletions and text boxes (drawn twice) do not.
_WORDS = (
    ".//w:t[not(ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent)]"
    "|.//w:tab[not(ancestor::w:pPr)]|.//w:br|.//w:cr|.//w:noBreakHyphen"
)


def read_docx(data: bytes, name: str) -> list[Extract]:
    """Return the text of a Word file, one line a paragraph, cells of a row joined by tabs.

    Raises
    ------
    SeedError
        The file is no .docx, is encrypted, or unpacks to more than a report can hold.
    """
    _check_archive(data, name)
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise SeedError(
            f"{name}: expected a Word document, found an archive without one ({error}); "
            "save it again as .docx."
        ) from error
    properties = document.core_properties
    metadata = {"title": properties.title or "", "created": str(properties.created or "")[:10]}
    text = join_paragraphs(_paragraphs(document))
    return [Extract(text, "docx", {key: value for key, value in metadata.items() if value})]


def _check_archive(data: bytes, name: str) -> None:
    """Refuse what is no .docx before anything is unpacked: zipfile unpacks no more than is declared."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SeedError(
            f"{name}: expected a .docx, found an old .doc or an encrypted file; "
            "open it in Word and save it as .docx without a password."
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise SeedError(
            f"{name}: expected a .docx, found a file that is no archive ({error}); save it again as .docx."
        ) from error
    check_sizes(archive, name, ".docx")
    try:
        broken = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        broken = str(error)
    if broken:
        raise SeedError(f"{name}: expected a .docx, found a damaged one ({broken}); get it again.")


def _paragraphs(document: Any) -> Iterator[str]:
    numbering = Numbering(document)
    for block in document.element.body.iterchildren():
        if block.tag.endswith("}p"):
            yield numbering.label(block) + _words(block)
        elif block.tag.endswith("}tbl"):
            for row in block.iter("{*}tr"):
                cells = ("".join(_words(p) for p in cell.iter("{*}p")) for cell in row.iterchildren("{*}tc"))
                yield "\t".join(cells)
        elif block.tag.endswith("}sdt"):
            yield from (numbering.label(p) + _words(p) for p in block.iter("{*}p"))


def _words(paragraph: Any) -> str:
    pieces = []
    for node in paragraph.xpath(_WORDS):
        tag = node.tag.rsplit("}", 1)[1]
        pieces.append({"t": node.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(tag, "\n"))
    return "".join(pieces)
