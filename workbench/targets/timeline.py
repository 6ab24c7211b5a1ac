"""The time that each sentence of a report speaks of: reviewed or planned, one year or several."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

PLANS = {"六五": 1981, "七五": 1986, "八五": 1991, "九五": 1996, "十五": 2001}
PLANS |= {f"十{sign}五": 2006 + 5 * place for place, sign in enumerate("一二三四五六七八")}
_PLAN = r"[“\"]?(?P<plan>六五|七五|八五|九五|十[一二三四五六七八]?五)[”\"]?"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a stretch of text speaks of: planned or reviewed, from which year to which."""

    planned: bool
    first: int
    last: int
    half: str = ""
    local: bool = False

    @property
    def several(self) -> bool:
        """Whether it spans more than one year."""
        return self.first != self.last

    @property
    def span(self) -> str:
        """The period of a flow."""
        if self.several:
            return f"{self.first}/{self.last}"
        return f"{self.last}{self.half}"

    @property
    def final(self) -> str:
        """The period of a stock or a rate reached."""
        return f"{self.last}{self.half}"


class Stretch(NamedTuple):
    """A sentence: its span, its part and whether it begins a line."""

    start: int
    end: int
    part: str
    opens_line: bool


_REVIEWED = re.compile(r"(?:刚刚过去的?|过去的?|回顾|总结)(?P<year>(?:19|20)\d\d)年")
_REVIEW_HEADING = re.compile(r"(?P<year>(?:19|20)\d\d)年[^，。\n]{0,12}(?:回顾|总结|完成情况|主要成[就绩])")
_PLANNED = re.compile(r"今年(?:是|为)?[^，。]{0,4}(?P<year>(?:19|20)\d\d)年")


_DELIVERED = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?P<month>1?\d)月\d{1,2}日[^\n]{0,4}在[^\n]{2,40}(?:会议|大会)"
)


def plan_year(text: str, year: int | None) -> int | None:
    """Return the year that a report plans for: as given, else the one that the text lets infer.

    A report delivered in November or later plans the next year; one that says which year it reviews
    plans the year after; else the first year that the opening names is taken.
    """
    if year is not None:
        return year
    delivered = _DELIVERED.search(text[:800])
    if delivered is not None:
        return int(delivered["year"]) + (int(delivered["month"]) >= 11)
    reviewed = [
        int(match["year"])
        for pattern in (_REVIEWED, _REVIEW_HEADING)
        for match in pattern.finditer(text[:20_000])
    ]
    named = re.findall(r"((?:19|20)[0-9]{2})年", text[:400])
    return max(reviewed) + 1 if reviewed else int(named[0]) if named else None


def plan_start(name: str) -> int | None:
    """Return the first year of a five-year plan (`十四五`: 2021)."""
    return PLANS.get(name)


