"""What an edit of a lexicon does: which sentences gain or lose a theme, without counting all again."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import numpy as np
import pandas as pd

from workbench.errors import ParameterError
from workbench.measures.search import SentenceIndex, Stretches
from workbench.measures.themes import NO_THEME, find_terms, read_themes
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

    Only the stretches between stops that hold a changed term are read again: since no term reaches
    over a stop, the others cannot match otherwise.

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
        self._matches = self._match(lexicon, index.whole)
        self._occurrences = self._count(self._matches)
        self._sentences = self._count(_first(self._matches))

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
        pairs = [set(zip(frame["term"], frame["theme"], strict=True)) for frame in (self.lexicon, edited)]
        changed = {term for term, _ in pairs[0] ^ pairs[1]}
        stretches = self.index.find_stretches(changed, lexicon=[*self.lexicon["term"], *edited["term"]])
        before, after = self._sentences_with(stretches, self._match(edited, stretches))
        first_before, first_after = _first(before), _first(after)
        counts = pd.DataFrame(
            {
                "theme": self.themes,
                "occurrences": self._occurrences,
                "occurrences_edited": self._occurrences - self._count(before) + self._count(after),
                "sentences": self._sentences,
                "sentences_edited": self._sentences - self._count(first_before) + self._count(first_after),
            }
        )
        gained = self._describe(_without(first_after, first_before), edited, "gained")
        lost = self._describe(_without(first_before, first_after), self.lexicon, "lost")
        changes = pd.concat([gained, lost]).sort_values("row", kind="stable")
        return THEME_CHANGE.check(counts), changes.drop(columns="row").reset_index(drop=True)

    def _sentences_with(self, stretches: Stretches, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the matches, before and after, of the sentences of the stretches.

        After keeps the numbers of the old terms outside the stretches; none of those is a gain.
        """
        touched = np.zeros(len(self.index.sentences), dtype=bool)
        touched[self.index.locate(stretches.starts)[0]] = True
        before = self._matches[touched[self._matches["row"]]]
        kept = before[~stretches.hold(before["place"])]
        after = np.concatenate([kept, found])
        return before, after[np.argsort(after["place"], kind="stable")]

    def _match(self, lexicon: pd.DataFrame, stretches: Stretches) -> np.ndarray:
        """Return place, row, theme, term (as numbers), start and end of each match in these stretches."""
        numbers = {theme: number for number, theme in enumerate(self.themes)}
        theme_of = np.array([numbers.get(theme, -1) for theme in lexicon["theme"]], dtype="int64")
        text, places = stretches.join()
        found = _as_rows(find_terms(lexicon["term"].tolist())(text))
        found = found[theme_of[found[:, 0]] >= 0]
        stretch = np.searchsorted(places, found[:, 1], side="right") - 1
        matches = np.empty(len(found), dtype=[(name, "int64") for name in _FIELDS])
        matches["place"] = found[:, 1] + stretches.starts[stretch] - places[stretch]
        matches["row"], matches["start"] = self.index.locate(matches["place"])
        matches["term"], matches["theme"] = found[:, 0], theme_of[found[:, 0]]
        matches["end"] = matches["start"] + found[:, 2] - found[:, 1]
        return matches

    def _count(self, matches: np.ndarray) -> np.ndarray:
        return np.bincount(matches["theme"], minlength=len(self.themes))

    def _describe(self, matches: np.ndarray, lexicon: pd.DataFrame, change: str) -> pd.DataFrame:
        places = self.index.sentences.iloc[matches["row"]]
        return pd.DataFrame(
            {
                "row": matches["row"],
                "document_id": places["document_id"].to_numpy(),
                "sentence": places["sentence"].to_numpy(),
                "sentence_start": places["start"].to_numpy(),
                "sentence_end": places["end"].to_numpy(),
                "start": matches["start"],
                "end": matches["end"],
                "theme": np.array(self.themes, dtype=object)[matches["theme"]],
                "term": lexicon["term"].to_numpy(dtype=object)[matches["term"]],
                "change": change,
            }
        )


def _as_rows(found: Iterable[tuple[int, int, int]]) -> np.ndarray:
    """Return an iterable of triples as an array of three columns."""
    return np.fromiter(chain.from_iterable(found), dtype="int64").reshape(-1, 3)


def _pair(matches: np.ndarray) -> np.ndarray:
    """Return sentence and theme of each match as one number."""
    return matches["row"] * 1000 + matches["theme"]


def _first(matches: np.ndarray) -> np.ndarray:
    """Return the first match of each sentence and theme."""
    return matches[np.unique(_pair(matches), return_index=True)[1]]


def _without(matches: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the matches whose sentence and theme the others do not have; both as `_first` gives them."""
    return matches[~np.isin(_pair(matches), _pair(others), assume_unique=True)]


def _clean(terms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(term.strip() for term in terms if term.strip()))
