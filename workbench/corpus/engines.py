"""The programs that cut text into words, each made to give jieba's result.

jieba 0.42.1 is the reference of the field and slow; rjieba is the same dictionary and the same
model in Rust, some twenty times as fast. Raw, rjieba differs from jieba in two places, which
`FastEngine` mends: signs between Latin letters and digits (`1-11`), and Chinese characters
outside U+4E00..U+9FD5, which jieba cuts one by one.
"""

from __future__ import annotations

import contextlib
import importlib.util
import re
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Protocol

from workbench.errors import ParameterError, SeedError

Word = tuple[str, int, str]
"""A word of a lexicon: the word, its frequency, its part of speech."""

# jieba's own rules (jieba/__init__.py re_han_default and re_skip_default, jieba/finalseg re_skip).
_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")
_BLANK = re.compile(r"(\r\n|\s)")
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
# Where rjieba differs: it joins letters and digits over signs, and takes more characters for Chinese.
# A set of characters in front lets `re` skip fast to the few places that need a second look.
_RARE = re.compile(r"[\u3400-\u4DBF\u9FD6-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]")
_SUSPECT = re.compile(
    r"[+#&_%\-.\u3400-\u4DBF\u9FD6-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF](?:"
    r"(?<=[a-zA-Z0-9][+#&_%\-])(?=[a-zA-Z0-9])|(?<=[a-zA-Z]\.)(?=[a-zA-Z0-9])"
    r"|(?<=[0-9]\.)(?=[0-9]*[a-zA-Z])|(?<=\.)(?=[0-9]+\.[0-9])|(?<=[^+#&_%\-.]))"
)
_LATIN_RUN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+#&._%-")


class Engine(Protocol):
    """What cuts a text into pieces that, joined, are the text again."""

    name: str

    def cut(self, text: str) -> list[str]:
        """Return the pieces of `text` in order, blanks and signs included."""


def import_jieba() -> ModuleType:
    """Import jieba without its warnings (pkg_resources, invalid escapes) and without its log."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(60)
    return jieba


class ReferenceEngine:
    """jieba itself, with a dictionary of its own, so that ``jieba.add_word`` elsewhere changes nothing."""

    name = "jieba"

    def __init__(self, words: Iterable[Word] = ()) -> None:
        """Load jieba's dictionary, from the user's cache folder if it is there, and add `words`."""
        import platformdirs

        self._tokenizer = import_jieba().Tokenizer()
        cache = Path(platformdirs.user_cache_dir("workbench"))
        with contextlib.suppress(OSError):  # jieba does without a cache where none can be written
            cache.mkdir(parents=True, exist_ok=True)
        self._tokenizer.tmp_dir = str(cache)
        for word, frequency, pos in words:
            self._tokenizer.add_word(word, frequency, pos or None)

    def cut(self, text: str) -> list[str]:
        """Return ``jieba.lcut(text)``."""
        return list(self._tokenizer.lcut(text))

    def suggest_frequency(self, word: str) -> int:
        """Return the least frequency at which jieba keeps `word` whole when it stands alone."""
        return int(self._tokenizer.suggest_freq(word))


class FastEngine:
    """rjieba, mended where it differs from jieba."""

    name = "rjieba"

    def __init__(self, words: Iterable[Word] = ()) -> None:
        """Load the dictionary and add `words`."""
        import rjieba

        words = list(words)
        self._jieba = rjieba.Jieba()
        known = _sum_frequencies([word for word, _, _ in words])
        for word, frequency, pos in words:
            self._jieba.add_word(word, frequency, pos or None)
        if known:
            # where a word was known, jieba adds its new frequency to the total and keeps the old one
            # there; rjieba takes it out, which would turn near ties elsewhere. No text holds this word.
            self._jieba.add_word("\ue000\ue001", known, None)

    def cut(self, text: str) -> list[str]:
        """Return what ``jieba.lcut(text)`` returns."""
        pieces: list[str] = []
        last = 0
        for match in _SUSPECT.finditer(text):
            if match.start() < last:
                continue
            start = text.rfind("\n", last, match.start()) + 1 or last  # a line end always ends a piece
            stop = text.find("\n", match.end()) + 1 or len(text)
            pieces += self._jieba.cut(text[last:start])
            pieces += self._cut_line(text[start:stop])
            last = stop
        rest = self._jieba.cut(text[last:])
        return pieces + rest if pieces else rest

    def _cut_line(self, line: str) -> list[str]:
        if _RARE.search(line):
            return self._cut_blocks(line)
        return self._mend_signs(self._jieba.cut(line))

    def _cut_blocks(self, line: str) -> list[str]:
        """Cut block by block at jieba's own borders, which leave rare characters outside."""
        pieces: list[str] = []
        for number, block in enumerate(_BLOCK.split(line)):
            if number % 2:
                pieces += self._mend_signs(self._jieba.cut(block))
            else:
                for blank, run in enumerate(_BLANK.split(block)):
                    pieces += [run] if blank % 2 else list(run)
        return pieces

    def _mend_signs(self, pieces: list[str]) -> list[str]:
        """Cut each run of Latin pieces that are not in the dictionary again, by jieba's rule."""
        mended: list[str] = []
        run = ""
        for piece in pieces:
            if (
                piece[0] in _LATIN_RUN
                and piece.isascii()
                and not (len(piece) > 1 and self._jieba.has_word(piece))
            ):
                run += piece
                continue
            mended += [part for part in _LATIN.split(run) if part]
            run = ""
            mended.append(piece)
        return mended + [part for part in _LATIN.split(run) if part]


