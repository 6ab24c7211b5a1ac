"""Quantified statements: every value that a report asserts, and what it asserts it of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from workbench.tables import STATEMENTS
from workbench.targets.clauses import read_mentions
from workbench.targets.cues import cue_words
from workbench.targets.goals import MEASURE_OF, Goal, find_goals, opens_list
from workbench.targets.indicators import indicator_id
from workbench.targets.mentions import find_mentions
from workbench.targets.numerals import normalise
from workbench.targets.periods import Cue, cue_for, find_cues
from workbench.targets.quantities import scan_numerals
from workbench.targets.values import Quantity
from workbench.targets.readings import Reading
from workbench.targets.things import indicator_of
from workbench.targets.status import Scene, period_of, status_of
from workbench.targets.timeline import Stretch, Timeline, is_midyear, plan_year


def find_statements(
    texts: Mapping[str, str], documents: pd.DataFrame, sections: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    """Find the quantified statements of reports.

    Parameters
    ----------
    texts : mapping of str to str
        The unchanged text of each document.
    documents, sections, sentences : DataFrame
        DOCUMENTS (for the year planned for and the region), SECTIONS, SENTENCES of the same documents.

    Returns
    -------
    DataFrame
        STATEMENTS: one row per value and thing it is said of, or per goal without a number, in the
        order of documents and places. Values are in base units (万, 亿 multiplied out), percentages as
        written; `text[start:end]` is the quote.

    References
    ----------
    docs/codebooks/statements.md
    """
    records: list[dict[str, Any]] = []
    about = {row.document_id: row for row in documents.itertuples()}
    for document_id, rows in sentences.groupby("document_id", sort=False):
        text = texts[document_id]
        row = about.get(document_id)
        records += _of_document(str(document_id), text, row, rows)
    return STATEMENTS.frame(records)


def _of_document(document_id: str, text: str, document: Any, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    plain = normalise(text)
    year = getattr(document, "year", None)
    year = None if year is None or pd.isna(year) else int(year)
    timeline = Timeline(plan_year(plain, year), midyear=is_midyear(plain), reviews_first="各位代表" in plain[:3000])
    quantities = [found for found in scan_numerals(plain) if isinstance(found, Quantity)]
    starts = [quantity.start for quantity in quantities]
    level = getattr(document, "level", "") or ""
    region = getattr(document, "region", "") or ""
    listed = False
    columns = (rows[name].tolist() for name in ("start", "end", "part", "section", "sentence"))
    for start, end, part, section, sentence in zip(*columns, strict=True):
        opens_line = start == 0 or "\n" in text[max(0, start - 3) : start] or text[start - 1] in "\r\n　 "
        frame = timeline.frame_of(plain[start : min(end, start + 200)], Stretch(start, end, part, opens_line))
        listed = (listed and not opens_line) or opens_list(plain[start:end])
        own = quantities[bisect_left(starts, start) : bisect_left(starts, end)]
        scene = Scene(plain, start, end, part, frame, timeline, level, region, listed)
        for record in _of_sentence(scene, own):
            yield record | {
                "document_id": document_id,
                "quote": text[record["start"] : record["end"]],
                "section": section,
                "part": part,
                "sentence": sentence,
                "evidence": text[start:end],
            }


def _of_sentence(scene: Scene, own: Sequence[Quantity]) -> list[dict[str, Any]]:
    sentence = scene.plain[scene.start : scene.end]
    may_hold_goal = bool(_may_hold_goal().search(sentence))
    if not own and not may_hold_goal:
        return []
    readings = read_mentions(scene.plain, find_mentions(scene.plain, scene.start, scene.end, own))

    def carried(position: int) -> tuple[str, ...]:
        """Return the last things spoken of before a place in the sentence, at most two."""
        before = (r for r in readings if not r.qualifier and r.mention.quantity.start - scene.start < position)
        return tuple(dict.fromkeys(reading.things[-1] for reading in before if reading.things))[-2:]

    goals = find_goals(sentence, carried, listed=scene.listed) if may_hold_goal else []
    if not readings and not goals:
        return []
    cues = find_cues(sentence, scene.timeline, scene.frame)
    records = [record for reading in readings for record in _numeric(reading, scene, cues)]
    records += [record for goal in goals for record in _qualitative(goal, scene, cues)]
    records.sort(key=lambda record: (record["start"], record["end"]))
    return records


@cache
def _may_hold_goal() -> re.Pattern[str]:
    return re.compile("覆盖|突破|番|倍增|同步|高于|快于|不低于|超过|稳|平稳|完成|达到|控制|持平|适应|匹配|高出|适度|合理|较快|保持")


def _numeric(
    reading: Reading, scene: Scene, cues: Sequence[Cue]
) -> Iterator[dict[str, Any]]:
    quantity = reading.mention.quantity
    clause = reading.mention.clause - scene.start
    cue = cue_for(cues, clause, quantity.start - scene.start)
    status = status_of(reading, scene, cue)
    things = reading.things or ("",)
    for thing in things:
        yield {
            "kind": "numeric",
            "start": quantity.start,
            "end": quantity.end,
            "indicator": thing,
            "indicator_id": indicator_of(reading, thing),
            "measure": reading.measure,
            "direction": reading.direction,
            "low": quantity.low,
            "high": quantity.high,
            "unit": quantity.unit,
            "bound": reading.mention.bound,
            "status": status,
            "period": period_of(reading, scene, cue),
            "strength": _strength(scene.plain, reading.mention.clause, quantity.start),
            "rule": reading.rule,
        }


def _qualitative(goal: Goal, scene: Scene, cues: Sequence[Cue]) -> Iterator[dict[str, Any]]:
    start = scene.start + goal.start
    clause = max((scene.plain.rfind(sign, scene.start, start) for sign in "，；：,;:"), default=-1) + 1
    clause = max(clause, scene.start)
    cue = cue_for(cues, clause - scene.start, goal.start)
    measure = MEASURE_OF.get(goal.bound, "growth")
    planned = scene.frame.planned if cue is None or cue.planned is None else cue.planned
    period = scene.frame.final if planned and measure != "growth" else scene.frame.span
    if cue is not None:
        period = cue.flow if measure == "growth" else cue.stock
    for thing in goal.indicators:
        yield {
            "kind": "qualitative",
            "start": start,
            "end": scene.start + goal.end,
            "indicator": thing,
            "indicator_id": "" if goal.bound in ("full_coverage", "breakthrough") else indicator_id(thing),
            "measure": measure,
            "direction": "up" if measure == "growth" else "",
            "low": None,
            "high": None,
            "unit": "",
            "bound": goal.bound,
            "status": "target" if planned else "result",
            "period": period,
            "strength": _strength(scene.plain, clause, start),
            "rule": "goal without a number",
        }


@cache
def _commitment() -> re.Pattern[str]:
    return re.compile("|".join(cue_words("goals", "strength")))


def _strength(text: str, clause: int, position: int) -> str:
    """Return the last word of commitment in the clause before a value."""
    found = ""
    for match in _commitment().finditer(text, max(clause, position - 80), position):
        found = match.group()
    return found
