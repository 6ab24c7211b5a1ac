"""Texts that stand twice in a corpus, whole or in part, found by the sentences they share."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.corpus.findings import Finding

_SENTENCE = re.compile(r"[^。！？；\n]{12,}")
_BLANKS = re.compile(r"[\s\u3000*#]+")
# A sentence in more texts than this is a formula of the trade; it tells nothing of copying.
_FORMULA = 20
# Pairs that share fewer sentences are not compared.
_LEAST = 5
_MEMORY = "300MB"
_SHARED = """
with documents as (
    select document_id, row_number() over (order by document_id)::integer as document
    from (select distinct document_id::varchar as document_id from given)
),
marks as (
    select document, mark from given join documents on given.document_id::varchar = documents.document_id
),
told as (
    select document, mark from marks
    semi join (select mark from marks group by mark having count(*) <= $formula) using (mark)
),
sizes as (select document, count(*) as sentences from told group by document),
pairs as (
    select a.document as one, b.document as other, count(*) as shared
    from told a join told b on a.mark = b.mark and a.document < b.document
    group by one, other having count(*) >= $least
)
select c.document_id, d.document_id, shared / least(s.sentences, t.sentences) as share
from pairs
join sizes s on s.document = one join sizes t on t.document = other
join documents c on c.document = one join documents d on d.document = other
where share >= $near
order by one, other
"""


def mark_sentences(texts: Mapping[str, str]) -> pd.DataFrame:
    """Return the sentences of each text as numbers that equal sentences share.

    Returns
    -------
    DataFrame
        document_id and mark (int64): one row a document and sentence of 12 characters or more,
        blanks ignored, each once. The marks are the same in every process.
    """
    names: list[str] = []
    marks: list[np.ndarray] = []
    for document_id, text in texts.items():
        words = {_BLANKS.sub("", match[0]) for match in _SENTENCE.finditer(text)}
        own = np.sort(np.fromiter(map(_mark, words), np.int64, len(words)))
        names += [document_id] * len(own)
        marks.append(own)
    flat = np.concatenate(marks) if marks else np.empty(0, np.int64)
    return pd.DataFrame({"document_id": pd.Series(names, dtype="str"), "mark": flat})


def _mark(words: str) -> int:
    digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def find_duplicates(marks: pd.DataFrame | Sequence[str], *, same: float, near: float) -> Iterator[Finding]:
    """Yield a finding a pair of documents that share most of their sentences.

    Parameters
    ----------
    marks : DataFrame or sequence of str
        As `mark_sentences` gives them, or Parquet files of such tables.
    same, near : float
        Share of the shorter text's sentences (12 characters or more, blanks ignored, formulas
        of more than twenty texts left out) from which two texts are the same, or nearly so.
    """
    for one, other, share in _share_sentences(marks, near):
        if share >= same:
            message = f"the same text as {one} ({share:.0%} of the sentences of the shorter)"
            yield Finding(other, "error", "duplicate", message, "remove one of the two files")
        else:
            message = f"nearly the text of {one} ({share:.0%} of the sentences of the shorter)"
            yield Finding(other, "warning", "duplicate", message, "look which of the two is the right one")


def _share_sentences(marks: pd.DataFrame | Sequence[str], near: float) -> list[tuple[str, str, float]]:
    """Return the pairs of documents that share at least `near` of the shorter one's sentences.

    DuckDB holds the marks of tens of thousands of reports in little memory, and on disk what is more.
    """
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{_MEMORY}'; set temp_directory = '{scratch}'")
        if isinstance(marks, pd.DataFrame):
            connection.register("given", pa.Table.from_pandas(marks, preserve_index=False))
        else:
            connection.read_parquet(list(marks)).create_view("given")
        values = {"formula": _FORMULA, "least": _LEAST, "near": near}
        return connection.execute(_SHARED, values).fetchall()


def find_repeated_bodies(texts: Mapping[str, str], *, least: int) -> Iterator[Finding]:
    """Yield a finding a document in which sentences of `least` characters together stand twice."""
    for document_id, text in texts.items():
        first: dict[str, int] = {}
        again: list[tuple[int, int]] = []
        for match in _SENTENCE.finditer(text):
            words = _BLANKS.sub("", match[0])
            if len(words) < 20:
                continue
            if words in first:
                again.append(match.span())
            else:
                first[words] = match.start()
        characters = sum(end - start for start, end in again)
        if characters >= least:
            start, end = again[0][0], again[-1][1]
            message = (
                f"{len(again)} sentences ({characters:,} characters) stand twice: {text[start : start + 20]}…"
            )
            advice = "remove the second copy, or its values are counted twice"
            yield Finding(document_id, "warning", "repeated text", message, advice, start, end)
