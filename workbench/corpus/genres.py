"""What kind of text a document is, and whether it is the whole of a report."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from workbench.corpus.openings import Parts

_LONG = 30_000


@dataclass(frozen=True)
class Judgement:
    """A value, the words or signs it rests on, and how sure it is."""

    value: str
    evidence: str
    confidence: str


def find_genre(parts: Parts) -> Judgement:
    """Return the genre of a text: the first rule of ``genres.toml`` that fits, else by its signs."""
    rules = _rules()
    signs = find_signs(parts)
    for rule in rules["rule"]:
        words = _matches(rule, parts)
        if words and not any(sign in signs for sign in rule.get("unless", ())):
            return Judgement(rule["genre"], f"{rule['in']}: {words}", "high")
    counted = [name for name in signs if name != "long"]
    listed = ", ".join(counted) or "none"
    if _fits(rules["full"], signs, counted) and len(parts.text) >= rules["full"]["characters"]:
        sure = "high" if len(counted) > rules["full"]["signs"] else "medium"
        return Judgement("full report", f"signs of a report: {listed}", sure)
    if _fits(rules["excerpt"], signs, counted):
        return Judgement("excerpt", f"only some signs of a report: {listed}", "low")
    return Judgement("other", f"signs of a report: {listed}", "medium")


def find_completeness(parts: Parts, genre: str) -> Judgement:
    """Return whether the report is all there: complete, abridged, no plan part, cut off, unknown …"""
    signs = find_signs(parts)
    if genre not in ("full report", "excerpt"):
        return Judgement("unknown", f"a {genre} is no report in full", "medium")
    if re.search("摘要|摘登|节选|摘编|摘录", parts.title):
        return Judgement("abridged", f"title: {parts.title}", "high")
    if genre == "excerpt":
        return Judgement("part of a report", f"signs found: {', '.join(signs)}", "medium")
    if "review" not in signs or "plan" not in signs:
        missing = "plan" if "review" in signs else "review"
        return Judgement(f"no {missing} part", f"signs found: {', '.join(signs)}", "low")
    if is_cut_off(parts.tail):
        return Judgement("cut off", f"last words: …{parts.tail.rstrip()[-20:]}", "medium")
    if "closing" not in signs and "mandate" not in signs and "request" not in signs:
        return Judgement("no opening or closing", f"signs found: {', '.join(signs)}", "medium")
    return Judgement("complete", f"signs found: {', '.join(signs)}", "medium")


def is_cut_off(tail: str) -> bool:
    """Return whether a text ends within a sentence: a long last line without a full stop."""
    last = tail.rstrip().rstrip("*_ ").rsplit("\n", 1)[-1]
    return len(last) > 40 and not re.search("[。！？!?…”’）)】〕；;.]$|(?:奋斗|前进|谢谢(?:大家)?|完)$", last)


def find_signs(parts: Parts) -> dict[str, str]:
    """Return the signs of a delivered report that the text shows, with the words found."""
    found = {name: _matches(rule, parts) for name, rule in _rules()["signs"].items()}
    return {name: words for name, words in found.items() if words}


def _fits(rule: Mapping[str, Any], signs: Mapping[str, str], counted: Sequence[str]) -> bool:
    needed = all(sign in signs for sign in rule.get("needed", ()))
    delivered = rule.get("delivered", signs)
    if not any(sign in signs for sign in delivered):
        return False
    return needed and any(sign in signs for sign in rule["needed_one_of"]) and len(counted) >= rule["signs"]


def _matches(rule: Mapping[str, Any], parts: Parts) -> str:
    """Return the first words that fit the rule, empty if they are not there often enough."""
    text, pattern = getattr(parts, rule["in"]), re.compile(rule["pattern"])
    if "hints" in rule and not any(hint in text for hint in rule["hints"]):
        return ""
    times = rule.get("times", 1)
    # A sign is looked for at both ends of a very long text only.
    text = text if len(text) <= 2 * _LONG else text[:_LONG] + text[-_LONG:]
    first = ""
    for count, match in enumerate(pattern.finditer(text), 1):
        first = first or match[0]
        if count >= times:
            return " ".join(first.split())[:60]
    return ""


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(files("workbench.lexicons").joinpath("genres.toml").read_text("utf-8"))
