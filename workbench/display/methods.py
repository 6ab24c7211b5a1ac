"""A paragraph of methods ready to be quoted, in English and Chinese, with the numbers of this run."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

import pandas as pd

from workbench.errors import ParameterError
from workbench.lexicons import data_file
from workbench.lexicons.reader import read_lexicon

BLIND = "blind"
LANGUAGES = ("en", "zh")


@cache
def read_topics() -> Mapping[str, Mapping[str, str]]:
    """Return topic -> language -> text with placeholders, as ``methods_text.toml`` has them."""
    content = tomllib.loads(data_file("methods_text.toml").read_text("utf-8"))
    return {topic: value for topic, value in content.items() if isinstance(value, dict)}


def write_methods(documents: pd.DataFrame, topics: Sequence[str], *, lexicons: str) -> dict[str, str]:
    """Return the paragraph of methods by language (``en``, ``zh``).

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS that were analysed.
    topics : sequence of str
        Measures that were used, as methods_text.toml names them; ``corpus`` is always said.
    lexicons : str
        Digest that identifies the data files.

    Raises
    ------
    ParameterError
        A topic that methods_text.toml does not have.
    """
    known = read_topics()
    for topic in topics:
        if topic not in known:
            raise ParameterError(f"methods: expected some of {', '.join(known)}; found {topic!r}.")
    chosen = [topic for topic in known if topic == "corpus" or topic in topics]
    values = {**_describe(documents), **measured_quality(), "lexicons": lexicons}
    values |= {"version": version("workbench"), "jieba": version("jieba")}
    values["policy_terms"] = read_lexicon("policy_terms").version
    joined = {"en": " ", "zh": ""}
    return {lang: joined[lang].join(known[t][lang].format(**values) for t in chosen) for lang in LANGUAGES}


@cache
def measured_quality() -> Mapping[str, Any]:
    """Return the figures of measured quality that a paper has to state.

    Those of the statements are of the last sample that was coded blind: nobody had seen its reports
    when the rules were written.
    """
    statements = pd.read_csv(data_file("statement_quality.csv"))
    samples = list(dict.fromkeys(statements["sample"]))
    unseen = [sample for sample in samples if BLIND in sample] or samples
    blind = statements[statements["sample"] == unseen[-1]].set_index("match")
    themes = pd.read_csv(data_file("theme_coder_overall.csv")).set_index("measure")
    strict, accuracy = blind.loc["strict"], themes.loc["accuracy"]
    chinese, _, english = str(strict["sample"]).partition(" ")
    return {
        "blind_sample": english,
        "blind_sample_zh": chinese,
        "blind_records": int(strict["records"]),
        "blind_strict": f"{strict['f1']:.2f}",
        "blind_low": f"{strict['f1_low']:.2f}",
        "blind_high": f"{strict['f1_high']:.2f}",
        "blind_headline": f"{blind.loc['headline', 'f1']:.2f}",
        "theme_sentences": f"{int(accuracy['sentences']):,}",
        "theme_documents": int(accuracy["documents"]),
        "theme_accuracy": f"{accuracy['value']:.2f}",
        "theme_macro": f"{themes.loc['macro_f1', 'value']:.2f}",
    }


def _describe(documents: pd.DataFrame) -> dict[str, str]:
    regions = list(dict.fromkeys(documents["region"].astype(str)))
    years = sorted(int(year) for year in documents["year"].dropna())
    few = len(regions) <= 4
    span = "–".join(dict.fromkeys(map(str, (years[0], years[-1])))) if years else ""
    count = len(documents)
    return {
        "documents": "one report" if count == 1 else f"{count:,} reports",
        "documents_zh": f"{count:,}份政府工作报告",
        "regions": ", ".join(regions) if few else f"{', '.join(regions[:3])} and {len(regions) - 3} others",
        "regions_zh": "、".join(regions) if few else f"{'、'.join(regions[:3])}等{len(regions)}个地区",
        "years": span or "years unknown",
        "years_zh": f"{span}年" if span else "年份不详",
    }
