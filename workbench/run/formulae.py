"""Formulae in LaTeX as MathML, which a browser draws without any script."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE = re.compile(r"(?<![\\$\w])\$(?!\s)([^$\n]+?)(?<!\s)\$(?![\d$])")
LITERAL = ("code", "pre", "script", "style", "math")


def draw_formulae(soup: BeautifulSoup) -> None:
    """Replace ``$$…$$`` and ``$…$`` in prose by MathML, in place; what is no LaTeX stays as it is."""
    from bs4 import BeautifulSoup

    for node in list(soup.select(".prose")):
        for text in node.find_all(string=lambda found: found is not None and "$" in found):
            if text.find_parent(LITERAL):
                continue
            drawn = _draw(str(text))
            if drawn != str(text):
                text.replace_with(BeautifulSoup(drawn, "html.parser"))


def _draw(text: str) -> str:
    pieces, at = [], 0
    found = sorted(
        [(m.start(), m.end(), m[1], "block") for m in DISPLAYED.finditer(text)]
        + [(m.start(), m.end(), m[1], "inline") for m in INLINE.finditer(text)]
    )
    for start, end, latex, display in found:
        if start < at:
            continue
        pieces += [escape(text[at:start]), _mathml(latex, display) or escape(text[start:end])]
        at = end
    return "".join([*pieces, escape(text[at:])]) if pieces else text


def _mathml(latex: str, display: str) -> str:
    from latex2mathml import exceptions
    from latex2mathml.converter import convert

    faults: tuple[type[Exception], ...] = tuple(  # they share no base of their own
        one for one in vars(exceptions).values() if isinstance(one, type) and issubclass(one, Exception)
    )
    try:
        return str(convert(latex.strip(), display=display))
    except faults:
        return ""
