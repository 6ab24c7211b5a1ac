"""What a value was read as, and what a sentence carries on from one value to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from workbench.targets.cues import cue_words
from workbench.targets.mentions import Mention
from workbench.targets.subjects import Predicate


@dataclass(slots=True)
class Reading:
    """A value with the things it is said of; `rule` says what decided on them."""

    mention: Mention
    things: tuple[str, ...]
    measure: str
    direction: str
    predicate: Predicate
    rule: str
    qualifier: bool = False
    base: bool = False
    noun_after: bool = False

    @property
    def carried(self) -> bool:
        """Whether the thing comes from an earlier value or clause."""
        return self.rule.startswith("carried")


@dataclass(slots=True)
class State:
    """What is carried on in a sentence: its text and the thing, verb and sizes spoken of last."""

    text: str
    subject: str = ""
    members: tuple[str, ...] = ()
    share: str = ""
    increment: str = ""
    verb: Predicate | None = None
    size_noun: str = ""
    readings: list[Reading] = field(default_factory=list)

    @property
    def last(self) -> Reading | None:
        """Return the reading before."""
        return self.readings[-1] if self.readings else None

    @property
    def after_two_sizes(self) -> bool:
        """Whether the last two values were sizes (`30亿元或3亿美元`)."""
        return len(self.readings) > 1 and all(reading.qualifier for reading in self.readings[-2:])

    def set_subject(self, phrase: str, members: tuple[str, ...]) -> None:
        """Remember what was spoken of: a share's whole, and the thing shared."""
        self.subject = re.sub(r"(?<=.)占.*$", "", phrase)
        self.members = members if len(members) > 1 else ()
        self.share = phrase if "占" in phrase[1:] else ""

    def after_size(self, mention: Mention) -> bool:
        """Whether a value is the alternative of the size before (`30亿元或3亿美元`)."""
        last = self.last
        return bool(
            last and last.qualifier and last.mention.right.strip() in ("或", "或者") and not mention.opens
        )

    def counted(self, mention: Mention) -> bool:
        """Whether a bare magnitude follows a count of the things that it describes (`六个百亿台阶`)."""
        last = self.last
        if last is None or last.mention.stop != mention.quantity.start:
            return False
        return last.mention.quantity.kind == "count" and mention.quantity.kind in ("bare", "money")

    def continues(self, mention: Mention) -> bool:
        """Whether a value goes on with the coordination of the one before."""
        after_size = self.last is not None and self.last.qualifier and not mention.opens
        return mention.joined or after_size or mention.left.startswith("其中")


@cache
def words(key: str) -> frozenset[str]:
    """Return a list of the table `subjects` as a set."""
    return frozenset(cue_words("subjects", key))
