"""Tables for reading about descent: a report's targets beside its superiors' and its own of last year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.display.labels import name, names
from workbench.display.reading import Passage, ReadingTable, link_passages, show_table
from workbench.display.wording import word_difference, word_value, word_values
from workbench.measures.changes import compare_targets
from workbench.targets.chains import pair_superiors, trace_chain
from workbench.targets.fulfilment import RATES

_NO_SUPERIOR = "The corpus has no report of the superior for this year, so there is nothing to set beside."
_NO_MISS = "No miss is known: none is reported, or the corpus lacks the reports that would tell."
_NO_LAST = "The corpus has no report of this region for the year before."


def show_chain(panel: pd.DataFrame, documents: pd.DataFrame, document_id: str) -> ReadingTable:
    """Show a report's targets down the chain of government, and how far it is from its superior.

    Parameters
    ----------
    panel, documents : DataFrame
        TARGET_PANEL and DOCUMENTS of a corpus that holds the report and, if it can be had, those of
        its superiors for the year. A region of the chain without a report has a column that says so.
    document_id : str
    """
    me = documents.set_index("document_id").loc[document_id]
    chain = trace_chain(documents, me["region"])
    pairs = pair_superiors(panel[panel["document_id"] == document_id], documents, whole=panel)
    frame = pairs.assign(name=names("indicator", pairs["indicator_id"], language="both"), own=_linked(pairs))
    columns = {"name": "指标 indicator"}
    for place, region in enumerate(chain[:-1]):
        frame[f"above{place}"] = _values_above(panel, documents, region, me["year"], pairs)
        columns[f"above{place}"] = f"{region} {_level(documents, region)}"
    frame["demand"] = names("demand", pairs["demand"], language="both")
    frame["reason"] = names("reason", pairs["reason"], language="both")
    frame["result"] = frame["demand"].where(pairs["demand"] != "", frame["reason"])
    columns |= {
        "own": f"{me['region']} own target",
        "amplification": "加码 amplification",
        "result": "与直接上级比 against the superior",
    }
    own = f" · {chain[-2]} → {me['region']}" if len(chain) > 1 else ""
    note = "Amplification: local less superior, middles of ranges, percentage points, growth and shares only."
    above = documents[(documents["region"] == chain[-2]) & (documents["year"] == me["year"])] if own else []
    return show_table(
        frame,
        caption=f"上下级 Down the chain, {_year(me['year'])}{own}",
        columns=columns,
        digits={"amplification": 2},
        note=note if len(above) else _NO_SUPERIOR,
    )


def show_superior_sentences(
    panel: pd.DataFrame, documents: pd.DataFrame, texts: Mapping[str, str], document_id: str
) -> ReadingTable:
    """Show both wordings side by side for each target that the superior sets too, farthest apart first.

    Parameters
    ----------
    panel, documents : DataFrame
        TARGET_PANEL and DOCUMENTS, as for `show_chain`.
    texts : mapping of document_id to unchanged text
    document_id : str
    """
    own = panel[panel["document_id"] == document_id]
    pairs = pair_superiors(own, documents, whole=panel)
    both = pairs[pairs["superior_form"].isin(["stated", "relative", "delegated", "qualitative"])]
    both = both.assign(size=both["amplification"].abs().fillna(-1)).sort_values("size", ascending=False)
    frame = both.assign(
        name=names("indicator", both["indicator_id"], language="both"),
        here=_quote_around(both, texts, "document_id", "start", "end"),
        above=_quote_around(both, texts, "superior_document_id", "superior_start", "superior_end"),
        position=names("position", both["position"], language="both"),
    )
    superior = ", ".join(sorted(set(both["superior_document_id"]) - {""})) or "—"
    return show_table(
        frame,
        caption=f"原句并列 Both sentences: {superior} and {document_id}",
        columns={
            "name": "指标 indicator",
            "above": "上级原句 superior's words",
            "here": "本级原句 own words",
            "amplification": "加码 amplification",
            "position": "位置 position",
        },
        digits={"amplification": 2},
        note="" if len(both) else "No target here is one that the superior's report of the year sets too.",
    )


def show_fulfilment(panel: pd.DataFrame, document_id: str) -> ReadingTable:
    """Show what became of the targets of the region's last report, as this report tells it."""
    past = panel[(panel["result_document_id"] == document_id) & (panel["form"] != "absent")]
    frame = past.assign(
        name=names("indicator", past["indicator_id"], language="both"),
        target=_linked(past),
        result=_words(past, "result_low", "result_high"),
        gap=_word_differences(past, "gap"),
        outcome=names("outcome", past["outcome"].fillna(""), language="both"),
    )
    return show_table(
        frame,
        caption="兑现 What became of last year's targets",
        columns={
            "name": "指标 indicator",
            "target": "上年目标 last year's target",
            "result": "结果 result",
            "gap": "差 gap",
            "outcome": "兑现 outcome",
        },
        note="" if len(past) else _NO_LAST,
    )