class PrecutEngine:
    """Reads text whose words are already parted by blanks; nothing is cut again."""

    name = "precut"

    def __init__(self, words: Iterable[Word] = ()) -> None:
        """Take no notice of `words`."""

    def cut(self, text: str) -> list[str]:
        """Return the runs of non-blanks and of blanks."""
        return re.findall(r"\S+|\s+", text)


class CharacterEngine:
    """Takes each character for a word: the cut that no dictionary can spoil, for audits."""

    name = "characters"

    def __init__(self, words: Iterable[Word] = ()) -> None:
        """Take no notice of `words`."""

    def cut(self, text: str) -> list[str]:
        """Return the characters."""
        return list(text)


_ENGINES: dict[str, Callable[[Iterable[Word]], Engine]] = {
    "jieba": ReferenceEngine,
    "rjieba": FastEngine,
    "precut": PrecutEngine,
    "characters": CharacterEngine,
}
ENGINES = ("auto", *_ENGINES)


def make_engine(name: str, words: Iterable[Word] = ()) -> Engine:
    """Make the engine `name`; "auto" is rjieba where it is installed and jieba elsewhere.

    Raises
    ------
    ParameterError
        The name is unknown, or rjieba is asked for and not installed.
    """
    if name not in ENGINES:
        raise ParameterError(
            f"engine: expected one of {', '.join(ENGINES)}, found {name!r}; choose one of these."
        )
    installed = importlib.util.find_spec("rjieba") is not None
    if name == "auto":
        name = "rjieba" if installed else "jieba"
    if name == "rjieba" and not installed:
        raise ParameterError(
            "engine: expected an engine that is installed, found 'rjieba', which is not; "
            "install rjieba or choose 'jieba' (the same words, slower)."
        )
    return _ENGINES[name](words)


def _sum_frequencies(words: list[str]) -> int:
    """Return the sum of the frequencies that words have in jieba's dictionary."""
    dictionary = _read_dictionary() if words else {}
    return sum(dictionary[word][0] for word in words if word in dictionary)


@lru_cache(maxsize=1)
def dictionary_tags() -> dict[str, str]:
    """Return the part of speech of each word of jieba's dictionary."""
    return {word: pos for word, (_, pos) in _read_dictionary().items()}


@lru_cache(maxsize=1)
def _read_dictionary() -> dict[str, tuple[int, str]]:
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        raise SeedError("jieba: expected to be installed, found nothing; install jieba 0.42.1.")
    lines = Path(found.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split(" ") for line in lines)
    return {word: (int(frequency), pos) for word, frequency, pos in entries}


def guess_tag(word: str) -> str:
    """Return the tag of a word that no dictionary has: m number, eng Latin, x sign, else empty.

    The part of speech of an unknown Chinese word is not guessed: a missing tag says that it is unknown.
    """
    latin = [character for character in word if character.isascii() and character.isalnum()]
    if latin:
        return "m" if all(character.isdigit() for character in latin) else "eng"
    if word.isdecimal():
        return "m"
    return "" if any(character.isalnum() for character in word) else "x"
