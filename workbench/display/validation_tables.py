"""Tables for reading about validation: scores, errors with their sentences, agreement of coders."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from workbench.display.labels import names
from workbench.display.reading import ReadingTable, link_passages, show_table
from workbench.measures.codings import EMPTY

_SCORES = {
    "precision": "查准 precision",
    "recall": "查全 recall",
    "f1": "F1",
    "interval": "95 %",
}
_DIGITS = {"precision": 3, "recall": 3, "f1": 3}


def show_match_scores(scores: pd.DataFrame) -> ReadingTable:
    """Show `Evaluation.scores`: F1 by what counts as a match, with its interval."""
    return show_table(
        scores.assign(
            level=names("match", scores["level"], language="both"), interval=_intervals(scores, "f1", 3)
        ),
        caption="提取的质量 Quality of the extraction, by what counts as right",
        columns={
            "level": "算作相符 right if",
            "gold": "人工编码 coded records",
            "predicted": "程序找到 found",
            "matched": "相符 right",
            **_SCORES,
        },
        digits=_DIGITS,
        note="Intervals: percentiles of a bootstrap over documents; rough with few, none of one.",
    )


def show_field_scores(scores: pd.DataFrame) -> ReadingTable:
    """Show `score_fields`: F1 of each field with its interval."""
    return show_table(
        scores.assign(
            field=names("field", scores["field"], language="both"), interval=_intervals(scores, "f1", 3)
        ),
        caption="各字段的质量 Quality by field: the record is found and this field is right",
        columns={"field": "字段 field", "right": "相符 right", **_SCORES},
        digits=_DIGITS,
    )


def show_errors(
    pairs: pd.DataFrame, sentences: pd.DataFrame, texts: Mapping[str, str], *, rows: int = 25
) -> ReadingTable:
    """Show the records that the extraction missed, added or got wrong, each with its passage.

    Parameters
    ----------
    pairs : DataFrame
        `Evaluation.pairs`.
    sentences : DataFrame
        SENTENCES of the documents.
    texts : mapping of str to str
    """
    wrong = pairs[pairs["wrong"] != ""].sort_values("wrong", key=_gravity, kind="stable")
    frame = wrong.head(rows)
    frame = frame.assign(evidence=_sentences_at(frame, sentences, texts))
    frame = frame.assign(
        passage=link_passages(frame),
        error=[_say_error(row) for row in frame.to_dict("records")],
    )
    caption = f"错误 Errors: {len(wrong)} of {len(pairs)} records"
    return show_table(
        frame,
        caption=caption + (f", first {rows}" if len(wrong) > rows else ""),
        columns={
            "document_id": "报告 report",
            "passage": "原文 wording",
            "error": "错在 coded → found",
            "evidence": "句子 sentence",
        },
        note="" if len(wrong) else "No record is missed, added or wrong.",
    )


def show_detection(detection: pd.DataFrame) -> ReadingTable:
    """Show DETECTION: whether two coders found the same statements."""
    return show_table(
        detection.assign(interval=_intervals(detection, "f1", 3)),
        caption="两人找到的陈述 Statements found by two coders",
        columns={
            "both": "两人 both",
            "first_only": "仅甲 first only",
            "second_only": "仅乙 second only",
            "f1": "F1",
            "interval": "95 %",
        },
        digits={"f1": 3},
    )


def show_agreement(agreement: pd.DataFrame) -> ReadingTable:
    """Show AGREEMENT: percent, Cohen's kappa and Krippendorff's alpha by field, with intervals."""
    frame = agreement.assign(
        field=names("field", agreement["field"], language="both"),
        percent_interval=_intervals(agreement, "percent", 1),
        kappa_interval=_intervals(agreement, "kappa", 3),
        alpha_interval=_intervals(agreement, "alpha", 3),
    )
    return show_table(
        frame,
        caption="编码一致性 Agreement of two coders, by field",
        columns={
            "field": "字段 field",
            "units": "单位 units",
            "percent": "一致率 percent",
            "percent_interval": "95 %",
            "kappa": "Cohen κ",
            "kappa_interval": "95 % κ",
            "alpha": "Krippendorff α",
            "alpha_interval": "95 % α",
        },
        digits={"percent": 1, "kappa": 3, "alpha": 3},
        note="Empty where only one code occurs: chance alone would agree there. Bootstrap over sentences.",
    )


def show_disagreements(
    disagreements: pd.DataFrame, sentences: pd.DataFrame, texts: Mapping[str, str], *, rows: int = 50
) -> ReadingTable:
    """Show what two coders have to settle, each with its sentence.

    Parameters
    ----------
    disagreements : DataFrame
        As `list_disagreements` returns, perhaps with a column `decision`.
    sentences : DataFrame
        SENTENCES of the documents coded.
    texts : mapping of str to str
    """
    frame = locate_quotes(disagreements.head(rows), sentences, texts)
    linked = link_passages(frame)
    columns = {
        "document_id": "报告 report",
        "passage": "原文 wording",
        "field": "字段 field",
        "first": "甲 first coder",
        "second": "乙 second coder",
    }
    if "decision" in frame:
        columns["decision"] = "裁定 decision"
    return show_table(
        frame.assign(
            passage=linked.where(linked != "", frame["quote"]),  # reports that are not here have no passage
            field=names("field", frame["field"], language="both"),
            first=frame["first"].replace("", EMPTY),
            second=frame["second"].replace("", EMPTY),
        ),
        caption=f"分歧 Disagreements: {len(disagreements)}",
        columns={**columns, "evidence": "句子 sentence"},
        note="∅: the coder left the field empty, because it does not apply." if len(frame) else "They agree.",
    )


def locate_quotes(units: pd.DataFrame, sentences: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Add start, end and evidence to units known by document, sentence, quote and occurrence.

    A quotation that is not in its sentence, or has no sentence here, takes the sentence as a whole,
    or none.
    """
    borders = sentences.set_index(["document_id", "sentence"])[["start", "end"]]
    rows = []
    for unit in units.itertuples():
        if (unit.document_id, unit.sentence) not in borders.index:
            rows.append((pd.NA, pd.NA, ""))
            continue
        start, end = borders.loc[(unit.document_id, unit.sentence)]
        text = texts[unit.document_id][start:end]
        at = _nth(text, unit.quote, unit.occurrence)
        place = (start, end) if at < 0 else (start + at, start + at + len(unit.quote))
        rows.append((*place, " ".join(text.split())))
    found = pd.DataFrame(rows, columns=["start", "end", "evidence"], index=units.index)
    return units.assign(**{name: found[name] for name in found})


