"""Figures of regions draw the numbers they are given, keep absence apart, and stay legible at forty."""

import matplotlib

matplotlib.use("Agg")

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from workbench.display.axes import spread_labels
from workbench.display.marks import list_marks
from workbench.display.plots_chain import plot_amplification, plot_cascade
from workbench.display.plots_outcomes import plot_outcome_shares, plot_outcomes
from workbench.display.plots_regions import plot_ranking, plot_region_targets
from workbench.display.plots_reuse import plot_adoption, plot_changes, plot_phrase, plot_sources
from workbench.display.plots_similarity import plot_relatives, plot_similarity
from workbench.display.plots_years import order_by_distance, order_reports, plot_target_years
from workbench.display.style import use_style
from workbench.measures.relatives import RELATIVES
from workbench.tables import TARGET_PANEL
from workbench.targets.chains import SUPERIOR_PAIRS
from workbench.targets.outcomes import summarise_outcomes
from workbench.targets.ranking import rank_targets

BLANK = dict.fromkeys(TARGET_PANEL.columns) | {"stretch": False, "level": "prefecture"}


@pytest.fixture(autouse=True)
def _style():
    use_style()
    yield
    plt.close("all")


def texts(ax):
    return [t.get_text() for t in ax.texts]


def row(name, low, high=None, form="stated", **more):
    region, year = name.split("_")
    values = (
        {"measure": "growth", "unit": "%", "bound": "range" if high else "exact"} if form == "stated" else {}
    )
    return (
        BLANK
        | {"document_id": name, "region": region, "year": int(year), "indicator_id": "gdp", "form": form}
        | {"low": low, "high": high or low}
        | values
        | more
    )


