"""Quantities in a text: numbers with their units, and what looks like one but names or dates something.

Everything here is about the value expression alone; what it measures is found in `statements`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

import pandas as pd

from workbench.targets.cues import Unit, cue_pattern, read_units
from workbench.targets.evidence import evidence_at
from workbench.targets.garbled import garbled_end
from workbench.targets.naming import (
    digits_reason,
    is_named_measure,
    measures_time,
    name_reason,
    outside_names,
    spoken_counts,
)
from workbench.targets.numerals import normalise, read_number
from workbench.targets.values import (
    ARABIC,
    CHINESE,
    Number,
    Passed,
    Quantity,
    number_at,
    per_unit,
    unit_at,
    unit_of,
)

_DASH = re.compile(r"[ ]?(?:--|——|[-—~至到])[ ]?")
_FRACTION = re.compile(
    rf"(?P<whole>[一二两三四五六七八九十百千万]{{1,8}})分之"
    rf"(?P<low>{CHINESE}|{ARABIC})(?:(?:[-—~至到]|——)(?P<high>{CHINESE}|{ARABIC}))?"
)
_PARTS = {"百": "%", "千": "‰"}
_CODE = re.compile(r"[0-9]+(?:[+×x][0-9A-ZN]+)+|[0-9]+(?:·[0-9]+)+(?!%)")
_RATIO = re.compile(r"[0-9]+(?:\.[0-9]+)?(?::[0-9]+(?:\.[0-9]+)?)+")
_SLASH = re.compile(r"([0-9]{1,4})/([0-9]{1,4})(?![0-9]|/)")
_INDEX = (80, 130)  # an index of prices or the like, whose base is 100 (`控制在103左右`)
_GUESTS = re.compile(r"[^，。；、]{0,12}?(?:团组?|外宾|客商|来宾|考察|次?客人)")
_COUNTED = re.compile(r"(?:住户|居民|村民|农户|群众|企业|师生|学生|职工|员工|党员|干部|商户|村庄|代表|人员)")
_TITLES = r"《[^《》\n]{1,60}》"
_QUOTES = r"“[^“”\n]{1,24}”|\"[^\"\n]{1,24}\"|‘[^‘’\n]{1,24}’"


@cache
def _candidate() -> re.Pattern[str]:
    """Return the pattern of any place where a quantity may begin."""
    units = read_units().values()
    follows = "".join(sorted({unit.unit[0] for unit in units if unit.chinese} | set("余多几分成倍")))
    reached = "".join(sorted({unit.unit[0] for unit in units if unit.kind in ("count", "person")}))
    return re.compile(
        r"[0-9]|[一二两三四五六七八九十百千万]{1,8}分之"
        rf"|[一二两三四五六七八九十百千万亿]{{1,16}}(?=[{re.escape(follows)}点])"
        rf"|(?<=[破超逾])[十百千万]{{1,3}}(?=[{re.escape(reached)}])"
        r"|[一二两三五六七八九十百千万]{0,6}[万百千十]?亿"
    )


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text in order; spans are offsets in the text as given."""
    return [found for found in scan_numerals(normalise(text)) if isinstance(found, Quantity)]


def find_unparsed(texts: Mapping[str, str], sentences: pd.DataFrame) -> pd.DataFrame:
    """List the digits that are neither a quantity nor known as a name, a date, an ordinal or a list number.

    So that no number is lost silently: what is listed is garbled (`增长l0%`), lacks its unit, or is
    of a form that is not read yet.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences : DataFrame
        SENTENCES; digits outside sentences (noise) are not listed.

    Returns
    -------
    DataFrame
        One row for each run of digits: document_id, sentence, start, end, quote, evidence (the sentence).
    """
    rows = []
    for document_id, group in sentences.groupby("document_id", sort=False):
        text = texts[str(document_id)]
        unread = [f for f in scan_text(normalise(text)) if isinstance(f, Passed) and not f.reason]
        starts = group["start"].to_numpy()
        for found in unread:
            place = int(starts.searchsorted(found.start, side="right")) - 1
            if place < 0 or found.end > group["end"].iloc[place]:
                continue
            start, end = int(starts[place]), int(group["end"].iloc[place])
            sentence = int(group["sentence"].iloc[place])
            quote = text[found.start : found.end]
            evidence = evidence_at(text, (start, end), (found.start, found.end))
            rows.append((document_id, sentence, found.start, found.end, quote, evidence))
    return pd.DataFrame(rows, columns=["document_id", "sentence", "start", "end", "quote", "evidence"])


@lru_cache(maxsize=128)
def scan_text(plain: str) -> Sequence[Quantity | Passed]:
    """Return what `scan_numerals` yields; kept for the texts scanned last, which several tables need."""
    return tuple(scan_numerals(plain))


def scan_numerals(plain: str) -> Iterator[Quantity | Passed]:
    """Yield each numeral of a normalised text in order: a quantity, or what is passed over and why.

    Time is linear in the length of the text; the spans of the results do not overlap.
    """
    titles, quotes = _enclosed(plain, _TITLES), _enclosed(plain, _QUOTES)
    search = _candidate().search
    position = 0
    while (match := search(plain, position)) is not None:
        found = outside_names(plain, _read_at(plain, match.start()), titles, quotes)
        position = max(found.end, match.start() + 1)
        if isinstance(found, Quantity) or plain[found.start].isascii() or not found.reason:
            yield found


def _enclosed(text: str, pattern: str) -> dict[int, tuple[int, int]]:
    """Return for each place that holds a numeral inside a pair of signs the span of the pair."""
    return {
        match.start() + offset.start(): match.span()
        for match in re.finditer(pattern, text)
        for offset in re.finditer(r"[0-9一二两三四五六七八九十百千万亿]", match.group())
    }


