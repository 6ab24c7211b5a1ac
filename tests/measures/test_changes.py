"""Year-to-year change of sentences and targets (invented reports)."""

import pandas as pd
import pytest

from workbench.corpus.sentences import sentence_spans
from workbench.errors import ParameterError
from workbench.measures.changes import compare_sentences, compare_targets, summarise_changes
from workbench.tables import SENTENCES, TARGET_PANEL

PAIR = pd.DataFrame({"document_id": ["甲市_2024"], "other_document_id": ["甲市_2023"]})
EARLIER = "建设三座水厂保障城乡供水安全。推进老旧小区改造一百二十个。举办首届荷花艺术节。\n工业篇\n"
LATER = "开通低空物流航线五条以上。推进老旧小区改造一百五十个。建设三座水厂,保障城乡供水安全。"


def cut(texts):
    rows = [
        (n, k, 0, "plan", *span) for n, text in texts.items() for k, span in enumerate(sentence_spans(text))
    ]
    return SENTENCES.frame(rows)


def test_sentences_are_new_dropped_reworded_and_unchanged_wherever_they_stand():
    texts = {"甲市_2023": EARLIER, "甲市_2024": LATER}
    changes = compare_sentences(texts, cut(texts), PAIR)
    found = changes.set_index("change")
    assert changes["change"].tolist() == ["new", "reworded", "unchanged", "dropped"]
    row = found.loc["reworded"]
    assert texts["甲市_2024"][row["start"] : row["end"]] == "推进老旧小区改造一百五十个。"
    assert texts["甲市_2023"][row["other_start"] : row["other_end"]] == "推进老旧小区改造一百二十个。"
    assert row["similarity"] == pytest.approx(12 / 13)
    assert found.loc["unchanged", "similarity"] == 1.0
    assert pd.isna(found.loc["new", "other_start"])
    assert pd.isna(found.loc["dropped", "start"])


def test_each_sentence_has_one_counterpart_and_the_best_pairing_wins():
    earlier = "新建幼儿园十二所学位三千个。新建幼儿园十三所学位四千个。"
    texts = {"甲市_2023": earlier, "甲市_2024": "新建幼儿园十三所学位四千个。新建幼儿园十二所学位三千个。"}
    changes = compare_sentences(texts, cut(texts), PAIR)
    assert changes["change"].tolist() == ["unchanged", "unchanged"]
    assert changes["other_sentence"].tolist() == [1, 0]


def test_threshold_decides_what_is_reworded():
    texts = {"甲市_2023": "新建公园六个绿道十里。", "甲市_2024": "新建公园九个绿道百里。"}  # 8 of 10 letters
    assert compare_sentences(texts, cut(texts), PAIR, reworded=0.8)["change"].tolist() == ["reworded"]
    strict = compare_sentences(texts, cut(texts), PAIR, reworded=0.85)
    assert strict["change"].tolist() == ["new", "dropped"]
    with pytest.raises(ParameterError, match="reworded"):
        compare_sentences(texts, cut(texts), PAIR, reworded=60)


def test_summary_counts_zeros_and_gives_shares_of_each_side():
    texts = {"甲市_2023": EARLIER, "甲市_2024": LATER}
    summary = summarise_changes(compare_sentences(texts, cut(texts), PAIR)).set_index("change")
    assert summary["sentences"].to_dict() == {"unchanged": 1, "reworded": 1, "new": 1, "dropped": 1}
    assert summary["share"].tolist() == pytest.approx([1 / 3] * 4)
    same = {"甲市_2023": LATER, "甲市_2024": LATER}
    summary = summarise_changes(compare_sentences(same, cut(same), PAIR)).set_index("change")
    assert summary["sentences"].to_dict() == {"unchanged": 3, "reworded": 0, "new": 0, "dropped": 0}


def test_empty_report_drops_everything():
    texts = {"甲市_2023": EARLIER, "甲市_2024": ""}
    assert set(compare_sentences(texts, cut(texts), PAIR)["change"]) == {"dropped"}


def panel(rows):
    blank = dict.fromkeys(TARGET_PANEL.columns) | {"region": "甲市", "level": "prefecture", "stretch": False}
    words = [n for n, c in TARGET_PANEL.columns.items() if c.dtype == "str"]
    blank |= {name: "" for name in words if blank[name] is None}
    given = [
        {
            **blank,
            "document_id": name,
            "year": int(name[3:7]),
            "indicator_id": indicator,
            "form": form,
            "measure": "" if form == "absent" else "growth",
            "low": low,
            "high": high,
            "unit": "%" if low else "",
        }
        for name, indicator, form, low, high in rows
    ]
    return TARGET_PANEL.frame(given)


def test_targets_are_new_dropped_raised_lowered_same_or_of_other_form():
    rows = [
        ("甲市_2023", "gdp", "stated", 6.0, 6.0),
        ("甲市_2024", "gdp", "stated", 5.0, 6.0),
        ("甲市_2023", "cpi", "stated", 3.0, 3.0),
        ("甲市_2024", "cpi", "stated", 3.0, 3.0),
        ("甲市_2023", "exports", "stated", 5.0, 5.0),
        ("甲市_2024", "exports", "qualitative", None, None),
        ("甲市_2023", "fdi", "stated", 5.0, 5.0),
        ("甲市_2024", "fdi", "absent", None, None),
        ("甲市_2023", "retail_sales", "absent", None, None),
        ("甲市_2024", "retail_sales", "stated", 4.0, 4.0),
        ("甲市_2023", "income_resident", "relative", None, None),
        ("甲市_2024", "income_resident", "relative", None, None),
        ("甲市_2023", "budget_revenue", "stated", 2.0, 2.0),
        ("甲市_2024", "budget_revenue", "stated", 4.0, 4.0),
    ]
    changes = compare_targets(panel(rows)).set_index("indicator_id")
    assert changes["change"].to_dict() == {
        "gdp": "lowered",
        "cpi": "same",
        "exports": "other form",
        "fdi": "dropped",
        "retail_sales": "new",
        "income_resident": "same",
        "budget_revenue": "raised",
    }
    assert changes.loc["gdp", "difference"] == pytest.approx(-0.5)


def test_registered_and_surveyed_unemployment_are_no_rise_or_fall():
    rows = [("甲市_2023", "unemployment_rate", "stated", 4.5, 4.5)]
    rows += [("甲市_2024", "unemployment_rate", "stated", 5.5, 5.5)]
    given = panel(rows).assign(indicator=["城镇登记失业率", "城镇调查失业率"])
    change = compare_targets(given).iloc[0]
    assert change["change"] == "other form"
    assert pd.isna(change["difference"])
    assert compare_targets(given.assign(indicator="城镇失业率"))["change"].tolist() == ["raised"]


def test_a_missing_year_is_not_compared_and_the_fuller_version_counts():
    rows = [
        ("甲市_2020", "gdp", "stated", 6.0, 6.0),
        ("甲市_2022", "gdp", "stated", 5.0, 5.0),
        ("甲市_2022-digest", "gdp", "absent", None, None),
        ("甲市_2023", "gdp", "stated", 5.0, 5.0),
    ]
    changes = compare_targets(panel(rows))
    assert changes[["document_id", "other_document_id"]].to_numpy().tolist() == [["甲市_2023", "甲市_2022"]]
