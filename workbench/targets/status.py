"""Whether a value is a target, a result, a qualifier or context, and what period it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from workbench.targets.readings import Reading
from workbench.targets.cues import cue_words
from workbench.targets.periods import Cue
from workbench.targets.timeline import PLANS, Frame, Timeline


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what is known of it."""

    plain: str
    start: int
    end: int
    part: str
    frame: Frame
    timeline: Timeline
    level: str
    region: str
    listed: bool = False

    @property
    def own_scope(self) -> str:
        """Return 国, 省, 市 or 区: the scope that is the reporting region's own."""
        if self.region == "全国" or self.level == "national":
            return "国"
        if self.level == "province" or self.region.endswith(("省", "自治区")):
            return "省"
        if self.level == "prefecture" or self.region.endswith(("市", "州", "盟")):
            return "市"
        return "区"


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(cue_words("status", key)))


def _done(scene: Scene, position: int) -> bool:
    """Whether the sentence says before a place that the thing has been done (`提出了`)."""
    return bool(_DONE.search(scene.plain[scene.start : position]))


_DONE = re.compile(r"(?:[规梳制形筛确][^，]{1,3}|提出|收到|收集|征集)了(?=\d|[^，]{0,1}$)|形成了$")
_WIDER = {"国": "", "省": "国", "市": "国省", "区": "国省市"}


def status_of(reading: Reading, scene: Scene, cue: Cue | None) -> str:
    """Return the status of a value."""
    if reading.qualifier:
        return "qualifier"
    mention = reading.mention
    clause = scene.plain[mention.clause : mention.quantity.start]
    if _is_context(reading, clause, scene):
        return "context"
    if reading.base:
        return "result"
    planned = scene.frame.planned
    if cue is not None and cue.planned is not None:
        planned = cue.planned
    elif planned and (_pattern("result_in_plan").search(clause) or _done(scene, mention.quantity.start)):
        planned = False
    elif not planned and _pattern("target_in_review").search(clause):
        planned = True
    return "target" if planned else "result"


def _is_context(reading: Reading, clause: str, scene: Scene) -> bool:
    if scene.part == "glossary":
        return True
    wider = _WIDER[scene.own_scope]
    head = clause[-30:]
    quantity = reading.mention.quantity
    if reading.measure == "increment" and quantity.kind == "points" and re.search(
        rf"(?:高于|低于|快于|高出|超过|超|领先|好于|多|比).{{0,4}}(?:全[{wider or '省'}]|上级|平均)|{_pattern('context').pattern}", head
    ):
        return True
    if wider and reading.measure == "share" and re.search(rf"占(?:到|了)?全[{wider}]", head):
        return True
    compared = not scene.frame.planned or re.search(r"高于|低于|比", head)
    if re.match(r"的?(?:预期|年度|计划|年初)?目标", reading.mention.right) and compared:
        return True
    if quantity.unit == "次" and "总书记" in scene.plain[scene.start : quantity.start]:
        return True
    return bool(wider and re.search(rf"(?:居|位居|位列|通报表扬)全[{wider}]$|全国通报表扬$", clause))


def period_of(reading: Reading, scene: Scene, cue: Cue | None, status: str) -> str:
    """Return the period of a value: of its clause where that names one, else of the frame."""
    frame = scene.frame
    stock = reading.qualifier or reading.measure == "share" or (reading.measure == "level" and _is_stock(reading, scene))
    base = re.search(r"比(\d{4})年(?:末|底)?[^，。；]{0,8}$", scene.plain[reading.mention.clause : reading.mention.quantity.start])
    last = cue.year if cue is not None else frame.last
    if base and reading.measure == "growth" and int(base[1]) < last - 1:
        return f"{int(base[1]) + 1}/{last}"
    if reading.base:
        own = re.search(r"[由从](?:[^，由从]{0,8})?((?:19|20)\d\d)年", scene.plain[reading.mention.clause : reading.mention.quantity.start])
        return own[1] if own else _base_period(scene, cue)
    if reading.mention.quantity.unit == "倍" and frame.several and _AGAINST_PLAN.search(clause_of(reading, scene)):
        return frame.span
    if cue is not None and cue.reaches and reading.measure == "increment" and reading.mention.quantity.kind != "points":
        return _until(cue.year, scene)
    several = frame if frame.several else scene.timeline.section
    if reading.predicate.average and several.several and (cue is None or cue.flow == str(several.last)):
        return several.span
    clause = scene.plain[reading.mention.clause : reading.mention.quantity.start]
    if frame.several and not frame.planned and re.search(r"预计(?!.*(?:累计|年均|五年))", clause) and cue is None:
        return str(frame.last)
    if cue is not None:
        summed = "/" in cue.flow and (
            reading.mention.quantity.unit == "倍" or re.search(r"五年|累计", scene.plain[reading.mention.clause : reading.mention.quantity.start])
        )
        return cue.stock if stock and not (summed and reading.measure == "level") else cue.flow
    return frame.final if stock else frame.span


_AGAINST_PLAN = re.compile(r"是“?[一二三四五六七八九十]{1,3}五”?(?:期间|时期)?的$")


def clause_of(reading: Reading, scene: Scene) -> str:
    """Return the clause before a value."""
    return scene.plain[reading.mention.clause : reading.mention.quantity.start]


def _until(year: int, scene: Scene) -> str:
    """Return the years over which an increase up to a year adds up (`到2020年新增…`)."""
    section = scene.timeline.section
    if section.several and section.last == year:
        return section.span
    start = next((first for first in PLANS.values() if first + 4 == year), year)
    return f"{start}/{year}" if start != year and scene.timeline.year != year else str(year)


def _base_period(scene: Scene, cue: Cue | None) -> str:
    """Return the year from which a change is counted (`由0.65%降至0.07%`)."""
    if scene.frame.half or (cue is not None and not cue.flow.replace("/", "").isdigit()):
        return ""
    first = int(cue.flow[:4]) if cue is not None else scene.frame.first
    return str(first - 1)


_STOCK_HEAD = re.compile(r"(?:总数|总量|余额|人均[一-鿿]*|里程|拥有量|保有量|总里程|存量|总规模|率|比重|占比|强度|年限|寿命|浓度|位数|生产总值|收入|GDP|能力|面积)$")


_YEARLY = re.compile(r"(?:零售总?额|进出口(?:总额|总值)?|出口(?:总额)?|预算支出|增加值|总产值|用电量|粮食(?:总)?产量)$")


def _is_stock(reading: Reading, scene: Scene) -> bool:
    """Whether a level stands at a time rather than adds up over it."""
    predicate = reading.predicate
    thing = reading.things[0] if reading.things else ""
    clause = scene.plain[reading.mention.clause : reading.mention.quantity.start]
    if re.search(r"先后|连续|连跨|相继", clause):
        return False
    if predicate.verb in ("达到", "达", "突破", "超过", "超", "保持", "稳定", "控制", "维持") or predicate.reach:
        return True
    if reading.mention.quantity.unit == "倍" or _STOCK_HEAD.search(thing):
        return True
    after = scene.plain[reading.mention.quantity.end : reading.mention.quantity.end + 24]
    return bool(re.search(r"(?:是|为|相当于)\d{4}年的?[\d.]+倍", after)) or bool(
        _YEARLY.search(thing) and not re.search(r"累计|五年|[共总]计|共", scene.plain[reading.mention.clause : reading.mention.quantity.start])
    )
