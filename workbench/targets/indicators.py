"""Canonical indicators: which id of `indicators.csv` a phrase of a report names, if any."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from workbench.targets.cues import read_indicator_patterns, read_indicator_rows

_PREFIX = re.compile(
    r"^(?:(?:全|我|本)(?:市|省|区|县|国|州|盟|旗|域)|全社会(?=就业|税收|研发|用电)|年末|期末|累计|各类|各级|新增|净增|完成|实现|建成|建设|改造|新建|"
    r"新开工|开工|筹集|实施|培育|新培育|认定|新认定|拥有|预计|地方(?=固定)|有效|巩固提升|改造提升|提升|扩建|改建|改扩建|提升改造|推进|启动|整治|出新|修缮|国家级?省级?(?=科技)|\d{4}年|接待)+"
)
_SUFFIX = re.compile(
    r"(?:年均)?(?:增速|增幅|涨幅|增长率|增长|降幅|(?<=.)[降削减][低减少]率|下降率|总数|总量|数量|总规模|数|目标|指标|任务|水平|降低|预期目标|总体水平|"
    r"存量|规模|个数|户数|家数|总数量|建设任务|涨幅度?|(?<=.)(?:开工|竣工|建成|完工|交付)(?:面积|总?量)?|增长目标|调控目标|上涨|上升|下降|（[^）]*）|\([^)]*\))$"
)

_ADVERB = re.compile(r"累计|实际(?!使用|利用|到|外)|最高(?=年产|产量)")

_COMPLETION = re.compile(r"(?:完成|超额|达到).*(?:目标|任务|计划|进度)$")


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of all indicators, a group each: of several that fit the first counts."""
    patterns: dict[str, list[str]] = {}
    for row in read_indicator_patterns():
        patterns.setdefault(row["indicator_id"], []).append(row["pattern"])
    for row in read_indicator_rows():
        names = [row["name_zh"], *row["aliases"].split("|")]
        patterns.setdefault(row["id"], []).extend(re.escape(name) for name in names if name)
    return re.compile("|".join(f"(?P<{name}>{'|'.join(parts)})" for name, parts in patterns.items()))


@lru_cache(maxsize=16_384)
def indicator_id(phrase: str, measure: str = "", kind: str = "") -> str:
    """Return the id of the indicator that a phrase names as a whole, empty where it names none.

    Parameters
    ----------
    phrase : str
        The thing measured, in the report's words, without the verb.
    measure : str
        Measure of the statement; new jobs are an increment only.
    kind : str
        Kind of the unit (`money`, `count` …); a sum of money does not count enterprises.
    """
    phrase = phrase.replace(" ", "").replace("_", "").strip("*")
    if not phrase or _COMPLETION.search(phrase):
        return ""
    for form in _forms(phrase):
        if (match := _pattern().fullmatch(form)) is not None:
            name = str(match.lastgroup)
            return name if _fits(name, form, measure, kind) else ""
    return ""


def _forms(phrase: str) -> list[str]:
    """Return a phrase and what is left of it without its prefix and, one by one, its suffixes."""
    forms = [phrase]
    if (plain := _ADVERB.sub("", phrase)) not in ("", phrase):
        forms.append(plain)
    bare = _PREFIX.sub("", forms[-1])
    if bare and bare != phrase:
        forms.append(bare)
    for form in tuple(forms):
        while (shorter := _SUFFIX.sub("", form)) and shorter != form:
            forms.append(shorter)
            form = shorter
    return forms


_UNITS = {
    "元": {"money"},
    "美元": {"money"},
    "家": {"count"},
    "户": {"count"},
    "个": {"count", "area"},
    "%": {"ratio", "points", "index"},
    "亩": {"area"},
    "张": {"count"},
    "套": {"count", "area"},
}


@cache
def _units_of() -> dict[str, str]:
    return {row["id"]: row["unit"] for row in read_indicator_rows()}


@cache
def _unit_kinds() -> dict[str, set[str]]:
    kinds = {row["id"]: _UNITS.get(row["unit"], set()) for row in read_indicator_rows()}
    kinds["gdp"] = kinds["gdp"] | {"bare", "times"}
    kinds["pollutant_emissions"] = kinds["pollutant_emissions"] | {"mass"}
    kinds["air_quality_days"] = kinds["air_quality_days"] | {"time"}
    return {name: allowed for name, allowed in kinds.items() if allowed}


def _fits(name: str, form: str, measure: str, kind: str) -> bool:
    """Whether the measure and the unit can be the indicator's: no share of an amount, no sum of a count."""
    if measure == "share" and name in _unit_kinds() and "%" not in _units_of()[name]:
        return bool(re.search("占|比|率|强度", form))
    if measure not in ("level", "increment") or kind in ("", "points", "times", "bare", "index"):
        return True
    allowed = _unit_kinds().get(name)
    return allowed is None or kind in allowed
