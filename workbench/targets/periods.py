"""The period that a value is for: what the clause says, or else the time that the sentence speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbench.targets.numerals import read_number
from workbench.targets.timeline import Frame, Timeline, plan_start

_PLAN_NAME = r"(?:六五|七五|八五|九五|十[一二三四五六七八]?五)"
_CUE = re.compile(
    rf"(?P<to>(?:到|至|截至|截止到?)[“\"]?(?P<to_plan>{_PLAN_NAME})[”\"]?(?:末|期末)|[“\"]?(?P<end_plan>{_PLAN_NAME})[”\"]?(?:期?末)"
    r"|(?:到|至)(?P<to_year>(?:19|20)\d\d)年(?:底|末)?)"
    r"|(?P<months>(?:(?P<y1>\d{4})年)?(?<!\d)(?P<m1>1?\d)[-—~至到](?P<m2>1?\d)月份?)"
    r"|(?P<part>(?:(?P<y2>\d{4})年)?(?:上半年|下半年|前三季度|前三个季度|一季度|第一季度|二季度|三季度|四季度))"
    rf"|(?P<plan>[“\"]?(?P<named>{_PLAN_NAME})[”\"]?(?P<first4>前四年)?(?:期间|时期|以来)?)"
    r"|(?P<years>(?:过去(?:的)?|近)?五年(?:来|间|累计|共|完成|新增|净增|实现|建成|投入|减少)|过去五年|过去5年|5年来|五年累计)"
    r"|(?P<recent>(?:最?近|过去|这)(?P<count>[两二三四])年(?:来|间|累计|年均|每年|共)|(?P<count2>[两二三四])年累计)"
    r"|(?P<future>今后五年|未来五年|今后5年|未来5年|通过五年)"
    r"|(?P<year>(?P<number>(?:19|20)\d\d)年(?!来|前|底前|代|度规划))"
    r"|(?P<last>去年|上年|上一年|过去一年)|(?P<this>今年以来|今年|全年(?!投资|目标|任务|计划|预期)|年内|本年度?)"
)
_CUE_SIGN = re.compile("[年月季五]")
"""What any word of time holds; a sentence without it need not be looked through for each."""
_BASE = re.compile(r"(?:纳入|列入|相当于|比|较|同|与|由|从|相对于|在)$")
_EQUALS = re.compile(r"的?[\d.]+倍")
_PARTS = {
    "上半年": "H1",
    "下半年": "H2",
    "前三季度": "Q1-Q3",
    "前三个季度": "Q1-Q3",
    "一季度": "Q1",
    "第一季度": "Q1",
    "二季度": "Q2",
    "三季度": "Q3",
    "四季度": "Q4",
}
_LEADS = re.compile(
    r"(?:^|[，,；;。：:])[ *#—▲●]*"
    r"(?:我们|要|将|并|力争|争取|确保|努力|奋力|务必|全力|计划|预计|预期|其中|同时|再|经过|用[一-五]年时间)*$"
)
_CUES_BACK = 40
_DELIMITER = "，,；;。：:"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of time in a sentence: where, what period it gives, and how far it reaches."""

    start: int
    end: int
    flow: str
    stock: str
    leads: bool
    year: int
    planned: bool | None
    reaches: bool = False


def find_cues(sentence: str, timeline: Timeline, frame: Frame) -> list[Cue]:
    """Return the words of time of a sentence, comparisons (`比2007年`) left out."""
    cues: list[Cue] = []
    if _CUE_SIGN.search(sentence) is None:
        return cues
    for match in _CUE.finditer(sentence):
        before = sentence[max(0, match.start() - 4) : match.start()]
        if match.lastgroup is None or (
            _BASE.search(before) and not match.group().startswith(("到", "至", "截"))
        ):
            continue
        if before.endswith(("是", "为")) and _EQUALS.match(sentence, match.end()):
            continue
        if match["last"] and re.match(r"同期|末|底|水平", sentence[match.end() : match.end() + 2]):
            continue
        if (cue := _read(match, sentence, timeline, frame)) is not None:
            cues.append(cue)
    return cues


def _read(match: re.Match[str], sentence: str, timeline: Timeline, frame: Frame) -> Cue | None:
    y = timeline.year or 0
    at = match.start()
    leads = _LEADS.search(sentence[max(0, at - 12) : at]) is not None

    def cue(flow: str, stock: str, year: int, planned: bool | None) -> Cue:
        return Cue(match.start(), match.end(), flow, stock, leads, year, planned, bool(match["to"]))

    if match["to"]:
        name = match["to_plan"] or match["end_plan"]
        first = plan_start(name) if name else None
        year = first + 4 if first is not None else int(match["to_year"])
        return cue(str(year), str(year), year, True if year >= y else None)
    base = int(match["y1"] or match["y2"] or frame.last)
    if match["months"]:
        period = f"{base}-{int(match['m1']):02d}/{base}-{int(match['m2']):02d}"
        return cue(period, period, base, None)
    if match["part"]:
        word = re.sub(r"^\d{4}年", "", match["part"])
        period = f"{base}{_PARTS[word]}"
        planned = True if word == "下半年" and base == y else None
        return cue(period, period, base, planned)
    if match["recent"]:
        length = int(read_number(match["count"] or match["count2"]) or 2)
        recent = cue(f"{frame.last - length + 1}/{frame.last}", str(frame.last), frame.last, None)
        return replace(recent, leads=leads and match.group().endswith(("来", "累计")))
    return _read_years(match, y, frame, cue)


def _read_years(
    match: re.Match[str], y: int, frame: Frame, cue: Callable[[str, str, int, bool | None], Cue]
) -> Cue | None:
    if match["plan"]:
        first = plan_start(match["named"])
        if first is None or not re.search(r"期间|时期|以来|前四年", match.group()):
            return None
        last = first + (3 if match["first4"] else 4)
        if not match["first4"] and first <= y - 1 < first + 4 and not frame.planned:
            last = y - 1
        return cue(f"{first}/{last}", str(last), last, True if first >= y else False if last < y else None)
    if match["years"] and frame.planned and not re.search(r"过去|近|来", match.group()):
        first, last = (frame.first, frame.last) if frame.several else (y, y + 4)
        return cue(f"{first}/{last}", str(last), last, True)
    if match["years"]:
        return cue(f"{y - 5}/{y - 1}", str(y - 1), y - 1, False)
    if match["future"] == "通过五年":
        return cue(str(y + 4), str(y + 4), y + 4, True)
    if match["future"]:
        return cue(f"{y}/{y + 4}", str(y + 4), y + 4, True)
    if match["number"]:
        year = int(match["number"])
        return cue(str(year), str(year), year, None if year == y else year > y)
    if match["last"]:
        return cue(str(y - 1), str(y - 1), y - 1, False)
    year = y if frame.planned or match["this"].startswith("今年") else frame.last
    return cue(str(year), str(year), year, None)


def cue_for(cues: Sequence[Cue], clause: int, position: int) -> Cue | None:
    """Return the word of time that governs a place: in its own clause, or leading an earlier one."""
    last = bisect_right(cues, position, key=lambda cue: cue.start)
    for cue in reversed(cues[max(0, last - _CUES_BACK) : last]):
        if cue.leads or cue.start >= clause:
            return cue
    return None
