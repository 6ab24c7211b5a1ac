"""Which thing a value measures: the phrase before or after it, light verbs and adverbs taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.targets.cues import cue_words

_MAXIMUM = 40


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
    words = {sort: "|".join(cue_words("predicates", sort)) for sort in ("up", "down", "state", "adverbs", "tails")}
    return re.compile(
        rf"(?P<before>(?:{words['adverbs']}|[ ])*)"
        rf"(?:(?P<up>{words['up']})|(?P<down>{words['down']})|(?P<state>{words['state']}))"
        rf"(?P<tail>(?:{words['tails']}|[ ])*)$"
    )


@lru_cache(maxsize=16_384)
def read_predicate(left: str) -> Predicate:
    """Split what precedes a value into the thing and the verb that states the value."""
    tail = left[-24:]
    match = _predicate().search(tail)
    if match is None:
        return Predicate(left, "", "", False, "分别" in tail[-4:], False)
    head = left[: len(left) - len(tail) + match.start()]
    sort = next(sort for sort in ("up", "down", "state") if match[sort])
    reach = bool(re.search(r"[到至为成]|达|在", match["tail"]))
    words = match.group()
    return Predicate(head, match[sort], sort, reach, "分别" in words, "年均" in words or "每年" in words)


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(cue_words('subjects', 'scopes'))}|[ ])+")


@cache
def _light() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words('subjects', 'light'))})(?:了|到|至|出|起|好|的)?")


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(cue_words('subjects', 'kept'))})")


@cache
def _comparison() -> re.Pattern[str]:
    return re.compile(r"(?:比|较|同|与)(?:上年(?:末|底|同期)?|去年|\d{4}年(?:末|底)?|同期|四经普|“?[一-鿿]{1,3}五”?末?)(?:相比)?|按[^，]{1,8}计算")


@lru_cache(maxsize=65_536)
def clean_phrase(phrase: str) -> str:
    """Return the thing named by the phrase before a value: adverbs, light verbs and scopes taken off."""
    phrase = _comparison().sub("", phrase[-_MAXIMUM:]).strip(" *、")
    phrase = _leading().sub("", phrase)
    return _after_light(phrase).strip(" *、的")


def _after_light(phrase: str) -> str:
    """Cut a phrase after its last light verb, unless nothing would be left."""
    cut = 0
    for match in _light().finditer(phrase):
        rest = phrase[match.end() :]
        if len(rest) < 2 or rest[0] in "、和及与”）)的":
            continue
        if match.start() > 0 and not _is_verb_here(phrase, match):
            continue
        cut = match.start() if match.start() == 0 and _kept().match(phrase) else match.end()
    if cut == 0:
        return phrase
    return _leading().sub("", phrase[cut:]) or phrase[cut:]


def _is_verb_here(phrase: str, match: re.Match[str]) -> bool:
    """Whether a light verb inside a phrase is a verb there, and no part of a noun (`建设项目`)."""
    rest = phrase[match.end() :]
    return not (len(rest) <= 2 and match.end() - match.start() <= 2) and match.group() not in _NOMINAL


_NOMINAL = frozenset(
    "建设 保障 覆盖 培育 规划 销售 生产 治理 支持 救助 补助 奖励 融资 处理 处置 整治 整改 登记 注册 投入 安排 转移 转化 "
    "推广 落实 更新 改造 修复 保持 配套 达标 供应 供给 采购 补充 加强 强化 优化 控制 出新 升级 提质 提升 稳定 维持 "
    "入库 累计 上云 解决 帮扶 资助 排查 清理 创建 认定 孵化 签约 落地 储备 启动 竣工 突破 增加 减少 产出 征收 缴纳 "
    "调解 受理 开工 下达 达到 实施 扩大 拓展 提高 降低 缩短 评选 遴选 清退 拆除 腾退 关停 交付 购买 购置 配置 发行 推进 "
    "推动 引进 创作 编制 减免 投放 投用 组织 新增 开展".split()
)


@cache
def _right_start() -> re.Pattern[str]:
    return re.compile(rf"^[ *]*(?:{'|'.join(cue_words('subjects', 'right_verbs'))})")


@cache
def _right_stop() -> re.Pattern[str]:
    return re.compile("|".join(cue_words("subjects", "right_stop")))


@lru_cache(maxsize=32_768)
def thing_after(right: str) -> str:
    """Return the noun phrase that follows a value (`40家规上企业`), empty where none does."""
    right = right.lstrip(" ")
    right = right[1:] if right[:1] == "的" else right
    if not right or _right_start().match(right):
        return ""
    phrase = re.split(r"[，,；;。！？!?：:\n…（(|]", right, maxsplit=1)[0].rstrip(" 、和与及*")
    match = next((m for m in _right_stop().finditer(phrase) if m.start() >= 2), None)
    if match is not None and match.start() >= 4:
        phrase = phrase[: match.start()]
    return phrase.rstrip(" 、和与及的")[:_MAXIMUM]


@cache
def _shared_head() -> re.Pattern[str]:
    return re.compile(
        r"(?:居民)?(?:人均)?(?:可支配|纯)?收入$|排放(?:总)?量$|减排$|增加值$|总?产值$|投资$|覆盖率$|(?:环境)?质量改善$|"
        r"监测$|(?:项目|企业|机构|基地|中心|园区|单位|小区|工程|床位|学位|就业|水耗|能耗)$"
    )


@lru_cache(maxsize=4_096)
def split_members(phrase: str) -> tuple[str, ...]:
    """Split a coordination (`城镇、农村居民人均可支配收入`) into its members, shared heads given back."""
    parts = [part for part in re.split(r"[、/]|(?:以及|和|及|与)(?![^（(]*[）)])", phrase) if part]
    if len(parts) < 2:
        return (phrase,)
    head = _shared_head().search(parts[-1])
    members = [
        part if head is None or _shared_head().search(part) or len(part) > 8 else part + head.group()
        for part in parts
    ]
    return tuple(members)
