"""Noise: the stretches of a file that are not the report's words, marked and never cut out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import pandas as pd

from workbench.tables import NOISE

Span = tuple[int, int, str]

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:.*\r?\n)*?---[ \t]*(?:\r?\n|\Z)")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_MARKS = re.compile(r"^[ \t]*#{1,6}(?=\s)|^[ \t]*(?:[-*+]|•)(?=[ \t\u3000])|\*\*+|__+", re.M)
_LINE = re.compile(r"[^\r\n]+")
_LONGEST = 300


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], str]:
    data = tomllib.loads(resources.files("workbench.lexicons").joinpath("noise.toml").read_text("utf-8"))
    names = {f"r{number}": rule["reason"] for number, rule in enumerate(data["line"])}
    pattern = "|".join(f"(?P<r{number}>(?:{rule['pattern']})$)" for number, rule in enumerate(data["line"]))
    return re.compile(pattern), names, re.compile(data["links"]["dated"] + "$"), data["links"]["reason"]


def noise_spans(text: str) -> list[Span]:
    """Return the noise of one text as (start, end, reason), in order and without overlaps.

    Parameters
    ----------
    text : str
        The unchanged text.
    """
    spans: list[Span] = []
    body = 0
    if front := _FRONT_MATTER.match(text):
        body = front.end()
        spans.append((0, body, "front matter"))
    spans += [(m.start(), m.end(), "comment") for m in _COMMENT.finditer(text, body)]
    spans += _line_spans(text, body)
    spans += [(m.start(), m.end(), "markup") for m in _MARKS.finditer(text, body)]
    return _without_overlaps(spans)


def _line_spans(text: str, body: int) -> list[Span]:
    rules, names, dated, reason = _rules()
    spans: list[Span] = []
    before: tuple[int, int] | None = None
    for line in _LINE.finditer(text, body):
        raw = line.group()
        if len(raw) > _LONGEST:
            before = None
            continue
        bare = raw.strip(" \t\u3000*#•")
        if not bare and not raw.strip():
            continue
        if dated.match(bare):
            spans += [(*at, reason) for at in (before, line.span()) if at]
        elif match := rules.match(bare or raw.strip()):
            spans.append((line.start(), line.end(), names[str(match.lastgroup)]))
        before = line.span()
    return spans


def _without_overlaps(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def find_noise(texts: Mapping[str, str]) -> pd.DataFrame:
    """Mark what is not the report's words.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text

    Returns
    -------
    DataFrame
        NOISE: one row a stretch (document_id, start, end in characters, reason).
    """
    return NOISE.frame((name, *span) for name, text in texts.items() for span in noise_spans(text))
