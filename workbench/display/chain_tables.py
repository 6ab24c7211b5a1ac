"""Tables for reading about descent: a report's targets beside its superior's and its own of last year."""

from __future__ import annotations

import pandas as pd

from workbench.display.labels import name, names
from workbench.display.reading import ReadingTable, link_passages, show_table
from workbench.display.wording import word_value, word_values
from workbench.measures.changes import compare_targets


def show_chain(panel: pd.DataFrame, document_id: str) -> ReadingTable:
    """Show a report's targets beside its superior's of the year, and the difference (层层加码).

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL of a corpus that holds the report and, if it can be had, its superior's.
    """
    own = panel[(panel["document_id"] == document_id) & (panel["form"] != "absent")]
    superiors = sorted(set(own["superior_document_id"].fillna("")) - {""})
    frame = own.assign(
        name=names("indicator", own["indicator_id"], language="both"),
        own=_linked_values(own),
        superior=_words(own, "superior_low", "superior_high"),
    )
    note = "Amplification: local less superior, middles of ranges, growth and shares only."
    if not superiors:
        note = "The corpus has no report of the superior for this year, so there is nothing to set beside."
    return show_table(
        frame,
        caption=f"上下级 Beside the superior's targets: {', '.join(superiors) or 'none in the corpus'}",
        columns={
            "name": "指标 indicator",
            "own": "本级目标 own target",
            "superior": "上级目标 superior's target",
            "amplification": "加码 amplification",
        },
        digits={"amplification": 2},
        note=note,
    )


def show_fulfilment(panel: pd.DataFrame, document_id: str) -> ReadingTable:
    """Show what became of the targets of the region's last report, as this report tells it."""
    past = panel[(panel["result_document_id"] == document_id) & (panel["form"] != "absent")]
    frame = past.assign(
        name=names("indicator", past["indicator_id"], language="both"),
        target=_linked_values(past),
        result=_words(past, "result_low", "result_high"),
        outcome=names("outcome", past["outcome"].fillna(""), language="both"),
    )
    return show_table(
        frame,
        caption="兑现 What became of last year's targets",
        columns={
            "name": "指标 indicator",
            "target": "上年目标 last year's target",
            "result": "结果 result",
            "outcome": "兑现 outcome",
        },
        note="" if len(past) else "The corpus has no report of this region for the year before.",
    )


def show_changed_targets(panel: pd.DataFrame, document_id: str) -> ReadingTable:
    """Show which targets are new, dropped, raised or lowered against the region's last report."""
    changes = compare_targets(panel)
    mine = changes[changes["document_id"] == document_id]
    frame = mine.assign(
        name=names("indicator", mine["indicator_id"], language="both"),
        measure=[name("measure", code, language="both") for code in mine["measure"].fillna("")],
        before=_words(mine, "other_low", "other_high"),
        now=_words(mine, "low", "high"),
    )
    return show_table(
        frame,
        caption="年际变化 Targets against the region's last report",
        columns={
            "name": "指标 indicator",
            "measure": "量度 measure",
            "before": "上年 last year",
            "now": "今年 this year",
            "change": "变化 change",
        },
        note="" if len(mine) else "The corpus has no report of this region for the year before.",
    )


def _words(frame: pd.DataFrame, low: str, high: str) -> list[str]:
    places = zip(frame[low], frame[high], frame["unit"].fillna(""), strict=True)
    return [word_value(first, last, unit) for first, last, unit in places]


def _linked_values(frame: pd.DataFrame) -> pd.Series:
    values = word_values(frame)
    return link_passages(frame.assign(quote=values.where(values != "", frame["quote"])))
