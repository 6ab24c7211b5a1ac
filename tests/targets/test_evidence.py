"""Each row quotes its sentence; of a sentence as long as a table, the passage around the value."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.targets.evidence import LONGEST, evidence_at


def test_a_sentence_of_prose_is_quoted_whole():
    text = "前文。" + "完成投资3亿元，" * 100 + "后文。"
    assert evidence_at(text, (3, 3 + 800), (8, 11)) == text[3:803]


@given(st.integers(LONGEST + 1, 60_000), st.floats(0, 1), st.integers(1, 12))
def test_of_a_longer_one_the_passage_around_the_value(length, share, width):
    text = "".join(chr(0x4E00 + number % 20_000) for number in range(length))
    start = int(share * (length - width))
    passage = evidence_at(text, (0, length), (start, start + width))
    assert text[start : start + width] in passage
    assert passage in text
    assert len(passage) <= LONGEST + width
