"""Tables for reading about wording: shared passages in colour, changes from year to year, likenesses."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.display.alignment import align_wordings
from workbench.display.labels import names
from workbench.display.reading import Passage, ReadingTable, show_table
from workbench.measures.changes import SENTENCE_CHANGES
from workbench.measures.descent import orient_passages

_COLOURS = "Marked: the same in both; underlined or struck through: differs; grey: a formula of the genre."


def show_shared_passages(
    passages: pd.DataFrame,
    texts: Mapping[str, str],
    document_id: str,
    *,
    formulae: pd.DataFrame | None = None,
    others: list[str] | None = None,
    rows: int = 25,
) -> ReadingTable:
    """Show passages that a report shares with others, aligned letter by letter, the longest first.

    Parameters
    ----------
    passages : DataFrame
        PASSAGES with those of the report.
    texts : mapping of document_id to unchanged text
    document_id : str
    formulae : DataFrame, optional
        FORMULAE of the report. Passages that are formulae by half or more are left out.
    others : list of str, optional
        Only passages shared with these reports.
    """
    mine = orient_passages(passages, document_id)
    mine = mine if others is None else mine[mine["other_document_id"].isin(others)]
    spans = _spans(formulae, document_id)
    share = [_share_inside(row.start, row.end, spans) for row in mine.itertuples()]
    mine = mine.assign(formula=share, letters=mine["end"] - mine["start"])
    kept = mine[mine["formula"] < 0.5].sort_values("letters", ascending=False, kind="stable")
    shown = kept.head(rows)
    frame = _align(shown, texts, spans)
    left = f", {len(mine) - len(kept)} mostly formulae left out" if len(kept) < len(mine) else ""
    more = f", the {len(shown)} longest shown" if len(shown) < len(kept) else ""
    return show_table(
        frame,
        caption=f"共用文字 Shared passages: {len(kept)}{left}{more}",
        columns={
            "here": f"{document_id} 此处 here",
            "there": "彼处 there",
            "other_document_id": "报告 report",
            "similarity": "相似度 similarity",
        },
        note=_COLOURS
        if len(kept)
        else "No passage is shared with these reports beyond formulae of the genre.",
    )


def show_stretches(
    stretches: pd.DataFrame,
    texts: Mapping[str, str],
    *,
    formulae: pd.DataFrame | None = None,
    rows: int = 20,
) -> ReadingTable:
    """Show the stretches of a report that most others share: who had them first, who took them up.

    Parameters
    ----------
    stretches : DataFrame
        STRETCHES of one report.
    texts : mapping of document_id to unchanged text
    formulae : DataFrame, optional
        FORMULAE of the report; stretches that are formulae by half or more are left out.
    """
    spans = _spans(formulae, stretches["document_id"].iloc[0]) if len(stretches) else []
    share = [_share_inside(row.start, row.end, spans) for row in stretches.itertuples()]
    kept = stretches[pd.Series(share, index=stretches.index, dtype=float) < 0.5]
    kept = kept.sort_values(["documents", "start"], ascending=[False, True])
    frame = kept.assign(
        passage=_cells(kept, texts, "document_id", "start", "end"),
        first=_cells(kept, texts, "first_document_id", "first_start", "first_end", only_name=True),
    )
    return show_table(
        frame,
        caption="辗转相承 Wordings of this report: who had them first, who took them up",
        columns={
            "passage": "文字 wording",
            "first": "最早见于 first in",
            "lag": "隔年 years since",
            "documents": "共用报告 reports",
            "regions": "地区 regions",
            "later": "其后沿用 later reports",
        },
        rows=rows,
        note="" if len(kept) else "This report shares no wording with others of the corpus.",
    )


def show_sentence_changes(changes: pd.DataFrame, texts: Mapping[str, str], *, rows: int = 60) -> ReadingTable:
    """Show the sentences of a report against those of the last: reworded, unchanged, new, dropped.

    Reworded ones come first, the most altered at the top, both wordings aligned letter by letter;
    of the new and the dropped the first `rows` each.

    Parameters
    ----------
    changes : DataFrame
        CHANGED_SENTENCES of one pair of reports.
    texts : mapping of document_id to unchanged text
    """
    order = {code: k for k, code in enumerate(("reworded", "unchanged", "new", "dropped"))}
    sorted_changes = changes.assign(order=changes["change"].map(order)).sort_values(
        ["order", "similarity", "start", "other_start"], kind="stable"
    )
    shown = sorted_changes.groupby("change", sort=False).head(rows)
    cells = [_change_cells(row, texts) for row in shown.itertuples()]
    frame = shown.assign(
        change=names("change", shown["change"], language="both"),
        now=pd.Series([pair[0] for pair in cells], index=shown.index, dtype=object),
        then=pd.Series([pair[1] for pair in cells], index=shown.index, dtype=object),
    )
    counts = changes["change"].value_counts()
    labels = names("change", pd.Series(SENTENCE_CHANGES), language="both")
    told = ", ".join(
        f"{label} {counts.get(code, 0)}" for code, label in zip(SENTENCE_CHANGES, labels, strict=True)
    )
    pair = (
        f"{changes['other_document_id'].iloc[0]} → {changes['document_id'].iloc[0]}: " if len(changes) else ""
    )
    return show_table(
        frame,
        caption=f"逐句比较 Sentence by sentence, {pair}{told}",
        columns={"change": "变化 change", "now": "今年 this year", "then": "上年 last year"},
        note=_COLOURS if len(changes) else "The corpus has no report of this region for the year before.",
    )


def _align(passages: pd.DataFrame, texts: Mapping[str, str], formulae: list[tuple[int, int]]) -> pd.DataFrame:
    aligned = [
        align_wordings(
            _passage(texts, row.document_id, row.start, row.end),
            _passage(texts, row.other_document_id, row.other_start, row.other_end),
            formulae=formulae,
        )
        for row in passages.itertuples()
    ]
    return passages.assign(
        here=pd.Series([pair[0] for pair in aligned], index=passages.index, dtype=object),
        there=pd.Series([pair[1] for pair in aligned], index=passages.index, dtype=object),
        similarity=passages["similarity"].round(2),
    )


def _change_cells(row: object, texts: Mapping[str, str]) -> tuple[object, object]:
    change = row.change  # type: ignore[attr-defined]
    now = then = None
    if change != "dropped":
        now = _passage(texts, row.document_id, row.start, row.end)  # type: ignore[attr-defined]
    if change != "new":
        then = _passage(texts, row.other_document_id, row.other_start, row.other_end)  # type: ignore[attr-defined]
    if change == "reworded" and now and then:
        return align_wordings(now, then)
    return (_tidy(now) if now else "—", _tidy(then) if then else "—")


def _tidy(passage: Passage) -> Passage:
    return Passage(" ".join(passage.quote.split()), passage.document_id, passage.start, passage.end)


def _passage(texts: Mapping[str, str], document_id: str, start: int, end: int) -> Passage:
    return Passage(texts[document_id][int(start) : int(end)], document_id, int(start), int(end))


def _cells(
    frame: pd.DataFrame, texts: Mapping[str, str], name: str, start: str, end: str, *, only_name: bool = False
) -> pd.Series:
    cells = []
    for row in frame[[name, start, end]].itertuples(index=False):
        passage = _tidy(_passage(texts, *row))
        if only_name:
            passage = Passage(
                passage.document_id, passage.document_id, passage.start, passage.end, passage.quote
            )
        cells.append(passage)
    return pd.Series(cells, index=frame.index, dtype=object)


def _spans(formulae: pd.DataFrame | None, document_id: str) -> list[tuple[int, int]]:
    if formulae is None:
        return []
    own = formulae[formulae["document_id"] == document_id]
    return list(zip(own["start"].tolist(), own["end"].tolist(), strict=True))


def _share_inside(start: int, end: int, spans: list[tuple[int, int]]) -> float:
    covered = sum(max(0, min(end, last) - max(start, first)) for first, last in spans)
    return covered / max(end - start, 1)
