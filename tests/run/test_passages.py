"""The text as HTML gives the text back, so that offsets count the same characters."""

from html.parser import HTMLParser

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.run.passages import Passages, passages_of
from workbench.tables import NOISE


class Paragraphs(HTMLParser):
    """Collects the paragraphs by their start, and what is in noise."""

    def __init__(self, html):
        super().__init__()
        self.found, self.noise, self._in_noise = {}, "", False
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag == "p":
            self.start = int(dict(attributes)["data-start"])
            self.found[self.start] = ""
        else:
            assert (tag, attributes) == ("span", [("class", "noise")])
            self._in_noise = True

    def handle_endtag(self, tag):
        self._in_noise = False

    def handle_data(self, data):
        if data != "\n":
            self.found[self.start] += data
            self.noise += data if self._in_noise else ""


def test_offsets_of_paragraphs_count_code_points():
    text = "标题\n\n  𠮷祥<b>&amp;\r\n末"
    found = Paragraphs(Passages("甲", text).body).found
    assert found == {0: "标题", 4: "  𠮷祥<b>&amp;\r", 18: "末"}
    assert all(text[start : start + len(line)] == line for start, line in found.items())


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60), st.data())
def test_any_text_comes_back(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    page = Paragraphs(Passages("甲", text, [tuple(cuts)]).body)
    assert list(page.found.values()) == [line for line in text.split("\n") if line.strip()]


def test_noise_is_marked_across_lines():
    body = Passages("甲", "正文图片\n来源:网页\n正文", [(2, 9)]).body
    assert Paragraphs(body).noise == "图片来源:网"


def test_passages_of_takes_the_noise_of_its_document():
    noise = NOISE.frame([("甲", 0, 2, "x"), ("乙", 1, 2, "x")])
    assert passages_of("乙", {"乙": "文字", "甲": "文字"}, noise) == Passages("乙", "文字", [(1, 2)])
    assert isinstance(noise, pd.DataFrame)
