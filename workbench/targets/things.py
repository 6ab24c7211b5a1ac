"""The thing that a value measures: in the phrase before it, the noun after it, or carried on."""

from __future__ import annotations

import re
from functools import cache

from workbench.targets.coordination import is_rate, split_members, with_head
from workbench.targets.counted import LEVEL
from workbench.targets.cues import cue_pattern, cue_words
from workbench.targets.indicators import indicator_id
from workbench.targets.mentions import Mention
from workbench.targets.readings import Reading, State, words
from workbench.targets.sizes import size_head
from workbench.targets.subjects import (
    Predicate,
    clean_phrase,
    trim,
    without_verb,
)

_COMPLETION = re.compile(
    r"完成了?[“\"]?[一二三四五六七八九十]{1,3}五[”\"]?(?:期间|时期|规划)?(?:计划|目标|任务)?的$"
    r"|完成(?:全?年度?|年初|全部|预定)?[^，、]{0,6}?(?:计划|目标|任务)(?:的)?$"
)
_MILESTONE = re.compile(r"(?<=..)(?:连续)?(?:连跨|跨越|跨过|迈上|跃上|实现).{0,4}台阶$")
_SUMMED = re.compile(r"(?:累计|总数|总量|共计?|合计)$")
_COUNTED = re.compile(r"(?:数量?|个数|家数|户数)$")
_TOTALS = frozenset({"总量", "总额", "总数", "总规模", "规模", "总值", "数量", "总"})
_MADE = re.compile(
    r"(?:生产)?(?:呈|连续|再获|有(?:所|较大|明显|新|大幅|显著)|显著|明显|大幅|升至|居(?=全|第|首|前|中|同)|位列|列全|获得?|喜获|再获|实现|保持|迈上|跃上|取得|在|虽|继续|持续|稳步|不断|进一步|再创|再上)"
)
_TIME = re.compile(r"(?:今明两年|[今明去]年|[一-十两]年(?:来|间)?|近年来?|过去|期间|目前)+")
_SPENT = frozenset({"资金", "投入", "投资", "总投资", "完成投资"})
_FOSTERED = re.compile(r"(?:培育|建设|发展|工作|引育|壮大|认定|申报)+$")
_AVERAGE = re.compile(r"平均(?:水平|值)?的$")
_CLAUSE_REACH = 60
_PURPOSE = 14
_VALUE = re.compile(r"[0-9][0-9.]*[%万亿个家]")
_SIGNS = "，。；：！？\n,;:"


def things_of(
    mention: Mention, predicate: Predicate, after: str, state: State
) -> tuple[tuple[str, ...], str]:
    """Return the things that a value is said of and the rule that found them; the state moves on."""
    if after:
        state.set_subject(_MILESTONE.sub("", after), ())
        return (after,), "noun after the value"
    phrase = clean_phrase(_before_pause(predicate.head))
    if len(phrase) < 2 or (mention.quantity.unit == "倍" and _AVERAGE.search(predicate.head)):
        return _carried(mention, predicate, state)
    if (completion := _COMPLETION.search(predicate.head)) is not None:
        done = clean_phrase(predicate.head[: completion.start()])
        named = (done,) if done else state.members or (state.subject,)
        if named[0]:
            return tuple(member + completion.group().rstrip("的") for member in named), "carried"
    if (event := _event_of(phrase, state.subject)) is not None and _event().fullmatch(phrase):
        return (event,), "carried"
    if "分别" in phrase:
        return _apart(phrase, state), "phrase before the value"
    phrase = _with_size(_whole(phrase, mention, state), mention, state) + _purpose(mention, phrase)
    several = predicate.several or bool(re.search(r"各$|均|都|双双", mention.left[-8:]))
    members = split_members(phrase) if several else _canonical_members(phrase)
    state.set_subject(phrase, members)
    return members, "phrase before the value"


def _before_pause(head: str) -> str:
    """Return what a phrase speaks of before a first verb, where a pause precedes the value's own verb.

    `企业数量实现跨越、累计突破100家` counts 企业数量.
    """
    bare = _SUMMED.sub("", head)
    made = _MADE.search(bare, 2) if bare.endswith("、") else None
    return bare[: made.start()] if made else head


