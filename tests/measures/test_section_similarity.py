"""Sections beside the sections they resemble most (invented reports)."""

import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from workbench.measures.section_similarity import match_sections
from workbench.tables import SECTIONS, SENTENCES

TEXTS = {
    "甲_2024": "壮大数字经济发展人工智能。建设美丽乡村改善农村环境。",
    "甲_2023": "改善农村环境建设宜居乡村。发展人工智能和数字经济。完善社会保障。",
}
SECTION_ROWS = [
    ("甲_2024", 0, 1, "一、创新", "plan", 0, 13),
    ("甲_2024", 1, 1, "二、乡村", "plan", 13, 26),
    ("甲_2023", 0, 1, "一、农村", "plan", 0, 13),
    ("甲_2023", 1, 1, "二、数字", "plan", 13, 25),
    ("甲_2023", 2, 1, "三、民生", "plan", 25, 32),
]
PAIR = pd.DataFrame({"document_id": ["甲_2024"], "other_document_id": ["甲_2023"]})


def tables(rows=SECTION_ROWS):
    sections = SECTIONS.frame(rows)
    sentences = SENTENCES.frame([(r[0], k, r[1], "plan", r[5], r[6]) for k, r in enumerate(rows)])
    return sections, sentences


def test_each_section_finds_its_counterpart_with_the_cosine_of_scikit_learn():
    sections, sentences = tables()
    matched = match_sections(TEXTS, sections, sentences, PAIR, minimum_characters=5)
    assert matched["other_heading"].tolist() == ["二、数字", "一、农村"]
    pieces = [TEXTS[row[0]][row[5] : row[6]].replace("。", "") for row in SECTION_ROWS]
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 2)).fit_transform(pieces)
    expected = cosine_similarity(vectors)
    assert matched["value"].tolist() == pytest.approx([expected[0, 3], expected[1, 2]])


def test_no_pair_and_no_long_section_are_said_not_guessed():
    sections, sentences = tables()
    assert match_sections(TEXTS, sections, sentences, PAIR.iloc[:0]).empty
    short, spans = tables(SECTION_ROWS[:2])
    matched = match_sections({**TEXTS}, short, spans, PAIR, minimum_characters=5)
    assert matched["value"].isna().all()
    assert matched["other_section"].isna().all()
