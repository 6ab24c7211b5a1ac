"""Marks of a figure stand where they are drawn and lead to their passages."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from workbench.display.figures import show_figure
from workbench.display.marks import label_passage, link_marks, list_marks
from workbench.display.plots_targets import plot_bounds, plot_growth_targets
from workbench.display.reading import Passage, group_passages
from workbench.display.style import use_style
from workbench.errors import TableError


@pytest.fixture(autouse=True)
def _style():
    use_style()


@pytest.fixture
def ax():
    figure, ax = plt.subplots(figsize=(4, 2), dpi=100)
    ax.set_position((0, 0, 1, 1))
    ax.set(xlim=(0, 10), ylim=(0, 2))
    yield ax
    plt.close(figure)


def test_a_bar_has_its_box_in_percent_of_the_picture(ax):
    bars = ax.barh([0.5, 1.5], [5, 10], height=1)
    link_marks(bars, [Passage("下", "甲", 1, 2), Passage("上", "甲", 3, 5, more=((8, 9),))])
    upper, lower = list_marks(ax.figure)
    assert upper == {"href": "#p-3-5,8-9", "document": "甲", "label": "上", "box": [0, 0, 100, 50]}
    assert (lower["href"], lower["box"]) == ("#p-1-2", [0, 50, 50, 50])


def test_points_are_wide_enough_to_be_hit_and_may_lead_nowhere(ax):
    (points,) = ax.plot([5, 5], [1, 1.5], "|", markersize=4)
    link_marks(points, [Passage("中", "甲", 1, 2, "the middle"), None])
    (mark,) = list_marks(ax.figure)
    assert mark["label"] == "the middle"
    left, top, width, height = mark["box"]
    assert (left + width / 2, top + height / 2) == pytest.approx((50, 50), abs=0.01)
    assert (width * 4, height * 2) == pytest.approx((12, 12), abs=0.05)  # 400 by 200 pixels


def test_points_of_a_scatter_stand_where_they_are_drawn(ax):
    points = ax.scatter([2.5, 7.5], [1, 1], s=400)
    link_marks(points, [Passage("左", "甲", 1, 2), Passage("右", "甲", 2, 3)])
    middles = [mark["box"][0] + mark["box"][2] / 2 for mark in list_marks(ax.figure)]
    assert middles == pytest.approx([25, 75], abs=0.01)


def test_a_target_and_its_result_lead_to_their_own_words():
    pair = {
        "document_id": "甲_2024",
        "indicator_id": "gdp",
        "measure": "growth",
        "unit": "%",
        "bound": "about",
    }
    target = {"low": 6.0, "high": 6.0, "start": 40, "end": 42, "quote": "6%", "evidence": "增长6%左右。"}
    result = {
        "result_low": 5.0,
        "result_high": 5.0,
        "result_bound": "exact",
        "result_start": 10,
        "result_end": 12,
    }
    shown = show_figure(plot_growth_targets(pd.DataFrame([pair | target | result])).figure, alt="目标")
    assert {mark["href"] for mark in shown.marks} == {"#p-40-42", "#p-10-12"}


def test_a_bar_of_counts_leads_to_all_that_it_counts():
    statements = pd.DataFrame(
        {"document_id": "甲", "start": [9, 1], "end": [10, 3], "bound": "about", "measure": "growth"}
    )
    counts = pd.DataFrame({"bound": ["about"], "measure": ["growth"], "count": [2]})
    places = group_passages(statements, by=["bound", "measure"])
    shown = show_figure(plot_bounds(counts, passages=places, language="en").figure, alt="约束")
    assert [(mark["href"], mark["label"]) for mark in shown.marks] == [("#p-1-3,9-10", "about, growth: 2")]


def test_places_of_two_documents_are_no_passage():
    places = pd.DataFrame({"document_id": ["甲", "乙"], "start": [1, 1], "end": [2, 2], "token": "民生"})
    with pytest.raises(TableError, match="one document, found 2"):
        group_passages(places, by="token")


def test_a_key_without_a_passage_has_no_mark():
    assert label_passage(None, "民生", "民生: 2") is None
    assert label_passage({"民生": Passage("民生", "甲", 1, 2)}, "民生", "民生: 2").context == "民生: 2"
