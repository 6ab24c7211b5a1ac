"""What each value of a sentence measures: thing, measure, direction, carried from clause to clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from workbench.targets.cues import cue_words
from workbench.targets.indicators import indicator_id
from workbench.targets.measure import measure_of
from workbench.targets.mentions import Mention
from workbench.targets.sizes import bearer_of, is_size, size_head
from workbench.targets.subjects import Predicate, clean_phrase, read_predicate, split_members, thing_after

RELATIVE = frozenset({"%", "‰", "倍"})


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
    carried: bool = False


@dataclass(slots=True)
class _State:
    """What is carried on in a sentence."""

    text: str
    subject: str = ""
    members: tuple[str, ...] = ()
    increment: str = ""
    verb: Predicate | None = None
    share: str = ""
    size_noun: str = ""
    readings: list[Reading] = field(default_factory=list)

    @property
    def last(self) -> Reading | None:
        """Return the reading before."""
        return self.readings[-1] if self.readings else None


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(cue_words("subjects", key))


@cache
def _increment() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('predicates', 'increment'))})(?![到至的])")


@cache
def _spent() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('subjects', 'money_verbs'))})")


@cache
def _own_verb() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(cue_words('subjects', 'light') + cue_words('subjects', 'kept'))})")


_CHANGES = frozenset({"增加", "减少", "压减", "精简", "裁减", "核减", "削减", "增"})
_OF_GROWTH = re.compile(r"的(?:增速|速度|增长|增幅)")
_FROM = re.compile(r"(?:由|从)(?P<rest>[^由从，]{0,16})$")
_AGAINST = re.compile(r"(?P<verb>高于|低于|快于|高出|超出|超过|慢于|领先|好于)(?P<other>[^，、]{1,16})$")


def read_mentions(text: str, mentions: Sequence[Mention]) -> list[Reading]:
    """Read the values of one sentence in order; `text` is the normalised text of the document."""
    state = _State(text)
    for index, mention in enumerate(mentions):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        state.readings.append(_read(mention, following, state))
    _spread_sizes(state.readings)
    _distribute(state.readings)
    _share_noun(state.readings)
    return state.readings


def _read(mention: Mention, following: Mention | None, state: _State) -> Reading:
    predicate = read_predicate(mention.left)
    if is_size(state.text, mention, predicate, following, after_size=_after_size(state, mention) or _counted(state, mention)):
        return _read_size(mention, predicate, following, state)
    mention = _without_noun_before(mention, state)
    predicate = read_predicate(mention.left)
    predicate, base = _comparison(mention, predicate)
    _follow_increment(mention, predicate, state)
    after = _noun_after(mention, predicate, following, state)
    verb = predicate
    if after and predicate.sort in ("up", "down") and predicate.verb not in _CHANGES:
        verb = replace(predicate, verb="", sort="")
    may_carry = mention.joined or mention.quantity.unit in RELATIVE
    if may_carry and not predicate.verb and state.verb and not after and not clean_phrase(predicate.head):
        verb = state.verb
    measure, direction = measure_of(mention.quantity, verb, predicate.head, state.increment)
    if mention.quantity.unit == "%" and _OF_GROWTH.match(mention.right):
        measure, direction, after = "growth", "up", ""
    things, rule = _things(mention, predicate, after, state)
    if predicate.verb:
        state.verb = predicate
    return Reading(
        mention, things, measure, direction, predicate, rule, False, base, bool(after), rule.startswith("carried")
    )


def _without_noun_before(mention: Mention, state: _State) -> Mention:
    """Take off what precedes a value the noun that the value before it counted (`1个社区医院、2个…`)."""
    last = state.last
    if last is None or mention.opens or not (last.noun_after or last.qualifier):
        return mention
    capacity = last.qualifier and last.mention.quantity.kind not in ("money", "bare", "age")
    if last.qualifier and not capacity:
        return mention
    rest = re.split(r"、|以及|和|及|与", mention.left)
    if len(rest) > 1:
        return replace(mention, left=rest[-1].strip(), joined=True)
    noun = thing_after(last.mention.right)
    left = mention.left[len(noun) :] if noun and mention.left.startswith(noun) else mention.left
    return replace(mention, left=left.strip(), joined=True)


def _after_size(state: _State, mention: Mention) -> bool:
    last = state.last
    return bool(last and last.qualifier and last.mention.right.strip() in ("或", "或者") and not mention.opens)


def _counted(state: _State, mention: Mention) -> bool:
    """Whether a bare magnitude follows a count of the things that it describes (`六个百亿台阶`)."""
    last = state.last
    return bool(
        last and last.mention.stop == mention.quantity.start and last.mention.quantity.kind == "count"
        and mention.quantity.kind in ("bare", "money")
    )


def _comparison(mention: Mention, predicate: Predicate) -> tuple[Predicate, bool]:
    """Read `高于城镇居民1个百分点` and the base of `由22公里增加到178公里`."""
    if mention.quantity.kind == "points" and (match := _AGAINST.search(predicate.head)) is not None:
        sort = "down" if match["verb"] in ("低于", "慢于") else "up"
        head = predicate.head[: match.start()]
        return Predicate(head, match["verb"], sort, False, predicate.several, False), False
    if not predicate.verb and (match := _FROM.search(predicate.head)) is not None:
        return Predicate(predicate.head[: match.start()], "", "", False, predicate.several, False), True
    return predicate, False


def _follow_increment(mention: Mention, predicate: Predicate, state: _State) -> None:
    """Keep 新增 and 净增 for the coordination that they govern, drop them where another verb begins."""
    found = ""
    for match in _increment().finditer(predicate.head):
        found = match.group()
    if found:
        state.increment = found
    elif not _continues(mention, state) or predicate.verb or _own_verb().match(predicate.head):
        state.increment = ""


def _continues(mention: Mention, state: _State) -> bool:
    """Whether a value goes on with the coordination of the one before."""
    after_size = state.last is not None and state.last.qualifier and not mention.opens
    return mention.joined or after_size or mention.left.startswith("其中")


def _noun_after(mention: Mention, predicate: Predicate, following: Mention | None, state: _State) -> str:
    """Return the noun that a value counts where it follows the value."""
    quantity = mention.quantity
    adjacent = following is not None and mention.stop == following.quantity.start
    if mention.closes and not (adjacent and quantity.kind == "count"):
        return ""
    if quantity.unit in RELATIVE or quantity.kind in ("points", "index", "ratio"):
        direct = mention.right.startswith("的") or (
            mention.bound == "at_least" and not predicate.verb and not mention.quantity.vague
        )
        return thing_after(mention.right) if direct else ""
    right = mention.right
    if following is not None and not following.opens and following.quantity.kind in ("money", "bare", "voltage") and (
        "、" not in right
    ):
        right = state.text[mention.stop : mention.stop + 40] if quantity.kind == "count" and not following.closes else right
    elif following is not None and not following.opens and "、" in right and following.left:
        right = right[: right.rfind("、")]
    after = thing_after(right)
    if quantity.kind == "money" and _spent().match(after):
        return ""
    if after in _words("levels") and following is not None and not following.opens:
        return after + _LEVEL.sub("", thing_after(following.right))
    if 0 < len(after) <= 4 and not predicate.verb and quantity.kind in ("count", "person"):
        before = clean_phrase(predicate.head)
        if 2 <= len(before) <= 12 and not re.search(r"等$|[、和]", predicate.head) and before not in _words("levels"):
            return before + after
    return after


def _read_size(
    mention: Mention, predicate: Predicate, following: Mention | None, state: _State
) -> Reading:
    head = size_head(predicate.head)
    noun = thing_after(mention.right) if mention.quantity.kind == "age" else bearer_of(mention.right)
    if not noun and following is not None and mention.right.strip() in ("或", "或者", "、"):
        noun = bearer_of(following.right)
    last = state.last
    if _counted(state, mention):
        mention = replace(mention, bound="exact")
    if last is not None and _after_size(state, mention):
        mention = replace(mention, bound=last.mention.bound)
        head = head or last.things[0]
    if not head:
        sizes = (r for r in reversed(state.readings) if r.qualifier and size_head(r.things[0]) == r.things[0])
        head = next((reading.things[0] for reading in sizes), "")
    capacity = mention.quantity.kind in ("mass", "power", "volume", "count")
    if capacity:
        mention = _without_noun_before(mention, state)
        predicate = read_predicate(mention.left)
        noun = re.split(r"[、和及]", thing_after(mention.right) or mention.right)[0]
        head = clean_phrase(re.sub(r"新增$", "", predicate.head))[-10:] + noun
    state.size_noun = noun or state.size_noun
    _follow_increment(mention, predicate, state)
    things = (head or noun or state.size_noun or clean_phrase(predicate.head) or state.subject,)
    measure = "increment" if capacity and predicate.head.endswith("新增") else "level"
    return Reading(mention, things, measure, "up" if measure == "increment" else "", predicate, "size", True)


def _things(
    mention: Mention, predicate: Predicate, after: str, state: _State
) -> tuple[tuple[str, ...], str]:
    if after:
        state.subject, state.members = _MILESTONE.sub("", after), ()
        return (after,), "noun after the value"
    phrase = clean_phrase(predicate.head)
    last = state.last
    sized = last is not None and last.qualifier and not mention.opens
    if not phrase:
        if sized and last is not None:
            words = state.text[last.mention.quantity.start : last.mention.stop]
            return (words + state.size_noun,), "carried with its size"
        before = _clause_before(state.text, mention) if mention.opens and _skips_clause(mention, last) else ""
        if before and (not state.subject or indicator_id(before)):
            state.subject, state.members = before, ()
            members = split_members(state.subject) if predicate.several else (state.subject,)
            return members, "carried from the clause before"
        return (state.members or (state.subject,)), "carried"
    if (completion := _COMPLETION.search(predicate.head)) is not None and state.subject:
        named = state.members or (state.subject,)
        return tuple(member + completion.group().rstrip("的") for member in named), "carried"
    if "分别" in phrase:
        return _apart(phrase, state), "phrase before the value"
    phrase = _whole(phrase, mention, state)
    if sized and last is not None and len(phrase) <= 4 and not _after_size_pair(state):
        head = last.things[0] if size_head(last.things[0]) and last.predicate.head else ""
        phrase = head + state.text[last.mention.quantity.start : mention.quantity.start].strip()
    several = predicate.several or mention.left.endswith("各") or bool(re.search(r"均|双双", mention.left[-8:]))
    members = split_members(phrase) if several else (phrase,)
    state.subject, state.members = re.sub(r"(?<=.)占.*$", "", phrase), members if len(members) > 1 else ()
    state.share = phrase if "占" in phrase[1:] else ""
    return members, "phrase before the value"


_COMPLETION = re.compile(r"完成(?:全?年度?|年初|全部|预定)?[^，、]{0,6}?(?:计划|目标|任务)(?:的)?$")


def _apart(phrase: str, state: _State) -> tuple[str, ...]:
    """Return the members before 分别; the last alone where another has no number (`省定标准和3.5%`)."""
    before, rest = phrase.split("分别", 1)
    members = split_members(before)
    if re.search(r"标准|目标|水平|计划", rest):
        members = members[-1:]
    state.subject, state.members = before, members if len(members) > 1 else ()
    return members


def _after_size_pair(state: _State) -> bool:
    return len(state.readings) > 1 and state.readings[-2].qualifier and state.readings[-1].qualifier


_MILESTONE = re.compile(r"(?<=..)(?:连续)?(?:连跨|跨越|跨过|迈上|跃上|实现).{0,4}台阶$")
_LEVEL = re.compile(r"^(?:国家级|省级|市级|区级|县级|镇级|乡级|世界级|全国|省|市)")
_HEAD_NOUN = re.compile(
    r"(?:总?产值|增加值|总?收入|营收|总?产量|播种面积|面积|总?额|总?数|总?量|增速|投资|产量|生产|种植)$"
)


def _whole(phrase: str, mention: Mention, state: _State) -> str:
    """Give a bare head (`增加值`, `总数`, `市级`) the thing before that it belongs to."""
    if phrase in _words("levels") and state.subject:
        return phrase + _LEVEL.sub("", state.subject)
    if not (phrase in _words("bare_heads") or phrase.startswith("占")) or indicator_id(phrase):
        return phrase
    subject = state.subject or _clause_before(state.text, mention)
    if not subject or subject.endswith(phrase):
        return subject or phrase
    if phrase.startswith("占") or phrase in ("占比", "比重"):
        return subject + phrase
    if phrase == "人均":
        return phrase + subject
    return _HEAD_NOUN.sub("", subject) + phrase


def _skips_clause(mention: Mention, last: Reading | None) -> bool:
    """Whether a whole clause lies between a value and the one before it."""
    return last is None or last.mention.stop < mention.clause - 1


_MADE = re.compile(r"(?:生产)?(?:升至|居|位列|列全|获得?|喜获|再获|实现|保持|迈上|跃上|取得|在|虽|继续|持续|稳步|不断|进一步|再创|再上)")


def _clause_before(text: str, mention: Mention) -> str:
    """Return the thing that the clause before speaks of, for a clause that leaves it out."""
    end = mention.clause - 1
    start = max(text.rfind(sign, max(0, end - 60), end) for sign in "，。；：！？\n,;:") + 1
    clause = text[start:end] if start > 0 else ""
    if not clause or re.search(r"\d[\d.]*[%万亿个家]", clause):
        return ""
    made = _MADE.search(clause, 2)
    phrase = clean_phrase(clause[: made.start()] if made else clause)
    if made or any(indicator_id(member) for member in split_members(phrase)):
        return phrase
    return ""


def _distribute(readings: list[Reading]) -> None:
    """Give each value of a chain (`分别增长7%、18%`) its own member of the coordination before it."""
    index = 0
    while index < len(readings):
        chain = [readings[index]]
        while index + len(chain) < len(readings):
            following = readings[index + len(chain)]
            if not (following.mention.joined and following.mention.empty) or following.noun_after:
                break
            if following.qualifier:
                break
            chain.append(following)
        _share(chain, readings[:index])
        index += len(chain)


def _share(chain: list[Reading], before: Sequence[Reading]) -> None:
    members = chain[0].things
    if chain[0].qualifier or len(chain) < 2:
        return
    _share_bound(chain)
    if len(members) != len(chain) and chain[0].carried:
        earlier = tuple(reading.things[0] for reading in before if not reading.qualifier)
        last = tuple(dict.fromkeys(earlier[-2 * len(chain) :]))[-len(chain) :]
        members = last if len(last) == len(chain) else members
    if len(members) < len(chain):
        members = tuple(part for member in members for part in expand(member)) or members
    for place, reading in enumerate(chain):
        reading.things = (members[min(place, len(members) - 1)],)
        reading.base = chain[0].base
        reading.predicate = chain[0].predicate
        reading.rule += ", distributed"


def _share_bound(chain: list[Reading]) -> None:
    """Let the bound of a list govern its members: `分别增长8%和8.5%左右`, `迈上3000亿元、4000亿元台阶`."""
    first, last = chain[0].mention.bound, chain[-1].mention.bound
    bound = next((b for b in (last, first) if b not in ("exact", "range")), "") if chain[0].predicate.several else ""
    if first == last and first in ("at_least", "at_most") and not chain[0].predicate.several:
        bound = first
    for reading in chain:
        if bound and reading.mention.bound == "exact":
            reading.mention = replace(reading.mention, bound=bound)


def _spread_sizes(readings: list[Reading]) -> None:
    """Make sizes of the values joined before a size (`100亿、50亿、20亿项目`)."""
    for index in range(len(readings) - 1, 0, -1):
        last, reading = readings[index], readings[index - 1]
        joined = last.mention.joined and last.mention.empty and reading.mention.right.strip() == "、"
        if last.qualifier and not reading.qualifier and joined and reading.mention.quantity.kind == "bare":
            reading.qualifier, reading.things, reading.measure, reading.direction = True, last.things, "level", ""
            reading.rule = "size"


def _share_noun(readings: list[Reading]) -> None:
    """Give `15058户25608位贫困群众` one noun."""
    for reading, following in zip(readings, readings[1:], strict=False):
        if reading.mention.stop == following.mention.quantity.start and following.noun_after:
            reading.things = following.things


def expand(thing: str) -> tuple[str, ...]:
    """Return the members that a short coordination names (`城乡居民…`: of towns and of the country)."""
    if "城乡" in thing:
        return thing.replace("城乡", "城镇"), thing.replace("城乡", "农村")
    return (thing,)


def indicator_of(reading: Reading, thing: str) -> str:
    """Return the canonical id of a thing as read, empty for a qualifier."""
    if reading.qualifier or (reading.measure == "share" and reading.predicate.verb == "完成"):
        return ""
    kind = reading.mention.quantity.kind
    found = indicator_id(thing, reading.measure, kind)
    if not found and reading.measure == "increment" and thing.startswith("就业"):
        return indicator_id("新增" + thing, reading.measure, kind)
    return found
