"""A batch runs every notebook for every report, isolates failures and repeats nothing needlessly."""

import json

import nbformat
import pytest

from workbench.errors import ParameterError, SeedError
from workbench.run.batch import BatchOptions
from workbench.run.execution import Limits
from workbench.run.forking import can_fork
from workbench.run.reports import Choice, report

STARTS = pytest.mark.parametrize(
    "fork", [False, pytest.param(True, marks=pytest.mark.skipif(not can_fork(), reason="Linux"))]
)


def states(records):
    return [(r.document_id, r.notebook, r.status) for r in records]


def test_each_notebook_is_planned_for_each_report(corpus, notebooks, instant, tmp_path):
    notebooks("01_say", "print(1)")
    notebooks("02_say", "print(1)")
    assert states(report(corpus, tmp_path / "out")) == [
        (document, notebook, "ok")
        for document in ("乙市_2024", "甲区_2023", "甲区_2024")
        for notebook in ("01_say", "02_say")
    ]


def test_a_notebook_that_is_no_report_runs_only_when_named(corpus, notebooks, instant, tmp_path):
    notebooks("01_say", "print(1)")
    path = notebooks("05_work", "print(1)")
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["workbench"] = {"batch": False}
    nbformat.write(notebook, path)
    assert {r.notebook for r in report(corpus, tmp_path / "out")} == {"01_say"}
    named = report(corpus, tmp_path / "out", choice=Choice(notebooks=["05"]))
    assert {r.notebook for r in named} == {"05_work"}