def show_misses(misses: pd.DataFrame, texts: Mapping[str, str], *, rows: int | None = None) -> ReadingTable:
    """Show missed targets beside the sentence that reports the result, and the words used for the miss.

    Parameters
    ----------
    misses : DataFrame
        MISSES, perhaps narrowed.
    texts : mapping of document_id to unchanged text
    """
    values = misses.assign(unit=misses["unit"].fillna(""))
    frame = misses.assign(
        name=names("indicator", misses["indicator_id"], language="both"),
        target=_linked(values),
        result=_quote_around(misses, texts, "result_document_id", "result_start", "result_end"),
        telling=names("telling", misses["telling"].fillna(""), language="both"),
    )
    return show_table(
        frame,
        caption=f"未完成及其说法 Missed targets, and how the report tells it: {len(misses)}",
        columns={
            "year": "年 year",
            "name": "指标 indicator",
            "target": "目标 target",
            "result": "结果原句 result in its words",
            "telling": "说法 told as",
            "words": "用语 words",
        },
        rows=rows,
        note="" if len(misses) else _NO_MISS,
    )


def show_admissions(admissions: pd.DataFrame, texts: Mapping[str, str], *, rows: int = 30) -> ReadingTable:
    """Show where reports say in words that something was not reached."""
    frame = admissions.assign(
        passage=_quote_around(admissions, texts, "document_id", "start", "end", before=60, after=30)
    )
    return show_table(
        frame,
        caption="直言未完成之处 Where the reports say that something was not reached",
        columns={
            "document_id": "报告 report",
            "quote": "用语 words",
            "passage": "上下文 context",
        },
        rows=rows,
        note="" if len(admissions) else "None of these reports has such words.",
    )


def show_changed_targets(panel: pd.DataFrame, document_id: str) -> ReadingTable:
    """Show which targets are new, dropped, raised or lowered against the region's last report."""
    changes = compare_targets(panel)
    mine = changes[changes["document_id"] == document_id]
    order = {code: k for k, code in enumerate(("raised", "lowered", "new", "dropped", "other form", "same"))}
    mine = mine.assign(order=mine["change"].map(order)).sort_values(["order", "start", "other_start"])
    evidence = panel.set_index(["document_id", "start"])[["quote", "evidence"]]
    evidence = evidence[~evidence.index.duplicated()].to_dict("index")
    frame = mine.assign(
        name=names("indicator", mine["indicator_id"], language="both"),
        measure=names("measure", mine["measure"].fillna(""), language="both"),
        before=_target_cells(mine, "other_", evidence),
        now=_target_cells(mine, "", evidence),
        difference=_word_differences(mine, "difference"),
        change=names("change", mine["change"], language="both"),
    )
    counts = ", ".join(
        f"{name('change', str(c), language='both')} {n}" for c, n in mine["change"].value_counts().items()
    )
    return show_table(
        frame,
        caption=f"目标的年际变化 Targets against the region's last report{': ' + counts if counts else ''}",
        columns={
            "name": "指标 indicator",
            "measure": "量度 measure",
            "before": "上年 last year",
            "now": "今年 this year",
            "difference": "差 difference",
            "change": "变化 change",
        },
        note="" if len(mine) else _NO_LAST,
    )


