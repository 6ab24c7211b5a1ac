"""Explorers for JupyterLab: a corpus, its targets, a lexicon and a pair of reports at the screen.

Each function prepares once what is slow and wires a drawing function to its controls; see
`workbench.display.explorer` for how they behave in batch runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pandas as pd

from workbench.display.explorer import Choice, Explorer, Number, Words
from workbench.display.explorer_views import (
    draw_concordance,
    draw_pair,
    draw_targets,
    show_changed_sentences,
    show_theme_change,
    split_terms,
)
from workbench.display.labels import name
from workbench.measures.lexicon_changes import LexiconComparison, edit_lexicon
from workbench.measures.search import SentenceIndex
from workbench.measures.themes import read_theme_terms
from workbench.pipeline import Corpus
from workbench.tables import BOUNDS_NUMERIC, BOUNDS_QUALITATIVE, STATUSES

ALL = {"全部 all": ""}
_ROWS = Number("行数 rows", 5, 200, 5)
_HELD = 2_000
"""Reports whose texts are held in memory: a store reads a text again in 50 ms, too slow for a screenful."""


def explore_concordance(
    corpus: Corpus,
    *,
    term: str = "发展",
    document: str = "",
    order: str = "position",
    width: int = 20,
    rows: int = 30,
) -> Explorer:
    """Look up terms in context, in one report or across a corpus.

    Parameters
    ----------
    corpus : Corpus
    term : str
        One term or several, separated by commas; found as characters, wherever they stand in a
        sentence.
    document : str
        document_id of a report; "" takes all.
    order : {"position", "left", "right"}
        In the order of the text, or sorted by what stands before or after the term.
    width, rows : int
        Characters of context on either side; lines shown.

    Returns
    -------
    Explorer
        Shown as widgets in a live notebook, as tables in a batch run; `parameters` and `code` hold
        the choices made.
    """
    indexes: dict[str, SentenceIndex] = {}

    def draw(*, document: str, **choices: Any) -> list:
        if document not in indexes:
            own = corpus.sentences["document_id"] == document
            indexes[document] = SentenceIndex(
                corpus.texts, corpus.sentences[own] if document else corpus.sentences
            )
        return draw_concordance(indexes[document], **choices)

    orders = {"文中顺序 position": "position", "按上文 left context": "left", "按下文 right context": "right"}
    return Explorer(
        "wb.explore_concordance(reports",
        draw,
        {
            "term": Words("词 term", "Enter"),
            "document": Choice("报告 report", ALL | {name: name for name in corpus.texts}),
            "order": Choice("排序 order", orders),
            "width": Number("上下文 context", 5, 80, 5),
            "rows": _ROWS,
        },
        {"term": term, "document": document, "order": order, "width": width, "rows": rows},
        texts=corpus.texts,
    )


def explore_targets(
    corpus: Corpus,
    *,
    indicator: str = "",
    region: str = "",
    bound: str = "",
    status: str = "target",
    rows: int = 30,
) -> Explorer:
    """Filter the statements of a corpus by indicator, region, bound and status.

    Parameters
    ----------
    corpus : Corpus
    indicator : str
        Id in indicators.csv; "" takes all, with those that are no canonical indicator.
    region, bound, status : str
        Region of the corpus; codes of the codebook; "" takes all.
    rows : int
        Rows shown, by report and place in the text.

    Returns
    -------
    Explorer
        As `explore_concordance`.
    """
    documents = corpus.documents.set_index("document_id")
    statements = corpus.statements.assign(region=corpus.statements["document_id"].map(documents["region"]))
    statements = statements.sort_values(["document_id", "start"], kind="stable")
    texts = dict(corpus.texts) if len(corpus) <= _HELD else corpus.texts
    choices = {"indicator": indicator, "region": region, "bound": bound, "status": status, "rows": rows}
    return Explorer(
        "wb.explore_targets(reports",
        lambda **chosen: draw_targets(statements, texts, **chosen),
        {
            "indicator": Choice("指标 indicator", _named("indicator", statements["indicator_id"])),
            "region": Choice(
                "地区 region", ALL | {value: value for value in sorted(set(documents["region"]))}
            ),
            "bound": Choice("约束 bound", _coded("bound", BOUNDS_NUMERIC + BOUNDS_QUALITATIVE)),
            "status": Choice("性质 status", _coded("status", STATUSES)),
            "rows": _ROWS,
        },
        choices,
        texts=texts,
    )


def explore_themes(
    corpus: Corpus,
    *,
    theme: str = "environment",
    add: str = "",
    remove: str = "",
    rows: int = 20,
    lexicon: pd.DataFrame | None = None,
) -> Explorer:
    """Edit a lexicon of themes and see at once which sentences gain or lose a theme.

    Parameters
    ----------
    corpus : Corpus
    theme : str
        Theme of the terms to add; ``none`` keeps shorter terms from matching within them.
    add, remove : str
        Terms, separated by commas. `edit_lexicon` with the same values gives the edited list.
    rows : int
        Changed sentences shown.
    lexicon : DataFrame, optional
        The list to begin with (default: theme_terms.csv).

    Returns
    -------
    Explorer
        As `explore_concordance`.
    """
    terms = read_theme_terms() if lexicon is None else lexicon
    texts = dict(corpus.texts) if len(corpus) <= _HELD else corpus.texts
    comparison = LexiconComparison(SentenceIndex(texts, corpus.sentences), terms)

    @lru_cache(maxsize=1)  # another number of rows is no other edit
    def compare(theme: str, add: str, remove: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        edited = edit_lexicon(terms, theme=theme, add=split_terms(add), remove=split_terms(remove))
        return comparison.compare(edited)

    def draw(*, theme: str, add: str, remove: str, rows: int) -> list:
        change, changes = compare(theme, add, remove)
        return [
            show_theme_change(change),
            show_changed_sentences(texts, changes, rows=rows),
        ]

    themes = {name("theme", code, language="both"): code for code in dict.fromkeys(terms["theme"])}
    return Explorer(
        "wb.explore_themes(reports" + ("" if lexicon is None else ", lexicon=lexicon"),
        draw,
        {
            "theme": Choice("主题 theme", themes | {name("theme", "none", language="both"): "none"}),
            "add": Words("增词 add to theme", "词,词 then Enter"),
            "remove": Words("删词 remove", "词,词 then Enter"),
            "rows": _ROWS,
        },
        {"theme": theme, "add": add, "remove": remove, "rows": rows},
        texts=texts,
    )


def explore_pair(
    corpus: Corpus, *, region: str = "", year: int = 0, other: str = "", other_year: int = 0
) -> Explorer:
    """Set two reports side by side: what they promise and what they are.

    Parameters
    ----------
    corpus : Corpus
    region, other : str
        Regions of the corpus; "" takes its first, and the first other one.
    year, other_year : int
        Years that the reports plan for; 0 takes the latest of the region.

    Returns
    -------
    Explorer
        As `explore_concordance`.
    """
    regions = list(dict.fromkeys(corpus.documents["region"]))
    region = region or regions[0]
    other = other or next((name for name in regions if name != region), region)
    years = {"最近 latest": 0} | {str(y): int(y) for y in sorted(corpus.documents["year"].dropna().unique())}
    read: dict[tuple[str, int], Corpus] = {}

    def draw(*, region: str, year: int, other: str, other_year: int) -> list:
        chosen = list(dict.fromkeys([(region, year), (other, other_year)]))
        for key in chosen:
            if key not in read:
                read[key] = corpus.report(region=key[0], year=key[1])
        pair = [read[key] for key in chosen]
        documents = pd.concat([report.documents for report in pair], ignore_index=True)
        return draw_pair(documents, pd.concat([report.statements for report in pair], ignore_index=True))

    options = {name: name for name in regions}
    return Explorer(
        "wb.explore_pair(reports",
        draw,
        {
            "region": Choice("地区 region", options),
            "year": Choice("年份 year", years),
            "other": Choice("对照地区 other", options),
            "other_year": Choice("对照年份 its year", years),
        },
        {"region": region, "year": year, "other": other, "other_year": other_year},
        texts=corpus.texts,
    )


def _coded(group: str, codes: Iterable[str]) -> dict[str, str]:
    """Return all codes of the codebook by their names: a report without targets is asked for them too."""
    return ALL | {name(group, code, language="both"): code for code in codes}


def _named(group: str, codes: pd.Series) -> dict[str, str]:
    """Return the codes that occur, most frequent first, by their names; first of all "all"."""
    found = [code for code in codes.value_counts().index if code]
    return ALL | {name(group, code, language="both"): code for code in found}
