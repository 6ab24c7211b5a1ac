"""Two wordings side by side: what is marked is what differs, and nothing is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.display.alignment import align_wordings
from workbench.display.reading import Passage

CHINESE = st.text(alphabet="发展经济建设创新，。", min_size=0, max_size=30)


def test_what_differs_is_marked_on_both_sides():
    now, then = align_wordings(
        Passage("新建幼儿园十五所学位", "甲_2024", 7, 17), Passage("新建幼儿园十二所学位", "甲_2023", 0, 10)
    )
    assert now.pieces == (("same", "新建幼儿园十"), ("changed", "五"), ("same", "所学位"))
    assert then.pieces[1] == ("changed", "二")
    assert '<ins class="changed">五</ins>' in now._repr_html_()
    assert '<del class="changed">二</del>' in then._repr_html_()
    assert 'href="#p-7-17"' in now._repr_html_()
    assert 'data-document="甲_2023"' in then._repr_html_()


def test_a_formula_is_grey_on_both_sides():
    now, then = align_wordings(
        Passage("各位代表现在报告", "甲_2024", 100, 108),
        Passage("各位代表现在报告", "乙_2024", 0, 8),
        formulae=[(98, 104)],
    )
    assert now.pieces == then.pieces == (("formula", "各位代表"), ("same", "现在报告"))


def test_a_single_letter_in_common_is_chance():
    now, _ = align_wordings(Passage("甲的乙", "甲_2024", 0, 3), Passage("丙的丁", "乙_2024", 0, 3))
    assert now.pieces == (("changed", "甲的乙"),)


def test_text_is_escaped():
    now, _ = align_wordings(Passage("<b>增长", "甲_2024", 0, 5), Passage("增长", "乙_2024", 0, 2))
    assert "&lt;b&gt;" in now._repr_html_()


@settings(deadline=None, max_examples=60)
@given(CHINESE, CHINESE)
def test_pieces_make_up_the_text_again(one, other):
    now, then = align_wordings(Passage(one, "甲", 0, len(one)), Passage(other, "乙", 0, len(other)))
    assert str(now) == one
    assert str(then) == other
    shared = ["".join(t for kind, t in side.pieces if kind == "same") for side in (now, then)]
    assert shared[0] == shared[1]
