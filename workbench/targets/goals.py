"""Goals and results without a number: `全覆盖`, `零突破`, `与经济增长同步`, `完成省下达任务` …"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from workbench.targets.coordination import split_members, with_head
from workbench.targets.cues import cue_words
from workbench.targets.indicators import indicator_id
from workbench.targets.subjects import clean_phrase

BOUNDS = ("full_coverage", "breakthrough", "doubling", "in_step", "faster_than", "assigned", "stable")
MEASURE_OF = {"full_coverage": "share", "breakthrough": "level", "assigned": "level"}
_REACH = 160
_CLAUSE = re.compile(r"[，,；;。！？：:\n▲●|]")


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal without a number: its span in the sentence, its bound and the things it is said of."""

    start: int
    end: int
    bound: str
    indicators: tuple[str, ...]


@cache
def _goal_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{bound}>{'|'.join(cue_words('goals', bound))})" for bound in BOUNDS))


@cache
def _listed_pattern() -> re.Pattern[str]:
    """Return the pattern for lists of main targets, where more words count as `stable`."""
    words = {bound: cue_words("goals", bound) for bound in BOUNDS}
    words["stable"] += cue_words("goals", "listed_stable")
    return re.compile("|".join(f"(?P<{bound}>{'|'.join(words[bound])})" for bound in BOUNDS))


@cache
def _target_list() -> re.Pattern[str]:
    return re.compile("|".join(cue_words("goals", "target_list")))


def find_goals(
    sentence: str, carried: Callable[[int], tuple[str, ...]], *, listed: bool = False
) -> list[Goal]:
    """Return the goals without a number of a (normalised) sentence.

    `carried` gives the things that the sentence speaks of before a place, for a clause without subject;
    `listed` says that the sentence belongs to a list of main targets.
    """
    goals: list[Goal] = []
    for match in (_listed_pattern() if listed else _goal_pattern()).finditer(sentence):
        bound = str(match.lastgroup)
        if bound == "assigned" and match.group().startswith(("达到", "控制")) and not listed:
            continue
        indicators = _things(sentence, match, bound, carried, goals[-1].end if goals else 0)
        if bound == "stable":
            indicators = tuple(thing for thing in indicators if indicator_id(thing) and thing != "经济")
            if match.group() == "稳定":
                indicators = indicators if _is_held(sentence, match.start()) else ()
        if indicators:
            goals.append(Goal(match.start(), match.end(), bound, indicators))
    return goals


def _is_held(sentence: str, position: int) -> bool:
    """Whether a bare 稳定 right after an indicator is what is to be kept (`确保粮食产量稳定`)."""
    clause = sentence[_clause_start(sentence, position) : position]
    held = any(word in clause for word in cue_words("goals", "held"))
    return held and bool(indicator_id(clean_phrase(split_members(clause)[-1])))


def opens_list(sentence: str) -> bool:
    """Whether a sentence opens a list of main targets (`主要预期目标是：`)."""
    return bool(_target_list().search(sentence))


_NAMED = re.compile(
    r"(?:(?:下达|确定|考核|分解)(?:给?我[省市区县]|的)+|[省市国家上级]定的?(?!标准))(.{2,30}?)(?:控制|建设)?(?:等(?:各项)?)?(?:目标|任务|指标|计划)+$"
)
_SCOPE = re.compile(
    r"(?<=..)(?:实现|做到|达到|达成|完成)了?(?:(?:全[市省区县域]|设区(?:城)?市|周边(?:省份|城市|地区)|(?:规划|建成|城|市|园|灌|库|矿|厂)区|[省市县区乡镇村]{2,5}(?:[两三四]级)?|地级市|[市县区乡镇村]级|城乡|(?:行政|自然)村|村居|乡镇|镇街|街道|社区|农村|县域|区域)(?:\([^)]*\))?[、和]?)+$"
)
_CHANGE = re.compile(r"(?<=.{4})(?:降低|下降|减少)$")
_UNNAMED = re.compile(r"(?:目标|主要|各项|约束性|控制|任务|年度|指标|和|预期|的)+")
_SHORT = re.compile(r"完成了?(?:国家|省|市|上级)的?([^下考核达定]{2,8})(?:目标|任务|计划)$")


