"""Judgement as data: term lists, indicators, units, themes, patterns, each with source and version."""

from pathlib import Path

FOLDER = Path(__file__).parent


def data_file(name: str) -> Path:
    """Return the path of a data file that comes with the workbench, for example ``themes.csv``."""
    return FOLDER / name
