"""Where a number comes from: inputs with their hashes, versions, lexicons, parameters."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.metadata import version
from typing import Any

import pandas as pd

from workbench.lexicons import FOLDER

PACKAGES = ("workbench", "jieba", "rjieba", "pandas", "numpy", "matplotlib", "scikit-learn", "papermill")


@cache
def lexicon_hashes() -> dict[str, str]:
    """Return the first 12 digits of the SHA-256 of each data file of the workbench."""
    files = sorted(p for p in FOLDER.iterdir() if p.is_file() and p.suffix != ".py")
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest()[:12] for p in files}


def describe_origin(documents: pd.DataFrame, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return inputs (document and SHA-256), parameters, versions and lexicons as plain values."""
    return {
        "parameters": dict(parameters),
        "inputs": dict(zip(documents["document_id"], documents["sha256"], strict=True)),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "lexicons": lexicon_hashes(),
    }


class Provenance:
    """The box at the end of each notebook."""

    def __init__(self, documents: pd.DataFrame, parameters: Mapping[str, Any]) -> None:
        self.origin = describe_origin(documents, parameters)

    def _repr_html_(self) -> str:
        groups = "".join(
            f"<details><summary>{escape(title)} ({len(self.origin[key])})</summary>"
            f"<dl>{_pairs(self.origin[key])}</dl></details>"
            for key, title in (
                ("parameters", "参数 Parameters"),
                ("inputs", "文本 Inputs (SHA-256)"),
                ("versions", "版本 Versions"),
                ("lexicons", "词表 Lexicons (SHA-256, first 12 digits)"),
            )
        )
        return f'<section class="provenance" aria-label="Provenance">{groups}</section>'

    def __repr__(self) -> str:
        return "\n".join(
            f"{group}: " + ", ".join(f"{k}={v}" for k, v in self.origin[group].items())
            for group in ("parameters", "inputs", "versions", "lexicons")
        )


def show_provenance(documents: pd.DataFrame, **parameters: object) -> Provenance:
    """Return the box that says which texts, versions, lexicons and parameters gave the numbers above."""
    return Provenance(documents, parameters)


def _pairs(values: Mapping[str, Any]) -> str:
    return "".join(f"<dt>{escape(str(k))}</dt><dd>{escape(str(v))}</dd>" for k, v in values.items())
