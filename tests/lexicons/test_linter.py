"""Linting lexicons: one finding of each kind."""

import re

import pytest

from workbench.corpus.segmentation import Segmenter
from workbench.errors import ParameterError
from workbench.lexicons.linter import is_traditional, lint_lexicon, summarise_lints


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mine.csv"
    items = [
        "乡村振兴",
        "乡村振兴战略",
        "",
        "乡村振兴",
        "发展|改革",
        "５Ｇ",
        "鄉村",
        "“双碳”",
        "稳 增长",
        "五链融合",
    ]
    path.write_text("term,note\n" + "".join(f"{item},x\n" for item in items), encoding="utf-8")
    return path


def kinds(lints) -> set[tuple[int, str]]:
    return set(zip(lints["line"], lints["kind"], strict=True))


def test_each_fault_is_found_on_its_line(path):
    assert kinds(lint_lexicon(path)) == {
        (2, "nested"), (4, "empty"), (5, "duplicate"), (5, "nested"), (6, "pattern"), (6, "unreachable"),
        (7, "full width"), (7, "unreachable"), (8, "traditional"), (9, "unreachable"), (10, "blank"),
        (10, "unreachable"),
    }  # fmt: skip


@pytest.mark.parametrize("item", ["绿色|", "|绿色", "绿色||低碳", "(|绿色)", "(绿色|)", "|"])
def test_an_empty_alternative_is_told_from_other_signs_of_patterns(tmp_path, item):
    path = tmp_path / "mine.csv"
    path.write_text(f"term\n{item}\n绿色|低碳\n", encoding="utf-8")
    assert len(re.findall(item, "甲乙")) > 0  # what goes wrong where the list is used as a pattern
    found = lint_lexicon(path)
    assert found.loc[found["kind"] == "empty alternative", "line"].tolist() == [2]


def test_a_user_dictionary_of_jieba_is_read_word_by_word(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("云上江畔 30 nz\n五链融合\n云上江畔 4\n稳 增长\n数智赋能 -1\n", encoding="utf-8")
    assert kinds(lint_lexicon(path)) == {
        (3, "duplicate"), (4, "blank"), (4, "unreachable"), (5, "frequency"),
    }  # fmt: skip


def test_texts_tell_what_never_occurs(path):
    found = kinds(lint_lexicon(path, texts={"a": "推进乡村振兴战略，稳 增长"}))
    assert {line for line, kind in found if kind == "never found"} == {6, 7, 8, 9, 11}


def test_a_segmenter_tells_what_is_cut(path):
    found = lint_lexicon(path, segmenter=Segmenter(lexicon=None))
    split = found[found["kind"] == "split"].set_index("line")
    assert "五链/融合" in split.loc[11, "message"] or "五/链/融合" in split.loc[11, "message"]


def test_the_shipped_terms_have_no_fault():
    lints = lint_lexicon("policy_terms", segmenter=Segmenter())
    assert set(lints["kind"]) <= {"nested", "traditional"}


def test_summary_has_a_line_a_finding_and_the_totals(path):
    lines = summarise_lints(lint_lexicon(path)).splitlines()
    assert lines[0].startswith("line 2: 乡村振兴: nested")
    assert lines[-1].startswith("12 findings: ")
    assert summarise_lints(lint_lexicon(path).head(0)) == "0 findings."


def test_traditional_forms_are_told_from_simplified():
    assert [character for character in "鄉镇發展A，" if is_traditional(character)] == ["鄉", "發"]


def test_the_column_is_named(path):
    assert kinds(lint_lexicon(path, column="note")) >= {(3, "duplicate")}
    with pytest.raises(ParameterError, match="expected a column alias, found term, note"):
        lint_lexicon(path, column="alias")
