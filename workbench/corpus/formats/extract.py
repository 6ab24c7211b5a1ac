"""What a reader makes of a file, and the tidying that made texts share."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000]+")


@dataclass(frozen=True)
class Extract:
    """One text of a file: the text, the encoding or format it came in, what the file says of it."""

    text: str
    encoding: str
    metadata: Mapping[str, str] = field(default_factory=dict)


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """Return one line a paragraph, zero-width characters and blanks at both ends left out.

    For formats whose text is made by the reader; texts of ``.txt`` and ``.md`` are never tidied.
    """
    lines = (tidy(line) for paragraph in paragraphs for line in paragraph.splitlines())
    text = "\n".join(line for line in lines if line)
    return text + "\n" if text else ""


def tidy(line: str) -> str:
    """Return `line` without zero-width characters and outer blanks, inner runs of blanks as one."""
    return _BLANKS.sub(" ", _ZERO_WIDTH.sub("", line)).strip()


@cache
def names(part: str) -> dict[str, Any]:
    """Return the names that tables or pages give their parts, from ``formats.toml``."""
    data = tomllib.loads(files("workbench.lexicons").joinpath("formats.toml").read_text("utf-8"))
    found: dict[str, Any] = data[part]
    return found