_ADDRESS = re.compile(r"^[ *#　]*(?:各位代表|同志们|各位委员)[，！!：:、]*[ *　]*")
_FEWER_YEARS = re.compile(r"^[^，。；]{0,6}?(?:过去(?:的)?|这)?(?P<count>[三四])年来，")
_REVIEWED_YEARS = re.compile(r"过去(?:的)?(?P<count>[三四五345])年|(?P<since>[三四五345])年来")
_COUNTS = {"三": 3, "四": 4, "五": 5, "3": 3, "4": 4, "5": 5}
_SENTENCE_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "review_years",
        re.compile(
            r"^[^，。；]{0,6}?(?:(?<!今后)(?<!未来)五年来，|过去(?:的)?五年|[过这]去的?5年|五年间|这五年|本届政府(?:任期|履职|成立|组成)[^，。；]{0,6}五年|5年来，)"
            r"|^[^，。；]{0,24}?以来的五年|^(?:这|过去五年)?是[^，。；]{2,40}的五年"
            r"|^[^，。；]{0,6}?回[首望顾](?:过去)?(?:这)?(?:五|5)年|^(?:五|5)年的(?:发展|奋斗|实践|成[绩就果]|历程|工作)"
        ),
    ),
    (
        "plan_years",
        re.compile(
            r"^[^。；]{0,16}?(?:今后五年|未来五年|今后5年|未来5年|今后的?五年|下一个?五年|今后一个时期)"
        ),
    ),
    (
        "review_year",
        re.compile(r"^[^，。；]{0,6}?(?:一年来|过去(?:的)?一年|去年|上年|刚刚过去的|今年以来|上半年)"),
    ),
    ("plan_year", re.compile(r"^[^，。；]{0,8}?(?:今年(?!以来)|新的一年|本年度?|下半年|下一步)")),
)
_YEAR_OPENS = re.compile(
    r"^[*#—▲●\s]*(?:[一二三四五六七八九十（()）]{1,4}、?)?(?:刚刚过去的|过去的|建议|综合分析[^。]{0,30})?"
    r"(?P<year>(?:19|20)\d\d)[ ]?年(?!来|至|—|-|到|前|底前|的[\d.]+倍)"
)
_TIME_SIGN = re.compile("年|期|以来|过去|下一步")
"""What any of the cues holds; most sentences hold none and need not be looked through for each."""
_PLAN_OPENS = re.compile(rf"^[^，。；]{{0,4}}?{_PLAN}(?:期间|时期|以来|五年|的五年)")


