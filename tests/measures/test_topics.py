"""Topics: planted groups of words are found again, the same on every run, and led back to sentences."""

import numpy as np
import pandas as pd
import pytest

from workbench.errors import ParameterError
from workbench.measures.dynamic_topics import fit_dynamic_topics
from workbench.measures.paragraphs import number_paragraphs
from workbench.measures.topic_choice import compare_topic_numbers, measure_coherence, measure_stability
from workbench.measures.topics import count_paragraph_terms, describe_topics, fit_topics, share_topics
from workbench.tables import SENTENCES, TOKENS

GROUPS = [["学校", "教师", "学位"], ["医院", "医生", "门诊"], ["公路", "铁路", "机场"]]


def tables(years=(2022, 2023), paragraphs=12):
    rng = np.random.default_rng(3)
    texts, sentences, tokens = {}, [], []
    for year in years:
        name, text, number = f"甲市_{year}", "", 0
        for paragraph in range(paragraphs):
            for _ in range(2):
                start = len(text)
                for word in rng.permutation(GROUPS[paragraph % 3]):
                    tokens.append((name, number, len(text), len(text) + 2, str(word), "n"))
                    text += str(word)
                text += "。"
                sentences.append((name, number, 0, "plan", start, len(text)))
                number += 1
            text += "\n"
        texts[name] = text
    documents = pd.DataFrame({"document_id": list(texts), "region": "甲市", "year": list(years)})
    return texts, SENTENCES.frame(sentences), TOKENS.frame(tokens), documents


def source(**options):
    texts, sentences, tokens, _ = tables()
    return count_paragraph_terms(texts, sentences, tokens, most_share=0.5, **options)


def test_paragraphs_end_at_line_ends():
    texts = {"甲市_2023": "一句。二句。\n三句。"}
    sentences = SENTENCES.frame([("甲市_2023", i, 0, "plan", a, a + 3) for i, a in enumerate((0, 3, 7))])
    assert number_paragraphs(texts, sentences)["paragraph"].tolist() == [0, 0, 1]


@pytest.mark.parametrize("method", ["nmf", "lda"])
def test_planted_topics_are_found(method):
    fitted = fit_topics(source(), topics=3, method=method)
    assert {frozenset(terms) for terms in fitted.top_terms(3)} == {frozenset(group) for group in GROUPS}
    assert np.allclose(fitted.weights.sum(axis=1), 1)
    assert np.allclose(fitted.mixture.sum(axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("method", ["nmf", "lda"])
def test_topics_are_the_same_on_every_run(method):
    first, again = (fit_topics(source(), topics=3, method=method) for _ in range(2))
    assert np.array_equal(first.weights, again.weights)


def test_shares_of_a_year_sum_to_one_hundred():
    fitted = fit_topics(source(), topics=3)
    shares = share_topics(fitted, tables()[3])
    assert shares.groupby("year")["share_pct"].sum().tolist() == pytest.approx([100, 100])
    assert shares["paragraphs"].tolist() == [12] * 6


def test_each_topic_is_led_back_to_sentences_of_its_terms():
    texts, sentences, _, _ = tables()
    described = describe_topics(fit_topics(source(), topics=3), texts, sentences, terms=3)
    assert described.groupby("topic")["document_id"].nunique().tolist() == [2, 2, 2]
    for row in described.itertuples():
        sentence = texts[row.document_id][row.start : row.end]
        assert all(term in sentence for term in row.terms.split("、"))
        assert row.sentence_terms == 3


def test_planted_topics_are_coherent_and_stable_and_their_number_is_chosen():
    assert measure_coherence(fit_topics(source(), topics=3), top=3) == pytest.approx([1, 1, 1], abs=1e-9)
    assert measure_stability(source(), 3, top=3) == pytest.approx(1)
    compared = compare_topic_numbers(source(), numbers=(2, 3, 4), seeds=(1, 2))
    assert compared["topics"].tolist() == [2, 3, 4]
    assert compared["best"].sum() == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fit_topics(source(), topics=1), "expected 2 to"),
        (lambda: fit_topics(source(), topics=500), "expected 2 to"),
        (lambda: fit_topics(source(), topics=3, method="bert"), "expected 'nmf' or 'lda'"),
        (lambda: source(least_paragraphs=99), "found none"),
        (lambda: measure_stability(source(), 3, seeds=(1, 1)), "two different seeds"),
        (lambda: compare_topic_numbers(source(), numbers=(99,)), "none is below"),
    ],
)
def test_impossible_choices_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()


def test_dynamic_topics_have_a_row_a_year_and_shares_that_sum_up():
    found = fit_dynamic_topics(source(), tables()[3], topics=2, terms=3, rounds=20)
    assert found.groupby("topic")["year"].apply(list).tolist() == [[2022, 2023], [2022, 2023]]
    assert found.groupby("year")["share_pct"].sum().tolist() == pytest.approx([100, 100], abs=1e-3)


def test_dynamic_topics_of_one_year_are_refused():
    texts, sentences, tokens, documents = tables(years=(2023,))
    with pytest.raises(ParameterError, match="at least two years"):
        fit_dynamic_topics(count_paragraph_terms(texts, sentences, tokens, most_share=0.5), documents)
