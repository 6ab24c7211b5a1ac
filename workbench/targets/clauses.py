"""What each value of a sentence measures: thing, measure, direction, carried from clause to clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from workbench.targets.counted import RELATIVE, noun_after, without_noun_before
from workbench.targets.cues import cue_words
from workbench.targets.indicators import indicator_id
from workbench.targets.lists import settle_lists
from workbench.targets.measure import measure_of
from workbench.targets.mentions import Mention
from workbench.targets.nouns import thing_after
from workbench.targets.readings import Reading, State, words
from workbench.targets.sizes import attribute_of, bearer_of, is_size, size_head
from workbench.targets.subjects import Predicate, clean_phrase, is_verb, read_predicate
from workbench.targets.things import things_of

_OF_GROWTH = re.compile(r"的(?:增速|速度|增长|增幅)")
_GROWTH_OF = re.compile(
    r"的(?:年度|年均)?(?P<thing>[一-鿿]{2,14}?)(?:增长(?:预期)?目标|增速目标|增速|增长率)"
)
_ECONOMY = re.compile(r"(?:地区|国内)?生产总值|GDP|经济(?:增长)?")
_FROM = re.compile(r"(?:(?<![自理缘事])由|从)(?P<rest>[^由从，]{0,16})$")
_CHANGES = re.compile(r"[^，。；\n]{0,40}?[到至为成]")
_AGAINST = re.compile(r"(?P<verb>高于|低于|快于|高出|超出|超过|慢于|领先|好于)(?P<other>[^，、]{1,16})$")
_CAPACITIES = frozenset({"mass", "power", "volume", "count"})
_SIZES_BACK = 12


@cache
def _increment() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('predicates', 'increment'))})(?![到至的])")


@cache
def _own_verb() -> re.Pattern[str]:
    return re.compile("|".join(cue_words("subjects", "light") + cue_words("subjects", "kept")))


def read_mentions(text: str, mentions: Sequence[Mention]) -> list[Reading]:
    """Read the values of one sentence in order; `text` is the normalised text of the document."""
    state = State(text)
    for index, mention in enumerate(mentions):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        state.readings.append(_read(mention, following, state))
    settle_lists(state.readings)
    return state.readings


def _read(mention: Mention, following: Mention | None, state: State) -> Reading:
    predicate = read_predicate(mention.left)
    alternative = state.after_size(mention) or state.counted(mention)
    if is_size(state.text, mention, predicate, following, after_size=alternative):
        return _read_size(mention, predicate, following, state)
    mention = without_noun_before(mention, state)
    predicate, base = _comparison(state.text, mention, read_predicate(mention.left))
    _follow_increment(mention, predicate, state)
    after = noun_after(mention, predicate, following, state)
    verb = _verb_of(mention, predicate, after, state)
    measure, direction = measure_of(mention.quantity, verb, predicate.head, state.increment)
    of_growth = mention.quantity.unit == "%" and _OF_GROWTH.match(mention.right)
    if mention.quantity.unit == "%" and (named := _GROWTH_OF.match(mention.right)) is not None:
        return _read_named_growth(mention, predicate, named["thing"], state)
    if of_growth:
        measure, direction, after = "growth", "up", ""
    things, rule = things_of(mention, predicate, after, state)
    if of_growth and not indicator_id(things[0]):
        things, rule = _economy(state.text, mention) or things, "growth of the economy"
    if predicate.verb:
        state.verb = predicate
    return Reading(mention, things, measure, direction, predicate, rule, base=base, noun_after=bool(after))


def _read_named_growth(mention: Mention, predicate: Predicate, thing: str, state: State) -> Reading:
    """Read a growth named after its value (`8%左右的地区生产总值增长目标`)."""
    state.set_subject(thing, ())
    return Reading(mention, (thing,), "growth", "up", predicate, "noun after the value", noun_after=True)


def _economy(text: str, mention: Mention) -> tuple[str, ...]:
    """Return what grows in `保持8%的增速`, where the clause or the one before speaks of the economy."""
    start = mention.quantity.start
    named = _ECONOMY.findall(text, max(0, start - 80), start)
    return (named[-1],) if named else ()


def _verb_of(mention: Mention, predicate: Predicate, after: str, state: State) -> Predicate:
    """Return the verb that governs a value: its own, or in a list the one before."""
    if after and predicate.sort in ("up", "down") and predicate.verb not in words("changes"):
        return replace(predicate, verb="", sort="")
    may_carry = mention.joined or mention.quantity.unit in RELATIVE
    bare = not after and not clean_phrase(predicate.head)
    bare &= mention.quantity.unit in RELATIVE or not is_verb(predicate.head)
    if may_carry and not predicate.verb and state.verb and bare:
        return state.verb
    return predicate


def _comparison(text: str, mention: Mention, predicate: Predicate) -> tuple[Predicate, bool]:
    """Read `高于城镇居民1个百分点` and the base of `由22公里增加到178公里`."""
    if mention.quantity.kind == "points" and (match := _AGAINST.search(predicate.head)) is not None:
        sort = "down" if match["verb"] in ("低于", "慢于") else "up"
        head = predicate.head[: match.start()]
        return Predicate(head, match["verb"], sort, False, predicate.several, False), False
    changes = _CHANGES.match(text, mention.stop) is not None
    if changes and not predicate.verb and (match := _FROM.search(predicate.head)) is not None:
        return Predicate(predicate.head[: match.start()], "", "", False, predicate.several, False), True
    return predicate, False


def _follow_increment(mention: Mention, predicate: Predicate, state: State) -> None:
    """Keep 新增 and 净增 for the coordination that they govern, drop them where another verb begins."""
    found = ""
    for match in _increment().finditer(predicate.head):
        found = match.group()
    if found:
        state.increment = found
    elif _striven_on(mention, state):
        return
    elif not state.continues(mention) or predicate.verb or _own_verb().match(predicate.head):
        state.increment = ""


_STRIVEN = re.compile(r"(?:力争|争取|奋力|努力|力求|全力)(?:达到?|实现|完成|突破|超过|再)*")
_STRETCH_TIMES = 3.0


def _striven_on(mention: Mention, state: State) -> bool:
    """Whether a value is what an increment is striven to be (`净增规上企业800家，力争1000家`)."""
    last = state.last
    if last is None or last.qualifier or last.mention.quantity.unit != mention.quantity.unit:
        return False
    near = mention.quantity.high <= _STRETCH_TIMES * last.mention.quantity.low
    return near and _STRIVEN.fullmatch(mention.left) is not None


def _read_size(mention: Mention, predicate: Predicate, following: Mention | None, state: State) -> Reading:
    """Read a value that says which things are meant (`总投资超30亿元的项目`)."""
    if attribute := attribute_of(mention, predicate):
        return Reading(mention, (attribute,), "level", "", predicate, "size", qualifier=True)
    if mention.quantity.kind in _CAPACITIES:
        return _read_capacity(mention, state)
    if state.counted(mention) and "以上" not in state.text[mention.quantity.end : mention.stop]:
        mention = replace(mention, bound="exact")
    head, last = size_head(predicate.head), state.last
    if last is not None and state.after_size(mention):
        mention = replace(mention, bound=last.mention.bound)
        head = head or last.things[0]
    noun = (
        thing_after(mention.right)
        if mention.quantity.kind in ("age", "voltage")
        else bearer_of(mention.right)
    )
    shared = mention.right.strip() in ("或", "或者", "、") or mention.quantity.kind == "voltage"
    if not noun and following is not None and shared and not following.opens:
        noun = bearer_of(following.right)
    state.size_noun = noun or state.size_noun
    _follow_increment(mention, predicate, state)
    head = head or _head_before(state)
    if (
        mention.quantity.bare
        and noun
        and not mention.right.startswith("级")
        and mention.quantity.kind == "bare"
    ):
        noun = clean_phrase(predicate.head)[-8:] + state.text[mention.quantity.start : mention.stop] + noun
    if mention.right.startswith("之"):
        head = state.text[mention.quantity.start : mention.stop] + mention.right[:2]
    things = (head or noun or state.size_noun or clean_phrase(predicate.head) or state.subject,)
    return Reading(mention, things, "level", "", predicate, "size", qualifier=True)


def _head_before(state: State) -> str:
    """Return what an earlier size of the sentence measured (`产值30亿元企业1家、超亿元企业3家`)."""
    for reading in reversed(state.readings[-_SIZES_BACK:]):
        if reading.qualifier and size_head(reading.things[0]) == reading.things[0]:
            return reading.things[0]
    return ""


def _read_capacity(mention: Mention, state: State) -> Reading:
    """Read the capacity of a named project (`江铜年产40万吨铅锌冶炼`)."""
    mention = without_noun_before(mention, state)
    predicate = read_predicate(mention.left)
    noun = re.split(r"[、和及]|等", thing_after(mention.right) or mention.right)[0]
    thing = clean_phrase(re.sub(r"新增$", "", predicate.head))[-10:] + noun
    state.size_noun = noun or state.size_noun
    _follow_increment(mention, predicate, state)
    grows = predicate.head.endswith("新增")
    return Reading(
        mention,
        (thing,),
        "increment" if grows else "level",
        "up" if grows else "",
        predicate,
        "size",
        qualifier=True,
    )