def _target_cells(changes: pd.DataFrame, prefix: str, evidence: dict) -> pd.Series:
    cells: list[object] = []
    name_column = "other_document_id" if prefix else "document_id"
    for row in changes.to_dict("records"):
        start = row[f"{prefix}start"]
        if pd.isna(start):
            cells.append("—")
            continue
        known = evidence.get((row[name_column], start), {"quote": "", "evidence": ""})
        text = word_value(row[f"{prefix}low"], row[f"{prefix}high"], row["unit"]) or known["quote"]
        cells.append(Passage(text, row[name_column], int(start), int(row[f"{prefix}end"]), known["evidence"]))
    return pd.Series(cells, index=changes.index, dtype=object)


def _values_above(
    panel: pd.DataFrame, documents: pd.DataFrame, region: str, year: object, pairs: pd.DataFrame
) -> pd.Series:
    """Return what a region of the chain says of each indicator and measure, or why there is nothing."""
    rows = panel[(panel["region"] == region) & (panel["year"] == year).fillna(False)]
    if rows.empty:
        return pd.Series(name("reason", "no such report in the corpus"), index=pairs.index)
    given = rows[rows["form"] != "absent"].drop_duplicates(["indicator_id", "measure"])
    cells = {
        key: cell
        for key, cell in zip(
            zip(given["indicator_id"], given["measure"], strict=True), _linked(given), strict=True
        )
    }
    nothing = name("form", "absent")
    keys = zip(pairs["indicator_id"], pairs["measure"], strict=True)
    return pd.Series([cells.get(key, nothing) for key in keys], index=pairs.index, dtype=object)


def _level(documents: pd.DataFrame, region: str) -> str:
    levels = documents.loc[documents["region"] == region, "level"]
    return name("level", levels.iloc[0], language="en") if len(levels) else ""


def _year(year: object) -> str:
    return "year unknown" if pd.isna(year) else str(year)


def _quote_around(
    frame: pd.DataFrame,
    texts: Mapping[str, str],
    name_column: str,
    start_column: str,
    end_column: str,
    *,
    before: int = 30,
    after: int = 14,
) -> pd.Series:
    """Return each passage with the words around it, as a link to the passage."""
    cells: list[object] = []
    for identifier, start, end in frame[[name_column, start_column, end_column]].itertuples(index=False):
        if pd.isna(start):
            cells.append("—")
            continue
        text, start, end = texts[identifier], int(start), int(end)
        line = (
            max(text.rfind(stop, 0, start) for stop in "\n。") + 1,
            min(place if (place := text.find(stop, end)) >= 0 else len(text) for stop in "\n。"),
        )
        first, last = max(line[0], start - before), min(line[1], end + after)
        shown = " ".join(text[first:last].split())
        shown = ("…" if first > line[0] else "") + shown + ("…" if last < line[1] else "")
        cells.append(Passage(shown, identifier, start, end, " ".join(text[slice(*line)].split())))
    return pd.Series(cells, index=frame.index, dtype=object)


def _word_differences(frame: pd.DataFrame, column: str) -> list[str]:
    """Return differences in words with sign and unit; of rates in points."""
    rows = zip(frame[column], frame["unit"].fillna(""), frame["measure"].fillna(""), strict=True)
    return [word_difference(value, "点" if measure in RATES else unit) for value, unit, measure in rows]


def _words(frame: pd.DataFrame, low: str, high: str) -> list[str]:
    places = zip(frame[low], frame[high], frame["unit"].fillna(""), strict=True)
    return [word_value(first, last, unit) for first, last, unit in places]


def _linked(frame: pd.DataFrame) -> pd.Series:
    values = word_values(frame)
    return link_passages(frame.assign(quote=values.where(values != "", frame["quote"])))
