"""Numbers as reports write them: Arabic and Chinese numerals, multipliers, fractions."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

import cn2an

MULTIPLIERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}

# Full-width signs to half-width ones, one character for one, so that offsets stay what they are.
_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９％﹪．／－–‑＋（）～∶："
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
    "\u3000\xa0\u2002\u2003\u2009\ufeff\u200b",
    "0123456789%%./---+()~::" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + " " * 7,
)
_FULL_WIDTH = re.compile(f"[{re.escape(''.join(map(chr, _HALF_WIDTH)))}]+")


def normalise(text: str) -> str:
    """Return a copy of the same length: half-width digits, signs and blanks, `一九八六年` as `1986年`."""
    half = _FULL_WIDTH.sub(lambda found: found[0].translate(_HALF_WIDTH), text)  # ten times str.translate
    return _CHINESE_YEAR.sub(_year_digits, half)


_CHINESE_YEAR = re.compile(r"[一二][九零〇○Ｏ][一二三四五六七八九零〇○Ｏ]{2}(?=年)")
_DIGITS = str.maketrans("一二三四五六七八九零〇○Ｏ", "1234567890000")


def _year_digits(match: re.Match[str]) -> str:
    return match.group().translate(_DIGITS)


@lru_cache(maxsize=65_536)
def read_number(digits: str, multiplier: str = "") -> float | None:
    """Return the value of a numeral times its multipliers, or None where it cannot be read.

    A numeral of multipliers alone (`百亿`, `千`) counts from one: 10,000,000,000 and 1,000.
    """
    if not digits:
        value = Decimal(1)
    elif digits[0].isascii():
        value = Decimal(digits.replace(",", "").replace("，", "").replace(" ", "").rstrip("."))
    else:
        read = _read_chinese(digits)
        if read is None:
            return None
        value = read
    for sign in multiplier:
        value *= MULTIPLIERS[sign]
    return float(value)


def _read_chinese(digits: str) -> Decimal | None:
    if all(sign in MULTIPLIERS for sign in digits):
        return Decimal(_product(digits))
    try:
        return Decimal(str(cn2an.cn2an(digits.replace("〇", "零"), "smart")))
    except (ValueError, KeyError):
        return None


def _product(signs: str) -> int:
    value = 1
    for sign in signs:
        value *= MULTIPLIERS[sign]
    return value
