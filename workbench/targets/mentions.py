"""A quantity in its clause: what precedes it, what follows it, and the words that bound it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from workbench.targets.cues import cue_pattern, cue_words
from workbench.targets.values import Quantity

STRONG = "，,；;。！？!?：:\n…|"
_EACH = re.compile(r"/[年月日天人户次亩科季][均]?")
_LOOK_BACK = 120
_LOOK_AHEAD = 60
_STRONG_SIGN = re.compile(f"[{STRONG}]")
_CONNECTIVE = re.compile(r"^[ ]*(?:、|以及|和(?![美谐])|及|与|或者?|并|[ ])*[ ]*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity of a sentence with its surroundings, bound words taken off."""

    quantity: Quantity
    left: str
    right: str
    bound: str
    joined: bool
    opens: bool
    closes: bool
    clause: int
    stop: int

    @property
    def noun_right(self) -> bool:
        """Whether text follows in the same clause."""
        return not self.closes

    @property
    def empty(self) -> bool:
        """Whether nothing but a connective stands before the value."""
        return not self.left


def find_mentions(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Mention]:
    """Return the quantities of one sentence with their surroundings.

    `text` is the normalised text of the document, `start` and `end` bound the sentence.
    """
    mentions: list[Mention] = []
    previous, clause = start, start
    for index, quantity in enumerate(quantities):
        following = quantities[index + 1].start if index + 1 < len(quantities) else end
        before = text[max(previous, quantity.start - _LOOK_BACK) : quantity.start]
        opens = False
        if (cut := _last_strong(before)) >= 0:
            opens = True
            clause = quantity.start - len(before) + cut + 1
            before = before[cut + 1 :]
        if (bracket := max(before.rfind("("), before.rfind("（"))) >= 0 and not re.search(
            "[)）]", before[bracket:]
        ):
            before = before[bracket + 1 :]
        raw_right = text[quantity.end : min(following, quantity.end + _LOOK_AHEAD)]
        bound, left, suffix = _bound(quantity, before, raw_right)
        right = raw_right[suffix:]
        if quantity.vague and quantity.kind == "bare" and right.startswith(("余", "多")):
            right = right[1:]
        closes = not right.strip() or right.lstrip(' *”’)）"')[:1] in STRONG or not right.lstrip(' *”’)）"')
        connective = _CONNECTIVE.match(left)
        joined = not opens and bool(connective and connective.group().strip()) and bool(mentions)
        stripped = left[connective.end() :].strip() if connective and (joined or opens) else left.strip()
        previous = quantity.end + suffix
        mentions.append(
            Mention(quantity, stripped, right, bound, joined, opens or not mentions, closes, clause, previous)
        )
    return mentions


def _last_strong(before: str) -> int:
    return max(map(before.rfind, STRONG))


@cache
def _bounds_before() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (bound, re.compile(rf"(?:{'|'.join(cue_words('bounds', 'before_' + bound))})[ ]?$"))
        for bound in ("at_least", "at_most", "about")
    )


@cache
def _bounds_after() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (bound, cue_pattern("bounds", "after_" + bound)) for bound in ("at_least", "at_most", "about")
    )


def _bound(quantity: Quantity, before: str, after: str) -> tuple[str, str, int]:
    """Return the bound, what precedes without its words, and the length of its words after the value."""
    each = _EACH.match(after)
    left, right, suffix = "", "", each.end() if each else 0
    after = after[suffix:]
    stripped = before.rstrip()
    for bound, pattern in _bounds_after():
        if (match := pattern.match(after)) is not None:
            right, suffix = bound, suffix + match.end()
            break
    for bound, pattern in _bounds_before():
        if (match := pattern.search(stripped)) is not None and _is_bound(
            match.group(), stripped, right, quantity
        ):
            left = bound
            if match.group().strip() not in ("控制在", "向"):
                stripped = stripped[: match.start()]
            break
    if quantity.low != quantity.high:
        return "range", stripped, suffix
    if not (left or right) and _AT_LEAST.search(stripped):
        left = "at_least"
    vague = "at_least" if quantity.vague else ""
    return (right or left or vague or "exact"), stripped, suffix


_AT_LEAST = re.compile(r"至少(?:要|再)?[一-鿿]{2}$")  # before the verb (`至少降低30%`)
_MILESTONES = frozenset(["跃上", "迈上", "跨上", "站上", "迈过", "跨过", "跨越", "登上"])


def _is_bound(word: str, before: str, right: str, quantity: Quantity) -> bool:
    """Whether a word before a value bounds it: not the `上` of `网上`, nor `高于全市` comparisons."""
    stem = before[: len(before) - len(word)]
    if word == "上":
        return quantity.bare
    if word in _MILESTONES:
        return quantity.kind in ("money", "bare")
    if word == "向":
        return right == "at_least"
    if word == "控制在":
        return right == "at_most"
    if word in ("近", "约") and stem.endswith(
        ("附", "节", "合", "制", "履", "特", "邻", "签", "契", "条", "公", "预", "相", "违", "毁")
    ):
        return False
    return not (word in ("破", "超") and stem.endswith(("打", "爆", "突", "赶", "反")))
