"""Quantities in a text: numbers with their units, and what looks like one but names or dates something.

Everything here is about the value expression alone; what it measures is found in `statements`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from workbench.targets.cues import Unit, cue_pattern, read_units
from workbench.targets.numerals import normalise, read_number

ARABIC = r"\d{1,3}(?:，\d{3})+(?=[万亿])|\d(?: \d)+(?![ ]?\d)|\d+ \.\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.·][ ]?\d+(?=%)|\.\d+)?(?:\.(?=%))?"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?"
_DASH = re.compile(r"[ ]?(?:--|——|[-—~至到])[ ]?")
_FRACTION = re.compile(
    rf"(?P<whole>[一二两三四五六七八九十百千万]+)分之"
    rf"(?P<low>{CHINESE}|{ARABIC})(?:(?:[-—~至到]|——)(?P<high>{CHINESE}|{ARABIC}))?"
)
_PARTS = {"百": "%", "千": "‰"}
_CODE = re.compile(r"\d+(?:[+×x][0-9A-ZN]+)+|\d+(?:·\d+)+(?!%)")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+")
_SLASH = re.compile(r"(\d{1,4})/(\d{1,4})(?!\d|/)")
_INITIALS = re.compile(r"(?:GDP|CPI|PPI|PMI|R&D|EOD|AQI|TEU|VOCs|COD)$")


_VOLTAGE = re.compile(r"(?:及?以[上下])?(?:变电|输变电|输电|线路|电网|等级)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value expression: its span, its numbers in the base unit and how it is written."""

    start: int
    end: int
    low: float
    high: float
    unit: str
    kind: str
    vague: bool = False
    spoken: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """A numeral that is no quantity, with the reason; an empty reason means that none was found."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Number:
    """A numeral with its multipliers, before a unit is looked for."""

    end: int
    digits: str
    times: str
    vague: bool
    vague_length: int

    @property
    def value(self) -> float | None:
        return read_number(self.digits, self.times)


@cache
def _number_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<digits>{ARABIC}|{CHINESE})[ ]?(?P<times>(?:(?<=[\d ])[十百千万亿]{{1,3}})?)"
        r"(?P<vague>[余多几]?)(?P<more>(?:(?<=[余多几])(?:万亿|[百千万亿]))?)(?P<late>多?)"
    )


@cache
def _candidate_pattern() -> re.Pattern[str]:
    """Return the pattern of any place where a quantity may begin."""
    follows = "".join(sorted({u.unit[0] for u in read_units().values() if u.chinese} | set("余多几分成倍")))
    return re.compile(
        rf"\d|[一二两三四五六七八九十百千万]+分之|[一二两三四五六七八九十百千万亿]+(?=[{re.escape(follows)}点])"
        r"|[一二两三五六七八九十百千万]*[万百千十]?亿"
    )


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text in order; spans are offsets in the text as given."""
    return [found for found in scan_numerals(text) if isinstance(found, Quantity)]


def scan_numerals(text: str) -> Iterator[Quantity | Passed]:
    """Yield each numeral of a text in order: a quantity, or what is passed over and why.

    Time is linear in the length of the text; the spans of the results do not overlap.
    """
    plain = normalise(text)
    titles = _enclosed(plain, r"《[^《》\n]{1,60}》")
    quotes = _enclosed(plain, r"“[^“”\n]{1,24}”|\"[^\"\n]{1,24}\"|‘[^‘’\n]{1,24}’")
    search = _candidate_pattern().search
    position = 0
    while (match := search(plain, position)) is not None:
        found = _read_at(plain, match.start(), titles, quotes)
        position = max(found.end, match.start() + 1)
        if isinstance(found, Quantity) or plain[found.start].isascii():
            yield found


def _enclosed(text: str, pattern: str) -> dict[int, tuple[int, int]]:
    """Return for each place that holds a numeral inside a pair of signs the span of the pair."""
    return {
        match.start() + offset.start(): match.span()
        for match in re.finditer(pattern, text)
        for offset in re.finditer(r"[0-9一二两三四五六七八九十百千万亿]", match.group())
    }


def _read_at(
    text: str, start: int, titles: dict[int, tuple[int, int]], quotes: dict[int, tuple[int, int]]
) -> Quantity | Passed:
    for pattern, read in ((_FRACTION, _fraction), (_CODE, _code), (_RATIO, _ratio), (_SLASH, _slash)):
        if (match := pattern.match(text, start)) is not None and (whole := read(text, match)) is not None:
            return _outside(text, whole, titles, quotes)
    number = _number_at(text, start)
    if number is None:
        return Passed(start, start + 1, "word")
    return _outside(text, _with_unit(text, start, number), titles, quotes)


