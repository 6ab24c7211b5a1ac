"""What an edit of a lexicon does: which sentences gain or lose a theme, without counting all again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from workbench.errors import ParameterError
from workbench.measures.search import SentenceIndex
from workbench.measures.themes import match_themes, read_themes
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
_KEY = ["document_id", "sentence"]


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


def compare_lexicons(
    texts: Mapping[str, str],
    index: SentenceIndex,
    matches: pd.DataFrame,
    *,
    lexicon: pd.DataFrame,
    edited: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare what two lexicons find; only sentences that hold a changed term are read again.

    Parameters
    ----------
    texts : mapping of str to str
    index : SentenceIndex
        Of the sentences that were matched.
    matches : DataFrame
        THEME_MATCHES of `lexicon` in them.
    lexicon, edited : DataFrame
        term, theme.

    Returns
    -------
    DataFrame
        THEME_CHANGE: one row per theme of either lexicon.
    DataFrame
        One row per sentence and theme that was gained or lost: document_id, sentence, start, end
        (of the match), theme, term, change ("gained", "lost").
    """
    pairs = [set(zip(frame["term"], frame["theme"], strict=True)) for frame in (lexicon, edited)]
    changed = {term for term, _ in pairs[0] ^ pairs[1]}
    touched = index.find_any(changed)
    before = matches.merge(touched[_KEY], on=_KEY)
    after = match_themes(texts, touched, lexicon=edited)
    themes = sorted({theme for pair in pairs for _, theme in pair} - {"none"})
    counts = pd.DataFrame(index=pd.Index(themes, name="theme"))
    for name, frames in (
        ("occurrences", (matches, before, after)),
        ("sentences", _once(matches, before, after)),
    ):
        everywhere, old, new = (f["theme"].value_counts().reindex(themes, fill_value=0) for f in frames)
        counts[name] = everywhere
        counts[f"{name}_edited"] = everywhere - old + new
    return THEME_CHANGE.check(counts.reset_index()), _list_changes(before, after)


def _once(*frames: pd.DataFrame) -> list[pd.DataFrame]:
    return [frame.drop_duplicates([*_KEY, "theme"]) for frame in frames]


def _list_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    merged = before.merge(
        after[[*_KEY, "theme"]].drop_duplicates(), on=[*_KEY, "theme"], how="left", indicator=True
    )
    lost = merged[merged["_merge"] == "left_only"].assign(change="lost")
    merged = after.merge(
        before[[*_KEY, "theme"]].drop_duplicates(), on=[*_KEY, "theme"], how="left", indicator=True
    )
    gained = merged[merged["_merge"] == "left_only"].assign(change="gained")
    changes = pd.concat([gained, lost]).drop(columns="_merge").drop_duplicates([*_KEY, "theme", "change"])
    return changes.sort_values([*_KEY, "change"], kind="stable").reset_index(drop=True)


def _clean(terms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(term.strip() for term in terms if term.strip()))
