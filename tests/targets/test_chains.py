"""The chain of government: positions, demands, reasons, levels by year (invented panels)."""

import pytest

from workbench.tables import DOCUMENTS, TARGET_PANEL
from workbench.targets.cascade import add_superiors
from workbench.targets.chains import (
    average_levels,
    pair_superiors,
    summarise_amplification,
    trace_chain,
)

BLANK = dict.fromkeys(TARGET_PANEL.columns) | {"stretch": False, "form": "stated", "unit": "%"}
CHAIN = [("全国", "national", ""), ("浙江省", "province", "全国"), ("杭州市", "prefecture", "浙江省")]


def documents(reports):
    level = {name: (kind, parent) for name, kind, parent in CHAIN} | {
        "西湖区": ("county", "杭州市"),
        "飞地": ("functional zone", "某省"),
    }
    blank = dict.fromkeys(DOCUMENTS.columns, "") | {"characters": 9, "noise_characters": 0}
    rows = []
    for name in reports:
        region, year = name.split("_")[:2]
        kind, parent = level[region]
        rows.append(
            blank
            | {"document_id": name, "region": region, "year": int(year), "level": kind, "parent": parent}
            | {"genre": "excerpt" if name.endswith("摘") else "full report"}
        )
    return DOCUMENTS.frame(rows)


def target(name, indicator_id, low, high=None, **more):
    region, year = name.split("_")[:2]
    level = {"全国": "national", "浙江省": "province"}.get(region, "prefecture")
    return BLANK | {
        "document_id": name,
        "region": region,
        "level": level,
        "year": int(year),
        "indicator_id": indicator_id,
        "measure": "growth",
        "direction": "down" if indicator_id == "energy_intensity" else "up",
        "low": low,
        "high": low if high is None else high,
        "bound": "exact" if high is None else "range",
        "quote": f"{low}%",
        "evidence": f"增长{low}%。",
        "start": 2,
        "end": 5,
        **more,
    }


def paired(rows, reports=("全国_2024", "浙江省_2024", "杭州市_2024")):
    shelf = documents(reports)
    above = [name for name in TARGET_PANEL.columns if name.startswith(("superior", "amplification"))]
    panel = add_superiors(TARGET_PANEL.frame(rows).drop(columns=above), shelf)
    panel = TARGET_PANEL.check(panel.reindex(columns=list(TARGET_PANEL.columns)))
    return pair_superiors(panel, shelf)


def one(pairs, name, indicator):
    rows = pairs[(pairs["document_id"] == name) & (pairs["indicator_id"] == indicator)]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("own", "superior", "position", "amplification"),
    [
        ((6.0, 6.0), (5.0, 5.0), "above", 1.0),
        ((5.0, 5.0), (5.0, 5.0), "equal", 0.0),
        ((4.5, 4.5), (5.0, 5.5), "below", -0.75),
        ((5.0, 5.5), (5.0, 5.0), "above", 0.25),
        ((5.0, 6.0), (4.5, 5.5), "overlapping", 0.5),
        ((5.0, 6.0), (5.0, 6.0), "equal", 0.0),
    ],
)
def test_position_compares_ranges_and_amplification_their_middles(own, superior, position, amplification):
    row = one(
        paired([target("浙江省_2024", "gdp", *superior), target("杭州市_2024", "gdp", *own)]),
        "杭州市_2024",
        "gdp",
    )
    assert row["position"] == position
    assert row["amplification"] == pytest.approx(amplification)
    assert row["superior_evidence"] == f"增长{superior[0]}%。"
    assert (row["superior_start"], row["reason"]) == (2, "")