def _canonical_members(phrase: str) -> tuple[str, ...]:
    """Return the members of a coordination that are canonical indicators one and all, else the phrase."""
    members = split_members(_COUNTED.sub("", phrase))
    ids = [indicator_id(member) for member in members]
    complete = len(members) > 1 and all(ids) and len(set(ids)) == len(ids)
    complete = complete or (1 < len(members) <= 4 and all(map(is_rate, members)))
    return members if complete and not indicator_id(phrase) else (phrase,)


def _purpose(mention: Mention, phrase: str) -> str:
    """Return what a sum is spent on where little else is said (`省财政安排3000万元支持园区建设`)."""
    if mention.quantity.kind != "money" or len(phrase) > 6 or indicator_id(phrase):
        return ""
    spent = cue_pattern("subjects", "money_verbs").match(mention.right.lstrip())
    purpose = re.split(f"[{_SIGNS}、]", mention.right.lstrip()[spent.end() :])[0] if spent else ""
    return purpose[: len(phrase) + 2]


def _spent_on(mention: Mention) -> str:
    """Return what a sum is spent on where nothing else is said (`安排3亿元改造中小学校舍`)."""
    if mention.quantity.kind != "money" or mention.closes:
        return ""
    right = mention.right.lstrip(" 用于")
    verb = cue_pattern("subjects", "money_verbs").match(right)
    purpose = re.split(f"[{_SIGNS}、]", right)[0][:_PURPOSE] if verb else ""
    return purpose if verb and len(purpose) - verb.end() >= 2 else ""


def _carried(mention: Mention, predicate: Predicate, state: State) -> tuple[tuple[str, ...], str]:
    last = state.last
    if predicate.head and (spent := _spent_on(mention)):
        state.set_subject(spent, ())
        return (spent,), "what a sum is spent on"
    if last is not None and last.qualifier and not mention.opens:
        size = state.text[last.mention.quantity.start : last.mention.stop]
        return (size + state.size_noun,), "carried with its size"
    skipped = mention.opens and _skips_clause(mention, last)
    before = clause_before(state.text, mention, whole=predicate.several) if skipped else ""
    if before and (not state.subject or indicator_id(before)):
        state.set_subject(before, ())
        return split_members(before) if predicate.several else (before,), "carried from the clause before"
    ended = last is not None and last.base and mention.quantity.unit == "%"
    if state.share and (mention.quantity.kind == "points" or ended):
        return (state.share,), "carried"
    if (event := _event_of(predicate.head, state.subject)) is not None:
        return (event,), "carried"
    if predicate.head and not state.members:
        return (without_verb(state.subject) or predicate.head[-8:].strip(),), "carried"
    if not state.subject and not state.members and skipped:
        return (clause_before(state.text, mention, whole=True),), "carried from the clause before"
    return (state.members or (state.subject,)), "carried"


@cache
def _event() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('subjects', 'events'))})$")


def _event_of(head: str, subject: str) -> str | None:
    """Return the thing before with another event (`项目开工115个、竣工69个`), None where none is meant."""
    found, before = _event().search(head), _event().search(subject)
    if found is None or before is None or not before.start():
        return None
    return subject[: before.start()] + found.group()


def _with_size(phrase: str, mention: Mention, state: State) -> str:
    """Give a short noun the size before it (`产值30亿元企业`)."""
    last = state.last
    if last is None or not last.qualifier or mention.opens or len(phrase) > 4 or state.after_two_sizes:
        return phrase
    head = last.things[0] if size_head(last.things[0]) and last.predicate.head else ""
    return trim(head + state.text[last.mention.quantity.start : mention.quantity.start].strip())


def _apart(phrase: str, state: State) -> tuple[str, ...]:
    """Return the members before 分别; the last alone where another has no number (`省定标准和3.5%`)."""
    before, rest = phrase.split("分别", 1)
    members = split_members(before)
    if re.search(r"标准|目标|水平|计划", rest):
        members = members[-1:]
    if (head := clean_phrase(rest)) in words("bare_heads"):
        members = tuple(with_head(member, head) for member in members)
    state.set_subject(before, members)
    return members


