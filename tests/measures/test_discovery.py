"""Discovery of terms: what holds together and stands freely is found, fragments are not."""

import math

import pandas as pd
import pytest

from workbench.errors import ParameterError
from workbench.measures.discovery import Minimum, discover_terms
from workbench.tables import TOKENS

FREE = ["推进", "加快", "完善", "优化"]


def tokens_of(sentences: list[str]) -> pd.DataFrame:
    rows, start = [], 0
    for number, sentence in enumerate(sentences):
        for word in sentence.split():
            rows.append((f"d{number % 4}", number, start, start + len(word), word, ""))
            start += len(word)
    frame = pd.DataFrame(rows, columns=list(TOKENS.columns))
    return TOKENS.check(frame.sort_values(["document_id", "start"]))


SENTENCE_LIST = [f"{verb} 五 社 联动 {after}" for verb in FREE for after in ("机制", "工作", "建设", "服务")]
SENTENCE_LIST += [
    f"{verb} {noun} {after}" for verb in FREE for noun in ("机制", "工作") for after in ("建设", "服务")
]


def test_terms_are_found_with_their_evidence():
    table = discover_terms(tokens_of(SENTENCE_LIST), minimum=Minimum(count=10, cohesion=1.0))
    row = table.set_index("term").loc["五社联动"]
    assert row["words"] == "五 社 联动"
    assert row[["count", "documents"]].tolist() == [16, 4]
    assert row["left_entropy"] == pytest.approx(2)  # four words before, alike often: log2 4
    assert row["right_entropy"] == pytest.approx(2)
    size = sum(len(sentence.split()) for sentence in SENTENCE_LIST)
    assert row["cohesion"] == pytest.approx(math.log2(16 * size / (16 * 16)))


def test_fragments_of_terms_are_left_out():
    table = discover_terms(tokens_of(SENTENCE_LIST), minimum=Minimum(count=10, cohesion=1.0))
    assert not {"五社", "社联动"} & set(table["term"])  # always the same neighbour: entropy 0


def test_a_border_is_a_free_neighbour():
    table = discover_terms(tokens_of(["， 五 社 。"] * 16), minimum=Minimum(count=10, cohesion=-9))
    assert table.loc[0, "left_entropy"] == pytest.approx(4)  # 16 borders, all different


def test_known_terms_and_stopwords_are_left_out():
    tokens = tokens_of(SENTENCE_LIST)
    loose = Minimum(count=10, cohesion=1.0)
    assert "五社联动" not in set(discover_terms(tokens, known=["五社联动"], minimum=loose)["term"])
    assert "五社联动" not in set(discover_terms(tokens, stopwords=["五"], minimum=loose)["term"])


def test_no_tokens_give_no_candidates():
    assert discover_terms(TOKENS.empty()).empty
    with pytest.raises(ParameterError, match="longest: expected at least 2"):
        discover_terms(TOKENS.empty(), longest=1)
