"""Tables for reading about likeness: relatives, sections side by side, and terms that mark a report."""

from __future__ import annotations

import pandas as pd

from workbench.display.labels import names
from workbench.display.reading import Passage, ReadingTable, link_passages, show_table


def show_relatives(relatives: pd.DataFrame, document_id: str) -> ReadingTable:
    """Show how alike a report is to its superior's of both years and to its own last; or why not."""
    mine = relatives[relatives["document_id"] == document_id]
    frame = mine.assign(
        relation=names("relation", mine["relation"], language="both"),
        measure=names("similarity", mine["measure"], language="both"),
        reason=names("reason", mine["reason"].fillna(""), language="both").where(
            mine["reason"].fillna("") != "", mine["caution"]
        ),
    )
    return show_table(
        frame,
        caption="与上级、与往年 Beside its superior's and its own last report",
        columns={
            "relation": "对照 compared with",
            "other_document_id": "报告 report",
            "measure": "量度 measure",
            "value": "相似度 similarity",
            "reason": "说明 remark",
        },
        digits={"value": 3},
        note="" if len(mine) else "Of two versions of this report the other one is compared.",
    )


def show_sections(matched: pd.DataFrame, *, rows: int | None = None) -> ReadingTable:
    """Show the sections of a report beside the most similar sections of another."""
    frame = matched.assign(
        here=_headings(matched, "document_id", "heading", "start"),
        there=_headings(matched, "other_document_id", "other_heading", "other_start"),
    )
    other = matched["other_document_id"].iloc[0] if len(matched) else "—"
    return show_table(
        frame,
        caption=f"分节对照 Sections, each with the most similar one of {other}",
        columns={"here": "本报告 here", "there": f"{other} there", "value": "余弦 cosine"},
        digits={"value": 2},
        rows=rows,
        note="tf-idf over character pairs of the sections of both."
        if len(matched)
        else "There is no report to compare with.",
    )


def show_typicality(
    typical: pd.DataFrame, document_id: str, *, reference: str, rows: int = 30
) -> ReadingTable:
    """Show the terms that mark a report against a reference; each opens its first passage.

    Parameters
    ----------
    typical : DataFrame
        TYPICALITY.
    document_id : str
    reference : str
        What it is held against, for the caption.
    """
    frame = typical.assign(document_id=document_id, quote=typical["term"])
    frame["term"] = link_passages(frame).where(frame["start"].notna(), frame["term"])
    return show_table(
        frame,
        caption=f"特征词 Terms that mark {document_id} against {reference}: {len(typical)}",
        columns={
            "term": "词 term",
            "target_count": "此处 here",
            "target_sections": "节 sections",
            "reference_count": "对照 reference",
            "reference_documents": "对照篇数 its reports",
            "log_ratio": "log ratio",
            "low": "low (95 %)",
            "high": "high (95 %)",
            "rarer_in": "较稀的报告占比 rarer in (share)",
            "g2": "G²",
            "p_adjusted": "p (BH)",
        },
        digits={"log_ratio": 2, "low": 2, "high": 2, "rarer_in": 2, "g2": 1, "p_adjusted": 4},
        rows=rows,
        note="Intervals: sections of the report and reports of the reference drawn anew 500 times."
        if len(typical)
        else "The corpus has no such reference, or no term passes all three hurdles.",
    )


def _headings(matched: pd.DataFrame, name: str, heading: str, start: str) -> pd.Series:
    cells: list[object] = []
    for row in matched[[name, heading, start]].itertuples(index=False):
        if pd.isna(row[2]):
            cells.append("—")
        else:
            text = row[1] or "(无标题 no heading)"
            cells.append(Passage(text, row[0], int(row[2]), int(row[2]) + max(len(row[1] or ""), 1)))
    return pd.Series(cells, index=matched.index, dtype=object)
