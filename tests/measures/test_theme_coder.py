"""The coder sees n-grams and context, codes deterministically, and can be trained on a user's sentences."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import SeedError
from workbench.measures.theme_coder import ContextFeatures, choose_themes, log_softmax, read_coder, run_pairs
from workbench.measures.theme_features import (
    NEIGHBOURS,
    clean_texts,
    find_context,
    hash_ngrams,
    ngram_matrix,
    split_clauses,
)
from workbench.measures.theme_hits import clean_terms, find_hits
from workbench.measures.theme_quality import draw_confusions, macro_f1, micro_f1, read_confusions
from workbench.measures.themes import code_themes, read_themes, theme_probabilities
from workbench.measures.train_theme_coder import main, read_coded
from workbench.tables import SECTIONS, SENTENCES

TEXT = (
    "一、办好民生实事\n加快教育发展。新建幼儿园5所，扩建小学3所。改善办学条件。\n"
    "优化营商环境。深化“放管服”改革，推行“一件事”。\n各位代表！\n"
)


def report(text=TEXT, name="甲市_2024"):
    heading = text.index("\n")
    sections = SECTIONS.frame([(name, 0, 1, text[:heading], "plan", 0, len(text))])
    spans, start = [], 0
    for end in (i + 1 for i, letter in enumerate(text) if letter in "。！\n"):
        if text[start:end].strip():
            spans.append((start, end - (text[end - 1] == "\n")))
        start = end
    sentences = SENTENCES.frame([(name, i, 0, "plan", a, b) for i, (a, b) in enumerate(spans)])
    return {name: text}, sections, sentences


def test_cleaning_makes_numbers_and_widths_alike():
    assert clean_texts(["**增长５.5％** ", "增长 120%"]) == ["增长0%", "增长0%"]


def test_ngrams_do_not_cross_texts():
    together, owners = hash_ngrams(["甲乙", "丙"])
    alone = [set(hash_ngrams([text])[0].tolist()) for text in ("甲乙", "丙")]
    assert [set(together[owners == number].tolist()) for number in (0, 1)] == alone
    assert len(together) == 4


@settings(deadline=None)
@given(st.lists(st.text("甲乙丙丁0", max_size=12), min_size=1, max_size=6))
def test_the_matrix_says_which_ngrams_a_text_has(texts):
    buckets = np.unique(hash_ngrams(texts)[0])
    matrix = ngram_matrix(texts, buckets).toarray()
    for row, text in enumerate(texts):
        own = np.isin(buckets, hash_ngrams([text])[0])
        assert (matrix[row] == own).all()


def test_context_finds_paragraph_neighbours_and_heading():
    context = find_context(*report())
    texts = context.texts[: context.sentences]
    row = (
        texts.index("扩建小学0所。")
        if "扩建小学0所。" in texts
        else texts.index("新建幼儿园0所，扩建小学0所。")
    )
    near = {name: context.places[name][row] for name in NEIGHBOURS}
    assert context.texts[near["paragraph"]] == context.texts[near["previous"]] == "加快教育发展。"
    assert context.texts[near["next"]] == "改善办学条件。"
    assert context.texts[near["heading"]] == "一、办好民生实事"
    assert near["parent"] == -1
    assert context.places["paragraph"][texts.index("优化营商环境。")] == -1


def test_context_does_not_cross_documents():
    first, second = report(), report(name="乙市_2024")
    tables = [pd.concat([a, b], ignore_index=True) for a, b in zip(first[1:], second[1:], strict=True)]
    context = find_context(first[0] | second[0], *tables)
    half = context.sentences // 2
    assert context.places["next"][half - 1] == -1
    assert context.places["previous"][half] == -1


def test_a_part_of_a_context_has_the_features_of_the_whole():
    coder, context = read_coder(), find_context(*report())
    rows = np.array([4, 1, 2])
    part = context.take(rows)
    whole, alone = (
        ContextFeatures(coder.score_texts(c.texts), find_hits(c.texts, coder.lexicon, len(coder.themes)), c)
        for c in (context, part)
    )
    assert np.allclose(alone.pairs(np.arange(3)), whole.pairs(rows))


def hits(texts, rows=(("学校", "education", 2), ("5G", "digital", 3), ("学校食堂", "none", 0))):
    lexicon = pd.DataFrame(rows, columns=["term", "theme", "weight"])
    return find_hits(clean_texts(texts), clean_terms(lexicon, ["education", "digital", "none"]), 3)


def test_terms_count_by_weight_and_length_in_their_own_text():
    found = hits(["建学校，上5G，建学校。", "学校食堂", "5", "G"])
    assert np.allclose(found.sums[0], [2 * 2 * 2**0.5, 3 * 2**0.5, 0])
    assert found.counts.tolist() == [[2, 1, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]
    assert found.first.tolist() == [[1, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]
    assert np.allclose(found.shares.sum(axis=1), [1, 0, 0, 0])


def test_no_texts_have_no_terms():
    assert hits([]).sums.shape == (0, 3)


def test_terms_that_become_alike_count_once():
    lexicon = pd.DataFrame({"term": ["4G", "5G"], "theme": ["reform", "digital"], "weight": [1, 2]})
    cleaned = clean_terms(lexicon, ["digital", "reform"])
    assert cleaned.terms == ("0G",)
    assert cleaned.themes.tolist() == [1]


def test_clauses_end_at_commas_and_lists():
    assert split_clauses("发展文化、教育和卫生事业，改善民生。") == [
        "发展文化",
        "教育",
        "卫生事业",
        "改善民生",
    ]
    assert split_clauses("好") == ["好"]


def test_every_sentence_gets_one_primary_and_at_most_two_further_themes():
    texts, sections, sentences = report()
    coded = code_themes(texts, sections, sentences)
    known = set(read_themes()["id"])
    assert coded["sentence"].tolist() == sentences["sentence"].tolist()
    for primary, secondary in zip(coded["primary"], coded["secondary"], strict=True):
        further = secondary.split("|") if secondary else []
        assert {primary, *further} <= known
        assert len(further) <= 2
        assert primary not in further
        assert "none" not in further


def test_plain_sentences_are_coded_by_what_they_are_about():
    texts, sections, sentences = report()
    coded = code_themes(texts, sections, sentences)
    found = {texts["甲市_2024"][r.start : r.end]: r.primary for r in coded.itertuples()}
    assert found["新建幼儿园5所，扩建小学3所。"] == "education"
    assert found["优化营商环境。"] == "reform"
    assert found["各位代表！"] == "none"


def test_coding_is_the_same_each_time_and_alone_or_among_others():
    first, second = report(), report("一、其他工作\n植树造林。\n", "乙市_2024")
    tables = [pd.concat([a, b], ignore_index=True) for a, b in zip(first[1:], second[1:], strict=True)]
    together = code_themes(first[0] | second[0], *tables)
    pd.testing.assert_frame_equal(together.iloc[: len(first[2])], code_themes(*first))


def test_no_sentences_give_an_empty_table():
    assert code_themes({}, SECTIONS.empty(), SENTENCES.empty()).empty


def test_probabilities_sum_to_one():
    probabilities = theme_probabilities(*report())
    assert np.allclose(probabilities[list(read_coder().themes)].sum(axis=1), 1)


def test_chosen_secondary_themes_reach_the_threshold_and_none_has_no_company():
    primary = np.array([[0.9, 0.1, 0.0], [0.1, 0.1, 0.8]])
    every = np.array([[0.9, 0.6, 0.7], [0.6, 0.6, 0.8]])
    assert choose_themes(primary, every, 0.5, none=2).tolist() == [[1, 1, 0], [0, 0, 1]]
    assert choose_themes(primary, every, 0.65, none=2).tolist() == [[1, 0, 0], [0, 0, 1]]


def test_log_softmax_and_network_by_hand():
    assert np.allclose(np.exp(log_softmax(np.array([[0.0, np.log(3)]]))), [[0.25, 0.75]])
    inner = (np.array([[1.0], [-1.0], [0.0], [0.5]]), np.array([0.0]))  # two features, then two themes
    out = run_pairs(
        np.array([[[3.0, 1.0], [3.0, 1.0]]], dtype=np.float32),
        (inner, (np.array([[2.0, 0.0]]), np.array([0.0, 0.0]))),
    )
    assert np.allclose(out, [[[1 / (1 + np.exp(-4)), 0.5], [1 / (1 + np.exp(-5)), 0.5]]])


def test_f1_by_hand():
    coded, predicted = np.array([[1, 1, 0], [0, 0, 1]]), np.array([[1, 0, 0], [0, 1, 1]])
    assert micro_f1(coded, predicted) == pytest.approx(2 * 2 / 6)
    assert macro_f1(np.array([0, 0, 1]), np.array([0, 1, 1])) == pytest.approx((2 / 3 + 2 / 3) / 2)


def test_confusions_are_complete_and_drawn_as_distributions():
    themes = read_themes()["id"].tolist()
    table = read_confusions()
    assert len(table) == len(themes) ** 2
    drawn = draw_confusions(themes, 5, np.random.default_rng(1))
    assert drawn.shape == (5, len(themes), len(themes))
    assert np.allclose(drawn[:, :, -1], 1)
    assert (np.diff(drawn, axis=2) >= 0).all()


def test_a_file_that_is_no_coder_is_refused(tmp_path):
    path = tmp_path / "coder.npz"
    path.write_bytes(b"not a coder")
    with pytest.raises(SeedError, match="expected a theme coder"):
        read_coder(path)


def coded_line(**changes):
    line = {
        "document_id": "甲市_2024",
        "start": 0,
        "end": 2,
        "text": "一、",
        "primary": "none",
        "secondary": [],
    }
    return json.dumps(line | changes, ensure_ascii=False)


def test_coded_sentences_with_unknown_themes_are_refused(tmp_path):
    path = tmp_path / "coded.jsonl"
    path.write_text(coded_line(secondary=["telecoms"]), encoding="utf-8")
    with pytest.raises(SeedError, match="telecoms"):
        read_coded(path)


def test_coded_sentences_without_a_file_exit_with_a_message(tmp_path, capsys):
    missing = str(tmp_path / "none.jsonl")
    assert main(["--coded", missing, "--corpus", str(tmp_path), "--out", str(tmp_path / "x.npz")]) == 1
    assert "found no file" in capsys.readouterr().err


def test_a_saved_coder_scores_as_before(tmp_path):
    coder = read_coder()
    coder.save(tmp_path / "copy.npz")
    again = read_coder(tmp_path / "copy.npz")
    texts = ["新建幼儿园0所。", ""]
    assert np.allclose(coder.score_texts(texts), again.score_texts(texts), atol=1e-4)
    assert again.threshold == coder.threshold
    assert again.lexicon.terms == coder.lexicon.terms
