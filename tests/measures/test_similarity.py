"""Similarity against hand counts, Python sets and scikit-learn's own vectoriser."""

import math
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError, TableError
from workbench.measures.similarity import (
    MEASURES,
    find_similar,
    measure_similarity,
    nearest_report,
)
from workbench.pipeline import read_corpus
from workbench.tables import SENTENCES, TOKENS

CHINESE = st.text(alphabet="发展经济建设创新，。 ", min_size=0, max_size=40)


def cut(texts, part="plan"):
    rows = []
    for name, text in texts.items():
        spans = [m.span() for m in re.finditer(r"[^。]+。?", text)]
        rows += [(name, number, 0, part, *span) for number, span in enumerate(spans)]
    return SENTENCES.frame(rows)


def value(frame, measure, one="甲_2024", other="乙_2024"):
    rows = frame[(frame["document_id"] == one) & (frame["other_document_id"] == other)]
    return rows.set_index("measure").loc[measure, "value"]


def shingles(text, size):
    letters = "".join(c for c in text if c.isalnum())
    return {letters[i : i + size] for i in range(len(letters) - size + 1)}


def test_shingle_measures_by_hand():
    texts = {"甲_2024": "天地玄黄", "乙_2024": "天地玄黄宇宙洪荒"}  # 3 pairs, 7 pairs, 3 shared
    measures = ("jaccard_shingles", "containment_shingles", "share_in_other")
    frame = measure_similarity(texts, cut(texts), measures=measures, shingle=2)
    assert value(frame, "jaccard_shingles") == pytest.approx(3 / 7)
    assert value(frame, "containment_shingles") == 1.0
    assert value(frame, "share_in_other") == 1.0
    assert value(frame, "share_in_other", "乙_2024", "甲_2024") == pytest.approx(3 / 7)


@settings(max_examples=40, deadline=None)
@given(CHINESE, CHINESE)
def test_jaccard_equals_python_sets(one, other):
    texts = {"甲_2024": one, "乙_2024": other}
    frame = measure_similarity(texts, cut(texts), measures=["jaccard_shingles"], shingle=3)
    a, b = shingles(one, 3), shingles(other, 3)
    found = value(frame, "jaccard_shingles")
    assert math.isnan(found) if not (a and b) else found == pytest.approx(len(a & b) / len(a | b))


def test_cosine_equals_scikit_learn():
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_similarity

    texts = {"甲_2024": "推进科技创新推进改革", "乙_2024": "推进乡村改革", "丙_2024": "改革开放与科技创新"}
    expected = cosine_similarity(
        TfidfVectorizer(analyzer="char", ngram_range=(2, 2)).fit_transform(texts.values())
    )
    frame = measure_similarity(texts, cut(texts), measures=["cosine_tfidf_bigrams"])
    assert frame["value"].tolist() == pytest.approx([expected[0, 1], expected[0, 2], expected[1, 2]])


def test_cosine_of_words_counts_tokens_of_the_parts_asked_for():
    texts = {"甲_2024": "科技创新。科技强国。", "乙_2024": "科技创新。乡村振兴。"}
    sentences = cut(texts)
    sentences.loc[sentences["sentence"] == 1, "part"] = "review"
    words = [("科技", 0), ("创新", 2), ("。", 4)]
    rows = [(name, 0, at, at + len(word), word, "") for name in texts for word, at in words]
    rows += [("甲_2024", 1, 5, 7, "科技", ""), ("乙_2024", 1, 5, 7, "乡村", "")]
    tokens = TOKENS.frame(rows)
    options = {"measures": ["cosine_tfidf_words"], "tokens": tokens}
    assert value(measure_similarity(texts, sentences, **options), "cosine_tfidf_words") < 1
    plan = measure_similarity(texts, sentences, parts=["plan"], **options)
    assert value(plan, "cosine_tfidf_words") == pytest.approx(1.0)


def test_noise_and_punctuation_do_not_count():
    texts = {"甲_2024": "网站导航 推进科技创新，加快发展。", "乙_2024": "推进科技创新、加快 发展！版权所有"}
    sentences = SENTENCES.frame([("甲_2024", 0, 0, "plan", 5, 17), ("乙_2024", 0, 0, "plan", 0, 13)])
    frame = measure_similarity(texts, sentences, measures=list(MEASURES)[1:], shingle=4)
    assert frame["value"].tolist() == pytest.approx([1.0] * len(frame))


def test_full_width_digits_equal_half_width_ones():
    texts = {"甲_2024": "增长８％达到ＧＤＰ目标", "乙_2024": "增长8%达到GDP目标"}
    frame = measure_similarity(texts, cut(texts), measures=["jaccard_shingles"], shingle=3)
    assert value(frame, "jaccard_shingles") == 1.0


def test_given_pairs_equal_the_same_rows_of_all_pairs():
    texts = {f"区{i}_2024": "推进科技创新。" * (i + 1) + "发展" * i for i in range(6)}
    every = measure_similarity(texts, cut(texts), measures=list(MEASURES)[1:], shingle=2)
    pairs = pd.DataFrame(
        {"document_id": ["区0_2024", "区4_2024"], "other_document_id": ["区5_2024", "区2_2024"]}
    )
    some = measure_similarity(texts, cut(texts), measures=list(MEASURES)[1:], pairs=pairs, shingle=2)
    for row in some[some["measure"] != "share_in_other"].to_dict("records"):
        one, other = sorted((row["document_id"], row["other_document_id"]))
        assert value(every, row["measure"], one, other) == pytest.approx(row["value"])
    assert len(some) == 2 * 4


