"""One look for all figures: a Chinese font that comes with a package, colours that all can tell apart."""

from __future__ import annotations

from functools import cache

import matplotlib
from cycler import cycler
from matplotlib import font_manager

from workbench.display.labels import Language, use_language

# Okabe and Ito (2008), in an order whose greys differ too; the last is for what is missing.
BLUE, ORANGE, GREEN, RED, SKY, YELLOW, PURPLE = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#56B4E9",
    "#F0E442",
    "#CC79A7",
)
GREY, LIGHT, INK, SHADE = "#8A8A8A", "#DDDDDD", "#222222", "#FFF3DC"

PART_COLOURS = {
    "front": LIGHT,
    "review": BLUE,
    "plan": ORANGE,
    "longterm": PURPLE,
    "livelihood": GREEN,
    "party": RED,
    "glossary": GREY,
    "closing": LIGHT,
}
BOUND_MARKERS = {"exact": "o", "about": "D", "at_least": ">", "at_most": "<", "range": "|"}


@cache
def _font_family() -> str:
    import pylopdf_fonts_zh_cn

    path = str(pylopdf_fonts_zh_cn.sans_path())
    font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path).get_name()


def use_style(*, language: Language = "both") -> None:
    """Set the look of this session: Chinese glyphs, quiet axes, stable SVG, and the language of labels.

    The font is Noto Sans SC of the package pylopdf-fonts-zh-cn, so that no font of the system is
    needed; it has one weight, hence no bold.

    Parameters
    ----------
    language : {"zh", "en", "both"}
        Of the labels of tables; figures take it at their own `language`.
    """
    use_language(language)
    matplotlib.rcParams.update(
        {
            "font.family": [_font_family(), "DejaVu Sans"],
            "font.size": 10,
            "axes.unicode_minus": False,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": GREY,
            "axes.titlelocation": "left",
            "axes.titlesize": 11,
            "axes.labelcolor": INK,
            "axes.prop_cycle": cycler(color=[BLUE, ORANGE, GREEN, RED, PURPLE, SKY]),
            "xtick.color": INK,
            "ytick.color": INK,
            "figure.figsize": (8, 4),
            "figure.constrained_layout.use": True,
            "figure.dpi": 100,
            "legend.frameon": False,
            "svg.fonttype": "path",
            "svg.hashsalt": "workbench",
            "pdf.fonttype": 42,
        }
    )
