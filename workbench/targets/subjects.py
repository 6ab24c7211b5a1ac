"""Which thing a value measures: the phrase before or after it, light verbs and adverbs taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.corpus.segmentation import default_segmenter
from workbench.targets.cues import cue_words
from workbench.targets.indicators import indicator_id

_MAXIMUM = 60


@dataclass(frozen=True, slots=True)
class Predicate:
    """How a phrase before a value ends: the head that is left, the verb and its sort."""

    head: str
    verb: str
    sort: str
    reach: bool
    several: bool
    average: bool


@cache
def _predicate() -> re.Pattern[str]:
    words = {
        sort: "|".join(cue_words("predicates", sort)) for sort in ("up", "down", "state", "adverbs", "tails")
    }
    return re.compile(
        rf"(?P<before>(?:{words['adverbs']}|[ ])*)"
        rf"(?:(?P<up>{words['up']})|(?P<down>{words['down']})|(?P<state>{words['state']}))"
        rf"(?P<tail>(?:{words['tails']}|[ ])*)$"
    )


@cache
def _adverb_end() -> re.Pattern[str]:
    return re.compile(
        r"(?<=..)(?:年均|先后|相继|一举|首次|还|也|预计|力争|争取|已|再|成功|率先|提前|预期|计划|各)+$"
    )


_PER = re.compile(
    r"(?:人均每[月年]|每[月年]人均|[月年]人均|(?:平均)?每(?:立方米|平方米|平方公里|人每[月年]|[人亩吨户年月]|千瓦时)|(?<=[到至为达])(?:每?[年月]?人?均|户均))$"
)
_REACHED_IN = re.compile(r"(?<=[到至为])(?:(?:19|20)[0-9]{2}年|上年|目前|现在)的?$")
_RATES = frozenset({"增长", "下降", "上涨", "增速", "增幅", "涨幅", "降幅", "减幅"})


@lru_cache(maxsize=16_384)
def read_predicate(left: str) -> Predicate:
    """Split what precedes a value into the thing and the verb that states the value."""
    left = _PER.sub("", _REACHED_IN.sub("", left))
    tail = left[-24:]
    match = _predicate().search(tail)
    if match is None:
        head = _adverb_end().sub("", left)
        average = "年均" in tail[-10:] or tail.endswith("每年")
        return Predicate(head or left, "", "", False, "分别" in tail[-4:], average)
    head = _PER.sub("", left[: len(left) - len(tail) + match.start()])
    sort = next(sort for sort in ("up", "down", "state") if match[sort])
    reach = bool(re.search(r"[到至达在]", match["tail"])) or (
        "为" in match["tail"] and match[sort] not in _RATES
    )
    words = match.group()
    return Predicate(head, match[sort], sort, reach, "分别" in words, "年均" in tail[-12:] or "每年" in words)


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(cue_words('subjects', 'scopes'))}|[ ])+")


@cache
def _light() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('subjects', 'light'))})(?:了|到|至|出|起|好|的)?")


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(cue_words('subjects', 'kept'))})")


_COMPARISON = re.compile(
    r"(?:比|较|同|与)(?:[上去]年(?:末|底|同期|(?:年初)?(?:预计|执行|预算|决算|计划)数?)?|[0-9]{4}年(?:末|底|同期)?|年初|上月|上季度?"
    r"|前年|同期|[一二三四五六]经普|[“\"]?[一-鿿]{1,3}五[”\"]?(?:时期|期间|期)?末?)(?:相比)?|按[^，]{1,8}计算"
)
_OPEN_QUOTE = re.compile(r"^[^”]*“(?=[^“”]{2,}$)")
_BEFORE_ETC = re.compile(r"^.*(?<![均平同中高初])等(?!级|效|值|待|候|量|离)(?=.{3,})")
_TRAILING = re.compile(
    r"(?:(?<=[值入额资])按|连续.{1,3}年|(?:一年)?(?<!城镇)[净新]增|(?<=..)(?:(?<![自理缘事])由|从)[^，由从]{0,8}|要?(?:奋力|尽快|加快)?向"
    r"|[ ]|\*|、|的|是?[0-9]{4}年的?|占?(?:(?<![自理缘事])由|从)|(?<!合)并|由此|翻[一两]番|翻番|全覆盖)+$"
)


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('subjects', 'thing_ends'))})+$")


@cache
def _starts() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(cue_words('subjects', 'thing_starts'))})+")


def trim(thing: str) -> str:
    """Take off the particles, auxiliaries and verbs of change at the two ends of a thing."""
    bare = _starts().sub("", _ends().sub("", thing))
    return bare if len(bare) > 1 else thing


_ADDED = re.compile(
    r"^(?!.*占)[一-鿿]{2,}(?<!城镇)(?<!城乡)(?<!其中)(?:新增|净增加?)(?=[一-鿿]{2,}$)(?!就业|[长值数量])"
)


@lru_cache(maxsize=65_536)
def clean_phrase(phrase: str) -> str:
    """Return the thing named by the phrase before a value: adverbs, light verbs and scopes taken off.

    Of the ways to cut, the longest that names a canonical indicator is taken, else the shortest.
    """
    phrase = _COMPARISON.sub("", phrase[-_MAXIMUM:]).strip(" *、")
    if (opened := _OPEN_QUOTE.search(phrase)) is not None:
        phrase = phrase[opened.end() :]
    phrase = _ADDED.sub("", _TRAILING.sub("", phrase))
    phrase = _leading().sub("", phrase)
    candidates = _cuts(phrase)
    named = [(candidate, name) for candidate in candidates if (name := indicator_id(candidate))]
    if named:
        return [candidate for candidate, name in named if name == named[0][1]][-1]
    return trim(candidates[-1])


def _cuts(phrase: str) -> list[str]:
    """Return a phrase and what is left of it after each light verb, the longest first."""
    phrase = _verb_pair().sub("", phrase)
    if _only_verbs().fullmatch(phrase):
        return [""]
    cuts = [phrase]
    stop = phrase.find("占") if phrase.find("占") > 0 else len(phrase)
    verb = ""
    for match in _light().finditer(phrase, 0, stop):
        following = phrase[match.end() :]
        if len(following) < 2 or following[0] in _NOT_AFTER_VERB:
            continue
        if match.start() > 0 and not _is_verb_here(phrase, match):
            continue
        if match.start() > 2 and (_COUNT_WORD.fullmatch(following) or _GENERIC.fullmatch(following)):
            continue
        if match.start() == 0 and match.group() in _nominal() and _GENERIC.fullmatch(following):
            continue
        kept = match.start() == 0 and _kept().match(phrase)
        verb = phrase[: match.start()] if match.group() in ("实现", "完成", "达到") else ""
        cuts.append(phrase if kept else _leading().sub("", following) or following)
    last = cuts[-1]
    if len(last) <= 3 and verb:
        cuts.append(_TIME_END.sub("", _leading().sub("", verb)) + last)
    elif (etc := _BEFORE_ETC.match(last)) is not None:
        cuts.append(last[etc.end() :])
    return cuts


_TIME_END = re.compile(r"(?:\d{1,2}[-—~至]\d{1,2}月份?|上半年|前三季度|全年|累计|预计|共)+$")
_COUNT_WORD = re.compile(r"(?:总?任务|立?项数?|总?[人户家件次]数|总?数量?|总?量|规模)")
_GENERIC = re.compile(r"(?:资金|时间|经费|标准|金额|面积|人数)")
_NOT_AFTER_VERB = frozenset("、和及与”）)的率量额数费款业品者员度类型化式性")


@cache
def _only_verbs() -> re.Pattern[str]:
    words = (word for word in cue_words("subjects", "light") if not word.startswith("融资"))
    return re.compile(rf"(?:{'|'.join(words)}|[了到至出好])+")


def is_verb(phrase: str) -> bool:
    """Whether a phrase is nothing but light verbs (`新建`)."""
    return _only_verbs().fullmatch(phrase) is not None


@cache
def _verb_pair() -> re.Pattern[str]:
    light = "|".join(cue_words("subjects", "light"))
    return re.compile(rf"^(?:(?:{light})、)+(?:{light})(?=.{{2}})")


_ACTS = frozenset({"解决", "帮助", "资助"})


def _is_verb_here(phrase: str, match: re.Match[str]) -> bool:
    """Whether a light verb inside a phrase is a verb there, and no part of a noun (`建设项目`)."""
    if phrase[match.start() - 1 : match.start()] in ("拟", "将") and len(phrase) - match.end() > 4:
        return True
    if match.group() == "完成" and re.search(r"(?:目标|任务|计划|进度)$", phrase):
        return False
    acts = match.group() in _ACTS and match.start() >= 4 and len(phrase) - match.end() >= 3
    return (acts or match.group() not in _nominal()) and not _inside_word(phrase, match.start(), match.end())


@lru_cache(maxsize=16_384)
def words_at(phrase: str) -> tuple[tuple[int, int], ...]:
    """Return where the words of a phrase begin and end."""
    words, start = [], 0
    for word in default_segmenter().cut(phrase):
        words.append((start, start + len(word)))
        start += len(word)
    return tuple(words)


def _inside_word(phrase: str, start: int, end: int) -> bool:
    """Whether a stretch begins inside a word (`居` of `宜居`) or is the start of a noun (`建成区`)."""
    return any(
        first < start < last or (first == start and last == end + 1 and last - first <= 3)
        for first, last in words_at(phrase)
    )


@cache
def _nominal() -> frozenset[str]:
    return frozenset(cue_words("subjects", "nominal"))


def ends_in_verb(phrase: str) -> bool:
    """Whether a phrase ends in a light verb, whose object follows (`重点办好`)."""
    return any(
        match.end() == len(phrase) and match.group() not in _nominal() for match in _light().finditer(phrase)
    )


def without_verb(phrase: str) -> str:
    """Return a thing without the verb that was kept with it (`改造市政道路`: `市政道路`)."""
    match = _kept().match(phrase)
    rest = phrase[match.end() :] if match else ""
    return without_verb(rest) if len(rest) >= 3 else phrase


def before_verb(phrase: str) -> str:
    """Return what stands before the first light verb inside a phrase (`规上企业实施项目`: `规上企业`)."""
    match = next((m for m in _light().finditer(phrase) if m.start() >= 2 and _is_verb_here(phrase, m)), None)
    return phrase[: match.start()] if match else phrase
