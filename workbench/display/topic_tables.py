"""Tables for reading about topics and about terms that come and go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from workbench.display.reading import Passage, ReadingTable, show_table
from workbench.errors import ParameterError
from workbench.measures.term_turns import find_term_turns
from workbench.measures.topic_choice import compare_topic_numbers
from workbench.measures.topics import count_paragraph_terms, describe_topics, fit_topics

_CAPTION = "话题 Topics of the paragraphs"
_TOPICS = {
    "topic": "#",
    "terms": "词 terms",
    "share_pct": "占比 share (%)",
    "example": "例句 example",
}
_TURNS = {
    "debut": "首见 debut",
    "return": "复现 return",
    "spike": "骤增 spike",
    "vanished": "消失 vanished",
}


def show_topics(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    stopwords: frozenset[str] = frozenset(),
    numbers: Sequence[int] = (8, 12, 16),
) -> ReadingTable:
    """Find topics and show each by its terms and by sentences of the paragraphs that are most about it.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences, tokens : DataFrame
        SENTENCES and TOKENS of the same texts.
    stopwords : frozenset of str
    numbers : sequence of int
        Numbers of topics to choose from, by coherence and stability.
    """
    try:
        source = count_paragraph_terms(texts, sentences, tokens, stopwords=stopwords)
        compared = compare_topic_numbers(source, numbers=numbers)
    except ParameterError as error:
        return show_table(
            pd.DataFrame(columns=list(_TOPICS)), caption=_CAPTION, columns=_TOPICS, note=str(error)
        )
    chosen = int(compared.loc[compared["best"], "topics"].iloc[0])
    described = describe_topics(fit_topics(source, topics=chosen), texts, sentences)
    frame = described.assign(
        example=[_quote(texts, row) for row in described.itertuples()], topic=described["topic"].astype("str")
    )
    tried = [f"{row.topics}: {row.coherence:.2f} / {row.stability:.2f}" for row in compared.itertuples()]
    return show_table(
        frame,
        caption=_CAPTION,
        columns=_TOPICS,
        digits={"share_pct": 1},
        note=f"{chosen} topics, chosen by coherence (NPMI) and stability (Jaccard over three random starts): "
        f"{'; '.join(tried)}. Topics are words that share paragraphs, not policy fields; read the sentences.",
    )


def show_term_turns(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    texts: Mapping[str, str],
    *,
    region: str,
    year: int,
    stopwords: frozenset[str] = frozenset(),
    most: int = 10,
) -> ReadingTable:
    """Show the terms that a report brings in, brings back, pushes or drops; or say why none can be named.

    Parameters
    ----------
    tokens, documents : DataFrame
        TOKENS and DOCUMENTS of the region's reports.
    texts : mapping of document_id to unchanged text
    region, year
        The report.
    stopwords : frozenset of str
    most : int
        Terms shown of each turn.
    """
    try:
        turns = find_term_turns(tokens, documents, region=region, year=year, stopwords=stopwords)
        note = "First use is first use in this corpus. p: binomial, after Benjamini and Hochberg."
    except ParameterError as error:
        turns, note = pd.DataFrame(columns=_COLUMNS), f"{error}"
    shown = turns.groupby("turn", sort=False).head(most)
    frame = shown.assign(
        turn=shown["turn"].map(_TURNS),
        last_year=[str(last) if pd.notna(last) else "" for last in shown["last_year"]],
        passage=[_quote(texts, row, around=18) for row in shown.itertuples()],
    )
    return show_table(
        frame,
        caption=f"用词的进出 Terms that turned in {region} {year}",
        columns={
            "turn": "变化 turn",
            "term": "词 term",
            "count": "本年次数 this year",
            "earlier_count": "此前次数 earlier",
            "last_year": "上次 last year",
            "passage": "原文 passage",
        },
        note=note,
    )


_COLUMNS = ["turn", "term", "count", "earlier_count", "last_year", "document_id", "start", "end"]


def _quote(texts: Mapping[str, str], row: object, around: int = 0) -> Passage:
    text, start, end = texts[row.document_id], int(row.start), int(row.end)  # type: ignore[attr-defined]
    shown = text[max(start - around, 0) : end + around]
    return Passage(" ".join(shown.split()), row.document_id, start, end)  # type: ignore[attr-defined]
