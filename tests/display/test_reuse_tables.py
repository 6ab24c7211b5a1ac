"""Tables of wording show both sides and say what they lack (invented reports)."""

import pandas as pd

from workbench.corpus.sentences import sentence_spans
from workbench.display.alignment import Wording
from workbench.display.likeness_tables import show_relatives, show_sections, show_typicality
from workbench.display.reuse_tables import show_sentence_changes, show_shared_passages, show_stretches
from workbench.measures.changes import CHANGED_SENTENCES, compare_sentences
from workbench.measures.descent import STRETCHES
from workbench.measures.relatives import RELATIVES
from workbench.measures.reuse import PASSAGES
from workbench.measures.section_similarity import MATCHED_SECTIONS
from workbench.measures.typicality import TYPICALITY
from workbench.tables import SENTENCES

TEXTS = {
    "甲市_2023": "推进老旧小区改造一百二十个。举办首届荷花艺术节。",
    "甲市_2024": "开通低空物流航线五条。推进老旧小区改造一百五十个。",
}


def cut(texts):
    rows = [(n, k, 0, "plan", *s) for n, text in texts.items() for k, s in enumerate(sentence_spans(text))]
    return SENTENCES.frame(rows)


def test_changes_put_the_reworded_first_with_both_wordings():
    pair = pd.DataFrame({"document_id": ["甲市_2024"], "other_document_id": ["甲市_2023"]})
    table = show_sentence_changes(compare_sentences(TEXTS, cut(TEXTS), pair), TEXTS)
    assert table.frame["变化 change"].tolist() == ["改写 reworded", "新增 new", "删去 dropped"]
    now, then = table.frame.iloc[0][["今年 this year", "上年 last year"]]
    assert isinstance(now, Wording)
    assert (str(now), str(then)) == (TEXTS["甲市_2024"][11:], TEXTS["甲市_2023"][:14])
    assert table.frame.iloc[1]["上年 last year"] == "—"
    assert "改写 reworded 1" in table.caption
    empty = show_sentence_changes(CHANGED_SENTENCES.empty(), TEXTS)
    assert "no report of this region for the year before" in empty.note


def test_passages_that_are_formulae_are_left_out():
    passages = PASSAGES.frame(
        [("甲市_2023", 0, 7, "甲市_2024", 11, 18, 1.0), ("甲市_2023", 7, 14, "甲市_2024", 18, 25, 0.9)]
    )
    formulae = pd.DataFrame({"document_id": ["甲市_2024"], "start": [11], "end": [16]})
    table = show_shared_passages(passages, TEXTS, "甲市_2024", formulae=formulae)
    assert len(table.frame) == 1
    assert str(table.frame.iloc[0, 0]) == TEXTS["甲市_2024"][18:25]
    assert "1 mostly formulae left out" in table.caption
    nothing = show_shared_passages(PASSAGES.empty(), TEXTS, "甲市_2024")
    assert "No passage is shared" in nothing.note


def test_empty_tables_say_why():
    assert "no wording" in show_stretches(STRETCHES.empty(), TEXTS).note
    assert "no report to compare" in show_sections(MATCHED_SECTIONS.empty()).note
    assert "no such reference" in show_typicality(TYPICALITY.empty(), "甲市_2024", reference="past").note


def test_a_relative_that_is_missing_has_its_reason_in_the_place_of_the_number():
    rows = [
        ("甲市_2024", "甲市", 2024, "superior of the year", "", "share_in_other", None, "no superior", ""),
        (
            "甲市_2024",
            "甲市",
            2024,
            "oneself a year before",
            "甲市_2023",
            "share_in_other",
            0.25,
            "",
            "unlike genres: a / b",
        ),
    ]
    frame = show_relatives(RELATIVES.frame(rows), "甲市_2024").frame
    assert frame["相似度 similarity"].tolist() == ["", "0.250"]
    assert frame["说明 remark"].tolist() == ["无上级 no superior", "unlike genres: a / b"]