def test_a_lower_ceiling_asks_for_more():
    rows = [
        target("浙江省_2024", "cpi", 3.0),
        target("杭州市_2024", "cpi", 2.5),
        target("浙江省_2024", "gdp", 6.0),
        target("杭州市_2024", "gdp", 5.5),
        target("浙江省_2024", "energy_intensity", 3.0),
        target("杭州市_2024", "energy_intensity", 3.5),
    ]
    pairs = paired(rows)
    assert one(pairs, "杭州市_2024", "energy_intensity")["demand"] == "more"  # a larger decrease
    assert one(pairs, "杭州市_2024", "cpi")[["position", "demand"]].tolist() == ["below", "more"]
    assert one(pairs, "杭州市_2024", "gdp")[["position", "demand"]].tolist() == ["below", "less"]


def test_every_missing_number_has_its_reason():
    nothing = {"unit": "", "bound": ""}
    surveyed, registered = {"indicator": "城镇调查失业率"}, {"indicator": "城镇登记失业率"}
    rows = [
        target("全国_2024", "gdp", 5.0),
        target("浙江省_2024", "cpi", None, form="relative", **nothing),
        target("浙江省_2024", "fdi", 9e9, measure="level", unit="元"),
        target("浙江省_2024", "exports", 4.0),
        target("浙江省_2024", "income_urban", 4.0),
        target("杭州市_2024", "gdp", 5.0),
        target("杭州市_2024", "cpi", 3.0),
        target("杭州市_2024", "fdi", 8e9, measure="level", unit="元"),
        target("杭州市_2024", "exports", 5e9, measure="level", unit="元"),
        target("杭州市_2024", "income_urban", None, form="delegated", **nothing),
        target("浙江省_2024", "unemployment_rate", 5.5, measure="share", **surveyed),
        target("杭州市_2024", "unemployment_rate", 3.0, measure="share", **registered),
    ]
    pairs = paired(rows)
    reasons = {
        i: one(pairs, "杭州市_2024", i)["reason"]
        for i in ("gdp", "cpi", "fdi", "exports", "income_urban", "unemployment_rate")
    }
    assert reasons == {
        "gdp": "superior states none",
        "cpi": "superior gives no number",
        "fdi": "amounts are not subtracted",
        "exports": "other measure or unit",
        "income_urban": "no number here",
        "unemployment_rate": "measured otherwise",
    }
    assert one(pairs, "全国_2024", "gdp")["reason"] == "no superior"
    alone = paired([target("杭州市_2024", "gdp", 5.0)], ["杭州市_2024"])
    assert one(alone, "杭州市_2024", "gdp")["reason"] == "no superior's report"


def test_amplification_is_counted_by_group():
    rows = [
        target("全国_2024", "gdp", 5.0),
        target("浙江省_2024", "gdp", 5.5),
        target("杭州市_2024", "gdp", 5.0),
    ]
    summary = summarise_amplification(paired(rows)).iloc[0]
    assert summary[["compared", "above", "equal", "below", "mean", "lowest", "highest"]].tolist() == [
        2, 1, 0, 1, 0.0, -0.5, 0.5,
    ]  # fmt: skip
    assert summarise_amplification(paired([target("杭州市_2024", "gdp", 5.0)], ["杭州市_2024"])).empty


def test_chain_goes_up_by_reports_then_by_the_list_of_regions():
    assert trace_chain(documents(["西湖区_2024", "杭州市_2024"]), "西湖区") == [
        "全国",
        "浙江省",
        "杭州市",
        "西湖区",
    ]
    assert trace_chain(documents(["全国_2024"]), "全国") == ["全国"]


def test_levels_are_averaged_over_full_versions():
    rows = [
        target("浙江省_2024", "gdp", 5.0, 6.0),
        target("浙江省_2024_摘", "gdp", 9.0),
        target("杭州市_2024", "gdp", 6.0),
    ]
    reports = documents(["浙江省_2024", "浙江省_2024_摘", "杭州市_2024"])
    averages = average_levels(TARGET_PANEL.frame(rows), reports, "gdp").set_index("level")
    assert averages.loc["province", ["reports", "stated", "mean"]].tolist() == [1, 1, 5.5]
    silent = average_levels(TARGET_PANEL.frame(rows), reports, "cpi")
    assert silent["stated"].tolist() == [0, 0]
    assert silent["mean"].isna().all()
