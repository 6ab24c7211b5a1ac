"""Goals and results without a number: `全覆盖`, `零突破`, `与经济增长同步`, `完成省下达任务` …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from workbench.targets.cues import cue_words
from workbench.targets.indicators import indicator_id
from workbench.targets.subjects import clean_phrase, split_members

BOUNDS = ("full_coverage", "breakthrough", "doubling", "in_step", "faster_than", "assigned", "stable")
MEASURE_OF = {"full_coverage": "share", "breakthrough": "level", "assigned": "level"}
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
def _target_list() -> re.Pattern[str]:
    return re.compile("|".join(cue_words("goals", "target_list")))


def find_goals(sentence: str, subject: str = "") -> list[Goal]:
    """Return the goals without a number of a (normalised) sentence.

    `subject` is what the sentence before spoke of, for a clause that leaves its subject out.
    """
    goals = []
    for match in _goal_pattern().finditer(sentence):
        bound = str(match.lastgroup)
        indicators = _things(sentence, match, bound, subject)
        if bound == "stable":
            indicators = tuple(thing for thing in indicators if indicator_id(thing))
        if bound == "assigned" and match.group().startswith(("达到", "控制")) and not _listed(sentence, match.start()):
            continue
        if indicators:
            goals.append(Goal(match.start(), match.end(), bound, indicators))
    return goals


def _listed(sentence: str, position: int) -> bool:
    return bool(_target_list().search(sentence[:position]))


def _things(sentence: str, match: re.Match[str], bound: str, subject: str) -> tuple[str, ...]:
    if bound == "assigned" and (named := re.search(r"(?:下达|确定|考核)的(.{2,16}?)(?:控制|建设)?(?:目标|任务|指标)+$", match.group())):
        return (_named_thing(named.group(1)),)
    if bound == "assigned" and (named := re.search(r"完成(?:国家|省|市|上级)的?([^下考核达]{2,8})(?:目标|任务)$", match.group())):
        return (named.group(1),)
    cut = max((m.end() for m in _CLAUSE.finditer(sentence, 0, match.start())), default=0)
    left = sentence[cut : match.start()]
    phrase = _stripped(left)
    if not phrase:
        phrase = _stripped(_previous_clause(sentence, cut)) or subject
    members = split_members(phrase)
    return tuple(member for member in (clean_phrase(part) or part for part in members) if member)


def _named_thing(thing: str) -> str:
    return re.sub(r"(?:控制|的)$", "", thing)


def _previous_clause(sentence: str, cut: int) -> str:
    if cut < 2:
        return ""
    start = max((m.end() for m in _CLAUSE.finditer(sentence, 0, cut - 1)), default=0)
    return sentence[start : cut - 1]


_TRAILING = re.compile(
    r"(?:略|稍|基本|实现|保持|全面|全部|率先|力争|确保|均|都|分别|实现了|达到|要|双|超额|顺利|圆满|增长|增速|增幅|五年|\d年|成功|提前|总量|规模|发展|[ ])+$"
)


def _stripped(left: str) -> str:
    phrase = _TRAILING.sub("", left.strip(" 、*▲●"))
    phrase = re.sub(r"^.{0,30}?(?:力争|争取|确保|推动|实现|推进|促进)(?=.{3})", "", phrase) if len(phrase) > 6 else phrase
    return clean_phrase(phrase)
