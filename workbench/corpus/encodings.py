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
_MARKS = "，。、；：？！“”‘’（）《》—…％\u3000"


def decode(data: bytes, *, name: str = "file") -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding; line ends stay, the BOM goes.

    A BOM decides; then strict UTF-8; then UTF-16 without a BOM (every other byte is a zero in
    ASCII and line ends); then charset-normalizer between GB18030 and Big5.

    Raises
    ------
    SeedError
        The bytes are no text in any of these encodings.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name), encoding
    guess: str | None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        guess = _guess(data)
        if guess is None:
            raise SeedError(
                f"{name}: expected text in UTF-8, UTF-16, GB18030 or Big5; found none of them; "
                "save the file as UTF-8, or give it the ending of its format."
            ) from None
        return _strict(data, guess, name), guess
    if "\x00" in text[:_SAMPLE]:
        guess = _guess(data)
        if guess is None:
            raise SeedError(f"{name}: expected text, found zero bytes; save the file as UTF-8 text.")
        return _strict(data, guess, name), guess
    return text, "utf-8"


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SeedError(
            f"{name}: expected text in {encoding}, found an invalid byte at {error.start}; "
            "the file may be cut off or not text; save it again as UTF-8."
        ) from error


def _guess(data: bytes) -> str | None:
    """Return the most plausible encoding of bytes that are not UTF-8, or None."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 4 and _plausible(sample, encoding) > 0.9:
            return encoding
    scores = {encoding: _plausible(sample, encoding) for encoding in ("gb18030", "big5")}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] > 0.9 else None


def _plausible(sample: bytes, encoding: str) -> float:
    """Return the share of characters that Chinese prose is made of: common Han, marks, ASCII text."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return 0.0
        text = sample[: error.start].decode(encoding)
    if not text:
        return 0.0
    good = sum("\u4e00" <= c <= "\u9fff" or c in "\n\r\t" or " " <= c <= "~" or c in _MARKS for c in text)
    return good / len(text)