class Timeline:
    """Follows the time that a report speaks of, from heading to heading and sentence to sentence.

    A heading or an opening sentence (`2020年是…`) sets the time of the section, a sentence that opens a
    paragraph that of the paragraph, any other sentence only its own.
    """

    def __init__(self, year: int | None, *, midyear: bool = False, reviews_first: bool = False) -> None:
        self.year = year
        self.midyear = midyear
        self.section: Frame = self.review() if reviews_first else self.plan()
        self._paragraph: Frame | None = None
        self._part: str | None = None

    def review(self) -> Frame:
        """Return the frame of the reviewed year: the year before the planned one, or a half-year gone."""
        year = (self.year or 1) - (0 if self.midyear else 1)
        return Frame(False, year, year)

    def plan(self) -> Frame:
        """Return the frame of the planned year."""
        year = self.year or 0
        return Frame(True, year, year)

    def frame_of(self, sentence: str, stretch: Stretch) -> Frame:
        """Return the frame of the next sentence."""
        if stretch.part != self._part:
            self._part, self._paragraph = stretch.part, None
            self.section = self._of_part(stretch.part)
        if stretch.opens_line:
            self._paragraph = None
            if is_heading(sentence):
                self.section = self._of_heading(sentence, self.section)
                return self.section
        cued, sticks = self._of_cue(sentence, stretch.opens_line)
        if cued is not None and self.section.several and _SINCE.search(sentence):
            return cued
        if cued is None:
            return self._paragraph or self.section
        if sticks:
            self.section, self._paragraph = cued, None
        elif stretch.opens_line:
            self._paragraph = cued
        return cued

    def _of_part(self, part: str) -> Frame:
        if part == "review":
            return self.review()
        if part == "longterm":
            return Frame(True, (self.year or 0), (self.year or 0) + 4)
        if part == "front":
            return self.section
        return self.plan()

    def _of_heading(self, heading: str, current: Frame) -> Frame:
        years = [int(year) for year in re.findall(r"((?:19|20)\d\d)年", heading)]
        named = re.search(_PLAN, heading)
        first = plan_start(named["plan"]) if named else None
        y = self.year or 0
        if (several := _REVIEWED_YEARS.search(heading)) is not None:
            return Frame(False, y - _COUNTS[several["count"] or several["since"]], y - 1)
        if re.search(r"今后五年|未来五年|今后5年|未来5年", heading):
            return Frame(True, y, y + 4)
        if first is not None and named is not None and (not years or named.start() < heading.index("年")):
            return Frame(first + 4 >= y, first, first + 4)
        if years:
            return Frame(years[0] >= y, years[0], years[0])
        if re.search(r"回顾|总结", heading):
            return current if not current.planned else self.review()
        if re.search(r"今年|目标任务|工作安排|重点工作|主要任务|总体要求", heading):
            return current if current.planned else self.plan()
        return current

    def _of_cue(self, sentence: str, opens_line: bool) -> tuple[Frame | None, bool]:
        """Return the time that the beginning of a sentence names, and whether it holds for what follows."""
        y = self.year or 0
        lead = _ADDRESS.sub("", sentence[:80])[:60].lstrip(" *#—▲●　")
        if _TIME_SIGN.search(lead) is None:
            return None, False
        if (match := _YEAR_OPENS.match(lead)) is not None:
            year = int(match["year"])
            if y - 6 <= year <= y:
                sticks = opens_line and self._turns(lead, match, year)
                if year == y - 1 or year == y:
                    return Frame(year >= y and not re.match(r"以来", lead[match.end() :]), year, year), sticks
                return Frame(False, year, year), False
        if (match := _PLAN_OPENS.match(lead)) is not None:
            first = plan_start(match["plan"])
            if first is not None and first <= y <= first + 9:
                return self._of_named_plan(first), False
        if (match := _FEWER_YEARS.match(lead)) is not None:
            return Frame(False, y - _COUNTS[match["count"]], y - 1), False
        for name, pattern in _SENTENCE_CUES:
            if (match := pattern.match(lead)) is not None:
                return self._named(name, match.group(), lead, opens_line)
        return None, False

    def _turns(self, lead: str, match: re.Match[str], year: int) -> bool:
        """Whether a line that opens with a year opens all that follows, and not only its paragraph."""
        if lead.startswith(("刚刚过去的", "过去的")):
            return self.section.several and not self.section.planned and year == (self.year or 0) - 1
        follows = r"，?是|以来" if self.section.several else r"是|，|以来"
        return lead.startswith(match["year"]) and re.match(follows, lead[match.end() :]) is not None

    def _of_named_plan(self, first: int) -> Frame | None:
        y = self.year or 0
        if first >= y:
            return Frame(True, first, first + 4)
        return Frame(False, first, first + 4) if first + 4 < y else None

    def _named(self, name: str, words: str, lead: str, opens_line: bool) -> tuple[Frame | None, bool]:
        y = self.year or 0
        if name == "review_years":
            return Frame(False, y - 5, y - 1), opens_line
        if name == "plan_years":
            return Frame(True, y, y + 4), opens_line or "是" in lead[:30]
        if name == "plan_year":
            return self.plan(), bool(re.match(r"(?:今年|新的一年)(?:是|，|我市|我省|我区|我县|全)", lead))
        if "今年以来" in words or ("上半年" in words and self.midyear):
            return replace(self.plan(), planned=False), False
        sticks = opens_line or not self.section.several
        return self.review(), sticks and words.startswith(("过去", "刚刚过去", "一年来"))


_SINCE = re.compile(r"^[^，。；]{0,4}(?:19|20)\d\d年[^，。；]{2,24}[比较](?:19|20)\d\d年")
_HEADING_WORD = re.compile("回顾|总结|安排|任务|目标|工作|建设|思路|要求|重点|部署|展望|五年|成就")


def is_heading(line: str) -> bool:
    """Whether a line is a heading that may name a time: short, without a stop or a value."""
    bare = line.strip(" *#　")
    if not 0 < len(bare) <= 45 or bare[-1] in "。；，！？：;:,、" or "，" in bare or "【" in bare:
        return False
    return bool(_HEADING_WORD.search(bare)) and not re.search(r"\d%|[\d万][亿万]", bare)


def is_midyear(text: str) -> bool:
    """Whether a text reports in the middle of a year: the first half gone, the second ahead."""
    head = text[:30_000]
    gone = head.count("今年以来") + head.count("上半年")
    return (
        gone >= 2
        and "下半年" in head
        and not re.search(r"过去(?:的)?一年|一年来|\d{4}年[^，。\n]{0,8}回顾", head)
    )
