"""Reports of one character, of other scripts or of nothing: every statistic has a value or says why not."""

import re

import numpy as np
import pandas as pd
import pytest

from workbench.corpus.segmentation import Segmenter, count_terms, cut_tokens
from workbench.display.text_tables import show_audit
from workbench.errors import ParameterError
from workbench.measures.audit import audit_segmentation, compare_rankings, count_by_scheme
from workbench.measures.collocation import measure_collocates, measure_pairs
from workbench.measures.concordance import find_concordance
from workbench.measures.discovery import discover_terms
from workbench.measures.dispersion import measure_dispersion
from workbench.measures.diversity import measure_diversity
from workbench.measures.frequency import measure_frequency
from workbench.measures.keyness import compare_keyness
from workbench.measures.ngrams import count_character_ngrams, count_ngrams
from workbench.measures.occurrences import find_occurrences
from workbench.measures.readability import describe_readability
from workbench.measures.reduced_frequency import measure_reduced_frequency
from workbench.tables import SENTENCES

STRANGE = {
    "empty": "",
    "blank": "\u3000\r\n",
    "one": "稳",
    "signs": "……，。",
    "traditional": "穩定就業，擴大內需。",
    "latin": "Growth of GDP: 6.5%",
    "emoji": "😀👍🏽",
    "beyond": "\U00020000\U0002a6d6𠮷",
}
PLAIN = "稳定就业，扩大内需。"


def read(text: str) -> tuple[dict[str, str], pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Texts, sentences, tokens and counts of the strange text beside a plain one."""
    texts = {"甲市_2024": text, "乙市_2024": PLAIN}
    sentences = SENTENCES.frame([(name, 0, 0, "plan", 0, len(each)) for name, each in texts.items()])
    segmenter = Segmenter(lexicon=None)
    tokens = cut_tokens(texts, sentences, segmenter=segmenter)
    return texts, sentences, tokens, count_terms(texts, sentences, segmenter=segmenter)


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_undefined_values_are_empty_with_a_reason(text):
    texts, sentences, tokens, counts = read(text)
    tables = [
        measure_diversity(tokens),
        describe_readability(texts, sentences, tokens),
        measure_dispersion(counts, minimum_count=1),
        compare_rankings({"a": measure_frequency(counts), "b": measure_frequency(counts.head(0))}),
    ]
    for table in tables:
        numbers = table.select_dtypes("float")
        assert not np.isinf(numbers).any(axis=None)
        assert (table.loc[numbers.isna().any(axis=1), "reason"] != "").all()


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_counts_are_those_of_the_text(text):
    texts, sentences, tokens, counts = read(text)
    frequency = measure_frequency(counts).set_index("term")["count"]
    assert frequency.sum() == len(tokens) == sum(counts["count"])
    han = re.findall(r"[\u3400-\u9fff\U00020000-\U0003ffff]", text)
    assert sum(count_character_ngrams({"a": text}, read_one(text), n=1)["count"]) == len(han)
    assert measure_reduced_frequency(tokens, minimum_count=1)["term"].isin(frequency.index).all()
    assert discover_terms(tokens).empty
    assert count_ngrams(tokens)["count"].le(len(tokens)).all()
    assert measure_pairs(tokens).empty


def read_one(text: str) -> pd.DataFrame:
    return SENTENCES.frame([("a", 0, 0, "plan", 0, len(text))])


@pytest.mark.parametrize("name", ["one", "traditional", "latin", "emoji", "beyond", "signs"])
def test_what_is_in_the_text_is_found_at_its_place(name):
    texts, sentences, tokens, counts = read(STRANGE[name])
    term = next(iter(tokens["token"].astype("str")))
    for table in (
        find_concordance(texts, sentences, term),
        find_concordance(texts, sentences, term, match="token", tokens=tokens),
        find_occurrences(texts, sentences, [term]),
        find_occurrences(texts, sentences, [term], counting="token", tokens=tokens),
    ):
        first = table[table["document_id"].astype("str") == "甲市_2024"].iloc[0]
        assert texts["甲市_2024"][first["start"] : first["end"]] == term
    keyness = compare_keyness(counts, target=["甲市_2024"], reference=["乙市_2024"])
    assert keyness.loc[keyness["percent_diff"].isna(), "reason"].eq("not in the reference").all()
    if re.search(r"\w", term):
        assert measure_collocates(tokens, term, minimum_count=1)["count"].ge(1).all()


@pytest.mark.parametrize("text", ["", "\u3000\r\n"])
def test_a_text_without_words_cannot_be_compared(text):
    *_, counts = read(text)
    with pytest.raises(ParameterError, match="target: expected documents that hold a term"):
        compare_keyness(counts, target=["甲市_2024"], reference=["乙市_2024"])


def test_precut_text_goes_through_the_statistics():
    texts = {"甲市_2024": "稳定 就业 ， 扩大 内需 。", "乙市_2024": "稳定 就业 。"}
    sentences = SENTENCES.frame([(name, 0, 0, "plan", 0, len(each)) for name, each in texts.items()])
    segmenter = Segmenter(engine="precut")
    counts = count_terms(texts, sentences, segmenter=segmenter)
    keyness = compare_keyness(counts, target=["甲市_2024"], reference=["乙市_2024"]).set_index("term")
    assert keyness.loc["就业", ["target_count", "reference_count"]].tolist() == [1, 1]
    tokens = cut_tokens(texts, sentences, segmenter=segmenter)
    pairs = measure_pairs(tokens, minimum_count=2)
    assert pairs[["node", "collocate", "count"]].to_numpy().tolist() == [["稳定", "就业", 2]]


def test_the_audit_shows_the_terms_that_depend_on_the_counting():
    text = "培育新质生产力，发展生产力。"
    counts = count_by_scheme({"a": text}, read_one(text), ["新质生产力", "生产力", "培育"])
    table = show_audit(audit_segmentation(counts))
    page = table._repr_html_()
    assert "2 of 3" in page
    assert "新质生产力" in page
    assert "<td>培育" not in page
    same = show_audit(audit_segmentation(count_by_scheme({"a": text}, read_one(text), ["培育"])))
    assert "Every term has the same count" in same._repr_html_()
