"""Quantified statements: every value that a report asserts, and what it asserts it of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.tables import STATEMENTS
from workbench.targets.clauses import read_mentions
from workbench.targets.cues import cue_pattern
from workbench.targets.evidence import evidence_at
from workbench.targets.goals import MEASURE_OF, Goal, find_goals, opens_list
from workbench.targets.indicators import indicator_id
from workbench.targets.mentions import find_mentions
from workbench.targets.numerals import normalise, read_number
from workbench.targets.periods import Cue, cue_for, find_cues
from workbench.targets.quantities import scan_text
from workbench.targets.readings import Reading
from workbench.targets.status import Scene, period_of, status_of
from workbench.targets.strength import Commitments
from workbench.targets.things import indicator_of
from workbench.targets.timeline import Stretch, Timeline, is_midyear, plan_year
from workbench.targets.values import Quantity

_CLAUSE_SIGNS = "，；：,;:"
_YEARS_BEFORE = re.compile(r"([2-9两三四五六七八九十])年(?:来|间|内)?$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_WITHOUT_ID = ("full_coverage", "breakthrough")


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

    Notes
    -----
    The part of a section is where reading starts; headings and sentences that name a time of their
    own (`五年来`, `2016年的主要工作`) overrule it. Time is linear in the length of the texts.

    References
    ----------
    docs/codebooks/statements.md
    """
    about = {row.document_id: row for row in documents.itertuples()}
    records: list[dict[str, Any]] = []
    for document_id, rows in sentences.groupby("document_id", sort=False):
        records += _of_document(str(document_id), texts[str(document_id)], about.get(document_id), rows)
    return STATEMENTS.frame(records)


