"""The parts of a text that tell what it is: title, first lines, headings, last lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.corpus.text import normalise
from workbench.corpus.years import write_years_in_digits

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n.*?\r?\n---+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LINE_WITH_YEAR = re.compile(r"^[^\n]{0,44}(?:19|20)\d\d年[^\n]{0,40}$", re.MULTILINE)
_MARKUP = "*#_>=| \t\r"
_NUMBERS = re.compile("[%亿万]|[。；;，,]$")


@dataclass(frozen=True)
class Parts:
    """Normalised parts of a text, its front matter left out; years are in digits.

    `title` holds the title given and the first line, `headings` the short lines with a year;
    `lead` goes far enough to reach the salutation below the navigation of a copied page.
    """

    title: str
    first: str
    opening: str
    head: str
    lead: str
    tail: str
    text: str
    headings: tuple[str, ...]


def split_parts(text: str, title: str = "") -> Parts:
    """Return the parts of `text` that evidence is looked for in."""
    matter = _FRONT_MATTER.match(text[:20_000])
    whole = write_years_in_digits(normalise(text[matter.end() :] if matter else text))
    lines = [line.strip(_MARKUP) for line in whole[:2000].splitlines()]
    lines = [line for line in lines if line and not line.startswith("<!--")]
    first = lines[0] if lines and len(lines[0]) <= 80 else ""
    # A short first line (中华人民共和国, 政府工作报告) has the rest of the title below it.
    second = lines[1] if first and len(first) <= 10 and len(lines) > 1 and len(lines[1]) <= 80 else ""
    both = "\n".join(dict.fromkeys(part for part in (normalise(title), first, second) if part))
    headings = (match[0].strip(_MARKUP) for match in _LINE_WITH_YEAR.finditer(whole))
    return Parts(
        title=both,
        first=first,
        opening=whole[:600],
        head=whole[:1500],
        lead=whole[:5000],
        tail=whole[-1500:],
        text=whole,
        headings=tuple(h for h in headings if 4 < len(h) <= 45 and not _NUMBERS.search(h)),
    )
