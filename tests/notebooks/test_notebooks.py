"""The committed notebooks keep to their budget and have been run."""

from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_four_notebooks_are_there():
    assert {path.stem for path in NOTEBOOKS} >= {
        "01_text_statistics",
        "02_target_extraction",
        "03_cross_region_comparison",
        "04_theme_trends",
    }


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_code_cell_has_been_run_without_error(path):
    for cell in code_cells(read(path)):
        assert cell.execution_count is not None, cell.source
        assert not [o for o in cell.outputs if o.output_type in ("error", "stream")], cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_are_thin_and_readable(path):
    notebook = read(path)
    assert len(notebook.cells) <= 55
    for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False):
        if cell.cell_type == "code":
            assert before.cell_type == "markdown", f"no prose before: {cell.source}"
            declares = "parameters" in cell.metadata.get("tags", [])  # one parameter a line
            assert declares or len(cell.source.splitlines()) <= 8, cell.source
            assert "def " not in cell.source
            assert "class " not in cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_have_parameters_tables_and_figures(path):
    notebook = read(path)
    (parameters,) = [c for c in code_cells(notebook) if "parameters" in c.metadata.get("tags", [])]
    for name in ("corpus", "region", "year"):
        assert f"{name}" in parameters.source
    shown = [o.get("data", {}) for c in code_cells(notebook) for o in c.outputs]
    assert sum("image/png" in data for data in shown) >= 2
    assert sum('<table class="wb"' in str(data.get("text/html", "")) for data in shown) >= 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_figures_are_described(path):
    for cell in code_cells(read(path)):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) > 15, cell.source
