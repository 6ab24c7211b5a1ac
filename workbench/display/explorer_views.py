"""What the explorers draw: pure functions from tables and choices to tables for reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from workbench.display.labels import choose_words, names
from workbench.display.reading import Passage, ReadingTable, link_passages, show_table
from workbench.display.target_tables import show_statements
from workbench.display.wording import word_values
from workbench.measures.search import SentenceIndex
from workbench.targets.summaries import headline_targets

FILTERS = ("indicator_id", "region", "bound", "status")


def draw_concordance(
    index: SentenceIndex, *, term: str, order: str, width: int, rows: int
) -> list[ReadingTable]:
    """Draw the occurrences of one or more terms in context, and how often the reports use them."""
    terms = split_terms(term) or [term]
    found: list[pd.DataFrame] = []
    shown = total = 0
    for one in terms:
        some, occurrences = index.list_lines(one, order=order, width=width, rows=rows - shown)
        found.append(some)
        shown += len(some)
        total += occurrences
    lines = pd.concat(found, ignore_index=True)
    concordance = show_table(
        lines.assign(passage=link_passages(lines, quote="keyword", context="none")),
        caption=f"「{term}」索引行 Concordance: {total:,} occurrences, {len(lines)} shown",
        columns={
            "document_id": "报告 report",
            "left": "上文 left",
            "passage": "词位 keyword",
            "right": "下文 right",
        },
        note="" if total else "It stands in no sentence of these reports.",
    )
    aligned = replace(concordance, number_columns=frozenset({"上文 left"}))  # keywords below each other
    return [aligned, show_term_counts(index, terms)]


def show_term_counts(index: SentenceIndex, terms: list[str], *, rows: int = 10) -> ReadingTable:
    """Show which reports use the terms most, by their length."""
    counts = pd.concat([index.count(term).assign(term=term) for term in terms], ignore_index=True)
    return show_table(
        counts.sort_values("per_10000_characters", ascending=False, kind="stable"),
        caption=f"频次 Use by report (of {len(index.characters)}), most for its length first",
        columns={
            "term": "词 term",
            "document_id": "报告 report",
            "count": "次数 occurrences",
            "per_10000_characters": "每万字 per 10,000 characters",
        },
        digits={"per_10000_characters": 1},
        rows=rows,
    )


def split_terms(terms: str) -> list[str]:
    """Return the terms of a line, separated by commas of either width."""
    parts = terms.replace("、", ",").replace("，", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def draw_targets(
    statements: pd.DataFrame,
    texts: Mapping[str, str],
    *,
    indicator: str,
    region: str,
    bound: str,
    status: str,
    rows: int,
) -> list[ReadingTable]:
    """Draw the statements that pass the filters, and how they bind.

    Parameters
    ----------
    statements : DataFrame
        STATEMENTS with a column `region`, in the order to be shown; an empty filter lets all pass.
    texts : mapping of document_id to unchanged text
    """
    passes = np.ones(len(statements), dtype=bool)
    for name, value in zip(FILTERS, (indicator, region, bound, status), strict=True):
        passes &= (statements[name] == value).to_numpy(dtype=bool) if value else True
    kept = np.flatnonzero(passes)  # numbers of rows: only those shown are copied
    caption = f"陈述 Statements: {len(kept):,} of {len(statements):,}, {min(rows, len(kept))} shown"
    if not len(kept):
        return [
            show_table(pd.DataFrame({"": []}), caption=caption, note="No statement passes; widen a choice.")
        ]
    first = statements.iloc[kept[:rows]]
    shown = show_statements(first, texts, caption=caption)
    frame = shown.frame.copy()
    frame.insert(0, "报告 report", first["document_id"].to_numpy())
    shown = replace(shown, frame=frame)
    counts = statements["bound"].iloc[kept].value_counts().rename_axis("bound").reset_index()
    counts["share"] = 100 * counts["count"] / len(kept)
    bounds = show_table(
        counts.assign(bound=names("bound", counts["bound"], language="both")),
        caption="约束 How they bind",
        columns={"bound": "约束 bound", "count": "条数 statements", "share": "占比 share (%)"},
        digits={"share": 1},
    )
    return [shown, bounds]


def show_theme_change(change: pd.DataFrame) -> ReadingTable:
    """Show THEME_CHANGE: what a lexicon found before and after it was edited."""
    moved = change.assign(difference=change["sentences_edited"] - change["sentences"])
    moved["size"] = moved["difference"].abs()
    moved = moved.sort_values(["size", "sentences"], ascending=False, kind="stable")
    moved["difference"] = moved["difference"].map(lambda n: f"{n:+,}".replace("-", "−") if n else "")
    return show_table(
        moved.assign(theme=names("theme", moved["theme"], language="both")),
        caption="各主题 Themes under the two lists",
        columns={
            "theme": "主题 theme",
            "sentences": "原表句数 sentences, list as it was",
            "sentences_edited": "改后句数 sentences, edited list",
            "difference": "变化 difference",
            "occurrences": "原表次数 matches, as it was",
            "occurrences_edited": "改后次数 matches, edited",
        },
    )


def show_changed_sentences(texts: Mapping[str, str], changes: pd.DataFrame, *, rows: int) -> ReadingTable:
    """Show the first sentences that gain or lose a theme, with the term that decides.

    Parameters
    ----------
    texts : mapping of str to str
    changes : DataFrame
        The second table that `LexiconComparison.compare` returns.
    """
    frame = changes.head(rows).copy()
    spans = zip(frame["document_id"], frame["sentence_start"], frame["sentence_end"], strict=True)
    frame["evidence"] = [" ".join(texts[name][start:end].split()) for name, start, end in spans]
    frame["theme"] = names("theme", frame["theme"], language="both")
    frame["change"] = frame["change"].map({"gained": "得 gained", "lost": "失 lost"}).map(choose_words)
    return show_table(
        frame.assign(passage=link_passages(frame, quote="term")),
        caption=f"变化的句子 Sentences that gain or lose a theme: {len(changes):,}, {len(frame)} shown",
        columns={
            "document_id": "报告 report",
            "change": "变化 change",
            "theme": "主题 theme",
            "passage": "词 term",
            "evidence": "句子 sentence",
        },
        note="" if len(changes) else "The two lists give every sentence the same themes.",
    )


def draw_pair(documents: pd.DataFrame, statements: pd.DataFrame) -> list[ReadingTable]:
    """Draw two reports side by side: what they are, and their headline targets.

    Parameters
    ----------
    documents, statements : DataFrame
        DOCUMENTS of the two, in the order to be shown, and their STATEMENTS.
    """
    pair = documents["document_id"].tolist()
    fields = {"level": "层级 level", "parent": "上级 parent", "year": "年份 year", "genre": "体裁 genre"}
    described = documents.assign(
        level=names("level", documents["level"], language="both"),
        genre=names("genre", documents["genre"], language="both"),
    )
    facts = described.set_index("document_id")[[*fields, "characters"]].T.astype(object)
    facts = (
        facts.where(facts.notna(), "")
        .map(str)
        .rename({**fields, "characters": "字数 characters"})
        .rename(choose_words)
    )
    about = show_table(
        facts.rename_axis("field").reset_index(),
        caption="两份报告 Two reports",
        columns={"field": " ", **{name: name for name in pair}},
    )
    return [show_paired_targets(statements, documents, pair), about]


def show_paired_targets(statements: pd.DataFrame, documents: pd.DataFrame, pair: list[str]) -> ReadingTable:
    """Show the headline targets of two reports, a row an indicator and measure, in the order of the first."""
    targets = headline_targets(statements, documents)
    targets = targets.assign(value=word_values(targets)).drop_duplicates(
        ["document_id", "indicator_id", "measure"]
    )
    wording = targets["value"].where(targets["value"] != "", targets["quote"])
    cells = {
        (row.document_id, row.indicator_id, row.measure): Passage(
            value, row.document_id, int(row.start), int(row.end), row.evidence
        )
        for row, value in zip(targets.itertuples(), wording, strict=True)
    }
    order = targets["document_id"].map({name: place for place, name in enumerate(pair)})
    rows = (
        targets.assign(order=order)
        .sort_values(["order", "start"])[["indicator_id", "measure"]]
        .drop_duplicates()
    )
    columns = {name: [cells.get((name, *row), "—") for row in rows.to_numpy().tolist()] for name in pair}
    frame = pd.DataFrame(
        {
            "indicator": names("indicator", rows["indicator_id"], language="both").to_numpy(),
            "measure": names("measure", rows["measure"], language="both").to_numpy(),
            **{name: pd.Series(column, dtype=object) for name, column in columns.items()},
        }
    )
    both = sum("—" not in row for row in zip(*columns.values(), strict=True))
    return show_table(
        frame,
        caption=f"主要目标 Headline targets: {len(frame)}, of which {both} in both reports",
        columns={"indicator": "指标 indicator", "measure": "量度 measure", **{name: name for name in pair}},
        note="— no target found for it in this report; the first mention where there are several.",
    )