def _read_at(text: str, start: int) -> Quantity | Passed:
    if (end := garbled_end(text, start)) is not None:
        return Passed(start, end, "")
    for pattern, read in _FORMS:
        if (match := pattern.match(text, start)) is not None and (whole := read(text, match)) is not None:
            return whole
    number = number_at(text, start)
    if number is None:
        return Passed(start, start + 1, "word")
    unit, end = unit_of(text, number)
    ranged = _range_from(text, number, unit, end)
    if ranged is not None:
        return ranged
    value = number.value
    if value is None:
        return Passed(start, number.end, "word")
    return _judge(text, number, unit, end, (value, value))


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
    value = round(float(parts[0]) / float(parts[1]), 6)
    return Quantity(*match.span(), value, value, "", "index")


def _slash(text: str, match: re.Match[str]) -> Quantity | Passed:
    above, below = (int(part) for part in match.groups())
    if below < 2 or above >= below or below > 100:
        return Passed(*match.span(), "date or code")
    return Quantity(*match.span(), above / below, above / below, "", "ratio")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], Quantity | Passed | None]], ...] = (
    (_FRACTION, _fraction),
    (_CODE, _code),
    (_RATIO, _ratio),
    (_SLASH, _slash),
)


def _range_from(text: str, number: Number, unit: Unit | None, end: int) -> Quantity | Passed | None:
    """Read `4-5家`, `4.5-5%`, `5%至6%`; None where no second number of the same unit follows."""
    dash = _DASH.match(text, end if unit else number.end)
    changes = (
        dash is not None
        and dash.group().strip() in ("至", "到")
        and text[number.start - 1 : number.start] in ("由", "从")
    )
    second = number_at(text, dash.end()) if dash is not None and not changes else None
    if second is None or second.spoken != number.spoken:
        return None
    second_unit, second_end = unit_at(text, second.end, spoken=number.spoken)
    if unit is not None and unit is not second_unit:
        return None
    first, high = read_number(number.digits), second.value
    shares = unit is None and not number.times and (first or 0) < (read_number(second.digits) or 0)
    low = read_number(number.digits, second.times) if shares else number.value
    if low is None or high is None or not low < high:
        return None
    whole = Number(number.start, second.end, second.digits, second.times, second.vague, second.trailing)
    return _judge(text, whole, second_unit, second_end, (low, high))


def _judge(
    text: str, number: Number, unit: Unit | None, end: int, values: tuple[float, float]
) -> Quantity | Passed:
    """Decide whether a numeral with its unit is a quantity."""
    start = number.start
    if (reason := name_reason(text, number, unit)) is not None:
        return Passed(start, end if unit else number.end, reason)
    if unit is None:
        return _without_unit(text, number, values)
    if unit.kind == "batch" and not number.spoken and _GUESTS.match(text, end):
        return Quantity(start, end, *values, unit.canonical, "count", number.vague)
    if unit.kind in ("name", "batch", "none"):
        sized = unit.unit == "级" and "亿" in number.times + number.digits
        counted = unit.kind == "none" and bool(number.times or number.vague)
        return _bare(number, values) if sized or counted else Passed(start, end, unit.kind)
    reached = number.spoken and number.bare and text[start - 1 : start] in ("破", "超", "逾")
    if number.spoken and not (
        (unit.chinese or reached) and spoken_counts(text, number, unit, end, values[0])
    ):
        return Passed(start, end, "word")
    if is_named_measure(text, number, unit, end):
        return Passed(start, end, "name")
    if unit.kind in ("time", "year", "age") and not measures_time(text, start, unit, end):
        return Passed(start, end, "time")
    canonical, end = per_unit(text, unit, end)
    tenths = unit.kind == "tenths"
    low, high = (round(value * (0.1 if tenths else 1.0), 6) for value in values)
    bare = number.spoken and number.bare
    return Quantity(
        start, end, low, high, "" if tenths else canonical, unit.kind, number.vague, number.spoken, bare
    )


def _bare(number: Number, values: tuple[float, float]) -> Quantity:
    """Read `4.3万` of `4.3万余党员` and `500多万` of `500多万人口`: 余 and 多 at the end stay outside."""
    end, magnitude = number.end - number.trailing, number.spoken and number.bare
    return Quantity(number.start, end, *values, "", "bare", number.vague, number.spoken, magnitude)


def _without_unit(text: str, number: Number, values: tuple[float, float]) -> Quantity | Passed:
    """Decide on a numeral that no unit follows: `50亿`, `4.3万余`, `101.5`; years and names are passed."""
    if number.spoken:
        magnitude = "亿" in number.digits and cue_pattern("numerals", "after_magnitude").match(
            text, number.end
        )
        return _bare(number, values) if magnitude else Passed(number.start, number.end, "word")
    if "万" in number.times or "亿" in number.times:
        return _bare(number, values)
    if number.vague and values[0] >= 10 and _COUNTED.match(text, number.end):
        return _bare(number, values)
    before = text[max(0, number.start - 24) : number.start]
    if "." in number.digits and cue_pattern("numerals", "before_index", after="$").search(before):
        return Quantity(number.start, number.end, *values, "", "index", number.vague)
    reason = digits_reason(text, number)
    if not reason and _INDEX[0] <= values[0] <= _INDEX[1]:
        before = text[max(0, number.start - 16) : number.start]
        if cue_pattern("numerals", "before_index_points", after="$").search(before):
            return Quantity(number.start, number.end, *values, "", "index", number.vague)
    return Passed(number.start, number.end, reason)