def _whole(phrase: str, mention: Mention, state: State) -> str:
    """Give a bare head (`增加值`, `总数`, `市级`) the thing before that it belongs to."""
    if phrase in words("levels") and state.subject:
        return phrase + LEVEL.sub("", state.subject)
    if not (phrase in words("bare_heads") or phrase.startswith("占")) or indicator_id(phrase):
        return phrase
    skipped = mention.opens and _skips_clause(mention, state.last)
    before = clause_before(state.text, mention) if skipped or not state.subject else ""
    subject = before or state.subject
    if not subject and phrase not in _SPENT:
        subject = clause_before(state.text, mention, whole=True)
    if not subject or subject.endswith(phrase):
        return subject or phrase
    if phrase.startswith("占") or phrase in ("占比", "比重"):
        return subject + phrase
    if phrase in _TOTALS and indicator_id(subject):
        return subject
    return phrase + subject if phrase == "人均" else with_head(subject, phrase)


def _skips_clause(mention: Mention, last: Reading | None) -> bool:
    """Whether a whole clause lies between a value and the one before it."""
    return last is None or last.mention.stop < mention.clause - 1


def clause_before(text: str, mention: Mention, *, whole: bool = False) -> str:
    """Return the thing that the clause before speaks of, for a clause that leaves it out.

    That is what stands before its verb, or a canonical indicator; with `whole` all of it.
    """
    end = mention.clause - 1
    start = max(text.rfind(sign, max(0, end - _CLAUSE_REACH), max(0, end)) for sign in _SIGNS) + 1
    clause = text[start:end] if start or end <= _CLAUSE_REACH else ""
    if not clause or _VALUE.search(clause):
        return ""
    made = _MADE.search(clause, 2)
    phrase = clean_phrase(clause[: made.start()] if made else clause)
    if made and (not phrase or _TIME.fullmatch(phrase)):
        phrase = clean_phrase(clause)
    if made or whole or any(indicator_id(member) for member in split_members(phrase)):
        return phrase
    thing = _FOSTERED.sub("", phrase)
    return thing if indicator_id(thing) else ""


@cache
def _jobs() -> tuple[str, ...]:
    return ("就业", "就业岗位", "就业人员")


_LARGE = 1e8
_FIRMS = frozenset(
    {
        *("enterprises_above_size", "hightech_enterprises", "tech_smes", "little_giants"),
        *("specialised_smes", "market_entities", "listed_companies"),
    }
)


def _acts(reading: Reading, thing: str) -> bool:
    """Whether the firms counted do something (`592家企业实施改造`): then they are not all there are."""
    right = reading.mention.right.lstrip(" 的")
    return reading.noun_after and right.startswith(thing) and bool(right[len(thing) :].strip(" 、和"))


def _on_each_unit(reading: Reading, thing: str, clause: str) -> bool:
    """Whether the clause gives a thing for each unit of land or household (`亩均产值、税收`)."""
    units = [match.end() for match in cue_pattern("subjects", "per_unit").finditer(clause)]
    return bool(units) and (reading.noun_after or thing in clause[units[-1] :] or thing not in clause)


def indicator_of(reading: Reading, thing: str, clause: str) -> str:
    """Return the canonical id of a thing as read.

    It is empty for a qualifier, a rate of completion and what is given for each unit of land, as
    the words before the value tell: `clause`, with the clause before where the thing is carried on.
    """
    if reading.qualifier or (reading.measure == "share" and reading.predicate.verb == "完成"):
        return ""
    if _on_each_unit(reading, thing, clause):
        return ""
    quantity = reading.mention.quantity
    kind = "money" if quantity.kind == "bare" and quantity.low >= _LARGE else quantity.kind
    if reading.mention.right.strip() == "的":  # `涉及10万户的267个小区`: an attribute of what is counted
        return ""
    found = indicator_id(thing, reading.measure, kind)
    if found in _FIRMS and reading.measure == "level" and _acts(reading, thing):
        return ""
    if not found and reading.measure == "increment" and thing.startswith(_jobs()):
        return indicator_id("新增" + thing, reading.measure, kind)
    return found