def _sentences_at(units: pd.DataFrame, sentences: pd.DataFrame, texts: Mapping[str, str]) -> list[str]:
    """Return the sentence that each start lies in."""
    found = []
    for unit in units.itertuples():
        own = sentences[sentences["document_id"] == unit.document_id]
        holding = own[(own["start"] <= unit.start) & (unit.start < own["end"])]
        places = zip(holding["start"], holding["end"], strict=True)
        found.append(" ".join(" ".join(texts[unit.document_id][a:b].split()) for a, b in places))
    return found


def _nth(text: str, quote: str, occurrence: int) -> int:
    """Return where a quotation stands for the n-th time, or where it stands last; -1 if nowhere.

    The end of a longer number is no place of it, if it has another: 亿元 is not that of 30亿元.
    """
    places = [found.start() for found in re.finditer(re.escape(quote), text)]
    whole = [at for at in places if not text[max(at - 1, 0) : at].isdigit()] or places
    return whole[min(occurrence, len(whole) - 1)] if whole else -1


def _say_error(row: Mapping[str, object]) -> str:
    if row["wrong"] in ("missed", "spare"):
        return "漏 missed" if row["wrong"] == "missed" else "多 found, not coded"
    fields = str(row["wrong"]).split(",")
    return "; ".join(f"{f}: {_plain(row[f'gold_{f}'])} → {_plain(row[f'found_{f}'])}" for f in fields)


def _plain(value: object) -> str:
    return EMPTY if value is None or value == "" or value != value else str(value)


def _gravity(wrong: pd.Series) -> pd.Series:
    return wrong.map({"missed": 0, "spare": 1}).fillna(2)


def _intervals(frame: pd.DataFrame, name: str, digits: int) -> list[str]:
    ends = zip(frame[f"{name}_low"], frame[f"{name}_high"], strict=True)
    return ["" if pd.isna(low) else f"{low:.{digits}f}–{high:.{digits}f}" for low, high in ends]


def show_sample(sample: pd.DataFrame) -> ReadingTable:
    """Show SAMPLE by stratum: sentences drawn, and how many they stand for."""
    counts = sample.groupby("stratum", sort=False)["weight"].agg(["size", "sum"]).reset_index()
    return show_table(
        counts,
        caption=f"样本 Sample: {len(sample):,} of about {sample['weight'].sum():,.0f} sentences",
        columns={"stratum": "层 stratum", "size": "抽取 drawn", "sum": "代表 stands for, sentences"},
        digits={"sum": 0},
    )
