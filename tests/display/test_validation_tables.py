import pandas as pd

from workbench.display.plots_validation import plot_agreement, plot_scores
from workbench.display.validation_tables import show_agreement, show_disagreements, show_errors, show_sample

TEXTS = {"甲市_2023": "增长6%。新增30家<b>。"}
SENTENCES = pd.DataFrame({"document_id": "甲市_2023", "sentence": [0, 1], "start": [0, 5], "end": [5, 14]})
PAIR = {"document_id": "甲市_2023", "evidence": "", "gold_status": None, "found_status": None}
PAIRS = pd.DataFrame(
    [
        PAIR
        | {
            "start": 2,
            "end": 4,
            "quote": "6%",
            "wrong": "status",
            "gold_status": "target",
            "found_status": "",
        },
        PAIR | {"start": 7, "end": 10, "quote": "30家", "wrong": "missed"},
        PAIR | {"start": 2, "end": 4, "quote": "6%", "wrong": ""},
    ]
)


def test_errors_are_shown_gravest_first_with_their_sentences():
    shown = show_errors(PAIRS, SENTENCES, TEXTS)
    assert shown.caption == "错误 Errors: 2 of 3 records"
    assert shown.frame["错在 coded → found"].tolist() == ["漏 missed", "status: target → ∅"]
    assert shown.frame["句子 sentence"].tolist() == ["新增30家<b>。", "增长6%。"]
    assert 'href="#p-7-10"' in shown._repr_html_()
    assert "<b>" not in shown._repr_html_()


def test_a_quotation_from_elsewhere_is_shown_without_a_link():
    unit = {
        "sentence": 1,
        "quote": "30家",
        "occurrence": 0,
        "field": "status",
        "first": "target",
        "second": "",
    }
    rows = pd.DataFrame([{"document_id": name, **unit} for name in ("甲市_2023", "乙市_2023")])
    html = show_disagreements(rows, SENTENCES, TEXTS)._repr_html_()
    assert html.count('href="#p-7-10"') == 1
    assert "<td>30家</td>" in html
    assert "<td>∅</td>" in html


def statistics(**values):
    return {f"{name}{end}": value for name, value in values.items() for end in ("", "_low", "_high")}


AGREEMENT = pd.DataFrame(
    [
        {"field": "status", "units": 40, **statistics(percent=90.0, kappa=0.8, alpha=0.81)},
        {"field": "kind", "units": 40, **statistics(percent=100.0, kappa=float("nan"), alpha=float("nan"))},
    ]
)


def test_a_coefficient_that_is_none_is_left_empty():
    frame = show_agreement(AGREEMENT).frame
    assert frame["Cohen κ"].tolist() == ["0.800", ""]
    assert frame["95 % α"].tolist() == ["0.810–0.810", ""]


def test_agreement_is_drawn_as_shares_of_one():
    ax = plot_agreement(AGREEMENT)
    assert ax.lines[0].get_xdata().tolist() == [1.0, 0.9]  # percent, from below
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["有无数字", "性质"]


def test_scores_are_drawn_from_top_to_bottom():
    interval = {"f1_low": [0.8], "f1_high": [0.95]}
    ax = plot_scores(
        pd.DataFrame({"level": ["detect"], "f1": [0.9], **interval}),
        pd.DataFrame({"field": ["status"], "f1": [0.85], **interval}),
    )
    points = {
        (float(line.get_xdata()[0]), int(line.get_ydata()[0]))
        for line in ax.lines
        if len(line.get_xdata()) == 1
    }
    assert points == {(0.9, 1), (0.85, 0)}


def test_a_sample_says_what_it_stands_for():
    sample = pd.DataFrame({"stratum": ["plan", "plan", "review"], "weight": [5.0, 5.0, 5.0]})
    shown = show_sample(sample)
    assert shown.frame.iloc[:, 2].tolist() == ["10", "5"]
    assert "3 of about 15 sentences" in shown.caption
