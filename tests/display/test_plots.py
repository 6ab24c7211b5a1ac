"""Plots draw the numbers they are given; nothing absent is drawn as a number."""

import matplotlib

matplotlib.use("Agg")

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from workbench.display.plots_regions import plot_region_targets, plot_similarity
from workbench.display.plots_targets import plot_bounds, plot_growth_targets, plot_positions
from workbench.display.plots_text import plot_audit, plot_diversity, plot_occurrences, plot_sections
from workbench.display.plots_themes import plot_theme_grid, plot_theme_parts, plot_theme_trend
from workbench.display.style import use_style

SECTIONS = pd.DataFrame(
    {
        "document_id": ["甲_2024"] * 2,
        "section": [0, 1],
        "depth": [0, 1],
        "heading": ["", "一、今年安排"],
        "part": ["front", "plan"],
        "start": [0, 20],
        "end": [20, 100],
    }
)


@pytest.fixture(autouse=True)
def _style():
    use_style()
    yield
    plt.close("all")


def texts(ax):
    return [t.get_text() for t in ax.texts]


def test_growth_targets_draws_target_and_result():
    pairs = pd.DataFrame(
        {
            "indicator_id": ["gdp", "grain_output"],
            "measure": ["growth", "level"],
            "unit": ["%", "斤"],
            "low": [5.0, 1e9],
            "high": [5.5, 1e9],
            "bound": ["range", "exact"],
            "document_id": "甲_2024",
            "start": [40, 60],
            "end": [45, 64],
            "quote": ["5%—5.5%", "10亿斤"],
            "result_low": [4.8, None],
            "result_high": [4.8, None],
            "result_start": [10, None],
            "result_end": [14, None],
        }
    )
    ax = plot_growth_targets(pairs)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["地区生产总值"]
    drawn = [list(line.get_xdata()) for line in ax.lines]
    assert [5.0, 5.5] in drawn
    assert [4.8] in drawn
    assert "5–5.5%" in texts(ax)


def test_bounds_are_counted_in_a_fixed_order():
    ax = plot_bounds(pd.DataFrame({"bound": ["about"], "measure": ["growth"], "count": [7]}))
    assert sorted(texts(ax)) == ["0", "0", "0", "0", "7"]


def test_positions_puts_each_status_in_its_row():
    statements = pd.DataFrame(
        {"status": ["target", "result"], "start": [50, 5], "end": [52, 7], "quote": "6%"}
    )
    statements["document_id"] = "甲"
    ax = plot_positions(statements, SECTIONS)
    assert [list(line.get_xdata()) for line in ax.lines] == [[50], [5], [], []]


def test_sections_use_the_part_where_no_heading_stands():
    labels = [t.get_text() for t in plot_sections(SECTIONS).get_yticklabels()]
    assert labels == ["一、今年安排", "开头"]


def test_occurrences_counts_in_the_label():
    hits = pd.DataFrame({"term": ["创新", "创新", "民生"], "start": [3, 30, 60]})
    labels = [t.get_text() for t in plot_occurrences(hits, SECTIONS).get_yticklabels()]
    assert labels == ["民生 (1)", "创新 (2)"]


def test_region_targets_says_what_is_not_stated():
    panel = pd.DataFrame(
        {
            "document_id": ["甲_2024", "乙_2024"],
            "indicator_id": ["gdp", "gdp"],
            "form": ["stated", "absent"],
            "measure": ["growth", ""],
            "low": [6.0, None],
            "high": [6.0, None],
            "unit": ["%", ""],
            "bound": ["about", ""],
        }
    )
    ax = plot_region_targets(panel, indicators=["gdp"])
    assert {t.strip() for t in texts(ax)} == {"≈6%", "未提及"}


def test_similarity_keeps_pairs_with_their_values():
    pairs = pd.DataFrame(
        {"document_id": ["甲", "甲", "乙"], "other_document_id": ["乙", "丙", "丙"], "value": [0.9, 0.1, 0.2]}
    )
    ax = plot_similarity(pairs, label="cosine")
    assert sorted(texts(ax)) == ["0.10", "0.10", "0.20", "0.20", "0.90", "0.90"]
    order = [t.get_text() for t in ax.get_yticklabels()]
    assert abs(order.index("甲") - order.index("乙")) == 1


SHARES = pd.DataFrame(
    {
        "document_id": ["甲_2022", "甲_2024"],
        "year": [2022, 2024],
        "part": ["review", "plan"],
        "theme": ["digital", "digital"],
        "share_pct": [4.0, 8.0],
        "low_pct": [2.0, 5.0],
        "high_pct": [6.0, 11.0],
    }
)


def test_theme_parts_draws_both_parts():
    ax = plot_theme_parts(SHARES)
    assert [list(line.get_xdata()) for line in ax.lines] == [[4.0], [8.0]]


def test_theme_parts_of_an_excerpt_with_the_plan_alone():
    ax = plot_theme_parts(SHARES[SHARES["part"] == "plan"])
    assert [list(line.get_xdata()) for line in ax.lines] == [[8.0]]


def test_theme_trend_leaves_a_gap_for_a_missing_year_and_claims_nothing_of_two():
    ax = plot_theme_trend(SHARES, themes=["digital"])
    line = ax.lines[0]
    assert list(line.get_xdata()) == [2022, 2023, 2024]
    assert pd.isna(line.get_ydata()[1])
    assert ax.get_title(loc="left") == "不足三年,不成走势"


def test_theme_grid_writes_each_share():
    assert sorted(texts(plot_theme_grid(SHARES))) == ["4", "8"]


def test_diversity_draws_the_interval_and_the_window():
    diversity = pd.DataFrame(
        {
            "document_id": ["甲", "乙", "丙"],
            "window": [100] * 3,
            "mattr": [0.8, 0.7, None],
            "mattr_low": [0.78, 0.66, None],
            "mattr_high": [0.82, 0.74, None],
        }
    )
    ax = plot_diversity(diversity, highlight="甲")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["乙", "甲"]
    assert "窗口100词" in ax.get_xlabel()
    assert "windows of 100 words" in plot_diversity(diversity, language="en").get_xlabel()


def test_audit_leads_with_the_terms_that_change_most():
    audit = pd.DataFrame(
        {
            "term": ["稳", "新质生产力"],
            "lexicon": [5, 9],
            "plain": [5, 0],
            "leftmost_longest": [6, 9],
            "overlapping": [6, 9],
        }
    )
    labels = [label.get_text() for label in plot_audit(audit).get_yticklabels()]
    assert labels == ["稳", "新质生产力"]
    assert labels[-1] == "新质生产力"
