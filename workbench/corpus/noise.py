"""Noise: the stretches of a file that are not the report's words, marked and never cut out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pandas as pd

from workbench.tables import NOISE

Span = tuple[int, int, str]

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:[^\n]*\n){0,60}?---[ \t]*(?:\r?\n|\Z)")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_MARKS = re.compile(
    r"^[ \t\u3000]*#{1,6}(?=\s)|^[ \t\u3000]*(?:[-*+]|•)(?=[ \t\u3000])|^[ \t\u3000]*>+(?=\s)|\*\*+|__+", re.M
)
_LINE = re.compile(r"[^\r\n]+")
_EDGE = " \t\u3000\xa0\ufeff\u200b"
_LIST_MARKS = _EDGE + "*#•>"


@dataclass(frozen=True)
class _Rules:
    line: re.Pattern[str]
    reasons: dict[str, str]
    longest: int
    linked: re.Pattern[str]
    dateline: re.Pattern[str]
    caption_never: re.Pattern[str]
    caption_longest: int
    paragraph: int


@cache
def _rules() -> _Rules:
    data = tomllib.loads(resources.files("workbench.lexicons").joinpath("noise.toml").read_text("utf-8"))
    rules = {f"r{number}": rule for number, rule in enumerate(data["line"])}
    links, captions = data["links"], data["captions"]
    return _Rules(
        re.compile("|".join(f"(?P<{name}>(?:{rule['pattern']})$)" for name, rule in rules.items())),
        {name: rule["reason"] for name, rule in rules.items()},
        data["longest"],
        re.compile(links["dated"] + "$"),
        re.compile(captions["dateline"]),
        re.compile(captions["never"]),
        captions["longest"],
        captions["paragraph"],
    )


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
    rules = _rules()
    lines = [
        (match.start(), match.end(), match.group().strip(_LIST_MARKS))
        for match in _LINE.finditer(text, body)
        if match.group().strip(_EDGE)
    ]
    spans: list[Span] = []
    for index, (start, end, bare) in enumerate(lines):
        if len(bare) > rules.longest:
            continue
        if rules.linked.match(bare):
            before = lines[index - 1 : index] if index else []
            spans += [(s, e, "related links") for s, e, words in before if len(words) <= rules.longest]
            spans.append((start, end, "related links"))
        elif match := rules.line.match(bare) if bare else None:
            reason = rules.reasons[str(match.lastgroup)]
            spans.append((start, end, reason))
            if reason == "navigation" and index and lines[index - 1][2] and bare.startswith(lines[index - 1][2]):
                spans.append((*lines[index - 1][:2], reason))
        elif not bare:
            spans.append((start, end, "rule"))
    return spans + _captions(lines, {start for start, _, _ in spans}, rules)


def _captions(lines: Sequence[tuple[int, int, str]], skipped: set[int], rules: _Rules) -> list[Span]:
    """Find the captions of a press report: short lines without punctuation between its paragraphs."""
    if not any(rules.dateline.search(words[:60]) for _, _, words in lines[:8]):
        return []
    body = [line for line in lines if line[0] not in skipped]
    return [
        (line[0], line[1], "photo caption")
        for before, line, after in zip(body, body[1:], body[2:], strict=False)
        if len(line[2]) <= rules.caption_longest < rules.paragraph <= min(len(before[2]), len(after[2]))
        and not re.search("[。，,；;：:！!？?、]", line[2])
        and not rules.caption_never.match(line[2])
    ]


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
        NOISE: one row a stretch (document_id, start, end in characters, reason). Marks of Markdown inside a
        line have the reason ``markup``; all other stretches are whole lines or blocks. The first matching
        rule of ``lexicons/noise.toml`` names the reason.
    """
    return NOISE.frame((name, *span) for name, text in texts.items() for span in noise_spans(text))
