"""What each value of a sentence measures: thing, measure, direction, carried from clause to clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from workbench.targets.cues import cue_words
from workbench.targets.indicators import indicator_id
from workbench.targets.mentions import Mention
from workbench.targets.subjects import Predicate, clean_phrase, read_predicate, split_members, thing_after

COUNTED = frozenset({"count", "person", "area", "length", "mass", "volume", "bare", "power", "energy", "other"})
RELATIVE = frozenset({"%", "‰", "倍"})
_LEVEL_SIZES = ("money", "area", "mass", "power", "volume", "energy", "bare", "length", "count")


@dataclass(slots=True)
class Reading:
    """What a value was read as."""

    mention: Mention
    things: tuple[str, ...]
    measure: str
    direction: str
    predicate: Predicate
    rule: str
    qualifier: bool = False
    base: bool = False
    noun_after: bool = False


@dataclass(slots=True)
class _State:
    """What is carried on in a sentence."""

    subject: str = ""
    members: tuple[str, ...] = ()
    increment: str = ""
    direction: str = ""
    verb: Predicate | None = None
    from_to: bool = False
    readings: list[Reading] = field(default_factory=list)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(cue_words("subjects", key))


@cache
def _increment() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('predicates', 'increment'))})(?![到至]|的)")


@cache
def _ends_with(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('subjects', key))})[ ]?$")


@cache
def _starts_with(key: str) -> re.Pattern[str]:
    return re.compile(rf"^[ “”\"的]*(?:[一-鿿“”]{{0,10}}?)(?:{'|'.join(cue_words('subjects', key))})")


def read_mentions(mentions: Sequence[Mention], *, subject: str = "") -> list[Reading]:
    """Read the values of one sentence in order; `subject` is what the sentence before spoke of."""
    state = _State(subject=subject)
    for index, mention in enumerate(mentions):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        state.readings.append(_read(mention, following, state))
    _distribute(state.readings)
    return state.readings


def _read(mention: Mention, following: Mention | None, state: _State) -> Reading:
    predicate = read_predicate(mention.left)
    if _is_size(mention, predicate, following):
        return _read_size(mention, predicate, state)
    after = _noun_after(mention, predicate)
    if not mention.joined:
        state.increment = ""
    if found := _last_increment(predicate.head):
        state.increment = found
    elif predicate.sort in ("up", "down") and predicate.verb and not predicate.reach:
        state.increment = ""
    elif predicate.verb or (predicate.head and not mention.joined):
        state.increment = ""
    measure, direction = _measure(mention, predicate, state)
    things, rule = _things(mention, predicate, after, state)
    if predicate.verb:
        state.verb = predicate
    return Reading(mention, things, measure, direction, predicate, rule, noun_after=bool(after))


def _last_increment(head: str) -> str:
    found = ""
    for match in _increment().finditer(head):
        found = match.group()
    return found


def _noun_after(mention: Mention, predicate: Predicate) -> str:
    """Return the noun that a value counts where it follows the value."""
    quantity = mention.quantity
    if mention.closes:
        return ""
    if quantity.unit in RELATIVE or quantity.kind == "points":
        return thing_after(mention.right) if mention.right.startswith("的") else ""
    return thing_after(mention.right)


def _is_size(mention: Mention, predicate: Predicate, following: Mention | None) -> bool:
    """Whether a value says which things are meant (`总投资超30亿元的项目`), and is no value of its own."""
    quantity = mention.quantity
    if quantity.kind not in _LEVEL_SIZES + ("age",) or quantity.kind == "count":
        return False
    right = mention.right
    if quantity.kind == "age":
        return mention.bound in ("at_least", "at_most") and not mention.closes
    if mention.closes and not right.startswith(("级", "的")):
        return bool(
            following is not None and following.empty and following.joined is False and quantity.kind == "money"
            and following.quantity.kind == "count" and not following.opens
        )
    if quantity.kind == "money" and following is not None and following.empty and not following.opens:
        return following.quantity.kind == "count" and not right.strip("级 ")
    if right.startswith("级"):
        return True
    if quantity.kind in ("money", "bare"):
        return _money_size(mention, predicate, following)
    if quantity.kind in ("mass", "power", "volume", "count", "area"):
        return _capacity(mention, predicate)
    return False


def _money_size(mention: Mention, predicate: Predicate, following: Mention | None) -> bool:
    noun = thing_after(mention.right) or mention.right.lstrip("的 ")
    if mention.quantity.kind == "bare" and not mention.quantity.spoken and not mention.quantity.bare:
        large = mention.quantity.low >= 1e8 and _starts_with("bearers").match(noun)
        return bool(large)
    if re.match(r"[或、和]?$", mention.right.strip()) and following is not None and following.quantity.kind == "money":
        return bool(_ends_with("size_heads").search(predicate.head)) and not following.closes
    if not noun:
        return False
    if _starts_with("sums").match(noun[:8]) and not _ends_with("size_heads").search(predicate.head):
        return False
    return bool(_starts_with("bearers").match(noun))


def _capacity(mention: Mention, predicate: Predicate) -> bool:
    if mention.closes or predicate.verb or mention.right.startswith("的"):
        return False
    return any(mark in mention.right[:14] for mark in _words("capacity_marks")) and not _ends_with("light").search(
        mention.left
    )


def _read_size(mention: Mention, predicate: Predicate, state: _State) -> Reading:
    head = clean_phrase(predicate.head)
    noun = thing_after(mention.right).lstrip("级") if not mention.closes else ""
    sized = _ends_with("size_heads").search(head)
    thing = head if head and sized else noun or head or _last_size(state) or state.subject
    return Reading(mention, (thing,), "level", "", predicate, "size", qualifier=True)


def _last_size(state: _State) -> str:
    for reading in reversed(state.readings):
        if reading.qualifier and reading.things:
            return reading.things[0]
    return ""


def _measure(mention: Mention, predicate: Predicate, state: _State) -> tuple[str, str]:
    """Return measure and direction from the unit and the verb that governs the value."""
    quantity = mention.quantity
    verb = predicate
    if not predicate.verb and not predicate.head and state.verb is not None and not mention.noun_right:
        verb = state.verb
    if quantity.kind == "points":
        return "increment", "down" if verb.sort == "down" else "up"
    if quantity.unit in RELATIVE or quantity.kind == "ratio":
        return _relative(quantity.unit, verb, predicate.head)
    if state.increment:
        return "increment", "down" if re.match(r"减|压|净减|削", state.increment) else "up"
    if verb.sort in ("up", "down") and verb.verb and not verb.reach and quantity.kind not in ("index",):
        if predicate.verb in ("高", "低", "多", "少", "领先"):
            return "level", ""
        return "increment", "down" if verb.sort == "down" else "up"
    return "level", ""


def _relative(unit: str, verb: Predicate, head: str) -> tuple[str, str]:
    if unit == "倍":
        return ("growth", "up") if verb.sort == "up" and not verb.reach else ("level", "")
    grows = re.search(r"(?:增速|增幅|涨幅|(?<!自然)增长率|增长目标|增长)(?:目标)?$", head) or (
        verb.verb in ("增速", "增幅", "涨幅")
    )
    falls = re.search(r"(?:降幅|下降率)$", head) or verb.verb == "降幅"
    if unit == "%" and grows:
        return "growth", "up"
    if unit == "%" and falls:
        return "growth", "down"
    if verb.sort in ("up", "down") and not verb.reach:
        return "growth", verb.sort
    if unit == "%" and verb.reach and re.search(r"(?:上涨|增长|涨幅|上升)$", head + verb.verb) and "控制" in verb.verb:
        return "growth", "up"
    return "share", ""


def _things(
    mention: Mention, predicate: Predicate, after: str, state: _State
) -> tuple[tuple[str, ...], str]:
    head = predicate.head
    if after:
        thing = _complete(after, state)
        state.subject, state.members = thing, ()
        return (thing,), "noun after the value"
    phrase = clean_phrase(head)
    if not phrase:
        if _sized(state, mention):
            thing = _size_words(state) + (state.subject if mention.left == "" else "")
            return (thing or state.subject,), "carried with its size"
        return (state.members or (state.subject,)), "carried"
    if phrase in _words("bare_heads") or phrase.startswith("占"):
        phrase = _of_subject(phrase, state.subject)
    else:
        phrase = _complete(phrase, state)
    if _sized(state, mention) and len(phrase) <= 4:
        phrase = _size_words(state) + phrase
    members = split_members(phrase) if predicate.several or mention.left.endswith("各") else (phrase,)
    state.subject, state.members = phrase, members if len(members) > 1 else ()
    return members, "phrase before the value"


def _sized(state: _State, mention: Mention) -> bool:
    return bool(state.readings and state.readings[-1].qualifier and not mention.opens)


def _size_words(state: _State) -> str:
    reading = state.readings[-1]
    quantity = reading.mention.quantity
    head = clean_phrase(reading.predicate.head)
    bound = {"at_least": "超"}.get(reading.mention.bound, "")
    return f"{head[-8:]}{bound}{_short(quantity.low)}{quantity.unit}"


def _short(value: float) -> str:
    for size, sign in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if value >= size:
            number = value / size
            return ("" if number == 1 else f"{number:g}") + sign
    return f"{value:g}"


_LEVEL = re.compile(r"^(?:国家级|省级|市级|区级|县级|镇级|乡级|世界级|全国|省|市)")


def _complete(phrase: str, state: _State) -> str:
    """Give a phrase that is only a rank (`市级`) the noun that it shares with the one before."""
    if phrase in _words("levels") and state.subject:
        rest = _LEVEL.sub("", state.subject)
        return phrase + rest
    return phrase


_HEAD_NOUN = re.compile(r"(?:总?产值|增加值|总?收入|营收|总?产量|面积|总?额|总?数|总?量|增速|投资|产量|播种面积)$")


def _of_subject(phrase: str, subject: str) -> str:
    """Return `规上工业增加值` for `增加值` after `规上工业总产值`."""
    if not subject or subject.endswith(phrase):
        return subject or phrase
    if phrase.startswith("占") or phrase in ("占比", "比重"):
        return subject + phrase
    return _HEAD_NOUN.sub("", subject) + phrase


def _distribute(readings: list[Reading]) -> None:
    """Give each value of a chain (`分别增长7%、18%`) its own member of the coordination before it."""
    index = 0
    while index < len(readings):
        chain = [readings[index]]
        while index + len(chain) < len(readings):
            following = readings[index + len(chain)]
            if not (following.mention.joined and following.mention.empty) or following.noun_after:
                break
            chain.append(following)
        _share(chain, readings[index - 1] if index else None)
        index += len(chain)


def _share(chain: list[Reading], before: Reading | None) -> None:
    members = chain[0].things
    if len(chain) > 1 and len(members) == 1 and chain[0].predicate.several:
        members = expand(members[0], len(chain))
    if len(chain) == 1 or len(members) != len(chain):
        if len(chain) > 1 and len(members) == 1:
            members = expand(members[0], len(chain))
            if len(members) != len(chain):
                return
        else:
            return
    for reading, member in zip(chain, members, strict=True):
        reading.things = (member,)
        reading.rule += ", distributed"


def expand(thing: str, count: int) -> tuple[str, ...]:
    """Return the members that a short coordination names (`城乡居民…`: of towns and of the country)."""
    if count == 2 and "城乡" in thing:
        return thing.replace("城乡", "城镇"), thing.replace("城乡", "农村")
    return (thing,)


def indicator_of(reading: Reading, thing: str) -> str:
    """Return the canonical id of a thing as read."""
    return "" if reading.qualifier else indicator_id(thing, reading.measure, reading.mention.quantity.kind)
