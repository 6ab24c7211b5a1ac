"""Tables for reading about a text: the report, its make-up, its noise, its terms."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.display.labels import choose_words, name, names
from workbench.display.reading import Passage, ReadingTable, link_counts, show_table

_SCHEMES = ["lexicon", "plain", "leftmost_longest", "overlapping"]
_PROFILE = {
    "characters": "字数 characters",
    "sentences": "句数 sentences",
    "tokens": "词数 words",
    "types": "不同的词 word types",
    "characters_per_sentence": "每句字数 characters per sentence",
    "numbers_per_1000_characters": "每千字数字 numbers per 1,000 characters",
    "noise_characters": "噪声字数 characters of noise",
}


def show_profile(comparison: pd.DataFrame) -> ReadingTable:
    """Show `compare_profile`: one row a measure, this report beside the corpus."""
    rank = comparison["rank"].astype(int).astype(str) + " / " + comparison["documents"].astype(str)
    frame = comparison.assign(
        measure=comparison["measure"].map(_PROFILE).map(choose_words),
        value=comparison["value"].map(_round),
        median=comparison["median"].map(_round),
        rank=rank,
    )
    columns = {"measure": "指标 measure", "value": "本报告 this report"}
    columns |= {"median": "语料中位数 median of the corpus", "rank": "位次 rank"}
    return show_table(frame, caption="篇幅与构成 Size and make-up", columns=columns)


def show_parts(parts: pd.DataFrame) -> ReadingTable:
    """Show `profile_parts` of one report."""
    return show_table(
        parts.assign(part=names("part", parts["part"], language="both")),
        caption="各部分 Parts of the report",
        columns={
            "part": "部分 part",
            "sentences": "句数 sentences",
            "characters": "字数 characters",
            "share_pct": "占比 share (%)",
            "numbers_per_1000_characters": "每千字数字 numbers per 1,000 characters",
        },
        digits={"share_pct": 1, "numbers_per_1000_characters": 1},
    )


def show_noise(noise: pd.DataFrame, texts: Mapping[str, str]) -> ReadingTable:
    """Show each stretch marked as noise with its reason, to the letter."""
    places = zip(noise["document_id"], noise["start"], noise["end"], strict=True)
    passages = [Passage(_short(texts[name][start:end]), name, start, end) for name, start, end in places]
    frame = pd.DataFrame({"reason": list(noise["reason"]), "text": pd.Series(passages, dtype=object)})
    total = int((noise["end"] - noise["start"]).sum())
    return show_table(
        frame,
        caption=f"噪声 Noise: {len(noise)} stretches, {total:,} characters",
        columns={"reason": "原因 reason", "text": "原文 text"},
        note="" if len(noise) else "No stretch of this text was marked as noise.",
    )


def show_keyness(
    keyness: pd.DataFrame, *, passages: Mapping[str, Passage] | None = None, rows: int = 30
) -> ReadingTable:
    """Show typical terms with counts, effect size, interval and tests.

    Parameters
    ----------
    keyness : DataFrame
        KEYNESS.
    passages : mapping of str to Passage, optional
        Where each term stands in this report: its count leads to them.
    """
    here = link_counts(keyness["target_count"], keyness["term"], passages or {})
    return show_table(
        keyness.assign(target_count=here if passages else keyness["target_count"]),
        caption="特征词 Typical terms",
        columns={
            "term": "词 term",
            "target_count": "本报告 here",
            "reference_count": "其他 others",
            "log_ratio": "log ratio",
            "log_ratio_low": "low (95 %)",
            "log_ratio_high": "high (95 %)",
            "g2": "G²",
            "p_adjusted": "p (BH)",
        },
        digits={"log_ratio": 2, "log_ratio_low": 2, "log_ratio_high": 2, "g2": 1, "p_adjusted": 4},
        rows=rows,
        note="" if len(keyness) else "No reference to compare with, or no term passes the test.",
    )


def show_audit(
    audit: pd.DataFrame, *, passages: Mapping[str, Mapping[str, Passage]] | None = None, rows: int = 30
) -> ReadingTable:
    """Show the terms whose count depends on the way of counting, widest spread first.

    Parameters
    ----------
    audit : DataFrame
        SEGMENTATION_AUDIT.
    passages : mapping of str to mapping, optional
        Way of counting -> term -> what it counted: the counts lead to them.
    """
    spread = audit[_SCHEMES].max(axis=1) - audit[_SCHEMES].min(axis=1)
    changed = audit.assign(spread=spread)[spread > 0].sort_values(["spread", "term"], ascending=[False, True])
    linked = {
        scheme: link_counts(changed[scheme], changed["term"], found)
        for scheme, found in (passages or {}).items()
    }
    headings = {scheme: name("scheme", scheme, language="both") for scheme in _SCHEMES}
    count = f"{len(changed)} of {len(audit)}"
    return show_table(
        changed.assign(**linked),
        caption=f"随计数方式而变的词 Terms whose count depends on the way of counting: {count}",
        columns={"term": "词 term", **headings, "change": "差 with less without lexicon"},
        rows=rows,
        note="" if len(changed) else "Every term has the same count however it is counted.",
    )


def show_scheme_agreement(agreement: pd.DataFrame) -> ReadingTable:
    """Show how far ways of counting agree on the ranks of terms."""
    return show_table(
        agreement,
        caption="切分审计 Segmentation audit: rank correlations between ways of counting",
        columns={
            "first": "一 first",
            "second": "二 second",
            "terms": "词数 terms",
            "spearman": "Spearman ρ",
            "kendall": "Kendall τ",
        },
        digits={"spearman": 3, "kendall": 3},
    )


def _round(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _short(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
