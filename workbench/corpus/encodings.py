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
# Every fourth character or more of a report is one of these; of a text decoded wrongly, hardly one.
_COMMON = frozenset(
    "的一是在不了有和人中大为上个国以要到作地于出分会可主发年动同工也能下过产行面方多定学法所民得经十三进等部度家力化高理"
    "实加量体制业本全各重新建设展推政市省区县，。、；：“”"
    "爲國會發動產學經進實體業設業們這來時對後過點種問題關於與將應開現報務義還區縣"
)
_SHARE = 0.1
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")


def decode(data: bytes, *, name: str = "file", declared: str = "") -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding; line ends stay, the BOM goes.

    A BOM decides; then strict UTF-8; then what the file declares; then that of UTF-16, GB18030 and
    Big5 in which the text has the characters that every report has (a general detector needs
    seconds for a report and takes short GB18030 texts for Korean or Cyrillic).

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
    sample = data[:_SAMPLE]
    shares = {name: _share_of_common(sample, name) for name in _CANDIDATES}
    best = max(shares, key=lambda name: shares[name])
    if declared.lower().startswith("gb") and shares.get("gb18030"):
        best = "gb18030"
    elif shares[best] < _SHARE:
        best = ""
    return best


def _share_of_common(sample: bytes, encoding: str) -> float:
    """Return the share of common characters among those that are not ASCII; 0 if it does not decode."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(sample)
    except UnicodeDecodeError:
        return 0.0
    wide = [character for character in text if character > "\x7f"]
    return sum(character in _COMMON for character in wide) / len(wide) if wide else 0.0
