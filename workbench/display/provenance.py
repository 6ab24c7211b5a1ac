"""Where a number comes from: inputs with their hashes, versions, lexicons, parameters, measured quality."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.metadata import version
from typing import Any

import pandas as pd

from workbench.display.methods import measured_quality, write_methods
from workbench.lexicons import FOLDER

PACKAGES = ("workbench", "jieba", "rjieba", "pandas", "numpy", "matplotlib", "scikit-learn", "papermill")
_GROUPS = {
    "parameters": "参数 Parameters",
    "inputs": "文本 Inputs (SHA-256)",
    "versions": "版本 Versions",
    "lexicons": "词表 Lexicons (SHA-256, first 12 digits)",
    "quality": "质量 Measured quality",
}
_LANGUAGES = {"en": ("English", "en"), "zh": ("中文", "zh-Hans")}


@cache
def lexicon_hashes() -> dict[str, str]:
    """Return the first 12 digits of the SHA-256 of each data file of the workbench."""
    files = sorted(p for p in FOLDER.iterdir() if p.is_file() and p.suffix != ".py")
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest()[:12] for p in files}


@cache
def lexicon_digest() -> str:
    """Return one digest of 12 digits for all data files together: the version of the lexicons."""
    return hashlib.sha256(repr(lexicon_hashes()).encode()).hexdigest()[:12]


def describe_origin(documents: pd.DataFrame, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return inputs (document and SHA-256), parameters, versions and lexicons as plain values."""
    return {
        "parameters": dict(parameters),
        "inputs": dict(zip(documents["document_id"], documents["sha256"], strict=True)),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "lexicons": {"all together": lexicon_digest(), **lexicon_hashes()},
    }


class Provenance:
    """The box at the end of each notebook."""

    def __init__(
        self, documents: pd.DataFrame, parameters: Mapping[str, Any], methods: Sequence[str] = ()
    ) -> None:
        self.origin = describe_origin(documents, parameters) | {"quality": _word_quality()}
        self.methods = write_methods(documents, methods, lexicons=lexicon_digest())

    def _repr_html_(self) -> str:
        groups = "".join(
            f"<details><summary>{escape(title)} ({len(self.origin[key])})</summary>"
            f"<dl>{_pairs(self.origin[key])}</dl></details>"
            for key, title in _GROUPS.items()
        )
        quoted = "".join(
            f'<div class="wb-quote"><p class="wb-quote-head">方法 Methods, to be quoted ({label})</p>'
            f'<blockquote lang="{code}">{escape(self.methods[language])}</blockquote></div>'
            for language, (label, code) in _LANGUAGES.items()
        )
        return f'{quoted}<section class="provenance" aria-label="Provenance">{groups}</section>'

    def __repr__(self) -> str:
        groups = [
            f"{group}: " + ", ".join(f"{k}={v}" for k, v in self.origin[group].items()) for group in _GROUPS
        ]
        return "\n".join([*self.methods.values(), *groups])


def show_provenance(
    documents: pd.DataFrame, *, methods: Sequence[str] = (), **parameters: object
) -> Provenance:
    """Return the box that says which texts, versions, lexicons and parameters gave the numbers above.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS that went into the page.
    methods : sequence of str
        Topics of methods_text.toml, to be put together as a paragraph to quote.
    **parameters
        The notebook's parameters.
    """
    return Provenance(documents, parameters, methods)


def _word_quality() -> dict[str, str]:
    figures = measured_quality()
    return {
        "statements, all fields": f"F1 {figures['blind_strict']} "
        f"({figures['blind_low']}–{figures['blind_high']}), {figures['blind_records']} records "
        f"({figures['blind_sample']})",
        "statements, headline indicators": f"F1 {figures['blind_headline']}, the same records",
        "themes of sentences": f"accuracy {figures['theme_accuracy']}, macro-F1 {figures['theme_macro']}, "
        f"{figures['theme_sentences']} sentences, cross-validated by document",
    }


def _pairs(values: Mapping[str, Any]) -> str:
    return "".join(f"<dt>{escape(str(k))}</dt><dd>{escape(str(v))}</dd>" for k, v in values.items())
