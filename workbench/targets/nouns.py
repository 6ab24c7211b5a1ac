"""The noun phrase that follows a value, short of what is said of it (`40家规上企业`)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from workbench.targets.cues import cue_words
from workbench.targets.subjects import trim, words_at

_LONGEST = 60


@cache
def _right_start() -> re.Pattern[str]:
    return re.compile(rf"^[ *]*(?:{'|'.join(cue_words('subjects', 'right_verbs'))})")


@cache
def _right_adverb() -> re.Pattern[str]:
    return re.compile("|".join(cue_words("subjects", "right_adverbs")))


@cache
def _right_stop() -> re.Pattern[str]:
    return re.compile("|".join(cue_words("subjects", "right_stop")))


_LISTED = re.compile(r"[^、(（]+(?=、)")


@cache
def _right_stop_short() -> re.Pattern[str]:
    return re.compile("|".join(cue_words("subjects", "right_stop_short")))


@cache
def _right_word() -> re.Pattern[str]:
    return re.compile("|".join(cue_words("subjects", "right_words")))


def _verb_word(phrase: str) -> int:
    """Return where a word that is a verb or preposition ends the noun, else the length of the phrase."""
    if _right_word().search(phrase, 3) is None:
        return len(phrase)
    found = (
        first
        for first, last in words_at(phrase)
        if first >= 3 and _right_word().fullmatch(phrase, first, last)
    )
    return next(found, len(phrase))


_DESCRIBED = re.compile(r"^(?:[一-鿿]{4}、)+[一-鿿]{4}的(?=.{2})")
_EVENT_END = re.compile(r"^.{2,18}(?:仪式|活动|大会|会议|推介会|现场会|招聘会|论坛|大赛|比赛)$")
_CLAUSE_SIGN = re.compile(r"[，,；;。！？!?：:\n…|]")


@lru_cache(maxsize=32_768)
def thing_after(right: str) -> str:
    """Return the noun phrase that follows a value (`40家规上企业`), empty where none does."""
    right = right.lstrip(" ")
    right = right[1:] if right[:1] == "的" else right
    if not right or _right_start().match(right):
        return ""
    phrase = _CLAUSE_SIGN.split(right, maxsplit=1)[0].rstrip(" 、和与及*")
    adverb = next((m.start() for m in _right_adverb().finditer(phrase) if m.start() >= 2), len(phrase))
    verb = next((m.start() for m in _right_stop().finditer(phrase) if m.start() >= 3), len(phrase))
    short = _right_stop_short().match(phrase, 2)
    if not _EVENT_END.search(phrase):
        phrase = phrase[: 2 if short else min(adverb, verb, _verb_word(phrase))]
    phrase = _DESCRIBED.sub("", phrase)
    if len(phrase) > 14 and (listed := _LISTED.match(phrase)) is not None:
        phrase = listed.group()
    return trim(phrase.rstrip(" 、和与及的")[:_LONGEST])