def _fraction(text: str, match: re.Match[str]) -> Quantity | None:
    whole, low = read_number(match["whole"]), read_number(match["low"])
    high = read_number(match["high"]) if match["high"] else low
    if whole is None or low is None or high is None or whole == 0:
        return None
    unit = _PARTS.get(match["whole"], "")
    over = 1.0 if unit else whole
    return Quantity(*match.span(), low / over, high / over, unit, "ratio", spoken=True)


def _code(text: str, match: re.Match[str]) -> Passed:
    return Passed(*match.span(), "code")


def _ratio(text: str, match: re.Match[str]) -> Quantity | Passed:
    parts = match.group().split(":")
    before = text[max(0, match.start() - 20) : match.start()]
    if len(parts) != 2 or float(parts[1]) == 0 or not re.search(r"比[^，。；]{0,16}$", before):
        return Passed(*match.span(), "ratio or time")
    value = float(parts[0]) / float(parts[1])
    return Quantity(*match.span(), round(value, 6), round(value, 6), "", "index")


def _slash(text: str, match: re.Match[str]) -> Quantity | Passed:
    above, below = (int(part) for part in match.groups())
    if below < 2 or above >= below or below > 100:
        return Passed(*match.span(), "date or code")
    return Quantity(*match.span(), above / below, above / below, "", "ratio")


def _number_at(text: str, start: int) -> _Number | None:
    match = _number_pattern().match(text, start)
    if match is None:
        return None
    digits, times, end = match["digits"], match["times"] + match["more"], match.end()
    vague = bool(match["vague"] or match["late"])
    if times.endswith("千") and not vague and (unit := unit_at(text, end - 1)[0]) and unit.unit.startswith("千"):
        end, times = end - 1, times[:-1]
    if not vague and text[end - 1] == " ":
        end -= 1
    trailing = len(match["late"]) or (0 if match["more"] else len(match["vague"]))
    return _Number(end, digits.replace("·", ".").replace(" ", ""), times, vague, trailing)


def unit_at(text: str, start: int, *, spoken: bool = False) -> tuple[Unit | None, int]:
    """Return the longest unit that stands at a place (one blank may precede) and where it ends."""
    units = read_units()
    if text[start : start + 1] == " ":
        start += 1
    for length in range(min(6, len(text) - start), 0, -1):
        unit = units.get(text[start : start + length])
        if unit is not None and unit.fits(text, start + length, spoken=spoken):
            return unit, start + length
    return None, start


_POINTS = re.compile(r"(?:[、和及与]|到|至)\d+(?:\.\d+)?个百分点")
_LISTED = re.compile(r"[、和及与](?:\d+(?:\.\d+)?[、和及与])*\d+(?:\.\d+)?(?=%|‰|个百分点)")


def _shared_unit(text: str, start: int, number: _Number, unit: Unit | None, end: int) -> tuple[Unit | None, int]:
    """Give `7.3个` of `7.3个和4.8个百分点`, and `8.5` of `8.5、9.4%`, the unit of the list."""
    if unit is not None and unit.unit == "个" and _POINTS.match(text, end):
        return read_units()["个百分点"], end
    if unit is None and text[start].isascii() and not number.times and (match := _LISTED.match(text, number.end)):
        return unit_at(text, match.end())[0], number.end
    return unit, end


def _with_unit(text: str, start: int, number: _Number) -> Quantity | Passed:
    unit, end = _shared_unit(text, start, number, *unit_at(text, number.end, spoken=not text[start].isascii()))
    ranged = _range_from(text, start, number, unit, end)
    if ranged is not None:
        return ranged
    value = number.value
    if value is None:
        return Passed(start, number.end, "word")
    return _judge(text, start, number, unit, end, (value, value))


def _range_from(
    text: str, start: int, number: _Number, unit: Unit | None, end: int
) -> Quantity | Passed | None:
    """Read `4-5家`, `4.5-5%`, `5%至6%`; None where no second number of the same unit follows."""
    dash = _DASH.match(text, end if unit else number.end)
    if dash is None or (dash.group().strip() in "至到" and re.search(r"[由从]$", text[max(0, start - 1) : start])):
        return None
    second = _number_at(text, dash.end())
    if second is None or second.digits[0].isascii() != number.digits[0].isascii():
        return None
    second_unit, second_end = unit_at(text, second.end, spoken=not text[start].isascii())
    if unit is not None and unit is not second_unit:
        return None
    times = number.times
    if unit is None and not times and float(read_number(number.digits) or 0) < float(read_number(second.digits) or 0):
        times = second.times
    low, high = read_number(number.digits, times), second.value
    if low is None or high is None or not low < high:
        return None
    return _judge(text, start, second, second_unit, second_end, (low, high))


