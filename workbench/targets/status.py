"""Whether a value is a target, a result, a qualifier or context, and what period it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from workbench.targets.cues import cue_pattern, cue_words
from workbench.targets.numerals import read_number
from workbench.targets.periods import Cue
from workbench.targets.readings import Reading
from workbench.targets.timeline import PLANS, Frame, Timeline

_REACH = 120  # characters of a clause that are looked at: reading stays linear in long clauses
_WIDER = {"国": "", "省": "国", "市": "国省", "区": "国省市"}
_COMPARED_YEAR = re.compile(r"比([0-9]{4})年(?:末|底)?[^，。；]{0,8}$")
_SET_AGAINST = re.compile(r"[与同和]([0-9]{4})年(?:末|底)?相比")
_FROM_YEAR = re.compile(r"(?:(?<![自理缘事])由|从)(?:[^，由从]{0,8})?((?:19|20)[0-9]{2})年")
_AGAINST_PLAN = re.compile(r"是“?[一二三四五六七八九十]{1,3}五”?(?:期间|时期)?的$")
_MULTIPLE_OF_YEAR = re.compile(r"(?:是|为|相当于)[0-9]{4}年的?[0-9.]+倍")
_PROVISIONAL = re.compile(r"预计(?!.*(?:累计|年均|五年))")
_YEAR_ON_YEAR = re.compile(r"[比较]上年|同比")
_SUMMED = re.compile(r"五年|累计")
_REACHED = re.compile(r"(?:突破|超过|超|逾)了?$")
_ADDS_UP = re.compile(
    r"累计|[新净]增|共|合计|年均|每年|投入|投资|发放|引进|开展|完成|建成|培训|举办|实现|争取|惠及|办理"
)
_ADDED_UP = re.compile(r"累计|五年|共")
_IN_A_ROW = re.compile(r"连续(?P<years>[2-9两三四五六七八九])年[^，。；、]{0,12}$")
_HELD_NOW = re.compile(r"现有[^，。；]{0,4}$")
_TIMES_AVERAGE = re.compile(r"(?:全[国省市]|世界|全球)[^，。；]{0,4}平均(?:水平|值)?的[约近]?$")
_BEGUN = re.compile(r"(?:新?开工|新建|新增|建成|投产)[^，。；、]{0,12}$")
_OWN_TARGET = re.compile(r"的?(?:预期|年度|计划|年初)?目标")


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what is known of it; `plain` is the normalised text of the document."""

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

    def clause(self, reading: Reading) -> str:
        """Return the clause before a value, its last part where it is long."""
        position = reading.mention.quantity.start
        return self.plain[max(reading.mention.clause, position - _REACH) : position]

    def before(self, reading: Reading) -> str:
        """Return the sentence before a value, its last part where it is long."""
        position = reading.mention.quantity.start
        return self.plain[max(self.start, position - 2 * _REACH) : position]


def status_of(reading: Reading, scene: Scene, cue: Cue | None) -> str:
    """Return the status of a value: target, result, qualifier or context."""
    if reading.qualifier:
        return "qualifier"
    clause = scene.clause(reading)
    if _is_context(reading, clause, scene):
        return "context"
    if reading.base:
        return "result"
    planned = scene.frame.planned
    if cue is not None and cue.planned is not None:
        planned = cue.planned
    elif planned:
        done = cue_pattern("status", "done").search(scene.before(reading))
        planned = not (done or cue_pattern("status", "result_in_plan").search(clause))
    else:
        planned = bool(cue_pattern("status", "target_in_review").search(clause))
    return "target" if planned else "result"


@cache
def _beside(wider: str) -> re.Pattern[str]:
    """Return the pattern of a comparison with another place or with an own target."""
    targets = "|".join(cue_words("status", "context"))
    return re.compile(
        rf"(?:高于|低于|快于|高出|超过|超|领先|好于|多|比).{{0,4}}"
        rf"(?:全[{wider or '省'}]|上级|平均|[省国市]均)|{targets}"
    )


@cache
def _share_of(wider: str) -> re.Pattern[str]:
    return re.compile(rf"占(?:到|了)?全[{wider}]")


@cache
def _rank_in(wider: str) -> re.Pattern[str]:
    return re.compile(rf"(?:居|位居|位列|通报表扬|入选|入围|列入)全[{wider}]$|全国通报表扬$")


