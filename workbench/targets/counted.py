"""The noun that a value counts where it follows the value (`40家规上企业`)."""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.targets.cues import cue_pattern
from workbench.targets.mentions import Mention
from workbench.targets.nouns import thing_after
from workbench.targets.readings import State, words
from workbench.targets.subjects import (
    Predicate,
    before_verb,
    clean_phrase,
    ends_in_verb,
    read_predicate,
    trim,
)

RELATIVE = frozenset({"%", "‰", "倍"})
LEVEL = re.compile(r"^(?:国家级|省级|市级|区级|县级|镇级|乡级|世界级|全国|省|市)")
_GOAL_NOUN = re.compile(r"的[一-鿿]{0,4}(?:目标|总体安排|要求|水平|速度|台阶|关口|大关)(?:$|[^一-鿿])")
_PAUSE = re.compile("[，。；：！？\n,;:、]")
_RATE_AT_END = re.compile(r"(?<=..)(?:[一-鿿]{2}率|占比|比重|比例)$")
_AMOUNT_AT_END = re.compile(
    r"(?<=..)(?:\d{4}年)?(?:技工贸|主营业务|营业|销售|经营)?(?:总?收入|总?产值|营收|税收|销售额|增加值|利润)$"
)
_NOTHING = re.compile(r"(?!)")
_BECAME = re.compile(r"(?:全部|成功|顺利|稳定)?(?:实现|纳入)了?(?P<state>[一-鿿]{2,8})(?=[，。；]|$)")


def noun_after(mention: Mention, predicate: Predicate, following: Mention | None, state: State) -> str:
    """Return the noun that a value counts where it follows the value, else an empty string."""
    quantity = mention.quantity
    adjacent = following is not None and mention.stop == following.quantity.start
    if mention.closes and not (adjacent and quantity.kind == "count"):
        return ""
    if mention.left.endswith("向") or _GOAL_NOUN.match(mention.right):
        return ""
    if (became := _BECAME.match(mention.right)) is not None and quantity.kind == "person":
        return "" if mention.left else became["state"]
    if quantity.unit == "次" and quantity.spoken:
        return _PAUSE.split(mention.right)[0].strip()[:14]
    if mention.right.strip() == "的" and following is not None and not following.opens:
        return thing_after(following.right)
    if quantity.unit in RELATIVE or quantity.kind in ("points", "index", "ratio"):
        named = _shares_noun(mention, predicate)
        return thing_after(_right_of(mention, following, state)) if named else ""
    return _counted(mention, predicate, following, state)


def _shares_noun(mention: Mention, predicate: Predicate) -> bool:
    """Whether a percentage is of the noun after it (`80%以上的行政村`)."""
    quantity = mention.quantity
    if mention.right.startswith("的") and predicate.sort not in ("up", "down"):
        return True
    if mention.bound == "at_least" and not predicate.verb and not quantity.vague:
        return True
    if quantity.unit != "%":
        return False
    leads = mention.opens and predicate.verb in ("", "实现") and not clean_phrase(predicate.head)
    return leads or mention.left.endswith(("、", "和", "及")) or (mention.empty and mention.joined)


def _counted(mention: Mention, predicate: Predicate, following: Mention | None, state: State) -> str:
    """Return the noun after a count, short of what belongs to the next value."""
    quantity = mention.quantity
    after = thing_after(_right_of(mention, following, state))
    if following is not None and not following.opens:
        after = trim(_measure_end(following).sub("", after))
    if quantity.kind == "money" and cue_pattern("subjects", "money_verbs").match(after):
        return ""
    if after in words("levels") and following is not None and not following.opens:
        return after + LEVEL.sub("", thing_after(following.right))
    if 0 < len(after) <= 4 and not predicate.verb and quantity.kind in ("count", "person"):
        return _with_phrase_before(predicate, after)
    return after


def _right_of(mention: Mention, following: Mention | None, state: State) -> str:
    """Return what follows a value, past a size (`5个投资亿元以上项目`), short of the next value's thing."""
    right = mention.right
    if following is None or following.opens:
        return right
    if following.quantity.kind in ("money", "bare", "voltage") and "、" not in right:
        past = mention.quantity.kind == "count" and not following.closes
        return state.text[mention.stop : mention.stop + 40] if past else right
    if "、" in right:
        listed = max(right.rfind("、", right.rfind(")") + 1), right.rfind("、", 0, max(0, right.find("("))))
        return right[:listed] if following.left and listed >= 0 else right
    counted = following.quantity.unit not in RELATIVE and following.closes and not following.joined
    return before_verb(right) if counted else right


def _with_phrase_before(predicate: Predicate, after: str) -> str:
    """Join a short noun with what stands before its count (`环境空气质量六项指标`)."""
    before = clean_phrase(predicate.head)
    alone = re.search(r"等$|[、和]", predicate.head) or before in words("levels") or ends_in_verb(before)
    return after if alone or not 2 <= len(before) <= 12 else before + after


def without_noun_before(mention: Mention, state: State) -> Mention:
    """Take off what precedes a value the noun that the value before it counted (`1个社区医院、2个…`)."""
    last = state.last
    if last is None or mention.opens or not (last.noun_after or last.qualifier):
        return mention
    if last.qualifier and last.mention.quantity.kind in ("money", "bare", "age"):
        return mention
    if _says_measure(mention, read_predicate(mention.left)):
        return mention
    rest = re.split(r"、|以及|和|及|与", mention.left)
    if len(rest) > 1:
        return replace(mention, left=rest[-1].strip(), joined=True)
    noun = thing_after(last.mention.right)
    counted = mention.quantity.unit not in RELATIVE and mention.closes and not mention.joined
    noun = before_verb(noun) if counted else noun
    left = mention.left[len(noun) :] if noun and mention.left.startswith(noun) else mention.left
    return replace(mention, left=left.strip(), joined=True)


def _says_measure(mention: Mention, predicate: Predicate) -> bool:
    """Whether a phrase between a count and another value says what the other value is of."""
    head = predicate.head
    if mention.quantity.unit not in RELATIVE:
        return mention.quantity.kind == "money" and _AMOUNT_AT_END.search(head) is not None
    return predicate.sort in ("up", "down") or _RATE_AT_END.search(head) is not None


def _measure_end(following: Mention) -> re.Pattern[str]:
    """Return what belongs to the next value at the end of a counted noun (`37个断面优良率达94%`)."""
    if following.quantity.unit in RELATIVE:
        return _RATE_AT_END
    return _AMOUNT_AT_END if following.quantity.kind == "money" else _NOTHING
