"""Tables for reading about targets: what is promised, how firmly, in which words."""

from __future__ import annotations

import re

import pandas as pd

from workbench.display.labels import names
from workbench.display.reading import Passage, ReadingTable, link_passages, show_table
from workbench.display.wording import word_values

_COLUMNS = {
    "name": "指标 indicator",
    "value": "数值 value",
    "passage": "原文 wording",
    "bound": "约束 bound",
    "strength": "力度 commitment",
    "measure": "量度 measure",
    "period": "时期 period",
}


def show_statements(statements: pd.DataFrame, *, caption: str, rows: int | None = None) -> ReadingTable:
    """Show statements one a row; the wording is a link to its passage.

    Parameters
    ----------
    statements : DataFrame
        STATEMENTS, perhaps narrowed; shown in the order given.
    caption : str
        Which statements these are.
    """
    known = statements["indicator_id"] != ""
    shown = names("indicator", statements["indicator_id"], language="both").where(
        known, statements["indicator"]
    )
    frame = statements.assign(
        name=shown,
        value=link_values(statements),
        bound=names("bound", statements["bound"], language="both"),
        measure=names("measure", statements["measure"], language="both"),
        status=names("status", statements["status"], language="both"),
        passage=link_passages(statements.assign(quote=_around(statements))),
    )
    columns = dict(_COLUMNS)
    if not statements["strength"].fillna("").any():
        columns.pop("strength")
    if statements["status"].nunique() > 1:
        columns = {"name": columns.pop("name"), "status": "性质 status", **columns}
    return show_table(frame, caption=caption, columns=columns, rows=rows)


def show_panel(panel: pd.DataFrame, *, indicators: list[str], language: str = "both") -> ReadingTable:
    """Show targets side by side: a row a report, a column an indicator, each value in its words.

    What is not stated as a number is written as what it is: relative, delegated, qualitative,
    or not stated.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL.
    indicators : list of str
        Ids, a column each.
    """
    cells = panel.assign(cell=_panel_cells(panel))
    growth_first = cells.sort_values("measure", key=lambda column: column != "growth", kind="stable")
    first = growth_first.drop_duplicates(["document_id", "indicator_id"])
    documents = list(dict.fromkeys(panel["document_id"]))
    wide = first.pivot(index="document_id", columns="indicator_id", values="cell")
    wide = wide.reindex(index=documents, columns=indicators).reset_index()
    headings = names("indicator", pd.Series(indicators), language="both").tolist()
    return show_table(
        wide.fillna(""),
        caption="各地目标 Targets side by side",
        columns={"document_id": "报告 report", **dict(zip(indicators, headings, strict=True))},
        note="Growth in % where stated, else the level.",
    )


def _panel_cells(panel: pd.DataFrame) -> pd.Series:
    words = word_values(panel)
    forms = names("form", panel["form"], language="both")
    cells = []
    for row, value, form in zip(panel.itertuples(), words, forms, strict=True):
        if row.form == "absent":
            cells.append(form)
        else:
            shown = value if row.form == "stated" else f"{row.quote} ({form})"
            cells.append(Passage(shown, row.document_id, int(row.start), int(row.end), str(row.evidence)))
    return pd.Series(cells, index=panel.index, dtype=object)


def link_values(statements: pd.DataFrame) -> pd.Series:
    """Return the values of statements in words, each a link to its passage; "" where there is no number."""
    linked = [
        Passage(words, row.document_id, int(row.start), int(row.end), row.evidence, number=float(row.low))
        if words
        else ""
        for row, words in zip(statements.itertuples(), word_values(statements), strict=True)
    ]
    return pd.Series(linked, index=statements.index, dtype=object)


def _around(statements: pd.DataFrame, before: int = 26, after: int = 8) -> pd.Series:
    """Return each quotation with the clause around it, cut to a length that fits a cell."""
    shown = pd.Series("", index=statements.index, dtype=object)
    for _, group in statements.groupby(["document_id", "evidence"], sort=False):
        for row, place in zip(group.itertuples(), _places(group), strict=True):
            shown[row.Index] = _clause(row.quote, row.evidence, place, before, after)
    return shown


def _places(group: pd.DataFrame) -> list[int]:
    """Return where the quotations of one sentence stand in it, -1 where they do not.

    A value may occur twice in its sentence. The sentence begins where every quotation of the group
    finds its own words; if that leaves a choice, where most of them follow what they measure.
    """
    rows = list(group.itertuples())
    first = rows[0]
    begins = [first.start - at for at in _occurrences(first.quote, first.evidence)]
    fitting = [
        b for b in begins if all(r.start >= b and r.evidence.startswith(r.quote, r.start - b) for r in rows)
    ]
    if not fitting:
        return [row.evidence.find(row.quote) for row in rows]

    def named(begin: int) -> int:
        clauses = [_clause(row.quote, row.evidence, row.start - begin, 26, 0) for row in rows]
        return sum(bool(r.indicator) and r.indicator in c for r, c in zip(rows, clauses, strict=True))

    best = max(fitting, key=named)
    return [row.start - best for row in rows]


def _occurrences(quote: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(quote), text)] if quote else []


def _clause(quote: str, evidence: str, place: int, before: int, after: int) -> str:
    if place < 0:
        return quote
    clause = re.split(r"[，。；：,;:]", evidence[max(0, place - before) : place])[-1]
    rest = re.split(r"[，。；、,;]", evidence[place + len(quote) :][:after])[0]
    return " ".join(f"{clause}{quote}{rest}".split())
