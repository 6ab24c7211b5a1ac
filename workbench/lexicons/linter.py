"""Checks a lexicon: what in it is empty, double, hidden, unreachable or never found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.lexicons.reader import is_frequency, read_lexicon, split_lines

LINTS = Table(
    "lints",
    "finding in a lexicon",
    (),
    {
        "line": Column("int64", "line of the file, from 1"),
        "item": Column("str", "item, as written", nullable=True),
        "kind": Column(
            "str",
            "what sort of finding",
            codes=(
                "empty",
                "empty alternative",
                "duplicate",
                "nested",
                "pattern",
                "blank",
                "full width",
                "traditional",
                "unreachable",
                "split",
                "never found",
                "frequency",
            ),
        ),
        "message": Column("str", "what was found and what it does"),
    },
)
ITEM_COLUMNS = ("term", "item", "word", "alias", "name", "cue")
_PATTERN = re.compile(r"[\\^$*?\[\]{}|()]|\.[*+?]")
_EMPTY_ALTERNATIVE = re.compile(r"^\||\|$|\|\||\(\||\|\)")
_UNREACHABLE = re.compile(r"[^\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]")


class Cutter(Protocol):
    """Cuts a text into pieces; `workbench.corpus.segmentation.Segmenter` does."""

    def cut(self, text: str) -> list[str]:
        """Return the pieces of `text`."""


def lint_lexicon(
    path: str | Path,
    *,
    texts: Mapping[str, str] | None = None,
    segmenter: Cutter | None = None,
    column: str | None = None,
) -> pd.DataFrame:
    """Check a lexicon.

    Parameters
    ----------
    path : str or Path
        A file (.csv, .txt) or the name of a shipped lexicon. In a .txt the frequency and part of
        speech that jieba's user dictionaries have behind a word are no part of the item.
    texts : Mapping, optional
        document_id -> text; with it, items that never occur are found.
    segmenter : Segmenter, optional
        With it, items that it does not keep whole even when they stand alone are found.
    column : str, optional
        Column of the items; by default the first of term, item, word, alias, name, cue that there is.

    Returns
    -------
    DataFrame
        LINTS, by line: empty items, empty alternatives (which as a pattern match everywhere),
        duplicates, items inside others (fine where the longest wins, counted twice where it does not),
        characters of regular expressions, blanks, full-width and traditional forms, items the
        tokenizer can never make, items that never occur, frequencies that are none.

    Raises
    ------
    SeedError
        The file cannot be read.
    ParameterError
        There is no such column.
    """
    lexicon = read_lexicon(path)
    table = lexicon.table
    if lexicon.path.suffix != ".csv" and column in (None, "item"):
        table = split_lines(table["item"]).rename(columns={"term": "item"})
    column = _choose_column(table, column, str(path))
    items = [(int(line), str(item)) for line, item in table[column].items()]
    findings = [(line, item, *found) for line, item in items for found in _lint_item(item)]
    findings += list(_find_duplicates(items))
    findings += list(_find_nested(items))
    if "frequency" in table.columns:
        findings += list(_find_frequencies(table, column))
    if segmenter is not None:
        findings += list(_find_split(items, segmenter))
    if texts is not None:
        findings += list(_find_absent(items, texts))
    return LINTS.frame(sorted(findings, key=lambda finding: finding[0]))


def summarise_lints(lints: pd.DataFrame) -> str:
    """Return the findings as lines to print, and a line of totals."""
    lines = [
        f"line {row.line}: {row.item or '(empty)'}: {row.kind}: {row.message}" for row in lints.itertuples()
    ]
    totals = ", ".join(f"{kind} {count}" for kind, count in lints["kind"].value_counts().items())
    return "\n".join([*lines, f"{len(lints)} findings{': ' if totals else ''}{totals}."])


def _choose_column(table: pd.DataFrame, column: str | None, path: str) -> str:
    choices = [column] if column else ITEM_COLUMNS
    for choice in choices:
        if choice in table.columns:
            return choice
    raise ParameterError(
        f"lexicon {path}: expected a column {' or '.join(choices)}, found {', '.join(table.columns)}; "
        "name the column of the items."
    )


def _lint_item(item: str) -> Iterator[tuple[str, str]]:
    if not item.strip():
        yield "empty", "an empty item matches everywhere or nowhere; remove the line"
        return
    if any(character.isspace() for character in item):
        yield "blank", "holds a blank, which Chinese text has only by accident"
    if _EMPTY_ALTERNATIVE.search(item):
        yield (
            "empty alternative",
            "as a pattern it matches at every character; remove the empty side of the |",
        )
    if _PATTERN.search(item):
        yield "pattern", "holds characters of a regular expression, which stand for themselves here"
    wide = {character for character in item if "\uff01" <= character <= "\uff5e"}
    if wide:
        narrow = unicodedata.normalize("NFKC", item)
        yield "full width", f"holds full-width {''.join(sorted(wide))}; texts mostly have {narrow}"
    old = [character for character in item if is_traditional(character)]
    if old:
        yield (
            "traditional",
            f"holds {''.join(old)}, not in GB 2312 but in Big5: a traditional form or a rare character",
        )
    signs = sorted(set(_UNREACHABLE.findall(item)))
    if signs:
        yield "unreachable", f"jieba always cuts at {' '.join(signs)}: no token can be this item"


def is_traditional(character: str) -> bool:
    """Say whether Big5 (Taiwan) has a character that GB 2312 (mainland) lacks."""
    return _in_encoding(character, "big5") and not _in_encoding(character, "gb2312")


def _in_encoding(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _find_duplicates(items: list[tuple[int, str]]) -> Iterator[tuple[int, str, str, str]]:
    first: dict[str, int] = {}
    for line, item in items:
        if item and item in first:
            yield line, item, "duplicate", f"stands on line {first[item]} already"
        first.setdefault(item, line)


def _find_nested(items: list[tuple[int, str]]) -> Iterator[tuple[int, str, str, str]]:
    from ahocorasick_rs import AhoCorasick

    terms = sorted({item for _, item in items if item})
    if not terms:
        return
    automaton = AhoCorasick(terms)
    longer: dict[str, list[str]] = {}
    for term in terms:
        for part in {terms[found[0]] for found in automaton.find_matches_as_indexes(term, overlapping=True)}:
            if part != term:
                longer.setdefault(part, []).append(term)
    for line, item in items:
        if item in longer:
            shown = ", ".join(longer[item][:5]) + (" …" if len(longer[item]) > 5 else "")
            yield line, item, "nested", f"lies inside {shown}: name the way of counting"


def _find_frequencies(table: pd.DataFrame, column: str) -> Iterator[tuple[int, str, str, str]]:
    for line, item, frequency in table[[column, "frequency"]].itertuples():
        if frequency and not is_frequency(frequency):
            yield int(line), item, "frequency", f"{frequency!r} is no whole number of at least 1"


def _find_split(items: list[tuple[int, str]], segmenter: Cutter) -> Iterator[tuple[int, str, str, str]]:
    for line, item in items:
        pieces = segmenter.cut(item)
        if item.strip() and len(pieces) > 1 and not _UNREACHABLE.search(item):
            yield line, item, "split", f"is cut {'/'.join(pieces)}: give it a (higher) frequency"


def _find_absent(
    items: list[tuple[int, str]], texts: Mapping[str, str]
) -> Iterator[tuple[int, str, str, str]]:
    from ahocorasick_rs import AhoCorasick

    terms = sorted({item for _, item in items if item})
    if not terms:
        return
    automaton = AhoCorasick(terms)
    seen: set[int] = set()
    for text in texts.values():
        seen.update(found[0] for found in automaton.find_matches_as_indexes(text, overlapping=True))
    found_terms = {terms[number] for number in seen}
    for line, item in items:
        if item.strip() and item not in found_terms:
            yield line, item, "never found", f"occurs in none of the {len(texts)} texts"
