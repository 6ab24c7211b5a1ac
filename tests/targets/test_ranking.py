"""Targets side by side: ranks with ties and ranges, and the wide table (invented panels)."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError
from workbench.tables import TARGET_PANEL
from workbench.targets.ranking import rank_targets, widen_panel

BLANK = dict.fromkeys(TARGET_PANEL.columns) | {"level": "province", "year": 2024, "stretch": False}


def panel(rows):
    filled = []
    for name, indicator, form, low, high, *more in rows:
        values = {"measure": "growth", "unit": "%", "bound": "exact"} if form == "stated" else {}
        filled.append(
            BLANK
            | {"document_id": name, "region": name.split("_")[0], "indicator_id": indicator, "form": form}
            | {"low": low, "high": high}
            | values
            | (more[0] if more else {})
        )
    return TARGET_PANEL.frame(filled)


def ranks(frame):
    return {
        row["region"]: tuple(row[["rank", "rank_best", "rank_worst", "tied"]])
        for row in frame.dropna(subset=["rank"]).to_dict("records")
        for row in [pd.Series(row)]
    }


def test_ties_share_a_rank_and_ranges_widen_it():
    rows = [
        ("甲_2024", "gdp", "stated", 7.0, 7.0),
        ("乙_2024", "gdp", "stated", 6.0, 6.0),
        ("丙_2024", "gdp", "stated", 6.0, 6.0),
        ("丁_2024", "gdp", "stated", 5.0, 6.5),
        ("戊_2024", "gdp", "stated", 5.0, 5.0),
        ("己_2024", "gdp", "absent", None, None),
        ("庚_2024", "gdp", "relative", None, None),
    ]
    frame = rank_targets(panel(rows), indicator="gdp")
    assert ranks(frame) == {
        "甲": (1, 1, 1, 0),
        "乙": (2, 2, 4, 1),
        "丙": (2, 2, 4, 1),
        "丁": (4, 2, 5, 0),
        "戊": (5, 4, 5, 0),
    }
    assert frame["region"].tolist()[-2:] == ["庚", "己"]
    assert frame["rank"].isna().sum() == 2
    assert set(frame["ranked"]) == {5}


def test_ceilings_rank_from_the_lowest_up_and_amounts_have_no_rank():
    rows = [
        ("甲_2024", "cpi", "stated", 3.0, 3.0),
        ("乙_2024", "cpi", "stated", 2.5, 2.5),
        ("丙_2024", "cpi", "stated", 9e9, 9e9, {"measure": "level", "unit": "元"}),
    ]
    frame = rank_targets(panel(rows), indicator="cpi")
    assert frame["region"].tolist() == ["乙", "甲", "丙"]
    assert frame["rank"].tolist()[:2] == [1, 2]
    assert pd.isna(frame["rank"].iloc[2])


def test_open_ends_may_be_taken_for_open():
    rows = [
        ("甲_2024", "gdp", "stated", 6.0, 6.0),
        ("乙_2024", "gdp", "stated", 5.0, 5.0, {"bound": "at_least"}),
    ]
    assert ranks(rank_targets(panel(rows), indicator="gdp"))["乙"][1:3] == (2, 2)
    assert ranks(rank_targets(panel(rows), indicator="gdp", open_ended=True))["乙"][1:3] == (1, 2)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3)), min_size=1, max_size=8))
def test_rank_lies_between_best_and_worst_and_one_value_fits_each(values):
    rows = [(f"区{k}_2024", "gdp", "stated", low, low + width) for k, (low, width) in enumerate(values)]
    frame = rank_targets(panel(rows), indicator="gdp")
    assert ((frame["rank_best"] <= frame["rank"]) & (frame["rank"] <= frame["rank_worst"])).all()
    for row in frame.to_dict("records"):  # with every range at its own best and the others' worst end
        surely_more = sum(low > row["high"] for low, _ in values)
        assert row["rank_best"] == 1 + surely_more


def test_wide_table_names_what_is_not_stated():
    rows = [
        ("甲_2024", "gdp", "stated", 7.0, 7.0),
        ("乙_2024", "gdp", "absent", None, None),
        ("丙_2024", "gdp", "stated", 9e9, 9e9, {"measure": "level", "unit": "元"}),
        ("甲_2024", "cpi", "absent", None, None),
        ("乙_2024", "cpi", "absent", None, None),
        ("丙_2024", "cpi", "absent", None, None),
    ]
    wide = widen_panel(panel(rows), fields=["form", "low"]).set_index("region")
    assert wide["gdp.growth.form"].to_dict() == {"甲": "stated", "乙": "absent", "丙": "other measure"}
    assert wide["gdp.level.low"].dropna().to_dict() == {"丙": 9e9}
    assert set(wide["cpi.form"]) == {"absent"}
    assert list(widen_panel(panel(rows), regions=["甲"])["region"]) == ["甲"]


def test_wide_table_refuses_what_is_not_there():
    rows = panel([("甲_2024", "gdp", "stated", 7.0, 7.0)])
    with pytest.raises(ParameterError, match="found none"):
        widen_panel(rows, years=[1999])
    with pytest.raises(ParameterError, match="found value"):
        widen_panel(rows, fields=["value"])
