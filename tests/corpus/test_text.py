from hypothesis import given
from hypothesis import strategies as st

from workbench.corpus.text import compact, normalise

TEXTS = st.text(alphabet=st.sampled_from("增长约５%．5％\u3000 \u200b\ufeff\r\n\tＡa，。"), max_size=60)


def test_normalise_writes_full_width_numbers_as_ascii():
    assert normalise("增长６．５％，ＧＤＰ\u3000约１２万") == "增长6.5%，GDP 约12万"


@given(TEXTS)
def test_normalise_keeps_length_and_line_ends(text):
    copy = normalise(text)
    assert len(copy) == len(text)
    assert [i for i, c in enumerate(copy) if c in "\r\n"] == [i for i, c in enumerate(text) if c in "\r\n"]
    assert normalise(copy) == copy


@given(TEXTS)
def test_compact_leads_every_character_back(text):
    copy, offsets = compact(text)
    assert len(copy) == len(offsets)
    assert [normalise(text)[i] for i in offsets] == list(copy)
    assert not set(copy) & set(" \r\n\t\u3000\u200b\ufeff")


def test_compact_finds_a_number_broken_by_a_line_end():
    text = "地区生产总值增\u200b长5.\n5％左右"
    copy, offsets = compact(text)
    at = copy.index("增长5.5%")
    assert text[offsets[at] : offsets[at + 5] + 1] == "增\u200b长5.\n5％"