def _things(
    sentence: str,
    match: re.Match[str],
    bound: str,
    carried: Callable[[int], tuple[str, ...]],
    previous: int,
) -> tuple[str, ...]:
    named = (_NAMED.search(match.group()) or _SHORT.match(match.group())) if bound == "assigned" else None
    if named is not None and not _UNNAMED.fullmatch(named.group(1)):
        return tuple(_CHANGE.sub("", member) or member for member in split_members(named.group(1)))
    start = match.start()
    cut = max(_clause_start(sentence, start), previous)
    left = sentence[cut:start]
    if (value := _AFTER_VALUE.search(left)) is not None:
        left = left[value.end() :]
    if bound == "full_coverage" and (scope := _SCOPE.search(left)) is not None:
        left = left[: scope.start()]
    phrase = _stripped(left)
    several = bool(re.search(r"均|都|双双", left))
    if not phrase:
        things = carried(start)
        return things if several else things[-1:]
    things = _members(phrase, bound)
    if bound == "assigned" and cut > 1 and sentence[cut - 1] in "，,":
        things = _clauses_before(sentence, cut) + things
    return things


def _clause_start(sentence: str, position: int) -> int:
    low = max(0, position - _REACH)
    return max((match.end() for match in _CLAUSE.finditer(sentence, low, position)), default=low)


def _members(phrase: str, bound: str) -> tuple[str, ...]:
    if bound == "assigned" and (listed := _LISTED.match(phrase)) is not None:
        members = split_members(listed["members"])
        if not all(indicator_id(member) for member in members):
            return (phrase,)
    else:
        members = split_members(re.sub("等$", "", phrase) if bound == "assigned" else phrase)
    if bound == "full_coverage" and any(
        re.search(r"全面|实现|解决|完成|基本[^医养公]", m) for m in members[:-1]
    ):
        members = members[-1:]
    named = [member for member in (clean_phrase(part) or part for part in members) if member]
    bare = cue_words("subjects", "bare_heads")
    return tuple(with_head(named[0], member) if member in bare else member for member in named)


def _clauses_before(sentence: str, cut: int) -> tuple[str, ...]:
    """Return the things of the clause before that has no value of its own (`A、B下降，C完成…任务`)."""
    start = _clause_start(sentence, cut - 1)
    clause = sentence[start : cut - 1]
    if re.search(r"\d|同步|高于|正增长|稳", clause) or not re.search(
        r"(?:下降|降低|减少|改善|提高)$", clause
    ):
        return ()
    return _members(_stripped(re.sub(r"(?:下降|降低|减少|改善|提高)$", "", clause)), "assigned")


_TRAILING = re.compile(
    r"(?:略|稍|基本|实现|保持|全面|全部|率先|力争|确保|均|都|分别|达到|要|双|超额|顺利|圆满|增长|增速|增幅|[一二三四五六七八九十\d]+年|成功|提前|"
    r"总量|规模|发展|了|双项|坚决|并|较好|较好地|地|[ ])+$"
)
_NUMBERED = re.compile(
    r"^[^，]{0,16}?\d[\d.]*[十百千万亿]*[一-鿿]{0,3}?(?:以上的?|以下的?|的)|^\d[\d.]*[万亿]?[个家户亩条所]"
)
_DRIVE = re.compile(r"^.{0,30}?(?:力争|力促|争取|确保|推动|实现|推进|促进|尽快)(?=.{3})")


_LISTED = re.compile(r"(?P<members>.+[^均平同中高初])等[^、]{1,8}$")
_COMPARED = re.compile(
    r"(?:比|较)(?:\d{4}年|上年|去年)(?:末|底)?|(?:比|较(?![快大好高多强低]))[^，比较重例]{2,10}$"
)
_AFTER_VALUE = re.compile(r"\d[^、]*、(?=[^、]*$)")


def _stripped(left: str) -> str:
    phrase = _TRAILING.sub("", _COMPARED.sub("", left.strip(" 、*▲●")))
    if len(phrase) > 4 and "了" not in phrase[-1:]:
        phrase = _DRIVE.sub("", phrase)
    phrase = _NUMBERED.sub("", phrase)
    return _scopeless(phrase)


def _scopeless(phrase: str) -> str:
    """Return a phrase cleaned member by member, so that the first of a coordination is not cut away."""
    return phrase if "、" in phrase or "和" in phrase else clean_phrase(phrase)
