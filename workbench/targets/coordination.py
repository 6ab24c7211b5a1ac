"""Coordinations: the members of `城镇、农村居民人均可支配收入`, each with the head that they share."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from workbench.targets.indicators import indicator_id


@cache
def _shared_head() -> re.Pattern[str]:
    return re.compile(
        r"(?:居民)?(?:人均)?(?:可支配|纯)?(?:财政总|财政|主营业务|营业|经营)?收入$|排放(?:总)?量$|(?:销售|零售|交易|进出口|成交|吞吐|贸易)[额量]$|(?<!进)(?:出口|进口)额?$|进出口$|低保标准$|(?<!节能)减排$|(?<=贷)款余额$|(?<=[一二三])(?:次)?产业(?:实现)?增加值$|产业(?:生态圈|集群|链)(?:总?产值|增加值|营收|收入|规模|投资)?$|增加值$|总?产值$|投资$|案件$|(?:保险)?(?:参保|参合|就业|受益)?人数$|(?:保险)?(?:参保|参合|从业|就业)人员$|户数$|(?:收购)?价格?$|成本$|支出$|贷款$|存款$|用电量$|(?:水质)?优良(?:比例|率)$|(?:报销)?比例$|(?:毛?入学|升学|覆盖|普及|入托|参保|就业|达标|合格|处理|满意|完成|开工|完好)率$|(?:环境)?质量改善$|"
        r"(?:总?产值|增加值|产业)?(?:占比|比重|占[^、]{2,20}(?:比重|比例))$|[一-鿿]{2}(?:率|标准|水平|指数|人次|能力|规模)$|(?:客运|货运|总)?量$|(?:总)?面积$|里程$|余额$|监测$|(?:项目|企业|机构|基地|中心|园区|单位|小区|工程|床位|学位|就业|水耗|能耗)$"
    )


_HEAD_NOUN = re.compile(
    r"(?:总?产值|增加值|(?:主营业务|营业|销售)?总?收入|利税|净?利润|营收|总?产量|播种面积|种植面积|生产面积|面积|(?<!余)总?额|(?<!指)总?数|总?量|增速|投资|产量|生产|种植)$"
)


def with_head(thing: str, head: str) -> str:
    """Return a thing with another head noun: `规上工业总产值` and `增加值` give `规上工业增加值`."""
    return _HEAD_NOUN.sub("", thing) + head


_MEASURED = re.compile(
    r"(?:[率额量数值]|收入|投资|支出|余额|比[重例]|占比|面积|里程|强度|浓度|指数|水平|标准|经费|资金|利润|税收|价格?|消费"
    r"|人次|能力|规模|[能水]耗|增速|时间|年限|寿命|生产|成本|规模|长度|天数|存款|贷款|融资)$|(?:新增|新设|新登记|注册).*(?:企业|机构|项目|人员)$"
)
_SHARES = ("占比", "比重", "比例")
_INDICES = ("指数",)
_ETC = re.compile(r"(?<![均平同中高初])等(?![级效值待候量离])")
_SHARED_START = re.compile(r"^(?:单位|万元)(?:地区|国内)?(?:生产总值|GDP|工业增加值)")

_PER_OUTPUT = re.compile(
    r"(?:二氧化碳|碳|温室气体)排放|(?:综合)?(?:能|水|电|物)耗|(?:用水|用电|能源消[耗费])(?:总?量)?"
)


def _stands_alone(part: str) -> bool:
    return bool(_MEASURED.search(part) or _shared_head().search(part) or indicator_id(part))


def is_rate(part: str) -> bool:
    """Whether a member names a rate of its own (`高中阶段毛入学率`)."""
    return len(part) > 3 and part.endswith("率")


def _headed(parts: list[str], head: str) -> list[str]:
    """Give the head of the last member to those right before it that have none of their own."""
    members = parts[-1:]
    for part in reversed(parts[:-1]):
        kind = next((kind for kind in (_SHARES, _INDICES) if head.endswith(kind)), ())
        if part.endswith(kind) if kind else _stands_alone(part):
            break
        members.append(part.removesuffix("保险") + head if head.startswith("保险") else part + head)
    return parts[: len(parts) - len(members)] + members[::-1]


@lru_cache(maxsize=4_096)
def split_members(phrase: str) -> tuple[str, ...]:
    """Split a coordination (`城镇、农村居民人均可支配收入`) into its members, shared heads given back."""
    parts = [
        part
        for part in re.split(r"[、/]|(?:以及|和(?![美谐])|(?<![普涉危])及|与)(?![^（(]*[）)])", phrase)
        if part
    ]
    if len(parts) < 2:
        return (phrase,)
    head = _shared_head().search(parts[-1])
    whole = head is None or _ETC.search(phrase)
    members = parts if whole or head is None else _headed(parts, head.group())
    if _ETC.search(phrase):
        return (phrase,)
    if (shared := _SHARED_START.match(members[0])) is not None:
        members = [shared.group() + m if len(m) <= 4 or _PER_OUTPUT.match(m) else m for m in members]
    return tuple(members)


def split_in(phrase: str, count: int) -> tuple[str, ...]:
    """Split a coordination at 、 alone where that makes so many members (`A和B服务业、C及D服务业收入`)."""
    parts = phrase.split("、")
    head = _shared_head().search(parts[-1])
    if len(parts) != count or head is None:
        return ()
    return tuple(part if _stands_alone(part) else part + head.group() for part in parts)


def expand(thing: str) -> tuple[str, ...]:
    """Return the members that a short coordination names (`城乡居民…`: of towns and of the country)."""
    for short, members in (("城乡", ("城镇", "农村")), ("存贷款", ("存款", "贷款"))):
        if short in thing:
            return tuple(thing.replace(short, member) for member in members)
    return (thing,)
