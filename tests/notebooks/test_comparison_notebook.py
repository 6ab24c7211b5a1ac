"""Notebook 03 runs through and explains where there is little to compare with."""

import shutil
import sys
from pathlib import Path

import matplotlib
import nbformat
import pytest

matplotlib.use("Agg")

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "03_cross_region_comparison.ipynb"


class Page:
    """The notebook run in this process with other parameters; what each cell showed, as text."""

    def __init__(self, monkeypatch, tmp_path, **parameters):
        monkeypatch.setenv("WORKBENCH_STATIC", "1")
        monkeypatch.setenv("WORKBENCH_FIGURES", str(tmp_path / "figures"))
        self.shown = []
        names = {"display": self.shown.append}
        for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
            if cell.cell_type != "code":
                continue
            *head, last = cell.source.rstrip().split("\n")
            exec("\n".join(head), names)
            if "parameters" in cell.metadata.get("tags", []):
                exec(last, names)
                names |= parameters
            elif last.startswith(("wb.", "display(")):
                self.shown.append(eval(last, names))
            else:
                exec(last, names)
        self.text = "\n".join(repr(one) + getattr(one, "note", "") for one in self.shown)


@pytest.fixture
def folder(tmp_path):
    """Fill a folder with copies of seeds under other names, and a manifest that says what they are."""

    def fill(*rows):
        path = tmp_path / "corpus"
        path.mkdir()
        lines = ["file,region,year,level,parent,genre"]
        for seed, name, *fields in rows:
            shutil.copy(ROOT / "seeds" / f"{seed}.txt", path / f"{name}.txt")
            lines.append(",".join([f"{name}.txt", *map(str, fields)]))
        (path / "documents.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    return fill


@pytest.fixture(autouse=True)
def _modules():
    before = set(sys.modules)
    yield
    matplotlib.pyplot.close("all") if "matplotlib.pyplot" in before else None


def test_one_report_alone(monkeypatch, tmp_path, folder):
    path = folder(("六合区_2023", "六合区_2023", "六合区", 2023, "county", "南京市", "full report"))
    page = Page(monkeypatch, tmp_path, corpus=path, region="六合区", year=2023)
    for words in (
        "There is no other report to compare with.",
        "no report of the superior for this year",
        "no report of this region for the year before",
        "no such report in the corpus",
        "No passage is shared",
        "no such reference",
    ):
        assert words in page.text, words


def test_missing_year_two_versions_and_unlike_genres(monkeypatch, tmp_path, folder):
    path = folder(
        ("六合区_2023", "六合区_2021", "六合区", 2021, "county", "南京市", "full report"),
        ("江宁区_2023", "六合区_2023", "六合区", 2023, "county", "南京市", "full report"),
        ("钟楼区_2024", "六合区_2024", "六合区", 2024, "county", "南京市", "full report"),
        ("钟楼区_2024", "六合区_2024-摘", "六合区", 2024, "county", "南京市", "digest"),
        ("南昌市_2022", "南京市_2023", "南京市", 2023, "prefecture", "江苏省", "excerpt"),
    )
    page = Page(monkeypatch, tmp_path, corpus=path, region="六合区", year=2023, reference="past")
    assert "no report of this region for the year before" in page.text  # 2022 is missing
    assert "unlike genres: full report / excerpt" in page.text
    assert "A digest or a plenum report leaves out" in page.text
    page = Page(monkeypatch, tmp_path, corpus=path, region="六合区", year=2024, reference="year")
    assert "六合区_2023 → 六合区_2024" in page.text


def test_year_unknown(monkeypatch, tmp_path, folder):
    path = folder(
        ("六合区_2023", "六合区", "六合区", "", "county", "南京市", "full report"),
        ("江宁区_2023", "江宁区_2023", "江宁区", 2023, "county", "南京市", "full report"),
    )
    text = Path(path, "六合区.txt").read_text(encoding="utf-8")
    Path(path, "六合区.txt").write_text("".join(c for c in text if not c.isdigit()), encoding="utf-8")
    page = Page(monkeypatch, tmp_path, corpus=path, region="六合区", year=0)
    assert "year unknown" in page.text