def _judge(
    text: str, start: int, number: _Number, unit: Unit | None, end: int, values: tuple[float, float]
) -> Quantity | Passed:
    """Decide whether a numeral with its unit is a quantity."""
    spoken = not text[start].isascii()
    before, after = text[max(0, start - 8) : start], text[end : end + 6]
    if (reason := _named(text, start, before, number.end, unit)) is not None:
        return Passed(start, end if unit else number.end, reason)
    if unit is not None and unit.kind in ("name", "batch", "none"):
        sized = unit.unit == "级" and "亿" in number.times + number.digits
        if sized or (unit.kind == "none" and (number.times or number.vague)):
            return _bare(start, number, values, spoken)
        return Passed(start, end, unit.kind)
    if unit is not None and spoken and not unit.chinese:
        return Passed(start, end, "word")
    if unit is not None and _is_named_measure(unit, before, text[end : end + 12], spoken=spoken):
        return Passed(start, end, "name")
    if unit is None:
        return _without_unit(text, start, number, values, spoken)
    if spoken and not _spoken_counts(number, unit, before, text[end : end + 12], values[0]):
        return Passed(start, end, "word")
    if unit.kind == "voltage" and not _VOLTAGE.match(text, end):
        return Passed(start, end, "name")
    if unit.kind in ("time", "year", "age") and not _measures_time(unit, text[max(0, start - 14) : start], after):
        return Passed(start, end, "time")
    canonical, end = _per_unit(text, unit, end)
    scale = 0.1 if unit.kind == "tenths" else 1.0
    low, high = (round(value * scale, 6) for value in values)
    canonical = "" if unit.kind == "tenths" else canonical
    bare = spoken and all(sign in "十百千万亿" for sign in number.digits)
    return Quantity(start, end, low, high, canonical, unit.kind, number.vague, spoken, bare)


def _per_unit(text: str, unit: Unit, end: int) -> tuple[str, int]:
    """Return the unit with what it is per (`微克/立方米`), where a slash follows."""
    if text[end : end + 1] != "/":
        return unit.canonical, end
    start = end + 1 + (text[end + 1 : end + 2] in "百千万" and end + 1 < len(text))
    below, stop = unit_at(text, start)
    if below is None or stop == start:
        return unit.canonical, end
    return unit.canonical + text[end:stop], stop


def _bare(start: int, number: _Number, values: tuple[float, float], spoken: bool) -> Quantity:
    magnitude = spoken and all(sign in "十百千万亿" for sign in number.digits)
    end = number.end - number.vague_length * (not number.times)
    return Quantity(start, end, *values, "", "bare", number.vague, spoken, magnitude)


def _without_unit(
    text: str, start: int, number: _Number, values: tuple[float, float], spoken: bool
) -> Quantity | Passed:
    """Decide on a numeral that no unit follows: `50亿`, `4.3万余`, `101.5`; years and names are passed."""
    before, after = text[max(0, start - 8) : start], text[number.end : number.end + 6]
    if spoken:
        magnitude = "亿" in number.digits and cue_pattern("numerals", "after_magnitude").match(after)
        return _bare(start, number, values, True) if magnitude else Passed(start, number.end, "word")
    if any(sign in number.times for sign in "万亿"):
        return _bare_before_noun(start, number, values)
    if "." in number.digits and cue_pattern("numerals", "before_index", after="$").search(before):
        return Quantity(start, number.end, *values, "", "index", number.vague)
    return Passed(start, number.end, _reason_of_digits(text, start, number.end, before, after))


def _bare_before_noun(start: int, number: _Number, values: tuple[float, float]) -> Quantity:
    """Read `4.3万` of `4.3万余党员` and `500多万` of `500多万人口`: 余 and 多 at the end stay outside."""
    end = number.end - number.vague_length
    return Quantity(start, end, *values, "", "bare", number.vague)


