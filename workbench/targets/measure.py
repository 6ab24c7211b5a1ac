"""Level, growth, increment or share: what a value says of its thing, from its unit and its verb."""

from __future__ import annotations

import re

from workbench.targets.subjects import Predicate
from workbench.targets.values import Quantity

_GROWS = re.compile(
    r"(?:增速|增幅|涨幅|(?<!自然)增长率|增长(?:的|预期|区间|调控|主要|年均)*目标|增长幅度|上涨幅度|增长速度|发展速度|增长|上涨|上升)(?:目标)?(?:上限|下限)?$"
)
_FALLS = re.compile(r"(?:降幅|减幅|下降率|减排|削减)$")
_PRICES = re.compile(r"(?:消费价格|物价)(?:总水平|总指数|水平|指数)?$")
_COMPARES = frozenset({"高", "低", "多", "少", "领先", "改善"})
_LESS_IS_BETTER = re.compile(r"(?:浓度|综合指数|污染物|排放量?)$")


def measure_of(quantity: Quantity, verb: Predicate, head: str, increment: str) -> tuple[str, str]:
    """Return the measure and the direction of a value.

    Parameters
    ----------
    quantity : Quantity
        The value.
    verb : Predicate
        The verb that states it, its own or the one carried on.
    head : str
        What stands before the verb.
    increment : str
        The verb of change (新增 …) that governs the coordination, if any.
    """
    if quantity.kind == "points":
        return "increment", "down" if verb.sort == "down" else "up"
    if quantity.unit in ("%", "‰", "倍") or quantity.kind in ("ratio", "tenths"):
        return _relative(quantity, verb, head)
    if quantity.kind == "index":
        return "level", ""
    if increment:
        return "increment", "down" if increment.startswith(("减", "压", "净减", "削")) else "up"
    if verb.sort in ("up", "down") and not verb.reach and verb.verb not in _COMPARES:
        return "increment", verb.sort
    return "level", ""


def grows(thing: str) -> bool:
    """Whether a percentage of a thing is a growth by its name (`涨幅`, `增速`, consumer prices)."""
    return bool(_GROWS.search(thing) or _PRICES.search(thing))


def _relative(quantity: Quantity, verb: Predicate, head: str) -> tuple[str, str]:
    if quantity.unit == "倍":
        return ("growth", "up") if verb.sort == "up" and not verb.reach else ("level", "")
    if quantity.unit == "%":
        if head.endswith("指数") and quantity.low >= 90:
            return "level", ""
        if _PRICES.search(head) and verb.sort == "down" and not verb.reach:
            return "growth", "down"
        if grows(head) or verb.verb in ("增速", "增幅", "涨幅"):
            return "growth", "up"
        if _FALLS.search(head) or verb.verb in ("降幅", "减幅"):
            return "growth", "down"
    if verb.sort in ("up", "down") and not verb.reach:
        lowered = verb.verb == "改善" and _LESS_IS_BETTER.search(head)
        return "growth", "down" if lowered else verb.sort
    return "share", ""
