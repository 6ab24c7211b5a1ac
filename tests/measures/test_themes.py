"""Terms of themes are matched longest first, and collisions go where the codebook puts them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import SeedError
from workbench.measures.term_finder import find_terms, find_terms_by_pattern
from workbench.measures.themes import (
    code_themes_by_terms,
    match_themes,
    read_theme_terms,
    read_themes,
)
from workbench.tables import SENTENCES


def one_sentence(text):
    sentences = SENTENCES.frame([("甲市_2024", 0, 0, "plan", 0, len(text))])
    return {"甲市_2024": text}, sentences


def themes_of(text):
    texts, sentences = one_sentence(text)
    return match_themes(texts, sentences)["theme"].tolist()


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("优化营商环境", "reform"),
        ("完善产业生态", "industry"),
        ("营造创新生态", "innovation"),
        ("保障粮食安全", "agriculture"),
        ("保障能源安全", "infrastructure"),
        ("推动绿色低碳转型", "environment"),
        ("建设绿色工厂", "industry"),
        ("建设数字乡村", "agriculture"),
        ("发展海洋渔业", "agriculture"),
        ("净化政治生态", "governance"),
    ],
)
def test_a_collision_goes_to_its_theme_alone(text, theme):
    assert set(themes_of(text)) == {theme}


@pytest.mark.parametrize("text", ["促进经济健康发展", "在复杂严峻环境下", "开辟绿色通道"])
def test_a_blocked_expression_counts_for_no_theme(text):
    assert themes_of(text) == []


def test_matches_quote_the_unchanged_text():
    text = "导语。新建5所学校，改造３座医院。"
    sentences = SENTENCES.frame([("甲市_2024", 0, 0, "plan", 3, len(text))])
    matches = match_themes({"甲市_2024": text}, sentences)
    assert [text[a:b] for a, b in zip(matches["start"], matches["end"], strict=True)] == ["学校", "医院"]
    assert matches["theme"].tolist() == ["education", "health"]


def test_a_longer_term_is_not_counted_again_as_its_part():
    lexicon = pd.DataFrame({"term": ["人工智能", "人工智能+", "智能"], "theme": ["digital"] * 3})
    texts, sentences = one_sentence("实施人工智能+行动和智能制造")
    assert match_themes(texts, sentences, lexicon=lexicon)["term"].tolist() == ["人工智能+", "智能"]


TERMS = st.lists(st.text("甲乙丙.+|", min_size=1, max_size=3), min_size=1, max_size=8, unique=True)


@given(TERMS, st.text("甲乙丙.+|丁", max_size=30))
def test_both_engines_find_the_same(terms, text):
    found = list(find_terms(terms)(text))
    assert found == list(find_terms_by_pattern(terms)(text))
    assert all(text[start:end] == terms[number] for number, start, end in found)
    assert all(a[2] <= b[1] for a, b in zip(found, found[1:], strict=False))


def test_an_empty_list_of_terms_finds_nothing():
    assert list(find_terms_by_pattern([])("学校")) == []


def test_no_text_gives_no_matches_but_a_typed_table():
    assert match_themes({}, SENTENCES.empty()).empty


@pytest.mark.parametrize("name", ["theme_terms", "environment_chen_chen_2018", "digitalisation_wu_2021"])
def test_shipped_lists_are_sound(name):
    terms = read_theme_terms(name)
    assert terms["term"].is_unique
    assert set(terms["theme"]) <= set(read_themes()["id"])


def test_published_lists_have_their_published_length():
    assert len(read_theme_terms("environment_chen_chen_2018")) == 15
    assert len(read_theme_terms("digitalisation_wu_2021")) == 76


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("大数据,digital\n,digital\n宽带,digital", "line 3: found an empty term"),
        ("宽带,digital\n宽带,digital", "twice"),
        ("宽带,telecoms", "not in themes.csv"),
        (" 宽带,digital", "blanks"),
    ],
)
def test_a_faulty_list_is_refused(tmp_path, rows, message):
    path = tmp_path / "list.csv"
    path.write_text("term,theme\n" + rows, encoding="utf-8")
    with pytest.raises(SeedError, match=message):
        read_theme_terms(path)


def test_a_list_that_is_not_there_is_named():
    with pytest.raises(SeedError, match="no file"):
        read_theme_terms("nowhere")


def test_terms_code_a_sentence_by_its_heaviest_theme():
    texts, sentences = one_sentence("新建三所幼儿园、两所小学，并改造医院。")
    coded = code_themes_by_terms(match_themes(texts, sentences), sentences)
    assert coded["primary"].tolist() == ["education"]


def test_a_sentence_without_terms_has_no_theme():
    texts, sentences = one_sentence("谢谢大家！")
    coded = code_themes_by_terms(match_themes(texts, sentences), sentences)
    assert coded[["primary", "secondary"]].to_numpy().tolist() == [["none", ""]]