def _named(text: str, start: int, before: str, end: int, unit: Unit | None) -> str | None:
    """Return why a numeral names or orders something, from what touches it; None where nothing does."""
    last = before[-1:]
    if last.isascii() and last.isalnum() and not _INITIALS.search(before):
        return "name"
    if last == "-" and before[-2:-1].isalnum() and before[-2:-1].isascii():
        return "name"
    if end < len(text) and text[end].isascii() and text[end].isalpha() and unit is None:
        return "name"
    if cue_pattern("numerals", "before_ordinal", after="[ ]?$").search(before):
        return "ordinal"
    return None


def _is_named_measure(unit: Unit, before: str, after: str, *, spoken: bool) -> bool:
    """Whether a value belongs to a name: `国务院33条`, `500米公交站点覆盖率`."""
    if unit.unit == "条" and spoken and re.match(r"优化|措施|政策|意见|举措", after):
        return True
    if unit.unit == "条":
        return bool(cue_pattern("numerals", "before_named_articles", after="$").search(before))
    if unit.kind == "length":
        return bool(cue_pattern("numerals", "after_radius").match(after))
    return False


def _spoken_counts(number: _Number, unit: Unit, before: str, after: str, value: float) -> bool:
    """Whether a number in Chinese numerals counts something, and is not a word (`一批`, `三个方面`)."""
    if all(sign in "十百千万亿" for sign in number.digits) and number.digits != "十":
        if unit.kind == "money" and cue_pattern("numerals", "denominators").match(after):
            return False
        if cue_pattern("numerals", "before_magnitude", after="$").search(before):
            return True
        if unit.kind == "power" or (unit.unit in ("个", "项") and number.digits in ("百", "千")):
            return bool(re.match(r"[一-鿿]", after)) and not re.search(r"[千百上万]$", before)
        return bool(cue_pattern("numerals", "after_magnitude").match(after)) and unit.kind == "money"
    if unit.kind == "money" and not set(number.digits) & set("百千万亿"):
        return False
    if value >= 10_000 or unit.kind in ("money", "times", "points", "area", "mass", "length", "tenths"):
        return True
    if value < 2 or (len(number.digits) > 1 and not set(number.digits) & set("十百千万亿")):
        return False
    if cue_pattern("numerals", "before_word", after="$").search(before):
        return False
    return unit.kind in ("count", "person") and not cue_pattern("numerals", "abstract").match(after)


def _measures_time(unit: Unit, before: str, after: str) -> bool:
    """Whether a duration or an age is a value (`压减至5个工作日`), not a date or a name."""
    if unit.kind == "year":
        return bool(cue_pattern("numerals", "before_years", after=r"[^，。；]{0,6}$").search(before))
    if unit.kind == "age":
        return bool(cue_pattern("numerals", "after_age").match(after)) or bool(
            re.search(r"[到达为至]$|(?:寿命|年龄)[^，。；]{0,4}$", before)
        )
    return bool(cue_pattern("numerals", "before_duration", after="[ ]?$").search(before)) and not bool(
        cue_pattern("numerals", "after_duration_name").match(after)
    )


def _reason_of_digits(text: str, start: int, end: int, before: str, after: str) -> str:
    """Return what digits without a unit are, empty where they are nothing that is known."""
    if cue_pattern("numerals", "after_date").match(after) or re.fullmatch(r"(?:19|20)\d\d", text[start:end]):
        return "date"
    if cue_pattern("numerals", "after_name").match(after):
        return "name"
    if re.search(r"(?:^|[\n，。；、(（\[［【“\"《【 ])$", before or "\n") and re.match(r"[、.)）\]］】” \n]|$", after):
        return "list"
    return ""


def _outside(
    text: str,
    found: Quantity | Passed,
    titles: dict[int, tuple[int, int]],
    quotes: dict[int, tuple[int, int]],
) -> Quantity | Passed:
    """Pass over what stands in a title or is a code in quotation marks."""
    if isinstance(found, Passed):
        reason = found.reason or ("name" if found.start in titles or found.start in quotes else "")
        return Passed(found.start, found.end, reason)
    if found.start in titles:
        return Passed(found.start, found.end, "title")
    if (pair := quotes.get(found.start)) is not None:
        inner = pair[1] - pair[0] - 2
        follows = cue_pattern("numerals", "after_quoted_name").match(text, pair[1])
        coined = cue_pattern("numerals", "coined", after="[”\"’]?$").search(text[pair[0] : pair[1]])
        if inner <= found.end - found.start + 2 or found.spoken or follows or coined:
            return Passed(found.start, found.end, "name")
    return found