def test_refuses_unknown_measures_parts_and_documents():
    texts = {"甲_2024": "发展"}
    with pytest.raises(ParameterError, match="found cosine"):
        measure_similarity(texts, cut(texts), measures=["cosine"])
    with pytest.raises(ParameterError, match="needs `tokens`"):
        measure_similarity(texts, cut(texts), measures=["cosine_tfidf_words"])
    with pytest.raises(ParameterError, match="found preface"):
        measure_similarity(texts, cut(texts), parts=["preface"])
    pairs = pd.DataFrame({"document_id": ["甲_2024"], "other_document_id": ["丁_2024"]})
    with pytest.raises(TableError, match="found also 丁_2024"):
        measure_similarity(texts, cut(texts), pairs=pairs)


def test_minhash_finds_the_near_copy_within_its_error():
    base = "".join(chr(0x4E00 + 7 * i) for i in range(600))
    texts = {"甲_2024": base, "乙_2024": base[:540] + "异" * 60, "丙_2024": base[::-1]}
    found = find_similar(texts, cut(texts), threshold=0.5, permutations=256)
    exact = measure_similarity(texts, cut(texts), measures=["jaccard_shingles"])
    assert found[["document_id", "other_document_id"]].to_numpy().tolist() == [["甲_2024", "乙_2024"]]
    assert found["estimate"].iloc[0] == pytest.approx(value(exact, "jaccard_shingles"), abs=4 * 0.031)


def test_nearest_report_is_found_on_either_side_of_a_pair():
    documents = pd.DataFrame(
        {
            "document_id": ["甲_2024", "乙_2023", "丙_x"],
            "region": ["甲", "乙", "丙"],
            "year": pd.array([2024, 2023, None], dtype="Int64"),
        }
    )
    pairs = pd.DataFrame(
        {
            "document_id": ["甲_2024", "甲_2024", "乙_2023"],
            "other_document_id": ["乙_2023", "丙_x", "丙_x"],
            "value": [0.2, 0.5, 0.4],
        }
    )
    assert nearest_report(pairs, documents, "甲_2024") == {"region": "丙", "year": 0}
    assert nearest_report(pairs, documents, "丙_x") == {"region": "甲", "year": 2024}
    assert nearest_report(pairs.iloc[:0], documents, "乙_2023") == {"region": "乙", "year": 2023}


@pytest.fixture(scope="module")
def seeds():
    return read_corpus("seeds")


def test_seeds_equal_brute_force(seeds):
    """All pairs of real reports against Python sets and scikit-learn's own vectoriser."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts, sentences = dict(seeds.texts), seeds.sentences
    plain = {}
    for name, text in texts.items():
        own = sentences[sentences["document_id"] == name]
        spans = zip(own["start"], own["end"], strict=True)
        letters = "".join(c for start, end in spans for c in text[start:end] if c.isalnum())
        plain[name] = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "ｚ" else c for c in letters)
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), lowercase=False).fit_transform(
        plain.values()
    )
    cosine = (vectors @ vectors.T).toarray()
    grams = {name: {text[i : i + 8] for i in range(len(text) - 7)} for name, text in plain.items()}
    frame = measure_similarity(texts, sentences, measures=list(MEASURES)[1:])
    order = list(texts)
    for row in frame.to_dict("records"):
        one, other = row["document_id"], row["other_document_id"]
        a, b = grams[one], grams[other]
        expected = {
            "cosine_tfidf_bigrams": cosine[order.index(one), order.index(other)],
            "jaccard_shingles": len(a & b) / len(a | b),
            "containment_shingles": len(a & b) / min(len(a), len(b)),
            "share_in_other": len(a & b) / len(a),
        }[row["measure"]]
        assert row["value"] == pytest.approx(expected, abs=1e-12), (one, other, row["measure"])
    assert len(frame) == 10 * 3 + 20


def test_words_of_seeds_equal_scikit_learn(seeds):
    from sklearn.feature_extraction.text import TfidfVectorizer

    tokens = seeds.tokens.astype({"document_id": "str", "token": "str"})
    words = {
        name: [w for w in tokens.loc[tokens["document_id"] == name, "token"] if re.search(r"\w", w)]
        for name in seeds.texts
    }
    vectors = TfidfVectorizer(analyzer=lambda name: words[name]).fit_transform(list(seeds.texts))
    cosine = (vectors @ vectors.T).toarray()
    frame = measure_similarity(
        seeds.texts, seeds.sentences, measures=["cosine_tfidf_words"], tokens=seeds.tokens
    )
    order = list(seeds.texts)
    for row in frame.to_dict("records"):
        place = order.index(row["document_id"]), order.index(row["other_document_id"])
        assert row["value"] == pytest.approx(cosine[place], abs=1e-12)


def test_minhash_error_is_stated_and_held(seeds):
    found = find_similar(seeds.texts, seeds.sentences, threshold=0.001, shingle=2)
    exact = measure_similarity(
        seeds.texts, seeds.sentences, measures=["jaccard_shingles"], pairs=found, shingle=2
    )
    joined = found.merge(exact, on=["document_id", "other_document_id"])
    assert len(joined) > 5
    errors = (joined["estimate"] - joined["value"]).abs()
    assert (errors <= 4 * joined["standard_error"]).all()
    assert joined["standard_error"].max() <= 0.5 / 256**0.5
