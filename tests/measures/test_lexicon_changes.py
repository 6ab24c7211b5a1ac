import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError
from workbench.measures.lexicon_changes import LexiconComparison, edit_lexicon
from workbench.measures.search import SentenceIndex
from workbench.measures.themes import match_themes

LEXICON = pd.DataFrame(
    {
        "term": ["环境", "营商环境", "污染", "学校"],
        "theme": ["environment", "reform", "environment", "education"],
    }
)
LINES = ["优化营商环境。", "保护环境,治理污染。", "新建学校。", "治理污染,建学校。"]


def corpus(lines):
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    sentences = pd.DataFrame(
        {
            "document_id": "甲市_2023",
            "sentence": range(len(lines)),
            "section": 0,
            "part": "plan",
            "start": starts[:-1],
            "end": starts[1:],
        }
    )
    return {"甲市_2023": "".join(lines)}, sentences


def compare(lines, edited):
    texts, sentences = corpus(lines)
    return LexiconComparison(SentenceIndex(texts, sentences), LEXICON).compare(edited)


def test_a_removed_longer_term_lets_the_shorter_one_match():
    counts, changes = compare(LINES, edit_lexicon(LEXICON, theme="reform", remove=["营商环境"]))
    by_theme = counts.set_index("theme")
    assert by_theme.loc["environment"].tolist() == [3, 4, 2, 3]
    assert by_theme.loc["reform"].tolist() == [1, 0, 1, 0]
    assert changes[["sentence", "theme", "change"]].to_numpy().tolist() == [
        [0, "environment", "gained"],
        [0, "reform", "lost"],
    ]


def test_terms_move_are_added_and_blanks_are_dropped():
    edited = edit_lexicon(LEXICON, theme="education", add=[" 新建 ", "污染", ""])
    assert dict(zip(edited["term"], edited["theme"], strict=True)) == {
        "环境": "environment",
        "营商环境": "reform",
        "学校": "education",
        "新建": "education",
        "污染": "education",
    }


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("营商环境污染学校，、", min_size=1, max_size=12), min_size=1, max_size=6),
    st.lists(st.sampled_from(["商环", "环境污", "学", "污染", "校营", "境，污", "商", "校校"]), max_size=3),
    st.lists(st.sampled_from(LEXICON["term"].tolist()), max_size=3),
)
def test_counts_are_those_of_matching_everything_again(lines, add, remove):
    edited = edit_lexicon(LEXICON, theme="environment", add=add, remove=remove)
    counts, changes = compare(lines, edited)
    texts, sentences = corpus(lines)
    again = match_themes(texts, sentences, lexicon=edited)
    once = again.drop_duplicates(["sentence", "theme"])
    for row in counts.itertuples():
        assert row.occurrences_edited == (again["theme"] == row.theme).sum()
        assert row.sentences_edited == (once["theme"] == row.theme).sum()
    before = match_themes(texts, sentences, lexicon=LEXICON)
    pairs = [set(zip(m["sentence"], m["theme"], strict=True)) for m in (before, again)]
    listed = set(zip(changes["sentence"], changes["theme"], changes["change"], strict=True))
    gained, lost = pairs[1] - pairs[0], pairs[0] - pairs[1]
    assert listed == {(*pair, "gained") for pair in gained} | {(*pair, "lost") for pair in lost}
    for row in changes.itertuples():
        assert texts["甲市_2023"][row.start : row.end] == row.term


def test_unknown_themes_and_terms_are_named():
    with pytest.raises(ParameterError, match="theme: expected one of .*found 'sport'"):
        edit_lexicon(LEXICON, theme="sport", add=["球"])
    with pytest.raises(ParameterError, match="remove: 球 is not in the lexicon"):
        edit_lexicon(LEXICON, theme="education", remove=["球"])
