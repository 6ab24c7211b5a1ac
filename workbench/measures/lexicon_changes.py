"""What an edit of a lexicon does: which sentences gain or lose a theme, without counting all again."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import numpy as np
import pandas as pd

from workbench.errors import ParameterError
from workbench.measures.search import SentenceIndex, Stretches
from workbench.measures.term_finder import find_terms
from workbench.measures.themes import NO_THEME, read_themes
from workbench.tables import Column, Table

THEME_CHANGE = Table(
    "theme_change",
    "theme",
    ("theme",),
    {
        "theme": Column("str", "id in themes.csv"),
        "occurrences": Column("int64", "matches of the lexicon as it was", "matches"),
        "occurrences_edited": Column("int64", "matches of the edited lexicon", "matches"),
        "sentences": Column("int64", "sentences with a match before", "sentences"),
        "sentences_edited": Column("int64", "sentences with a match after", "sentences"),
    },
)


_FIELDS = ("place", "row", "theme", "term", "start", "end")


def edit_lexicon(
    lexicon: pd.DataFrame, *, theme: str, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> pd.DataFrame:
    """Return a lexicon with terms added to a theme and terms removed, whatever their theme.

    Parameters
    ----------
    lexicon : DataFrame
        term, theme, as `read_theme_terms` reads it.
    theme : str
        Theme of the terms to add; ``none`` keeps shorter terms from matching within them. A term
        that the lexicon has already moves to this theme.
    add, remove : iterable of str
        Blanks around a term are dropped, empty terms left out.

    Raises
    ------
    ParameterError
        An unknown theme; a term to remove that is not in the lexicon.
    """
    known = read_themes()["id"].tolist()
    if theme not in known:
        raise ParameterError(f"theme: expected one of {', '.join(known)}, found {theme!r}.")
    added, removed = _clean(add), _clean(remove)
    unknown = [term for term in removed if term not in set(lexicon["term"])]
    if unknown:
        raise ParameterError(f"remove: {', '.join(unknown)} is not in the lexicon; remove terms that are.")
    kept = lexicon[~lexicon["term"].isin([*added, *removed])]
    new = pd.DataFrame({"term": added, "theme": theme}, dtype="str")
    if "weight" in lexicon:
        new["weight"] = 1
    return pd.concat([kept, new], ignore_index=True)


class LexiconComparison:
    """A lexicon matched once in all sentences, to be compared with edits of it.

    An added term that touches no old match is a match of its own. Around those that do, and around
    the matches of removed terms, only the stretch between two stops is read again: since no term
    reaches over a stop, the others cannot match otherwise.

    Parameters
    ----------
    index : SentenceIndex
        The sentences.
    lexicon : DataFrame
        term, theme.
    """

    def __init__(self, index: SentenceIndex, lexicon: pd.DataFrame) -> None:
        self.index = index
        self.lexicon = lexicon
        self.themes = sorted(set(read_themes()["id"]) - {NO_THEME})
        self._all = self._match(lexicon, index.whole)
        self._matches = _with_theme(self._all)
        first = _first(self._matches)
        self._pairs = _pair(first)
        self._occurrences = self._count(self._matches)
        self._sentences = self._count(first)

    def compare(self, edited: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Compare with an edited lexicon.

        Returns
        -------
        DataFrame
            THEME_CHANGE: one row per theme.
        DataFrame
            One row per sentence and theme that was gained or lost, in the order of the text:
            document_id, sentence, sentence_start, sentence_end, start and end (of the first match
            that decides), theme, term, change ("gained", "lost").
        """
        alone, places = self._find_changed(edited)
        stretches = self.index.find_stretches(places, lexicon=[*self.lexicon["term"], *edited["term"]])
        before, after = self._sentences_with(stretches, _with_theme(self._match(edited, stretches)), alone)
        first_after = _first(after)
        gained = first_after[~_is_in(_pair(first_after), self._pairs)]
        first_before = _first(before)
        lost = first_before[~_is_in(_pair(first_before), _pair(first_after))]
        counts = pd.DataFrame(
            {
                "theme": self.themes,
                "occurrences": self._occurrences,
                "occurrences_edited": self._occurrences - self._count(before) + self._count(after),
                "sentences": self._sentences,
                "sentences_edited": self._sentences - self._count(lost) + self._count(gained),
            }
        )
        return THEME_CHANGE.check(counts), self._describe(gained, lost, edited)

    def _find_changed(self, edited: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Return the matches of added terms that touch no other, and the places to be read again."""
        pairs = [set(zip(frame["term"], frame["theme"], strict=True)) for frame in (self.lexicon, edited)]
        changed = {term for term, _ in pairs[0] ^ pairs[1]}
        old = self.lexicon["term"].isin(changed).to_numpy()
        again = [self._all["place"][old[self._all["term"]]]]
        added = changed - set(self.lexicon["term"])
        numbers = [number for number, term in enumerate(edited["term"]) if term in added]
        found = [(number, self.index.find(edited["term"].iloc[number])[1]) for number in numbers]
        lengths = edited["term"].str.len().to_numpy(dtype="int64")
        term = np.repeat(numbers, [len(places) for _, places in found]).astype("int64")
        place = np.concatenate([np.array([], dtype="int64"), *(places for _, places in found)])
        order = np.argsort(place, kind="stable")
        term, place = term[order], place[order]
        end = place + lengths[term]
        touches = _touch(place, end) | self._touch_old(place, end)
        again.append(place[touches])
        alone = self._as_matches(edited, term[~touches], place[~touches], lengths[term[~touches]])
        return _with_theme(alone), np.concatenate(again)

    def _touch_old(self, place: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Tell which spans overlap a match of the lexicon as it was, also one without a theme."""
        starts = self._all["place"]
        ends = starts + self._all["end"] - self._all["start"]
        at = np.searchsorted(starts, place, side="right")
        return (np.append(0, ends)[at] > place) | (np.append(starts, np.iinfo("int64").max)[at] < end)

    def _sentences_with(
        self, stretches: Stretches, found: np.ndarray, alone: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the matches before and after: of the sentences of the stretches, and those that stand alone.

        After keeps the numbers of the old terms outside the stretches; none of those is a gain.
        """
        touched = np.zeros(len(self.index.sentences), dtype=bool)
        touched[self.index.locate(stretches.starts)[0]] = True
        before = self._matches[touched[self._matches["row"]]]
        kept = before[~stretches.hold(before["place"])]
        after = np.concatenate([kept, found, alone[~stretches.hold(alone["place"])]])
        return before, after[np.argsort(after["place"], kind="stable")]

    def _match(self, lexicon: pd.DataFrame, stretches: Stretches) -> np.ndarray:
        """Return the matches in these stretches in the order of the text, also those without a theme."""
        text, places = stretches.join()
        found = _as_rows(find_terms(lexicon["term"].tolist())(text))
        stretch = np.searchsorted(places, found[:, 1], side="right") - 1
        place = found[:, 1] + stretches.starts[stretch] - places[stretch]
        return self._as_matches(lexicon, found[:, 0], place, found[:, 2] - found[:, 1])

    def _as_matches(
        self, lexicon: pd.DataFrame, term: np.ndarray, place: np.ndarray, length: np.ndarray
    ) -> np.ndarray:
        """Return matches as numbers: place, row, theme (−1 for none), term, start and end."""
        numbers = {theme: number for number, theme in enumerate(self.themes)}
        theme_of = np.array([numbers.get(theme, -1) for theme in lexicon["theme"]], dtype="int64")
        matches = np.empty(len(place), dtype=[(name, "int64") for name in _FIELDS])
        matches["place"], matches["term"], matches["theme"] = place, term, theme_of[term]
        matches["row"], matches["start"] = self.index.locate(place)
        matches["end"] = matches["start"] + length
        return matches

    def _count(self, matches: np.ndarray) -> np.ndarray:
        return np.bincount(matches["theme"], minlength=len(self.themes))

    def _describe(self, gained: np.ndarray, lost: np.ndarray, edited: pd.DataFrame) -> pd.DataFrame:
        matches = np.concatenate([gained, lost])
        terms = [frame["term"].to_numpy(dtype=object) for frame in (edited, self.lexicon)]
        term = np.concatenate([terms[0][gained["term"]], terms[1][lost["term"]]])
        change = np.repeat(np.array(["gained", "lost"], dtype=object), [len(gained), len(lost)])
        order = np.argsort(matches["row"], kind="stable")
        matches = matches[order]
        places = self.index.sentences.iloc[matches["row"]].reset_index(drop=True)
        return places.rename(columns={"start": "sentence_start", "end": "sentence_end"}).assign(
            start=matches["start"],
            end=matches["end"],
            theme=np.array(self.themes, dtype=object)[matches["theme"]],
            term=term[order],
            change=change[order],
        )


def _with_theme(matches: np.ndarray) -> np.ndarray:
    return matches[matches["theme"] >= 0]


def _touch(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Tell which spans, in the order of their starts, overlap another one of them."""
    reach = np.append(0, np.maximum.accumulate(end)[:-1]) if len(end) else end
    following = np.append(start[1:], np.iinfo("int64").max)[: len(start)]
    return (start < reach) | (end > following)


def _as_rows(found: Iterable[tuple[int, int, int]]) -> np.ndarray:
    """Return an iterable of triples as an array of three columns."""
    return np.fromiter(chain.from_iterable(found), dtype="int64").reshape(-1, 3)


def _pair(matches: np.ndarray) -> np.ndarray:
    """Return sentence and theme of each match as one number."""
    return matches["row"] * 1000 + matches["theme"]


def _first(matches: np.ndarray) -> np.ndarray:
    """Return the first match of each sentence and theme, in the order of these."""
    pairs = _pair(matches)
    order = np.argsort(pairs, kind="stable")
    ordered = pairs[order]
    return matches[order[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]]


def _is_in(pairs: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Tell which pairs are among the known ones; both in order."""
    at = np.searchsorted(known, pairs)
    return np.append(known, -1)[at] == pairs


def _clean(terms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(term.strip() for term in terms if term.strip()))
