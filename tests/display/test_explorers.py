import re

import pytest

from workbench.corpus.readers import read_folder
from workbench.display.explorer import Choice, Explorer, Number, Words
from workbench.display.explorers import (
    explore_concordance,
    explore_pair,
    explore_targets,
    explore_themes,
)
from workbench.errors import ParameterError
from workbench.pipeline import Corpus

TEXTS = {
    "甲市_2023.txt": "甲市政府工作报告\n各位代表:\n一、2022年工作回顾\n地区生产总值增长5%。优化营商环境。\n"
    "二、2023年工作安排\n地区生产总值增长6%左右。城镇新增就业3万人以上。改善生态环境,治理污染。\n",
    "乙市_2023.txt": "乙市政府工作报告\n各位代表:\n一、2022年工作回顾\n地区生产总值增长4%。\n"
    "二、2023年工作安排\n地区生产总值增长5.5%。优化营商环境,<b>新建</b>学校。\n",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Corpus(read_folder(folder), folder=folder)


@pytest.fixture(params=[True, False], ids=["static", "live"])
def bundle(request, monkeypatch):
    monkeypatch.setenv("WORKBENCH_STATIC", "1" if request.param else "")
    return lambda explorer: explorer._repr_mimebundle_()


EXPLORERS = [explore_concordance, explore_targets, explore_themes, explore_pair]


def text_of(html):
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S)


@pytest.mark.parametrize("explore", EXPLORERS)
def test_a_batch_run_gets_tables_and_a_notebook_widgets(explore, corpus, bundle, request):
    explorer = explore(corpus)
    shown = bundle(explorer)
    assert '<table class="wb"' in shown["text/html"]
    assert shown["text/plain"] == explorer.code
    live = "application/vnd.jupyter.widget-view+json"
    assert (live in shown) == ("live" in request.node.name)


@pytest.mark.parametrize("explore", EXPLORERS)
def test_the_line_of_code_gives_the_same_page_again(explore, corpus):
    explorer = explore(corpus)
    call = re.fullmatch(r"wb\.(\w+)\(reports, (.*)\)", explorer.code)
    again = eval(f"explore(corpus, {call[2]})", {"explore": explore, "corpus": corpus})
    assert call[1] == explore.__name__
    assert again.parameters == explorer.parameters
    assert again.html == explorer.html


def test_several_terms_are_counted_and_shared_out_over_the_rows(corpus):
    html = explore_concordance(corpus, term="环境、新建", rows=5).html
    assert "Concordance: 4 occurrences, 4 shown" in html
    assert text_of(html).split("Use by report (of 2)")[1].count("环境") == 2  # once a report


def test_a_document_narrows_the_lines(corpus):
    explorer = explore_concordance(corpus, term="营商环境", document="乙市_2023")
    assert "1 occurrences" in explorer.html
    assert "甲市_2023" not in explorer.html
    explorer.set(document="")
    assert "2 occurrences" in explorer.html


def test_a_control_redraws_and_is_kept_in_the_parameters(corpus):
    explorer = explore_concordance(corpus, term="营商环境")
    panel = explorer.panel and explorer._panel
    assert "2 occurrences" in panel.page.value
    panel.controls["term"].value = "污染"
    assert "「污染」索引行 Concordance: 1 occurrences" in panel.page.value
    assert explorer.parameters["term"] == "污染"
    assert "term='污染'" in text_of(panel.code.value).replace("&#x27;", "'")


def test_a_wrong_choice_is_said_in_its_place_and_can_be_mended(corpus):
    explorer = explore_concordance(corpus)
    panel = explorer.panel and explorer._panel
    panel.controls["term"].value = " "
    assert "term: expected one or more characters" in panel.page.value
    assert panel.passage.value == ""
    panel.controls["term"].value = "污染"
    assert "1 occurrences" in panel.page.value


def test_a_row_shows_its_passage_in_its_paragraph(corpus):
    explorer = explore_concordance(corpus, term="环境")
    panel = explorer.panel and explorer._panel
    panel.row.value = 3
    assert "<mark>环境</mark>" in panel.passage.value
    assert panel.row.max == 3
    (place,) = panel.places[2]
    assert corpus.texts[place.document_id][place.start : place.end] == "环境"


def test_text_of_reports_never_becomes_markup(corpus):
    explorer = explore_concordance(corpus, term="新建")
    panel = explorer.panel and explorer._panel
    for html in (panel.page.value, panel.passage.value, explorer.html):
        assert "<b>" not in html
        assert "&lt;b&gt;" in html


def test_targets_are_filtered_by_each_choice(corpus):
    explorer = explore_targets(corpus, indicator="gdp")
    assert "2 of" in explorer.html
    explorer.set(bound="about")
    assert "1 of" in explorer.html
    assert "6%" in text_of(explorer.html)
    explorer.set(region="乙市")
    assert "No statement passes" in explorer.html


def test_editing_a_lexicon_shows_what_changes(corpus):
    explorer = explore_themes(corpus, theme="industry", add="新建", remove="")
    assert "新建" in text_of(explorer.html)
    assert "gained" in explorer.html
    explorer.set(add="")
    assert "same themes" in explorer.html
    explorer.set(remove="没有的词")
    assert "没有的词 is not in the lexicon" in explorer.html


def test_a_pair_shows_targets_of_both_reports(corpus):
    html = text_of(explore_pair(corpus, region="乙市", other="甲市").html)
    assert "5.5%" in html
    assert "≈6%" in html
    assert "of which 1 in both reports" in html
    assert "—" in html  # 乙市 promises no jobs


def test_a_pair_names_a_year_that_is_not_there(corpus):
    with pytest.raises(ParameterError, match="year: expected one of 0, 2023, found 1999"):
        explore_pair(corpus, year=1999)


def test_controls_refuse_what_they_do_not_offer():
    controls = {"a": Choice("a", {"one": 1}), "b": Words("b"), "c": Number("c", 1, 5)}
    fit = {"a": 1, "b": "x", "c": 2}
    explorer = Explorer("wb.f(reports", lambda **_: [], controls, fit, texts={})
    assert explorer.code == "wb.f(reports, a=1, b='x', c=2)"
    for name, wrong in {"a": 2, "b": 3, "c": 6}.items():
        with pytest.raises(ParameterError, match=f"{name}: expected"):
            explorer.set(**{name: wrong})
    with pytest.raises(ParameterError, match="d: expected one of a, b, c"):
        explorer.set(d=1)
