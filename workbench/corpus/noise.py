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
_PUNCTUATION = re.compile("[。，,；;：:！!？?、]")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class _Beside:
    reason: str
    pattern: re.Pattern[str]
    after: re.Pattern[str] | None


@dataclass(frozen=True)
class _Rules:
    line: re.Pattern[str]
    reasons: dict[str, str]
    longest: int
    beside: dict[str, _Beside]
    linked: re.Pattern[str]
    dateline: re.Pattern[str]
    caption_never: re.Pattern[str]
    caption_longest: int
    paragraph: int


@cache
def _rules() -> _Rules:
    data = tomllib.loads(resources.files("workbench.lexicons").joinpath("noise.toml").read_text("utf-8"))
    rules = {f"r{number}": rule for number, rule in enumerate(data["line"])}
    captions = data["captions"]
    return _Rules(
        re.compile("|".join(f"(?P<{name}>(?:{rule['pattern']})$)" for name, rule in rules.items())),
        {name: rule["reason"] for name, rule in rules.items()},
        data["longest"],
        {
            rule["reason"]: _Beside(
                rule["reason"],
                re.compile(rule["pattern"]),
                re.compile(rule["after"]) if "after" in rule else None,
            )
            for rule in data["beside"]
        },
        re.compile(data["links"]["dated"]),
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
    body = 0
    spans: list[Span] = []
    if front := _FRONT_MATTER.match(text):
        body = front.end()
        spans.append((0, body, "front matter"))
    spans += [(m.start(), m.end(), "comment") for m in _COMMENT.finditer(text, body)]
    lines = [
        _Line(match.start(), match.end(), words.strip(_LIST_MARKS))
        for match in _LINE.finditer(text, body)
        if (words := match.group().strip(_EDGE))
    ]
    spans += [
        (line.start, line.end, reason) for line, reason in zip(lines, _reasons(lines), strict=True) if reason
    ]
    spans += [(m.start(), m.end(), "markup") for m in _MARKS.finditer(text, body)]
    return _without_overlaps(spans)


def _reasons(lines: Sequence[_Line]) -> list[str]:
    """Return for each line why it is noise, or an empty string."""
    rules = _rules()
    reasons = [_reason(line.words, rules) for line in lines]
    for at, line in enumerate(lines):
        if at and len(lines[at - 1].words) <= rules.longest and rules.linked.fullmatch(line.words):
            reasons[at - 1 : at + 1] = ["related links"] * 2
        if at and reasons[at] == "navigation" and not reasons[at - 1]:
            crumb = lines[at - 1].words
            reasons[at - 1] = "navigation" if crumb and line.words.startswith(crumb) else ""
    _spread(lines, reasons, rules)
    _mark_captions(lines, reasons, rules)
    return reasons


def _reason(words: str, rules: _Rules) -> str:
    if not words:
        return "rule"
    match = rules.line.match(words) if len(words) <= rules.longest else None
    return rules.reasons[str(match.lastgroup)] if match else ""


def _spread(lines: Sequence[_Line], reasons: list[str], rules: _Rules) -> None:
    """Mark the lines that are noise because they stand beside noise of their kind."""
    kind = ""
    for at, line in enumerate(lines):
        rule = rules.beside.get(kind)
        beside = rule is not None and (rule.after is None or rule.after.fullmatch(lines[at - 1].words))
        if rule and beside and not reasons[at] and rule.pattern.fullmatch(line.words):
            reasons[at] = rule.reason
        kind = kind if reasons[at] == "page code" else reasons[at]
    tools = rules.beside["page tools"]
    for at in range(len(lines) - 2, -1, -1):
        if reasons[at + 1] == tools.reason and not reasons[at] and tools.pattern.fullmatch(lines[at].words):
            reasons[at] = tools.reason


def _mark_captions(lines: Sequence[_Line], reasons: list[str], rules: _Rules) -> None:
    """Mark the captions of a press report: short lines without punctuation between its paragraphs."""
    if not any(rules.dateline.search(line.words[:60]) for line in lines[:8]):
        return
    body = [at for at, reason in enumerate(reasons) if not reason]
    for before, at, after in zip(body, body[1:], body[2:], strict=False):
        words = lines[at].words
        if (
            len(words) <= rules.caption_longest
            and min(len(lines[before].words), len(lines[after].words)) >= rules.paragraph
            and not _PUNCTUATION.search(words)
            and not rules.caption_never.match(words)
        ):
            reasons[at] = "photo caption"


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