def _of_document(document_id: str, text: str, document: Any, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    plain = normalise(text)
    quantities = [found for found in scan_text(plain) if isinstance(found, Quantity)]
    starts = [quantity.start for quantity in quantities]
    columns = (rows[name].tolist() for name in ("start", "end", "section", "sentence"))
    for scene, start, end, section, sentence in zip(_scenes(plain, document, rows), *columns, strict=True):
        own = quantities[bisect_left(starts, start) : bisect_left(starts, end)]
        made = _of_sentence(scene, own)
        shared = {
            "document_id": document_id,
            "section": section,
            "part": scene.part,
            "sentence": sentence,
        }
        for record in made:
            place = record["start"], record["end"]
            record["indicator"] = _as_written(record["indicator"], text, plain, (start, end))
            words = {"quote": text[slice(*place)], "evidence": evidence_at(text, (start, end), place)}
            yield record | shared | words


def _as_written(thing: str, text: str, plain: str, sentence: tuple[int, int]) -> str:
    """Return a thing read in the normalised text as the document writes it (`（`, `％`)."""
    if text is plain or thing.isalpha():
        return thing
    place = plain.find(thing, *sentence)
    return text[place : place + len(thing)] if place >= 0 else thing


def _scenes(plain: str, document: Any, rows: pd.DataFrame) -> Iterator[Scene]:
    """Yield each sentence of a document with the time that it speaks of."""
    year = getattr(document, "year", None)
    timeline = Timeline(
        plan_year(plain, None if year is None or pd.isna(year) else int(year)),
        midyear=is_midyear(plain),
        reviews_first="各位代表" in plain[:3000],
    )
    level, region = getattr(document, "level", "") or "", getattr(document, "region", "") or ""
    listed = False
    for start, end, part in zip(
        rows["start"].tolist(), rows["end"].tolist(), rows["part"].tolist(), strict=True
    ):
        opens_line = start == 0 or "\n" in plain[max(0, start - 3) : start] or plain[start - 1] in "\r\n "
        frame = timeline.frame_of(plain[start : min(end, start + 200)], Stretch(start, end, part, opens_line))
        opens = opens_list(plain[start:end])
        if opens and part == "plan" and not frame.planned:
            frame = timeline.plan()
        listed = (listed and not opens_line) or opens
        yield Scene(plain, start, end, part, frame, timeline, level, region, listed)


def _of_sentence(scene: Scene, own: Sequence[Quantity]) -> list[dict[str, Any]]:
    sentence = scene.plain[scene.start : scene.end]
    may_hold_goal = cue_pattern("goals", "any").search(sentence) is not None
    if not own and not may_hold_goal:
        return []
    readings = read_mentions(scene.plain, find_mentions(scene.plain, scene.start, scene.end, own))
    goals = (
        find_goals(sentence, _Carried(readings, scene.start), listed=scene.listed) if may_hold_goal else []
    )
    if not readings and not goals:
        return []
    cues = find_cues(sentence, scene.timeline, scene.frame)
    commitments = Commitments(sentence, scene.start)
    records = [record for reading in readings for record in _numeric(reading, scene, cues, commitments)]
    records += [record for goal in goals for record in _qualitative(goal, scene, cues, commitments)]
    records.sort(key=lambda record: (record["start"], record["end"]))
    return records


class _Carried:
    """Tells which things a sentence spoke of last before a place, at most two."""

    def __init__(self, readings: Sequence[Reading], offset: int) -> None:
        self._named = [reading for reading in readings if not reading.qualifier and reading.things]
        self._starts = [reading.mention.quantity.start - offset for reading in self._named]

    def __call__(self, position: int) -> tuple[str, ...]:
        last = bisect_left(self._starts, position)
        things = [reading.things[-1] for reading in self._named[max(0, last - 8) : last]]
        return tuple(dict.fromkeys(things))[-2:]


def _numeric(
    reading: Reading, scene: Scene, cues: Sequence[Cue], commitments: Commitments
) -> Iterator[dict[str, Any]]:
    mention, quantity = reading.mention, reading.mention.quantity
    cue = cue_for(cues, mention.clause - scene.start, quantity.start - scene.start)
    status = status_of(reading, scene, cue)
    words = scene.before(reading) if reading.carried else scene.clause(reading)
    for thing in reading.things or ("",):
        yield {
            "kind": "numeric",
            "start": quantity.start,
            "end": quantity.end,
            "indicator": thing,
            "indicator_id": indicator_of(reading, thing, words),
            "measure": reading.measure,
            "direction": reading.direction,
            "low": quantity.low,
            "high": quantity.high,
            "unit": quantity.unit,
            "bound": mention.bound,
            "status": status,
            "period": _dated(period_of(reading, scene, cue)),
            "strength": commitments.word_for(mention.clause, quantity.start),
            "rule": reading.rule,
        }


def _qualitative(
    goal: Goal, scene: Scene, cues: Sequence[Cue], commitments: Commitments
) -> Iterator[dict[str, Any]]:
    start = scene.start + goal.start
    clause = max(scene.plain.rfind(sign, max(scene.start, start - 160), start) for sign in _CLAUSE_SIGNS) + 1
    clause = max(clause, scene.start)
    cue = cue_for(cues, clause - scene.start, goal.start)
    measure = MEASURE_OF.get(goal.bound, "growth")
    planned = scene.frame.planned if cue is None or cue.planned is None else cue.planned
    reached = measure == "share" or goal.bound == "assigned" or (planned and measure != "growth")
    period = scene.frame.final if reached else scene.frame.span
    if cue is not None:
        period = cue.flow if measure == "growth" else cue.stock
    if (
        goal.bound == "doubling"
        and cue is None
        and (years := _YEARS_BEFORE.search(scene.plain, max(0, start - 6), start))
    ):
        period = _years_up_to(years, scene.frame.last)
    for thing in goal.indicators:
        yield {
            "kind": "qualitative",
            "start": start,
            "end": scene.start + goal.end,
            "indicator": thing,
            "indicator_id": "" if goal.bound in _WITHOUT_ID else indicator_id(thing),
            "measure": measure,
            "direction": "up" if measure == "growth" else "",
            "low": None,
            "high": None,
            "unit": "",
            "bound": goal.bound,
            "status": "context" if scene.part == "glossary" else "target" if planned else "result",
            "period": _dated(period),
            "strength": commitments.word_for(clause, start),
            "rule": "goal without a number",
        }


def _dated(period: str) -> str:
    """Return a period, empty where no year is known to count from."""
    return period if _YEAR.match(period) else ""


def _years_up_to(years: re.Match[str], last: int) -> str:
    """Return the years over which something doubled (`五年翻番`), the last year included."""
    count = int(read_number(years[1]) or 1)
    return f"{last - count + 1}/{last}"
