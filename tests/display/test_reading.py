"""Tables for reading show text as text and lead to its passage."""

import pandas as pd

from workbench.display.reading import Passage, link_passages, show_table


def test_markup_in_a_cell_is_shown_not_executed():
    table = show_table(pd.DataFrame({"a": ["<script>x</script>"]}), caption="<b>")
    html = table._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert "<caption>&lt;b&gt;" in html


def test_passage_links_to_its_offsets():
    html = Passage("5%", "甲_2024", 10, 12, '增长"5%"')._repr_html_()
    assert 'href="#p-10-12"' in html
    assert 'title="增长&quot;5%&quot;"' in html


def test_link_passages_leaves_rows_without_place_empty():
    frame = pd.DataFrame(
        {"quote": ["5%", ""], "document_id": ["甲", "甲"], "start": [1, None], "end": [3, None]}
    )
    first, second = link_passages(frame)
    assert (first.start, first.end, second) == (1, 3, "")


def test_caption_says_how_many_rows_are_left_out():
    table = show_table(pd.DataFrame({"a": range(5)}), caption="行", rows=2)
    assert table.caption == "行 (first 2 of 5 rows)"
    assert table._repr_html_().count("<tr>") == 3


def test_missing_numbers_are_empty_and_digits_hold():
    table = show_table(pd.DataFrame({"a": [1.234, None]}), caption="", digits={"a": 1})
    assert table.frame["a"].tolist() == ["1.2", ""]


def test_passage_shows_no_marks_of_markdown():
    assert ">一、今年工作<" in Passage("**一、今年工作**", "甲_2024", 0, 9)._repr_html_()
