"""Bytes to text: the encodings that reports come in, recognised and named."""

from __future__ import annotations

import codecs

from workbench.errors import SeedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65536
# What is tried where neither a BOM nor UTF-8 decides.
_CANDIDATES = ["gb18030", "big5hkscs", "utf_16_le", "utf_16_be"]


def decode(data: bytes, *, name: str = "file", declared: str = "") -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding; line ends stay, the BOM goes.

    A BOM decides; then strict UTF-8; then charset-normalizer between GB18030, Big5 and UTF-16
    without a BOM; what a page declares counts only where that finds nothing.

    Raises
    ------
    SeedError
        The bytes are no text in any of these encodings.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name), encoding
    broken = -1
    try:
        text = data.decode("utf-8")
        if "\x00" not in text[:_SAMPLE]:
            return text, "utf-8"
    except UnicodeDecodeError as error:
        broken = error.start
    guess = _guess(data, declared)
    if guess:
        return _strict(data, guess, name), guess
    if broken > 1000:
        raise SeedError(
            f"{name}: expected text in UTF-8, found an invalid byte at {broken:,}; "
            "the file is cut off or damaged there: get it again, or save it as UTF-8."
        )
    raise SeedError(
        f"{name}: expected text in UTF-8, UTF-16, GB18030 or Big5, found bytes that are none of them; "
        "save the file as UTF-8, or give it the ending of its format."
    )


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SeedError(
            f"{name}: expected text in {encoding}, found an invalid byte at {error.start:,}; "
            "the file is cut off or damaged there: get it again, or save it as UTF-8."
        ) from error


def _guess(data: bytes, declared: str) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8, empty if none gives Chinese text."""
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_CANDIDATES, preemptive_behaviour=False).best()
    if best is None and declared.lower().startswith("gb"):
        return "gb18030"
    return best.encoding.replace("_", "-") if best else ""
