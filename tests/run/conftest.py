"""A corpus of three invented reports and notebooks of a few cells."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from workbench.run import batch, plan
from workbench.run.records import RunRecord

NASTY = '<script>document.title="run"</script><img src=x onerror="document.title=1">'
TEXTS = {
    "甲区_2023.txt": "甲区政府工作报告\n一、2022年工作回顾\n地区生产总值增长5%。\n"
    "二、2023年工作安排\n增长6%左右。\n",
    "甲区_2024.txt": f"甲区政府工作报告\n一、2023年工作回顾\n增长6.1%,𠮷祥街道{NASTY}改造完成。\n"
    "二、2024年工作安排\n地区生产总值增长5.5%左右。\n",
    "乙市_2024.txt": "乙市政府工作报告\n一、2023年工作回顾\n增长4%。\n"
    "二、2024年工作安排\n地区生产总值增长5%以上。\n",
}
PARAMETERS = 'corpus = "seeds"\nregion = ""\nyear = 0\n'


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def instant(monkeypatch):
    """Let runs succeed without a kernel, or fail for the notebooks named in the set returned."""
    failing = set()

    def execute(run, *, root, fork, limits):
        run.executed.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(run.notebook, run.executed)
        status = "failed" if run.name in failing else "ok"
        return RunRecord(run.name, run.document_id, run.region, run.year, status, 0.1, run.digest)

    monkeypatch.setattr(batch, "execute", execute)
    return failing


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """Return a function that writes a notebook of these cells into the repository's folder."""
    root = tmp_path / "repository"
    (root / "notebooks").mkdir(parents=True)
    monkeypatch.setattr(plan, "repository_root", lambda: root)
    monkeypatch.setattr("workbench.run.reports.repository_root", lambda: root)

    def write(name: str, *sources: str, parameters: str = PARAMETERS) -> Path:
        cells = [new_markdown_cell(f"# Title of {name}\n\nA question?")]
        cells += [new_code_cell(parameters, metadata={"tags": ["parameters"]})]
        for number, source in enumerate(sources, 1):
            cells += [new_markdown_cell(f"## Part {number}"), new_code_cell(source)]
        notebook = new_notebook(cells=cells)
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        path = root / "notebooks" / f"{name}.ipynb"
        nbformat.write(notebook, path)
        return path

    return write
