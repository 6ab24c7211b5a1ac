"""The index tells the target for the regional product as the report gives it."""

import pandas as pd
import pytest

from workbench.pipeline import read_corpus
from workbench.run import headlines
from workbench.run.headlines import find_headlines, word_headlines
from workbench.tables import TARGET_PANEL

EMPTY = dict.fromkeys(TARGET_PANEL.columns)
ROW = EMPTY | {
    "document_id": "甲区_2024",
    "region": "甲区",
    "level": "county",
    "indicator_id": "gdp",
    "form": "stated",
    "measure": "growth",
    "low": 5.5,
    "high": 5.5,
    "unit": "%",
    "bound": "about",
    "stretch": False,
    "quote": "5.5%",
    "start": 10,
    "end": 14,
}


def test_growth_is_told_before_a_level():
    level = ROW | {"measure": "level", "low": 1e12, "high": 1e12, "unit": "元", "start": 1, "end": 5}
    told = word_headlines(TARGET_PANEL.frame([level, ROW]))
    expected = {"text": "≈5.5%", "quote": "5.5%", "place": [10, 14], "bound": "about", "form": "stated"}
    assert told == {"甲区_2024": {"gdp": expected | {"low": 5.5, "high": 5.5}}}


def test_a_level_is_told_but_not_drawn():
    level = ROW | {
        "measure": "level",
        "low": 1e12,
        "high": 1e12,
        "unit": "元",
        "indicator_id": "retail_sales",
    }
    told = word_headlines(TARGET_PANEL.frame([level]))["甲区_2024"]["retail_sales"]
    assert (told["text"], told["low"]) == ("≈1万亿元", None)


@pytest.mark.parametrize(("form", "text"), [("absent", "未提及"), ("delegated", "上级")])
def test_a_form_without_a_number_is_told_in_words(form, text):
    nothing = {name: None for name in ("measure", "low", "high", "unit", "bound", "quote", "start", "end")}
    told = word_headlines(TARGET_PANEL.frame([ROW | nothing | {"form": form}]))["甲区_2024"]["gdp"]
    assert text in told["text"]
    assert told["place"] is None


def test_headlines_lead_to_their_words_and_are_kept(corpus, tmp_path, monkeypatch):
    reports = read_corpus(corpus)
    told = find_headlines(reports, ["甲区_2024", "乙市_2024"], tmp_path)
    start, end = told["甲区_2024"]["gdp"]["place"]
    assert reports.texts["甲区_2024"][start:end] == "5.5%"
    assert told["乙市_2024"]["gdp"]["text"] == "≥5%"
    monkeypatch.setattr(headlines, "word_headlines", lambda panel: pytest.fail("made again"))
    assert find_headlines(read_corpus(corpus), ["甲区_2024"], tmp_path)["甲区_2024"] == told["甲区_2024"]
    monkeypatch.setattr(headlines, "word_headlines", lambda panel: {"甲区_2023": {"gdp": {"text": "new"}}})
    again = find_headlines(read_corpus(corpus), ["甲区_2024", "甲区_2023"], tmp_path)
    assert (again["甲区_2023"]["gdp"]["text"], again["甲区_2024"]) == ("new", told["甲区_2024"])
    assert isinstance(reports.documents, pd.DataFrame)
