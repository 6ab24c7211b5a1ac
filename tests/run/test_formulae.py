"""Formulae become MathML; money, code and broken LaTeX stay as they are."""

import pytest
from bs4 import BeautifulSoup

from workbench.run.formulae import draw_formulae


def drawn(inner):
    soup = BeautifulSoup(f'<div class="prose">{inner}</div>', "html.parser")
    draw_formulae(soup)
    return soup


def test_a_displayed_and_an_inline_formula_are_drawn():
    soup = drawn(r"<p>With $n$ words: $$\frac{a}{b}$$ holds.</p>")
    inline, block = soup.find_all("math")
    assert (inline["display"], block["display"]) == ("inline", "block")
    assert block.find("mfrac") is not None
    assert soup.get_text().startswith("With n words: ")


@pytest.mark.parametrize(
    "inner", ["<p>between $5 and $7 a head</p>", "<code>$a$</code>", r"<p>$$\frac{$$</p>", "<p>1 &lt; 2</p>"]
)
def test_what_is_no_formula_stays(inner):
    assert drawn(inner).find("math") is None
    assert drawn(inner).get_text() == BeautifulSoup(inner, "html.parser").get_text()


def test_text_beside_a_formula_stays_text():
    soup = drawn("<p>a &lt;b&gt; $x$ &amp; c</p>")
    assert soup.find("b") is None
    assert "<b>" in soup.get_text()
