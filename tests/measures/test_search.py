import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError
from workbench.measures.concordance import ORDERS, find_concordance
from workbench.measures.search import SentenceIndex


def corpus(lines_by_document):
    """Documents of lines, each line a sentence, with a heading that is none."""
    texts, rows = {}, []
    for number, lines in enumerate(lines_by_document):
        text, name = "题\n", f"甲市_{2000 + number}"
        for sentence, line in enumerate(lines):
            rows.append((name, sentence, len(text), len(text) + len(line)))
            text += line + "\n"
        texts[name] = text
    return texts, pd.DataFrame(rows, columns=["document_id", "sentence", "start", "end"])


LINES = st.lists(st.text("创新业题 \n", min_size=1, max_size=12), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(LINES, min_size=1, max_size=3),
    st.sampled_from(["创", "创新", "新新"]),
    st.sampled_from(ORDERS[:3]),
)
def test_lines_are_those_of_the_concordance(documents, term, order):
    texts, sentences = corpus(documents)
    expected = find_concordance(texts, sentences, term, order=order, width=3)
    lines, total = SentenceIndex(texts, sentences).list_lines(term, order=order, width=3, rows=4)
    assert total == len(expected)
    pd.testing.assert_frame_equal(lines, expected.head(4).reset_index(drop=True))


def places(index, *terms):
    return np.concatenate([np.array([], dtype="int64"), *(index.find(term)[1] for term in terms)])


def test_counts_are_by_document_and_length():
    texts, sentences = corpus([["创新创新创业。"], ["创新。", "项目。"], ["项目。"]])
    counts = SentenceIndex(texts, sentences).count("创新")
    assert counts["document_id"].tolist() == ["甲市_2000", "甲市_2001"]
    by_document = counts.set_index("document_id")
    assert by_document["count"].to_dict() == {"甲市_2000": 2, "甲市_2001": 1}
    assert by_document.loc["甲市_2000", "per_10000_characters"] == pytest.approx(1e4 * 2 / 7)
    assert by_document.loc["甲市_2001", "per_10000_characters"] == pytest.approx(1e4 / 6)


def test_nothing_is_found_across_sentences_or_outside_of_them():
    index = SentenceIndex(*corpus([["新题", "创新"], ["业"]]))
    assert index.list_lines("题创")[1] == 0
    stretches = index.find_stretches(places(index, "业", "新题"), lexicon=["新题"])
    assert stretches.join()[0].split("\0") == ["新题", "业"]
    assert index.locate(stretches.starts)[0].tolist() == [0, 2]


def test_a_stretch_ends_at_marks_that_no_term_holds():
    index = SentenceIndex(*corpus([["一、创新，创新；二、改革"]]))
    joined = index.find_stretches(places(index, "创新", "改革"), lexicon=["创新", "一、创"]).join()[0]
    assert joined.split("\0") == ["一、创新", "创新", "二、改革"]
    assert index.find_stretches(places(index), lexicon=["创新"]).join()[0] == ""


@given(st.text("高新区𠮷\n", max_size=12), st.text("高新区𠮷", min_size=1, max_size=3))
def test_places_are_those_of_str_find(line, term):
    index = SentenceIndex(*corpus([["区", line, "高"]]))
    text, expected = f"区\0{line}\0高", []
    at = text.find(term)
    while at >= 0:
        expected.append(at)
        at = text.find(term, at + len(term))
    assert index.find(term)[1].tolist() == expected


def test_an_empty_term_and_an_unknown_order_are_refused():
    index = SentenceIndex(*corpus([["创新"]]))
    with pytest.raises(ParameterError, match="term: expected"):
        index.list_lines("  ")
    with pytest.raises(ParameterError, match="order: expected one of position"):
        index.list_lines("创", order="date")
