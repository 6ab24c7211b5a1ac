"""Where: each occurrence of a term with the words around it (keyword in context)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError

CONCORDANCE = Table(
    "concordance",
    "occurrence of the term",
    ("document_id", "start"),
    {
        "document_id": Column("str", "document, REGION_YEAR"),
        "sentence": Column("int64", "number of the sentence in its document, from 0"),
        "start": Column("int64", "first character in the text of the document", "characters"),
        "end": Column("int64", "after the last character in the text of the document", "characters"),
        "left": Column("str", "text before the term", nullable=True),
        "keyword": Column("str", "the term, to the letter"),
        "right": Column("str", "text after the term", nullable=True),
    },
)
ORDERS = ("position", "left", "right", "keyword")
SCOPES = ("sentence", "document")
MATCHES = ("substring", "token", "pattern")


def find_concordance(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    term: str,
    *,
    match: str = "substring",
    tokens: pd.DataFrame | None = None,
    width: int = 20,
    scope: str = "sentence",
    order: str = "position",
) -> pd.DataFrame:
    """List the occurrences of a term with their context.

    Parameters
    ----------
    texts : Mapping
        document_id -> unchanged text.
    sentences : DataFrame
        SENTENCES; only what stands in a sentence is found.
    term : str
        What to look for.
    match : {"substring", "token", "pattern"}
        "substring": wherever the characters stand, also inside longer words, overlaps left out;
        "token": only where the segmenter made it a word of its own (needs `tokens`);
        "pattern": a regular expression.
    tokens : DataFrame, optional
        TOKENS, for match="token".
    width : int
        Characters of context on either side.
    scope : {"sentence", "document"}
        Whether the context ends with the sentence; line ends in it are shown as blanks.
    order : {"position", "left", "right", "keyword"}
        "left" sorts by the text before, read from the term outwards, "right" by the text after.

    Returns
    -------
    DataFrame
        CONCORDANCE; ``texts[document_id][start:end]`` is the keyword.

    Raises
    ------
    ParameterError
        An empty term, a pattern that is none, an unknown option, "token" without tokens.
    """
    _check_options(term, match, scope, order, tokens)
    found = (
        _find_tokens(sentences, term, tokens) if match == "token" else _find_in(texts, sentences, term, match)
    )
    records = []
    for document, sentence, low, high, start, end in found:
        text = texts[document]
        if scope == "document":
            low, high = 0, len(text)
        left = text[max(low, start - width) : start]
        right = text[end : min(high, end + width)]
        records.append((document, sentence, start, end, _flat(left), text[start:end], _flat(right)))
    frame = CONCORDANCE.frame(records)
    if order == "position":
        return frame
    keys = frame["left"].map(lambda text: text[::-1]) if order == "left" else frame[order]
    return CONCORDANCE.check(frame.loc[keys.sort_values(kind="stable").index])


def _check_options(term: str, match: str, scope: str, order: str, tokens: pd.DataFrame | None) -> None:
    if not term.strip():
        raise ParameterError("term: expected one or more characters, found none; give the term to look for.")
    choices = {
        "match": (match, MATCHES),
        "scope": (scope, ("sentence", "document")),
        "order": (order, ORDERS),
    }
    for name, (value, allowed) in choices.items():
        if value not in allowed:
            raise ParameterError(
                f"{name}: expected one of {', '.join(allowed)}, found {value!r}; choose one of these."
            )
    if match == "token" and tokens is None:
        raise ParameterError("match='token': expected the tokens, found none; pass tokens=cut_tokens(…).")


def _flat(text: str) -> str:
    return re.sub(r"\s", " ", text)


_Place = tuple[str, int, int, int, int, int]


def _find_in(texts: Mapping[str, str], sentences: pd.DataFrame, term: str, match: str) -> Iterator[_Place]:
    """Yield document, sentence, its start and end, and start and end of each occurrence."""
    try:
        pattern = re.compile(term if match == "pattern" else re.escape(term))
    except re.error as error:
        raise ParameterError(
            f"term: expected a regular expression, found {term!r}: {error}; "
            "correct it or use match='substring'."
        ) from error
    columns = ["document_id", "sentence", "start", "end"]
    for document, sentence, low, high in sentences[columns].itertuples(index=False):
        for found in pattern.finditer(texts[document], low, high):
            if found.end() > found.start():
                yield str(document), sentence, low, high, found.start(), found.end()


def _find_tokens(sentences: pd.DataFrame, term: str, tokens: pd.DataFrame | None) -> Iterator[_Place]:
    if tokens is None:
        return
    found = tokens.loc[tokens["token"] == term, ["document_id", "sentence", "start", "end"]]
    found = found.astype({"document_id": "str"})
    borders = sentences[["document_id", "sentence", "start", "end"]]
    joined = found.merge(borders, on=["document_id", "sentence"], suffixes=("", "_sentence"), validate="m:1")
    columns = ["document_id", "sentence", "start_sentence", "end_sentence", "start", "end"]
    yield from joined[columns].itertuples(index=False, name=None)