@STARTS
def test_a_kernel_runs_in_the_repository_with_its_parameters(corpus, notebooks, tmp_path, fork):
    notebooks("01_say", "import os\nprint(region, year, os.getcwd(), os.environ['WORKBENCH_STATIC'])")
    chosen = Choice(regions=["甲区"], years=[2024])
    assert report(corpus, tmp_path / "out", choice=chosen, options=BatchOptions(fork=fork))[0].ok
    folder = tmp_path / "out" / "甲区_2024"
    assert f"甲区 2024 {tmp_path / 'repository'} 1" in (folder / "01_say.html").read_text("utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["01_say.html", "01_say.ipynb", "01_say.json"]


def test_a_run_whose_kernel_cannot_be_forked_is_made_from_cold(corpus, notebooks, tmp_path, monkeypatch):
    class Broken:
        def fork(self, *_, **__):
            raise OSError("no fork today")

    monkeypatch.setattr("workbench.run.kernels.SERVER", Broken())
    notebooks("01_say", "print(region)")
    chosen, forking = Choice(regions=["乙市"]), BatchOptions(fork=True)
    assert report(corpus, tmp_path / "out", choice=chosen, options=forking)[0].ok


def test_failures_are_told_and_stop_no_other(corpus, notebooks, tmp_path):
    notebooks("01_good", "1 + 1")
    notebooks("02_wrong", "raise ValueError('<b>no</b> such thing')")
    notebooks("03_dead", "import os\nos._exit(3)")
    notebooks("04_slow", "import time\ntime.sleep(60)")
    chosen = Choice(regions=["乙市"])
    patient = BatchOptions(fork=False, limits=Limits(cell=2))
    records = report(corpus, tmp_path / "out", choice=chosen, options=patient)
    by_name = {record.notebook: record for record in records}
    assert [record.status for record in records] == ["ok", "failed", "failed", "timeout"]
    assert by_name["02_wrong"].error == "In [3] ValueError: <b>no</b> such thing"
    assert "died" in by_name["03_dead"].error
    assert "2 seconds" in by_name["04_slow"].error
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "&lt;b&gt;no&lt;/b&gt; such thing" in index
    page = (tmp_path / "out" / "乙市_2024" / "02_wrong.html").read_text("utf-8")
    assert "did not run to its end" in page
    stored = json.loads((tmp_path / "out" / "乙市_2024" / "04_slow.json").read_text("utf-8"))
    assert stored["status"] == "timeout"


def test_a_batch_repeats_only_what_changed(corpus, notebooks, instant, tmp_path):
    def run(**options):
        return [r.up_to_date for r in report(corpus, tmp_path / "out", options=BatchOptions(**options))]

    notebooks("01_say", "print(1)")
    assert run() == [False] * 3
    assert run() == [True] * 3
    assert run(force=True) == [False] * 3
    path = notebooks("01_say", "print(2)")
    assert run() == [False] * 3
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", text="stored")]
    nbformat.write(notebook, path)
    assert run() == [True] * 3  # stored outputs are no source
    with (corpus / "乙市_2024.txt").open("a", encoding="utf-8") as file:
        file.write("又及。\n")
    assert run() == [False] * 3  # any notebook may compare with any report


def test_a_failed_run_is_made_again(corpus, notebooks, instant, tmp_path):
    notebooks("01_say", "print(1)")
    instant.add("01_say")
    assert {r.status for r in report(corpus, tmp_path / "out")} == {"failed"}
    instant.clear()
    assert [(r.status, r.up_to_date) for r in report(corpus, tmp_path / "out")] == [("ok", False)] * 3


def test_index_keeps_the_pages_of_earlier_batches(corpus, notebooks, instant, tmp_path):
    notebooks("01_say", "print(1)")
    report(corpus, tmp_path / "out", choice=Choice(years=[2023]))
    report(corpus, tmp_path / "out", choice=Choice(regions=["乙市"]))
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "%E7%94%B2%E5%8C%BA_2023/01_say.html" in index
    assert "%E4%B9%99%E5%B8%82_2024/01_say.html" in index


def test_names_of_regions_never_leave_the_folder(corpus, notebooks, instant, tmp_path):
    (corpus / "documents.csv").write_text(
        'document_id,file,region,year\n../../escape_2024,乙市_2024.txt,"../<b onclick=x>""乙/市",2024\n',
        encoding="utf-8",
    )
    notebooks("01_say", "print(region)")
    out = tmp_path / "deep" / "out"
    records = report(corpus, out, choice=Choice(years=[2024]))
    assert all(record.ok for record in records)
    assert not (tmp_path / "escape_2024").exists()
    folders = [path.name for path in out.iterdir() if path.is_dir()]
    assert len(folders) == 2
    assert all("/" not in name and ".." not in name for name in folders)
    index = (out / "index.html").read_text("utf-8")
    assert "<b onclick" not in index
    assert "../&lt;b onclick=x&gt;" in index


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (Choice(regions=["甲县"]), "no region '甲县'; nearest: 甲区"),
        (Choice(years=[2022]), "no year 2022; nearest: 2023"),
        (Choice(regions=["乙市"], years=[2023]), "the corpus has 2024 for it"),
        (Choice(notebooks=["02_tagets"]), "no notebook '02_tagets'; nearest: 02_targets"),
    ],
)
def test_unknown_choices_name_the_nearest(corpus, notebooks, instant, tmp_path, choice, message):
    notebooks("02_targets", "print(1)")
    with pytest.raises(ParameterError, match=message):
        report(corpus, tmp_path / "out", choice=choice)
    assert not (tmp_path / "out").exists()


def test_parameter_that_the_notebook_does_not_declare_is_refused(corpus, notebooks, instant, tmp_path):
    notebooks("01_say", "print(1)")
    for name in ("teme", "x; import os"):
        with pytest.raises(ParameterError, match="01_say has no parameter .*it takes corpus, region, year"):
            report(corpus, tmp_path / "out", options=BatchOptions(parameters={name: 1}))


def test_empty_folder_is_a_seed_error(notebooks, tmp_path):
    notebooks("01_say", "print(1)")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SeedError, match="empty"):
        report(tmp_path / "empty", tmp_path / "out")
