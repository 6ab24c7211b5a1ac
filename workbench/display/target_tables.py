"""Tables for reading about targets: what is promised, how firmly, in which words."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from workbench.display.labels import name, names
from workbench.display.quality_tables import word_extraction_quality
from workbench.display.reading import Passage, ReadingTable, link_passages, show_table
from workbench.display.wording import word_number, word_values

_COLUMNS = {
    "name": "指标 indicator",
    "value": "数值 value",
    "passage": "原文 wording",
    "bound": "约束 bound",
    "strength": "力度 commitment",
    "measure": "量度 measure",
    "period": "时期 period",
}


def show_statements(
    statements: pd.DataFrame, texts: Mapping[str, str], *, caption: str, rows: int | None = None
) -> ReadingTable:
    """Show statements one a row; the wording is a link to its passage.

    Parameters
    ----------
    statements : DataFrame
        STATEMENTS, perhaps narrowed; shown in the order given.
    texts : mapping of document_id to unchanged text
        Where the clause around each value is read.
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
        passage=link_passages(statements.assign(quote=_clauses(statements, texts))),
    )
    columns = dict(_COLUMNS)
    if not statements["strength"].fillna("").any():
        columns.pop("strength")
    if statements["status"].nunique() > 1:
        columns = {"name": columns.pop("name"), "status": "性质 status", **columns}
    return show_table(frame, caption=caption, columns=columns, rows=rows)


def show_panel(panel: pd.DataFrame, *, indicators: list[str]) -> ReadingTable:
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


def show_targets(promises: pd.DataFrame, panel: pd.DataFrame, texts: Mapping[str, str]) -> ReadingTable:
    """Show each target of a report for its year: how firm, and where it stood the year before.

    Parameters
    ----------
    promises : DataFrame
        As `pair_results` returns it, of one report.
    panel : DataFrame
        TARGET_PANEL of the report: its absent rows are counted and named below.
    texts : mapping of document_id to unchanged text
    """
    results = promises[["document_id", "result_quote", "result_start", "result_end", "result_evidence"]]
    results = results.rename(columns=lambda column: column.removeprefix("result_"))
    before = word_values(_of_result(promises))
    told = link_passages(results.assign(quote=before))
    frame = promises.assign(
        name=names("indicator", promises["indicator_id"], language="both"),
        target=_targets(promises),
        firmness=_firmness(promises),
        passage=link_passages(promises.assign(quote=_clauses(promises, texts))),
        before=told.where(before != "", "–"),
    )
    counts = promises["constraint"].where(promises["form"] == "stated", promises["form"]).value_counts()
    said = "、".join(f"{_kind(kind)} {count}" for kind, count in counts.items())
    absent = names("indicator", panel.loc[panel["form"] == "absent", "indicator_id"], language="zh")
    missing = f"No target found for {len(absent)} more: {'、'.join(absent)}. " if len(absent) else ""
    return show_table(
        frame,
        caption=f"今年目标 Targets for the year: {len(promises)} ({said})",
        columns={
            "name": "指标 indicator",
            "target": "目标 target",
            "firmness": "约束力 how firm",
            "before": "上年结果 year before",
            "passage": "原文 wording",
        },
        note=f"{missing}{word_extraction_quality()}",
    )


def _kind(kind: object) -> str:
    group = "constraint" if kind in ("hard", "soft", "unmarked") else "form"
    return name(group, str(kind), language="both")


def _targets(promises: pd.DataFrame) -> list[str]:
    """Return each target in words, with the second value that is striven for."""
    shown = []
    for row, value in zip(promises.to_dict("records"), word_values(promises), strict=True):
        text = value or name("form", row["form"], language="both")
        if pd.notna(row["stretch_value"]):
            text += f",力争 {word_number(row['stretch_value'], row['unit'])}"
        elif row["stretch"]:
            text += ",争取更好"
        shown.append(text)
    return shown


def _firmness(promises: pd.DataFrame) -> list[str]:
    """Return hard or soft, with the word of effort where there is one."""
    shown = []
    for row in promises.to_dict("records"):
        words = [_kind(row["constraint"])] if row["form"] == "stated" else []
        shown.append(" · ".join([*words, *([row["strength"]] if row["strength"] else [])]) or "–")
    return shown


def _of_result(promises: pd.DataFrame) -> pd.DataFrame:
    columns = {f"result_{name}": name for name in ("low", "high", "bound", "direction")}
    return promises[[*columns, "unit"]].rename(columns=columns)


def _clauses(
    statements: pd.DataFrame, texts: Mapping[str, str], before: int = 26, after: int = 8
) -> pd.Series:
    """Return each quotation with the clause around it, cut to a length that fits a cell."""
    shown = []
    places = zip(statements["document_id"], statements["start"], statements["end"], strict=True)
    for document_id, start, end in places:
        text = texts[document_id]
        clause = re.split(r"[，。；：,;:\n]", text[max(0, start - before) : start])[-1]
        rest = re.split(r"[，。；、,;\n]", text[end : end + after])[0]
        shown.append(" ".join(f"{clause}{text[start:end]}{rest}".split()))
    return pd.Series(shown, index=statements.index, dtype=object)
