"""What a reader needs first: the text, its promises, and how firm they are."""

import pandas as pd
import pytest

from workbench.corpus.readers import read_folder
from workbench.display.briefing import describe_report, show_promises
from workbench.pipeline import Corpus
from workbench.targets.summaries import pair_results

TEXT = (
    "甲市政府工作报告\n各位代表:\n一、2022年工作回顾\n地区生产总值增长5%。\n二、2023年工作安排\n"
    "地区生产总值增长6%左右。一般公共预算收入增长4%以上。固定资产投资增长8%。居民收入增长与经济增长同步。\n"
)


@pytest.fixture
def make(tmp_path):
    def corpus(text, name="甲市_2023.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return Corpus(read_folder(tmp_path), folder=tmp_path)

    return corpus


def test_each_card_tells_value_firmness_and_last_year(make):
    corpus = make(TEXT)
    shown = show_promises(pair_results(corpus.target_panel, corpus.statements), corpus.documents)
    cards = {card.name.split()[0]: card for card in shown.cards}
    gdp, revenue = cards["地区生产总值"], cards["一般公共预算收入"]
    assert (str(gdp.value), gdp.firmness_code, str(gdp.result)) == ("≈6%", "soft", "5%")
    assert TEXT[gdp.value.start : gdp.value.end] == "6%"
    assert TEXT[gdp.result.start : gdp.result.end] == "5%"
    assert (str(revenue.value), revenue.firmness_code, revenue.result) == ("≥4%", "hard", None)
    assert cards["固定资产投资"].firmness_code == "unmarked"
    assert cards["居民人均可支配收入"].firmness_code == "none"
    assert "目标4项:硬约束1、软约束1、只有数字1、无数值1。" in shown.lead
    assert "4 (1 firm, 1 soft, 1 number alone, 1 no number), all below" in shown.lead


def test_a_report_without_targets_says_so(make):
    corpus = make("甲市政府工作报告\n一、2022年工作回顾\n地区生产总值增长5%。\n")
    shown = show_promises(pair_results(corpus.target_panel, corpus.statements), corpus.documents)
    assert shown.cards == ()
    assert "No target for 2023 was found" in shown._repr_html_()


def test_markup_in_a_title_is_shown_as_text():
    row = {"region": "甲市", "region_code": None, "year": 2023, "level": "county", "parent": None}
    row |= {"genre": "full report", "date": None, "source": None, "title": "<script>1</script>" + "长" * 500}
    facts = describe_report(pd.DataFrame([row | {"characters": 1200, "noise_characters": 200}]))
    assert "<script>" not in facts._repr_html_()
    assert facts.facts["字数 characters"] == "1,000"
    assert "上级 superior" not in facts.facts
