"""Figures shown with their words and saved with their origin."""

from __future__ import annotations

import base64
import io
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from workbench.display.marks import list_marks
from workbench.display.provenance import describe_origin
from workbench.display.spreadsheets import write_csv_text
from workbench.places import find_folder

SCREEN_DPI, PRINT_DPI = 144, 300
COLOURS = 128
SCREEN_SCALE = 108
"""Pixels of the page for an inch of the figure: eight inches fill the column that is read."""


class ShownFigure:
    """A figure as a notebook shows it: a PNG with its words, its data and marks that lead to passages."""

    def __init__(self, figure: Figure, alt: str, data: pd.DataFrame | None) -> None:
        self.alt = alt
        self.data = data
        self._png = _draw_for_screen(figure)
        self.size = [round(SCREEN_SCALE * side) for side in figure.get_size_inches()]
        self.marks = list_marks(figure)

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
        described: dict[str, Any] = {"alt": self.alt, "width": self.size[0], "height": self.size[1]}
        if self.data is not None:
            described["csv"] = write_csv_text(self.data)
        if self.marks:
            described["marks"] = self.marks
        bundle = {"image/png": base64.b64encode(self._png).decode(), "text/plain": f"[figure] {self.alt}"}
        return bundle, {"image/png": described}

    def __repr__(self) -> str:
        return f"[figure] {self.alt}"


def _draw_for_screen(figure: Figure) -> bytes:
    """Return a PNG of a palette: a third of the size, and figures of few colours look the same."""
    from PIL import Image

    buffer, small = io.BytesIO(), io.BytesIO()
    figure.savefig(buffer, format="png", dpi=SCREEN_DPI)
    picture = Image.open(buffer).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(small, "PNG", optimize=True)
    return small.getvalue()


def show_figure(figure: Figure, *, alt: str, data: pd.DataFrame | None = None) -> ShownFigure:
    """Return a figure for the notebook, closed in matplotlib so that it is not drawn twice.

    Parameters
    ----------
    figure : Figure
        For example ``ax.figure``.
    alt : str
        What the figure shows, in a sentence, for those who do not see it.
    data : DataFrame, optional
        The numbers drawn; the page offers them as CSV.
    """
    import matplotlib.pyplot as plt

    shown = ShownFigure(figure, alt, data)
    plt.close(figure)
    return shown


def save_figure(
    figure: Figure,
    name: str,
    *,
    parameters: Mapping[str, Any],
    documents: pd.DataFrame,
    folder: str | Path | None = None,
) -> list[Path]:
    """Save ``NAME.svg``, ``NAME.png`` (300 dpi) and ``NAME.json`` (inputs, versions, parameters).

    Parameters
    ----------
    figure : Figure
    name : str
        File stem; only letters, digits, ``-`` and ``_`` (of any script).
    parameters : mapping
        The parameters that gave this figure.
    documents : DataFrame
        The documents that went into it.
    folder : path, optional
        ``figures`` of the project when left out, or what the environment variable
        WORKBENCH_FIGURES names: a batch keeps its figures beside its pages.

    Returns
    -------
    list of Path
        The three files.
    """
    folder = Path(folder or os.environ.get("WORKBENCH_FIGURES") or find_folder("figures"))
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / "".join(c if c.isalnum() or c in "-_" else "_" for c in name)
    files = [stem.with_name(f"{stem.name}.{ending}") for ending in ("svg", "png", "json")]
    figure.savefig(files[0], metadata={"Date": None})
    figure.savefig(files[1], dpi=PRINT_DPI, metadata={"Software": None})
    origin = {"figure": name, **describe_origin(documents, parameters)}
    files[2].write_text(json.dumps(origin, ensure_ascii=False, indent=1, default=str) + "\n", "utf-8")
    return files
