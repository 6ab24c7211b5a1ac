"""N-grams of words and characters: borders and counts."""

import pandas as pd
import pytest

from workbench.errors import ParameterError
from workbench.measures.ngrams import count_character_ngrams, count_ngrams
from workbench.tables import SENTENCES, TOKENS


def tokens_of(*sentences: str) -> pd.DataFrame:
    rows, start = [], 0
    for number, sentence in enumerate(sentences):
        for word in sentence.split():
            rows.append(("甲市_2024", number, start, start + len(word), word, ""))
            start += len(word)
    return TOKENS.check(pd.DataFrame(rows, columns=list(TOKENS.columns)))


def as_dict(counts: pd.DataFrame) -> dict[str, int]:
    return dict(zip(counts["term"].astype("str"), counts["count"], strict=True))


def test_words_follow_each_other_within_a_clause():
    tokens = tokens_of("优化 营商 环境 ， 优化 营商 环境", "优化 营商")
    assert as_dict(count_ngrams(tokens, n=2)) == {"优化 营商": 3, "营商 环境": 2}
    assert as_dict(count_ngrams(tokens, n=3)) == {"优化 营商 环境": 2}
    assert as_dict(count_ngrams(tokens, n=1)) == {"优化": 3, "营商": 3, "环境": 2}
    assert count_ngrams(tokens, n=4).empty


def test_characters_follow_each_other_within_a_run():
    text = "稳就业，稳就业2024稳"
    sentences = SENTENCES.frame([("a", 0, 0, "plan", 0, len(text))])
    assert as_dict(count_character_ngrams({"a": text}, sentences, n=2)) == {"稳就": 2, "就业": 2}
    assert as_dict(count_character_ngrams({"a": text}, sentences, n=1)) == {"稳": 3, "就": 2, "业": 2}


def test_lengths_below_one_are_refused():
    with pytest.raises(ParameterError, match="n: expected 1 or more words"):
        count_ngrams(tokens_of("稳"), n=0)
