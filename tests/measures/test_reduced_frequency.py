"""Average reduced frequency: values by hand, its bounds, and what it is made for."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError
from workbench.measures.reduced_frequency import measure_reduced_frequency, reduce_counts
from workbench.tables import TOKENS


def tokens_of(words: str) -> pd.DataFrame:
    rows = [("甲市_2024", 0, i, i + 1, word, "") for i, word in enumerate(words)]
    return TOKENS.check(pd.DataFrame(rows, columns=list(TOKENS.columns)))


def test_values_by_hand():
    # ten places, twice each: v = 5. 甲 at 0 and 5: distances 5, 5. 乙 at 1 and 2: distances 1, 9.
    # 丙 at 3 and 7: distances 4, 6.
    table = measure_reduced_frequency(tokens_of("甲乙乙丙丁甲戊丙己庚"), minimum_count=2).set_index("term")
    assert table["arf"].to_dict() == pytest.approx({"甲": 10 / 5, "丙": 9 / 5, "乙": 6 / 5})
    assert table["arf_share"].to_dict() == pytest.approx({"甲": 1, "丙": 0.9, "乙": 0.6})
    assert table["size"].tolist() == [10, 10, 10]


def test_signs_have_no_place_in_the_sequence():
    bare = measure_reduced_frequency(tokens_of("甲乙乙丙甲丁"), minimum_count=1)
    signed = measure_reduced_frequency(tokens_of("甲，乙。乙丙，甲丁。"), minimum_count=1)
    pd.testing.assert_frame_equal(bare, signed)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=50), st.integers(0, 49))
def test_it_lies_between_one_and_the_count_and_turns_with_the_ring(words, turn):
    codes = np.array(words)
    counts = np.bincount(codes, minlength=6)
    arf = reduce_counts(codes, counts)
    assert (arf <= counts + 1e-9).all()
    assert (arf[counts > 0] >= 1 - 1e-9).all()
    assert (arf[counts == 0] == 0).all()
    assert reduce_counts(np.roll(codes, turn), counts) == pytest.approx(arf)
    for term in np.unique(codes):  # the definition, place by place
        at = np.flatnonzero(codes == term)
        gaps = [(b - a - 1) % len(codes) + 1 for a, b in zip(np.roll(at, 1), at, strict=True)]
        v = len(codes) / len(at)
        assert arf[term] == pytest.approx(sum(min(gap, v) for gap in gaps) / v)


def test_no_tokens_give_no_rows_and_wrong_characters_are_named():
    assert measure_reduced_frequency(TOKENS.empty()).empty
    with pytest.raises(ParameterError, match="characters: expected one of all, word, han"):
        measure_reduced_frequency(tokens_of("甲"), characters="latin")