def _is_context(reading: Reading, clause: str, scene: Scene) -> bool:
    """Whether a value speaks of other places, of a target reported on, or explains a word."""
    if scene.part == "glossary":
        return True
    wider, head, quantity = _WIDER[scene.own_scope], clause[-30:], reading.mention.quantity
    compared = not scene.frame.planned or re.search(r"高于|低于|比", head)
    if compared and _OWN_TARGET.match(reading.mention.right):
        return True
    if quantity.unit == "倍" and _TIMES_AVERAGE.search(head):
        return True
    if quantity.unit == "次" and "总书记" in scene.before(reading):
        return True
    if quantity.kind == "points" and reading.measure == "increment" and _beside(wider).search(head):
        return True
    if not wider:
        return False
    shared = reading.measure == "share" and _share_of(wider).search(head)
    return bool(shared or _rank_in(wider).search(clause))


def period_of(reading: Reading, scene: Scene, cue: Cue | None) -> str:
    """Return the period of a value: of its clause where that names one, else of the frame."""
    frame, clause = scene.frame, scene.clause(reading)
    last = cue.year if cue is not None else frame.last
    compared = _COMPARED_YEAR.search(clause) or _SET_AGAINST.search(scene.before(reading))
    changed = reading.measure == "growth" or reading.mention.quantity.kind == "points"
    if compared and changed and int(compared[1]) < last - 1:
        return f"{int(compared[1]) + 1}/{last}"
    if reading.base:
        named = _FROM_YEAR.search(clause)
        return named[1] if named else _base_period(scene, cue)
    if reading.mention.quantity.unit == "倍" and frame.several and _AGAINST_PLAN.search(clause):
        return frame.span
    if (own := _of_words(reading, clause, frame, cue)) != "":
        return own
    yearly = frame.several and cue is None and reading.measure == "growth" and _YEAR_ON_YEAR.search(clause)
    if yearly:
        return str(frame.last)
    if cue is not None and cue.reaches and _adds_up(reading):
        return _until(cue.year, scene)
    several = frame if frame.several else scene.timeline.section
    if reading.predicate.average and several.several and (cue is None or cue.flow == str(several.last)):
        return several.span
    stock = _is_stock(reading, clause, scene)
    if cue is not None:
        times = reading.mention.quantity.unit == "倍" or _SUMMED.search(clause)
        summed = "/" in cue.flow and reading.measure == "level" and times
        return cue.stock if stock and not summed else cue.flow
    fell = reading.measure == "growth" and reading.direction == "down"  # summed over the years (能耗)
    if frame.several and not frame.planned and not fell and _PROVISIONAL.search(clause):
        return str(frame.last)
    return frame.final if stock else frame.span


def _of_words(reading: Reading, clause: str, frame: Frame, cue: Cue | None) -> str:
    """Return the years through which a level was held (`连续5年超万亿斤`), or the year of what stands now."""
    run = _IN_A_ROW.search(clause)
    if run is not None and not frame.planned and reading.measure == "level":
        return f"{frame.last - int(read_number(run['years']) or 1) + 1}/{frame.last}"
    held = cue is None and frame.planned and not frame.several and _HELD_NOW.search(clause)
    return str(frame.last - 1) if held else ""


def _adds_up(reading: Reading) -> bool:
    return reading.measure == "increment" and reading.mention.quantity.kind != "points"


def _until(year: int, scene: Scene) -> str:
    """Return the years over which an increase up to a year adds up (`到2020年新增…`)."""
    section = scene.timeline.section
    if section.several and section.last == year:
        return section.span
    start = next((first for first in PLANS.values() if first + 4 == year), year)
    return f"{start}/{year}" if start != year and scene.timeline.year != year else str(year)


def _base_period(scene: Scene, cue: Cue | None) -> str:
    """Return the year from which a change is counted (`由0.65%降至0.07%`), empty where it is open."""
    if scene.frame.half or (cue is not None and not cue.flow.replace("/", "").isdigit()):
        return ""
    first = int(cue.flow[:4]) if cue is not None else scene.frame.first
    return str(first - 1)


def _is_stock(reading: Reading, clause: str, scene: Scene) -> bool:
    """Whether a value stands at a time rather than adds up over it."""
    if reading.measure == "share":
        return True
    if reading.qualifier:
        return False
    if cue_pattern("status", "stood").search(clause):
        return True
    if reading.measure != "level" or cue_pattern("status", "repeated").search(clause):
        return False
    if reading.predicate.reach or reading.predicate.verb in cue_words("status", "reached"):
        return True
    if _REACHED.search(clause) and not _ADDS_UP.search(clause):
        return True
    quantity = reading.mention.quantity
    thing = reading.things[0] if reading.things else ""
    if quantity.kind == "power" and _BEGUN.search(clause):
        return False
    if quantity.unit == "倍" or cue_pattern("status", "stocks", after="$").search(thing):
        return True
    if _MULTIPLE_OF_YEAR.search(scene.plain, quantity.end, quantity.end + 24):
        return True
    return bool(cue_pattern("status", "yearly", after="$").search(thing)) and not _ADDED_UP.search(clause)
