"""Tables for reading about a set of reports: which there are, and what they allow to compare."""

from __future__ import annotations

import pandas as pd

from workbench.display.labels import choose_words, name, names
from workbench.display.reading import ReadingTable, show_table


def show_documents(documents: pd.DataFrame, *, rows: int = 60) -> ReadingTable:
    """Show the reports of a corpus: region, level, year, genre, length."""
    frame = documents.assign(
        level=names("level", documents["level"], language="both"),
        genre=names("genre", documents["genre"], language="both"),
    )
    return show_table(
        frame,
        caption=f"报告 Reports: {len(documents)}",
        columns={
            "document_id": "文本 document",
            "region": "地区 region",
            "level": "层级 level",
            "parent": "上级 parent",
            "year": "年份 year",
            "genre": "体裁 genre",
            "characters": "字数 characters",
        },
        rows=rows,
    )


def show_comparability(documents: pd.DataFrame) -> ReadingTable:
    """Say, field by field, whether the reports are alike enough to be compared."""
    questions = {
        "year": ("年份 years", "Targets of different years do not rank regions."),
        "level": ("层级 levels", "Regions of different levels are held to different targets."),
        "genre": ("体裁 genres", "A digest or a plenum report leaves out what a full report states."),
    }
    rows = []
    for field, (label, warning) in questions.items():
        found = documents[field].dropna().astype(str).value_counts()
        spelt = ", ".join(f"{name(field, str(value), language='both')} × {n}" for value, n in found.items())
        rows.append((choose_words(label), spelt, "Alike." if len(found) <= 1 else warning))
    frame = pd.DataFrame(rows, columns=["", "有 found", "因此 hence"])
    return show_table(frame, caption="可比性 Comparability")


def show_coverage(documents: pd.DataFrame) -> ReadingTable:
    """Show which years a region's reports cover, which are missing, and what that allows."""
    years = sorted(int(value) for value in documents["year"].dropna().unique())
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years)) if years else []
    reading = "A trend may be read, with its intervals." if len(years) >= 3 else "Too few years for a trend."
    frame = pd.DataFrame(
        [
            ("年数 years", str(len(years))),
            ("自 from", str(years[0]) if years else ""),
            ("至 to", str(years[-1]) if years else ""),
            ("缺 missing", ", ".join(map(str, missing)) or "none"),
            ("因此 hence", reading),
        ],
        columns=["", "本地区 this region"],
    )
    frame[""] = frame[""].map(choose_words)
    return show_table(frame, caption="覆盖 Coverage of the region's reports")


def show_similarity(similarity: pd.DataFrame, document_id: str, *, rows: int = 15) -> ReadingTable:
    """Show the reports nearest to one, by one measure of similarity.

    Parameters
    ----------
    similarity : DataFrame
        document_id, other_document_id, measure, value; each pair once.
    document_id : str
    """
    swapped = similarity.rename(
        columns={"document_id": "other_document_id", "other_document_id": "document_id"}
    )
    both = pd.concat([similarity, swapped])
    mine = both[both["document_id"] == document_id].sort_values("value", ascending=False)
    return show_table(
        mine,
        caption=f"与 {document_id} 最相似的报告 Nearest reports",
        columns={"other_document_id": "报告 report", "measure": "量度 measure", "value": "相似度 similarity"},
        digits={"value": 3},
        rows=rows,
        note="" if len(mine) else "There is no other report to compare with.",
    )
