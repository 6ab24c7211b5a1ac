"""A writer of tiny PDFs for the tests: Chinese text at given places, nothing embedded."""

from collections.abc import Sequence

Placed = tuple[float, float, float, str]  # x, y from the bottom, size, text


def write_pdf(pages: Sequence[Sequence[Placed]], *, width: int = 595, height: int = 842) -> bytes:
    """Return a PDF whose pages hold the placed texts, in a font of the Adobe-GB1 collection."""
    font, fallback = 3, 4
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        font: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [%d 0 R] >>" % fallback,
        fallback: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
        b" /FontDescriptor 5 0 R /W [1 [250] 13 26 500] >>",
        5: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /Ascent 880 /Descent -120"
        b" /CapHeight 880 /StemV 93 /ItalicAngle 0 /FontBBox [0 -120 1000 880] >>",
    }
    kids = []
    for placed in pages:
        content = b"".join(
            b"BT /F1 %.1f Tf %.1f %.1f Td <%s> Tj ET\n"
            % (size, x, y, text.encode("utf-16-be").hex().encode())
            for x, y, size, text in placed
        )
        page, stream = len(objects) + 2, len(objects) + 3
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 %d 0 R >> >> >>" % (width, height, stream, font)
        )
        objects[stream] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
        kids.append(b"%d 0 R" % page)
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _file(objects, b"")


def write_encrypted_pdf() -> bytes:
    """Return a PDF that says it is encrypted with a password nobody knows."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 0 /Kids [] >>",
        3: b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32),
    }
    return _file(objects, b" /Encrypt 3 0 R /ID [<4142> <4142>]")


def _file(objects: dict[int, bytes], trailer: bytes) -> bytes:
    out = b"%PDF-1.4\n"
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(objects))
    return out + b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )


def typeset(paragraphs: Sequence[str], *, header: str = "", size: float = 12, measure: int = 30) -> bytes:
    """Return a PDF of indented paragraphs, `measure` characters a line, with page headers and numbers."""
    lines = []
    for paragraph in paragraphs:
        rest, indent = paragraph, 2
        while rest:
            room = (measure - indent) * 2
            cut = used = 0
            while cut < len(rest) and used < room:
                used += 1 if rest[cut].isascii() else 2
                cut += 1
            lines.append((indent, rest[:cut]))
            rest, indent = rest[cut:], 0
    pages = []
    for first in range(0, len(lines), 30):
        placed = [
            (72 + indent * size, 740 - 20 * row, size, text)
            for row, (indent, text) in enumerate(lines[first : first + 30])
        ]
        number = len(pages) + 1
        pages.append([*placed, (200, 800, 9, header), (290, 40, 9, f"— {number} —")])
    return write_pdf(pages)
