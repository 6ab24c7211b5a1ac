"""Sizes: values that say which things are meant (`总投资超30亿元的项目`) and measure nothing themselves."""

from __future__ import annotations

import re
from functools import cache

from workbench.targets.cues import cue_pattern, cue_words
from workbench.targets.mentions import Mention
from workbench.targets.nouns import thing_after
from workbench.targets.subjects import Predicate

_CAPACITY_UNITS = frozenset({"台", "辆", "千瓦", "兆瓦", "吨", "立方米", "头", "片", "套"})
_SUM_END = re.compile(r"(?:贷款|资金|债券|补贴|经费|授信|税费|补助|融资)$")
_PROJECT_END = re.compile(r"(?:项目|电站|工程|装置|基地|机组)(?:[一二三四]期)?$")
_MADE = re.compile(r"(?:新建|新增|建成|改造|发展|扩建|建设|完成|流转|培育)$")
_AIM = re.compile(r"(?:目标|任务|要求|水平|大关|关口)$")
_DIMENSION = re.compile(r"口径|[长高深宽]的|跨度的?|高程|直径")
_LONG = re.compile(r"(?:全|总)?[长高深宽](?:达|约|超|为)?$")
_PROJECTS = re.compile(r"^[^。；;\n]{0,140}?等(?:一批)?[^，。；;\n]{0,10}(?:项目|工程)")


@cache
def _size_head() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('subjects', 'size_heads'))})[ ]?$")


@cache
def _bearer() -> re.Pattern[str]:
    return re.compile(rf"(?P<noun>(?:{'|'.join(cue_words('subjects', 'bearers'))}))(?![债贷税融家职所养])")


@cache
def _sum() -> re.Pattern[str]:
    return re.compile(rf"^[“”\"]?[一-鿿]{{0,6}}?(?:{'|'.join(cue_words('subjects', 'sums'))})")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("|".join(cue_words("subjects", "capacity_marks")))


def size_head(head: str) -> str:
    """Return the noun at the end of a phrase that gives a size (`总投资`), empty if there is none."""
    match = _size_head().search(head)
    return match.group().strip() if match else ""


def bearer_of(right: str) -> str:
    """Return the noun after a value that a size can describe (`项目`, `产业园`), empty if there is none."""
    phrase = thing_after(right.removeprefix("级"))
    phrase = re.split(r"[、，。；：,;:\n]", phrase, maxsplit=1)[0]
    if not phrase or _sum().match(phrase) or _SUM_END.search(phrase):
        return ""
    end = 0
    for match in _bearer().finditer(phrase):
        if match.start() <= 14:
            end = max(end, match.end())
    return phrase[:end]


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('subjects', 'size_attributes'))})$")


def attribute_of(mention: Mention, predicate: Predicate) -> str:
    """Return the attribute that a value gives a thing after it (`占地面积3万平方米的公园`), else nothing."""
    if not mention.right.startswith("的") or predicate.sort not in ("", "state") or predicate.average:
        return ""
    match = _attribute().search(predicate.head)
    noun = thing_after(mention.right)
    return match.group() if match and noun and not _AIM.search(noun) else ""


def is_size(
    text: str, mention: Mention, predicate: Predicate, following: Mention | None, *, after_size: bool = False
) -> bool:
    """Whether a value is a size: a threshold or an attribute of the things that are counted."""
    kind = mention.quantity.kind
    if attribute_of(mention, predicate):
        return True
    if kind == "age":
        return mention.bound in ("at_least", "at_most") and not mention.closes
    if kind == "voltage" or after_size:
        return True
    if mention.left.endswith("向"):
        return False
    if kind in ("money", "bare"):
        return _money_size(mention, predicate, following)
    return not mention.closes and _amount_size(text, mention, predicate)


def _amount_size(text: str, mention: Mention, predicate: Predicate) -> bool:
    """Whether an area, a weight or another amount before a noun says how large the thing is."""
    kind = mention.quantity.kind
    if mention.right.startswith("级"):
        return kind != "count"
    if kind == "area" and _MADE.search(mention.left):
        return False
    if kind == "length" and _DIMENSION.match(mention.right):
        return True
    if kind == "length" and _LONG.search(mention.left) and mention.right.startswith("的"):
        return True
    if kind == "area":
        return bool(re.search(r"(?:园区|示范区|基地|公园|产业园)$", thing_after(mention.right)))
    if kind in ("mass", "power") and mention.bound in ("at_least", "at_most") and not predicate.verb:
        return bool(thing_after(mention.right)) and text.startswith(("以", "及以"), mention.quantity.end)
    if kind in ("mass", "power", "volume") or mention.quantity.unit in _CAPACITY_UNITS:
        return _capacity(text, mention, predicate)
    return False


def _money_size(mention: Mention, predicate: Predicate, following: Mention | None) -> bool:
    right = mention.right.strip()
    quantity = mention.quantity
    if right.startswith("级") or (quantity.bare and right.startswith("之") and not mention.closes):
        return True
    alternative = right in ("或", "或者", "、") and following is not None and not following.opens
    if alternative and following is not None:
        sized = following.quantity.kind == quantity.kind and (
            following.right.startswith("级") or (bool(bearer_of(following.right)) and not following.closes)
        )
        return sized and (right != "、" or quantity.kind == "bare")
    if following is not None and following.empty and not following.opens and not following.joined:
        return following.quantity.kind == "count" and not right
    if mention.closes or cue_pattern("subjects", "money_verbs").match(right):
        return False
    if quantity.kind == "bare" and not quantity.bare and quantity.low < 1e8:
        return False
    return bool(bearer_of(mention.right)) and not (predicate.verb and predicate.sort != "state")


def _capacity(text: str, mention: Mention, predicate: Predicate) -> bool:
    """Whether an amount is the capacity of a named project (`40万吨冶炼`)."""
    if mention.closes or (predicate.verb and not predicate.head.endswith("年")):
        return False
    noun = thing_after(mention.right)
    if noun and (
        mention.quantity.bare or (mention.quantity.kind in ("power", "mass") and _PROJECT_END.search(noun))
    ):
        return True
    if not noun or mention.right.startswith("的"):
        return False
    after = text[mention.quantity.end : mention.quantity.end + 160]
    if _PROJECTS.match(after) and len(predicate.head) >= 2:
        return True
    return bool(_marks().search(noun[:14])) and len(predicate.head) >= 2
