"""Values in a list: each gets its own thing, bound or size from the words that govern the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.targets.coordination import expand, split_in, split_members
from workbench.targets.measure import grows
from workbench.targets.readings import Reading
from workbench.targets.subjects import clean_phrase, is_verb

_REACH = 40
_RATE = re.compile(r"(?:率|占比|比重|比例|强度)$")


def settle_lists(readings: list[Reading]) -> None:
    """Give the values of one sentence what the lists they stand in say of them."""
    _spread_sizes(readings)
    index = 0
    while index < len(readings):
        length = _chain_length(readings, index)
        _share(readings, index, length)
        index += length
    _share_nouns(readings)


def _chain_length(readings: Sequence[Reading], index: int) -> int:
    """Return how many values follow each other with nothing but a connective (`7%、18%和3%`)."""
    end = index + 1
    while end < len(readings):
        following = readings[end]
        if (
            following.noun_after
            or following.qualifier
            or not (following.mention.joined and following.mention.empty)
        ):
            break
        end += 1
    return end - index


def _share(readings: Sequence[Reading], index: int, length: int) -> None:
    """Give each value of a chain (`分别增长7%、18%`) its own member of the coordination before it."""
    chain = readings[index : index + length]
    first = chain[0]
    if first.qualifier or length < 2:
        return
    _share_bound(chain)
    members = _before_etc(first.predicate.head, length) or first.things
    if len(members) != length and first.carried:
        members = _things_before(readings, index, length) or members
    if len(members) == 1 and len(parts := split_members(members[0])) == length:
        members = parts
    if len(members) > length and first.predicate.several:
        members = split_in(first.predicate.head, length) or members
    if len(members) < length:
        members = tuple(part for member in members for part in expand(member))
    for place, reading in enumerate(chain):
        reading.things = (members[min(place, len(members) - 1)],)
        reading.base, reading.predicate = first.base, first.predicate
        if reading.measure == "share" and reading.mention.quantity.unit == "%" and grows(reading.things[0]):
            reading.measure, reading.direction = "growth", "up"
        falls = (
            first.measure == "growth" and first.direction == "down" and not _RATE.search(reading.things[0])
        )
        if falls and reading.measure == "share" and reading.mention.quantity.unit == "%":
            reading.measure, reading.direction = "growth", first.direction
        reading.rule += ", distributed"


_ETC = re.compile(r"(?P<members>[^，。；]{2,60}[^均平同中高初])等(?P<head>[一-鿿]{2,8}?)(?:总体|同比|分别)*$")


def _before_etc(phrase: str, length: int) -> tuple[str, ...]:
    """Return the members before 等, each with the head after it, where they are as many as the values.

    `钢铁、石化及新材料等产业产值分别增长5%、6%` gives 钢铁产业产值 and 石化及新材料产业产值.
    """
    match = _ETC.match(phrase)
    if match is None:
        return ()
    members = match["members"].split("、")
    if len(members) != length:
        members = list(split_members(match["members"]))
    members[0] = clean_phrase(members[0]) or members[0]
    return tuple(member + match["head"] for member in members) if len(members) == length else ()


def _things_before(readings: Sequence[Reading], index: int, length: int) -> tuple[str, ...]:
    """Return the last distinct things before a chain, as many as it has values, else none."""
    earlier: list[str] = []
    for reading in reversed(readings[max(0, index - _REACH) : index]):
        if not reading.qualifier and reading.things and reading.things[0] not in earlier:
            earlier.append(reading.things[0])
        if len(earlier) == length:
            return tuple(reversed(earlier))
    return ()


def _share_bound(chain: Sequence[Reading]) -> None:
    """Let the bound of a list govern its members: `分别增长8%和8.5%左右`, `迈上3000亿元、4000亿元台阶`."""
    first, last = chain[0].mention.bound, chain[-1].mention.bound
    bound = ""
    if chain[0].predicate.several:
        bound = next((word for word in (last, first) if word not in ("exact", "range")), "")
    elif first == last and first in ("at_least", "at_most"):
        bound = first
    for reading in chain:
        if bound and reading.mention.bound == "exact":
            reading.mention = replace(reading.mention, bound=bound)


def _spread_sizes(readings: Sequence[Reading]) -> None:
    """Make sizes of the values joined before a size (`100亿、50亿、20亿项目`)."""
    for index in range(len(readings) - 1, 0, -1):
        last, reading = readings[index], readings[index - 1]
        joined = last.mention.joined and last.mention.empty and reading.mention.right.strip() == "、"
        alike = reading.mention.quantity.kind in ("bare", last.mention.quantity.kind)
        if last.qualifier and not reading.qualifier and joined and alike:
            reading.qualifier, reading.things, reading.rule = True, last.things, "size"
            reading.measure, reading.direction = "level", ""


def _share_nouns(readings: Sequence[Reading]) -> None:
    """Give `15058户25608位贫困群众` one noun."""
    for reading, following in zip(readings, readings[1:], strict=False):
        if not following.noun_after or not following.things:
            continue
        if reading.mention.stop == following.mention.quantity.start:
            reading.things = following.things
        elif following.mention.joined and is_verb(reading.things[0]):
            reading.things = (reading.things[0] + following.things[0],)
