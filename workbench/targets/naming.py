"""Numerals that name, date or order something instead of measuring it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbench.targets.cues import Unit, cue_pattern
from workbench.targets.values import MULTIPLIER_SIGNS, Number, Passed, Quantity

_INITIALS = re.compile(r"(?:GDP|CPI|PPI|PMI|R&D|EOD|AQI|TEU|VOCs|COD)$")
_LIST_BEFORE = re.compile(r"(?:^|[\n，。；、(（\[［【“\"《【* ])$")
_LIST_AFTER = re.compile(r"(?:[、。*)）\]］】”]|\.(?!，)|[ \n]|$)")
_LIST_NUMBER = re.compile(r"[0-9]{1,2}\.?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\.[0-9]{1,2})?")
_DAY_BEFORE = re.compile(r"(?:19|20)[0-9]{2}\.[0-9]{1,2}\.$")
_SCHEME = re.compile(r"(?:攻坚|提升|倍增)?(?:行动|攻坚战|计划)")
_FROM_LAST = re.compile(r"(?:(?<=[国省市区县])后|倒数)$")
_MEASURING = frozenset({"money", "times", "points", "area", "mass", "length", "tenths"})


def name_reason(text: str, number: Number, unit: Unit | None) -> str | None:
    """Return why a numeral names or orders something, from what touches it; None where nothing does.

    An empty reason marks a garbled number (`增长l0%`), to be listed and not to be lost.
    """
    before = text[max(0, number.start - 8) : number.start]
    last = before[-1:]
    if last.isascii() and last.isalnum() and not _INITIALS.search(before):
        garbled = last in ("l", "I", "o", "O") and not before[-2:-1].isascii() and unit is not None
        return "" if garbled else "name"
    if last == "-" and before[-2:-1].isalnum() and before[-2:-1].isascii():
        return "name"
    following = text[number.end : number.end + 1]
    if unit is None and following.isascii() and following.isalpha():
        return "name"
    if cue_pattern("numerals", "before_ordinal", after="[ ]?$").search(before):
        return "ordinal"
    return None


def is_named_measure(text: str, number: Number, unit: Unit, end: int) -> bool:
    """Whether a value with its unit belongs to a name: `国务院33条`, `500米公交站点覆盖率`."""
    before, after = text[max(0, number.start - 8) : number.start], text[end : end + 12]
    if unit.unit == "条":
        if number.spoken and re.match(r"优化|措施|政策|意见|举措", after):
            return True
        return bool(cue_pattern("numerals", "before_named_articles", after="$").search(before))
    ranks = unit.unit == "位" and cue_pattern("numerals", "before_rank_shift", after="$").search(before)
    if ranks or (unit.unit in ("位", "名") and _FROM_LAST.search(before)):
        return True
    if unit.kind not in ("count", "person", "money", "ratio") and _SCHEME.match(after):
        return True
    if unit.kind == "length":
        return bool(cue_pattern("numerals", "after_radius").match(after))
    return False


def spoken_counts(text: str, number: Number, unit: Unit, end: int, value: float) -> bool:
    """Whether a number in Chinese numerals counts something, and is no word (`一批`, `三个方面`)."""
    before, after = text[max(0, number.start - 8) : number.start], text[end : end + 12]
    if number.bare and number.digits != "十":
        return _magnitude_counts(number, unit, before, after)
    signs = set(number.digits)
    if unit.kind == "money" and not signs & set("百千万亿"):
        return False
    if value >= 10_000 or unit.kind in _MEASURING:
        return True
    if value < 2 or (len(number.digits) > 1 and not signs & MULTIPLIER_SIGNS):
        return False
    if cue_pattern("numerals", "before_word", after="$").search(before):
        return False
    return unit.kind in ("count", "person") and not cue_pattern("numerals", "abstract").match(after)


def _magnitude_counts(number: Number, unit: Unit, before: str, after: str) -> bool:
    """Whether a magnitude without a digit (`亿元`, `上千户`) is a number."""
    if unit.kind == "money" and cue_pattern("numerals", "denominators").match(after):
        return False
    if cue_pattern("numerals", "before_magnitude", after="$").search(before):
        return True
    if unit.kind == "power" or (unit.unit in ("个", "项") and number.digits in ("百", "千")):
        return bool(re.match(r"[一-鿿]", after)) and not re.search(r"[千百上万]$", before)
    return unit.kind == "money" and bool(cue_pattern("numerals", "after_magnitude").match(after))


def measures_time(text: str, start: int, unit: Unit, end: int) -> bool:
    """Whether a duration or an age is a value (`压减至5个工作日`), not a date or a name."""
    before, after = text[max(0, start - 14) : start], text[end : end + 6]
    if unit.kind == "year":
        return bool(cue_pattern("numerals", "before_years", after=r"[^，。；]{0,6}$").search(before))
    if unit.kind == "age":
        follows = cue_pattern("numerals", "after_age").match(after)
        return bool(follows or cue_pattern("numerals", "before_age", after="$").search(before))
    lasts = cue_pattern("numerals", "before_duration", after="[ ]?$").search(before)
    return bool(lasts) and not cue_pattern("numerals", "after_duration_name").match(after)


def digits_reason(text: str, number: Number) -> str:
    """Return what digits without a unit are, empty where they are nothing that is known."""
    before, after = text[max(0, number.start - 8) : number.start], text[number.end : number.end + 6]
    if cue_pattern("numerals", "after_date").match(after) or _YEAR.fullmatch(number.digits):
        return "date"
    if _DAY_BEFORE.search(before):
        return "date"
    if cue_pattern("numerals", "after_name").match(after):
        return "name"
    listed = _LIST_NUMBER.fullmatch(number.digits) is not None
    if listed and _LIST_BEFORE.search(before or "\n") and _LIST_AFTER.match(after):
        return "list"
    return ""


def outside_names(
    text: str,
    found: Quantity | Passed,
    titles: Mapping[int, tuple[int, int]],
    quotes: Mapping[int, tuple[int, int]],
) -> Quantity | Passed:
    """Pass over what stands in a title or is a code in quotation marks."""
    if isinstance(found, Passed):
        named = found.start in titles or found.start in quotes
        return Passed(found.start, found.end, found.reason or ("name" if named else ""))
    if found.start in titles:
        return Passed(found.start, found.end, "title")
    if (pair := quotes.get(found.start)) is not None and _is_coined(text, found, pair):
        return Passed(found.start, found.end, "name")
    return found


def _is_coined(text: str, found: Quantity, pair: tuple[int, int]) -> bool:
    """Whether words in quotation marks are a name: short, in Chinese numerals, or a scheme's."""
    short = pair[1] - pair[0] - 2 <= found.end - found.start + 2
    follows = cue_pattern("numerals", "after_quoted_name").match(text, pair[1])
    if found.unit == "条" and found.end >= pair[1] - 1:
        return True
    coined = cue_pattern("numerals", "coined", after='[”"’]?$').search(text[pair[0] : pair[1]])
    return bool(short or found.spoken or follows or coined)