def ticks(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def test_region_targets_says_what_is_not_stated():
    panel = TARGET_PANEL.frame([row("甲_2024", 6.0, bound="about"), row("乙_2024", None, form="absent")])
    ax = plot_region_targets(panel, indicators=["gdp"])
    assert {"≈6%", "未提及"} <= {t.strip() for t in texts(ax)}
    assert any("1/2" in t for t in texts(ax))


def test_region_targets_order_by_level_then_value():
    panel = TARGET_PANEL.frame(
        [
            row("甲_2024", 5.0),
            row("乙_2024", 7.0),
            row("丙_2024", None, form="absent"),
            row("省_2024", 6.0, level="province"),
        ]
    )
    assert order_reports(panel, order="value", indicator="gdp") == [
        "省_2024",
        "乙_2024",
        "甲_2024",
        "丙_2024",
    ]
    assert ticks(plot_region_targets(panel, indicators=["gdp"]).yaxis)[::-1][0] == "省_2024"


def test_chain_order_sets_cities_below_their_province():
    panel = TARGET_PANEL.frame(
        [
            row("杭州市_2024", 5.0, region_code="330100"),
            row("广东省_2024", 5.0, region_code="440000", level="province"),
            row("浙江省_2024", 5.0, region_code="330000", level="province"),
            row("全国_2024", 5.0, level="national"),
        ]
    )
    assert order_reports(panel, order="chain") == ["全国_2024", "浙江省_2024", "杭州市_2024", "广东省_2024"]


def test_ranges_are_bars_with_both_ends_and_nothing_overlaps_at_forty():
    panel = TARGET_PANEL.frame([row(f"区{k:02d}_2024", 5.0 + k / 10, 6.0 + k / 10) for k in range(40)])
    ax = plot_region_targets(panel, indicators=["gdp"], highlight="区07_2024")
    assert "5–6%" in texts(ax)
    boxes = sorted((label.get_window_extent() for label in ax.get_yticklabels()), key=lambda box: box.y0)
    ax.figure.canvas.draw()
    assert all(one.y1 <= other.y0 + 1 for one, other in zip(boxes, boxes[1:], strict=False))
    assert ax.get_legend() is None


def test_ranking_writes_the_ranks_and_leaves_out_what_has_none():
    rows = [
        row("甲_2024", 7.0),
        row("乙_2024", 6.0),
        row("丙_2024", 6.0),
        row("丁_2024", None, form="delegated"),
    ]
    ax = plot_ranking(rank_targets(TARGET_PANEL.frame(rows), indicator="gdp"))
    assert [t for t in texts(ax) if "/ 3" in t] == ["2–3 / 3", "2–3 / 3", "1 / 3"]
    assert "上级下达" in texts(ax)
    plot_ranking(rank_targets(TARGET_PANEL.frame(rows[3:]), indicator="gdp"))


def test_years_tell_no_target_from_no_report():
    rows = [row("甲_2020", 6.0), row("甲_2021", None, form="absent"), row("乙_2022", 5.0, 5.5)]
    ax = plot_target_years(TARGET_PANEL.frame(rows), indicator="gdp", highlight="甲")
    assert sorted(texts(ax)) == ["5\n–5.5", "6", "·"]
    assert ticks(ax.xaxis) == ["2020", "2021", "2022"]
    plot_target_years(TARGET_PANEL.frame([row("甲_2020", None, form="absent")]), indicator="cpi")


def test_regions_that_moved_alike_stand_side_by_side():
    rows = [
        row(f"{r}_{2000 + y}", value + y)
        for r, value in (("甲", 5.0), ("乙", 9.0), ("丙", 5.1), ("丁", 9.2))
        for y in range(3)
    ]
    ax = plot_target_years(TARGET_PANEL.frame(rows), indicator="gdp", order="dendrogram")
    order = ticks(ax.yaxis)
    assert abs(order.index("甲") - order.index("丙")) == 1
    assert abs(order.index("乙") - order.index("丁")) == 1


def pairs(rows):
    blank = dict.fromkeys(SUPERIOR_PAIRS.columns) | {"level": "prefecture", "form": "stated", "year": 2024}
    filled = [
        blank | {"document_id": f"{r}_2024", "region": r, "indicator_id": i, "amplification": a}
        for r, i, a in rows
    ]
    frame = SUPERIOR_PAIRS.frame(filled)
    return frame.assign(
        position=["above" if a > 0 else "equal" if a == 0 else "below" for a in frame["amplification"]]
    )


def test_amplification_counts_and_names_the_ends():
    ax = plot_amplification(
        pairs([("甲", "gdp", 1.0), ("乙", "gdp", 0.0), ("丙", "gdp", -0.5)]), highlight="丙"
    )
    assert "1↑ 1= 1↓" in texts(ax)
    assert {"甲", "丙"} <= set(texts(ax))
    points = sorted(x for artist in ax.collections for x, _ in artist.get_offsets())
    assert points == pytest.approx([-0.5, 0.0, 1.0])
    assert "没有可与上级相减的目标" in texts(plot_amplification(SUPERIOR_PAIRS.empty()))


def test_cascade_draws_each_level_and_leaves_gaps():
    rows = [row("全国_2020", 6.0), row("全国_2022", 5.5), row("某省_2020", 6.0, 7.0)]
    averages = pd.DataFrame(
        {
            "year": [2020],
            "level": ["province"],
            "reports": [2],
            "stated": [2],
            "mean": [6.5],
            "lowest": [6.0],
            "highest": [7.0],
        }
    )
    ax = plot_cascade(TARGET_PANEL.frame(rows), averages, chain=["全国", "某省", "某市"], indicator="gdp")
    drawn = [list(line.get_ydata()) for line in ax.lines]
    national = next(values for values in drawn if len(values) == 3)
    assert national[0] == 6.0
    assert pd.isna(national[1])
    assert "某市" in ax.get_title(loc="left")
    assert {"全国", "某省"} <= set(texts(ax))


def test_outcomes_are_told_apart_by_shape_and_counted():
    rows = [
        row("甲_2020", 6.0, outcome="missed"),
        row("甲_2021", 6.0, outcome="met"),
        row("甲_2022", 6.0, outcome="no report"),
        row("甲_2023", None, form="absent", outcome=""),
    ]
    ax = plot_outcomes(TARGET_PANEL.frame(rows), highlight=2021)
    labels = [t.get_text() for t in ax.get_legend().get_texts()]
    assert "未完成 1" in labels
    assert "超额 0" in labels
    shapes = {artist.get_paths()[0].vertices.tobytes() for artist in ax.collections}
    assert len(shapes) == 6
    nothing = plot_outcomes(TARGET_PANEL.frame(rows[3:]), highlight=None)
    assert "没有可核对的目标" in texts(nothing)


def test_outcome_shares_write_the_counts():
    rows = [row(f"甲_{y}", 6.0, outcome=o) for y, o in ((2020, "met"), (2021, "met"), (2022, "missed"))]
    ax = plot_outcome_shares(summarise_outcomes(TARGET_PANEL.frame(rows)))
    assert sorted(texts(ax)) == ["1", "2"]
    assert ticks(ax.yaxis) == ["地区生产总值 (3)"]
    nothing = plot_outcome_shares(summarise_outcomes(TARGET_PANEL.empty()))
    assert "没有可核对的目标:语料无次年报告" in texts(nothing)
    assert nothing.get_legend() is None


def test_cascade_of_one_year_does_not_span_a_century():
    averages = pd.DataFrame(columns=["year", "level", "reports", "stated", "mean", "lowest", "highest"])
    ax = plot_cascade(TARGET_PANEL.frame([row("甲_2023", 5.5)]), averages, chain=["甲"], indicator="gdp")
    assert ax.get_xlim() == (2021.5, 2024.5)


PAIRS = pd.DataFrame(
    {"document_id": ["甲", "甲", "乙"], "other_document_id": ["乙", "丙", "丙"], "value": [0.9, 0.1, 0.2]}
)


def test_similarity_keeps_pairs_with_their_values_and_names_the_nearest():
    ax = plot_similarity(PAIRS, label="cosine", highlight="乙")
    assert sorted(texts(ax)) == ["0.10", "0.10", "0.20", "0.20", "0.90", "0.90"]
    order = ticks(ax.yaxis)
    assert abs(order.index("甲") - order.index("乙")) == 1
    assert "甲 – 乙 0.90" in ax.get_title(loc="left")


@pytest.mark.parametrize("rows", [0, 1])
def test_similarity_of_one_or_two_reports_is_no_error(rows):
    plot_similarity(PAIRS.head(rows), label="cosine")


def test_order_by_distance_joins_neighbours():
    table = pd.DataFrame(
        [[0, 9, 1], [9, 0, 8], [1, 8, 0]], index=list("甲乙丙"), columns=list("甲乙丙"), dtype=float
    )
    order = order_by_distance(table)
    assert abs(order.index("甲") - order.index("丙")) == 1


def relatives(rows):
    return RELATIVES.frame(
        [("甲_" + str(y), "甲", y, r, "x", "share_in_other", v, w, c) for y, r, v, w, c in rows]
    )


def test_relatives_leave_gaps_and_say_why_there_is_nothing():
    rows = [
        (2020, "superior of the year", 0.05, "", ""),
        (2022, "superior of the year", 0.07, "", "unlike genres: a / b"),
    ]
    ax = plot_relatives(relatives(rows), highlight=2022)
    line = next(line for line in ax.lines if pd.notna(line.get_ydata()).sum() == 2)
    assert line.get_ydata()[0] == pytest.approx(5.0)
    assert pd.isna(line.get_ydata()[1])
    nothing = plot_relatives(relatives([(2020, "superior of the year", None, "no superior", "")]))
    assert "no superior" in texts(nothing)[0]


def test_changes_show_both_sides_and_the_share_kept():
    summary = pd.DataFrame(
        {
            "document_id": ["甲_2024"] * 4,
            "change": ["unchanged", "reworded", "new", "dropped"],
            "sentences": [1, 1, 2, 3],
            "share": [0.25, 0.25, 0.5, 0.6],
        }
    )
    ax = plot_changes(summary)
    assert sorted(patch.get_height() for patch in ax.patches) == [-3, 1, 1, 2]
    assert texts(ax) == ["50%"]
    plot_changes(summary.iloc[:0])


def test_sources_add_up():
    sources = pd.DataFrame(
        {
            "document_id": "甲",
            "source": ["own earlier", "superior", "other", "formula", "own words"],
            "share": [0.1, 0.2, 0.0, 0.3, 0.4],
        }
    )
    ax = plot_sources(sources)
    assert sum(patch.get_width() for patch in ax.patches) == pytest.approx(1.0)
    assert texts(ax) == ["10", "20", "30", "40"]


DOCUMENTS = pd.DataFrame(
    {
        "document_id": ["甲_2020", "乙_2020", "甲_2021"],
        "region": ["甲", "乙", "甲"],
        "year": pd.array([2020, 2020, 2021], dtype="Int64"),
    }
)
USES = pd.DataFrame(
    {
        "document_id": ["甲_2021"],
        "start": [4],
        "end": [8],
        "region": ["甲"],
        "year": pd.array([2021], dtype="Int64"),
        "count": [3],
    }
)


def test_phrases_are_shares_of_the_reports_of_the_year():
    ax = plot_adoption({"低空经济": USES}, DOCUMENTS)
    assert list(ax.lines[0].get_ydata()) == [0.0, 100.0]
    assert texts(ax) == ["● 低空经济"]
    plot_adoption({"低空经济": USES.iloc[:0]}, DOCUMENTS)


def test_phrase_tells_a_report_without_it_from_no_report():
    ax = plot_phrase(USES, DOCUMENTS, highlight="甲")
    rings, dots = ax.collections[-2:]
    assert len(rings.get_offsets()) == 3
    assert dots.get_offsets().tolist() == [[2021, 1]]
    assert ticks(ax.yaxis) == ["乙  —", "甲  2021"]
    plot_phrase(USES.iloc[:0], DOCUMENTS)


def test_marks_open_the_passages_of_their_numbers():
    place = {"start": 3, "end": 5, "quote": "6%"}
    panel = TARGET_PANEL.frame(
        [row("甲_2024", 6.0, outcome="met", **place), row("乙_2024", None, form="absent")]
    )
    amplified = pairs([("甲", "gdp", 1.0)]).assign(start=3, end=5)
    axes = [
        plot_region_targets(panel, indicators=["gdp"]),
        plot_ranking(rank_targets(panel, indicator="gdp")),
        plot_target_years(panel, indicator="gdp"),
        plot_outcomes(panel),
        plot_amplification(amplified),
    ]
    for ax in axes:
        (mark,) = list_marks(ax.figure)
        assert (mark["href"], mark["document"]) == ("#p-3-5", "甲_2024")
    (mark,) = list_marks(plot_phrase(USES, DOCUMENTS).figure)
    assert (mark["href"], mark["label"]) == ("#p-4-8", "甲 2021 ×3")


def test_labels_at_the_ends_do_not_overlap_nor_leave_the_axes():
    ax = plt.subplots()[1]
    ax.set_ylim(0, 100)
    spread_labels(ax, [(2024.0, 100.0, f"词{k}", "black") for k in range(5)])
    ax.figure.canvas.draw()
    boxes = sorted((text.get_window_extent() for text in ax.texts), key=lambda box: box.y0)
    assert all(one.y1 <= other.y0 + 1 for one, other in zip(boxes, boxes[1:], strict=False))
    assert max(text.get_position()[1] for text in ax.texts) <= 100
