"""Tables of measured quality: how well statements are extracted and sentences coded."""

from __future__ import annotations

import pandas as pd

from workbench.display.labels import names
from workbench.display.reading import ReadingTable, show_table
from workbench.lexicons import data_file

_MATCHES = {
    "detect": "找到 detected",
    "value": "数值 value, unit and bound",
    "strict": "全部字段 all fields",
    "headline": "主要指标 headline targets and results",
}


_EXTRACTION_NOTE = (
    "Coded by close reading (docs/codebooks/statements.md); intervals by bootstrap over documents. "
    "The rules were written with these reports in sight, save where a sample is called blind (coded before "
    "its output was seen, measured before its errors were mended): expect the blind figure elsewhere."
)


def word_extraction_quality() -> str:
    """Return in a sentence how well headline targets are found, on the sample least known to the rules."""
    quality = pd.read_csv(data_file("statement_quality.csv")).query("match == 'headline'")
    blind = quality[quality["sample"].str.contains("blind")]
    row = (blind if len(blind) else quality).iloc[-1]
    return (
        f"How well such targets and results are found: F1 {row['f1']:.2f} (95 % {row['f1_low']:.2f}–"
        f"{row['f1_high']:.2f}) on {row['records']} coded records, {row['sample']}."
    )


def show_extraction_quality() -> ReadingTable:
    """Show precision, recall and F1 of the statements, and on what they were measured."""
    quality = pd.read_csv(data_file("statement_quality.csv"))
    ends = zip(quality["f1_low"], quality["f1_high"], strict=True)
    interval = [f"{low:.3f}–{high:.3f}" for low, high in ends]
    return show_table(
        quality.assign(match=quality["match"].map(_MATCHES), interval=interval),
        caption="提取的质量 Measured quality of the extraction",
        columns={
            "sample": "样本 sample",
            "match": "算作相符 counts as a match",
            "records": "人工编码 coded records",
            "precision": "查准 precision",
            "recall": "查全 recall",
            "f1": "F1",
            "interval": "95 %",
        },
        digits={"precision": 3, "recall": 3, "f1": 3},
        note=_EXTRACTION_NOTE,
    )


def show_coder_quality() -> ReadingTable:
    """Show precision, recall and F1 of the sentence coder by theme, cross-validated by document."""
    quality = pd.read_csv(data_file("theme_coder_quality.csv"))
    return show_table(
        quality.assign(theme=names("theme", quality["theme"], language="both")),
        caption="编码的质量 Measured quality of the theme coder",
        columns={
            "theme": "主题 theme",
            "sentences": "人工编码句数 coded sentences",
            "precision": "查准 precision",
            "recall": "查全 recall",
            "f1": "F1",
        },
        digits={"precision": 2, "recall": 2, "f1": 2},
        note="Cross-validated by document: each sentence was coded by a model that had not seen its report.",
    )
