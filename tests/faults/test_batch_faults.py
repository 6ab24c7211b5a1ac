"""Whatever happens to a batch of notebooks, each page is whole or missing; the next batch completes it."""

import os
import shutil
import subprocess

import nbformat
import pytest
from conftest import SEEDS, below, cluster, finish, kill, wait_for, workbench
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

pytestmark = pytest.mark.faults
PARAMETERS = 'corpus = "seeds"\nregion = ""\nyear = 0\n'


def notebook(folder, name, source):
    """Write a notebook with one cell of code and return its path."""
    made = new_notebook(
        cells=[
            new_markdown_cell(f"# {name}\n\nA question?"),
            new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
            new_code_cell(source),
        ]
    )
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


def report(out, *notebooks, more=()):
    chosen = [part for path in notebooks for part in ("--notebook", path)]
    return workbench("report", SEEDS, "--out", out, *chosen, *more)


def pages(out):
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*_*/*.html"))


def test_a_batch_that_is_killed_is_completed_by_the_next(tmp_path):
    slow = notebook(tmp_path, "01_slow", "import time\ntime.sleep(1)\nprint(region)")
    out = tmp_path / "out"
    run = report(out, slow, more=["--workers", "1"])
    wait_for(lambda: len(pages(out)) >= 2)
    family = below(run.pid)
    kill(run.pid, *family)
    run.wait()
    done = pages(out)
    code, told = finish(report(out, slow))
    assert code == 0, told
    assert len(pages(out)) == 5
    # The page under way as the run was killed may be there without its record.
    assert f"{len(done)} up to date" in told or f"{len(done) - 1} up to date" in told
    assert not [path for path in out.rglob(".*") if path.name != ".lock"]


def test_kernels_that_hang_die_or_eat_the_memory_stop_no_other(tmp_path):
    good = notebook(tmp_path, "01_good", "print(region)")
    hangs = notebook(tmp_path, "02_hangs", "import time\ntime.sleep(600)")
    dies = notebook(tmp_path, "03_dies", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    eats = notebook(
        tmp_path,
        "04_eats",
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))\n"
        "held = [bytearray(1 << 28) for _ in range(64)]",
    )
    out = tmp_path / "out"
    code, told = finish(report(out, good, hangs, dies, eats, more=["--region", "六合区", "--timeout", "5"]))
    assert code == 1
    assert "1 run, 0 up to date, 3 failed" in told
    assert "02_hangs: timeout: A cell took longer than 5 seconds." in told
    assert "03_dies: failed: The kernel died" in told
    assert "04_eats: failed: " in told
    assert "MemoryError" in told
    assert len(pages(out)) == 4


def test_a_cluster_makes_every_page_also_when_a_worker_dies(tmp_path):
    slow = notebook(tmp_path, "01_slow", "import time\ntime.sleep(1)\nprint(region)")
    out = tmp_path / "out"
    with cluster() as (address, _, workers):
        run = report(out, slow, more=["--scheduler", address])
        wait_for(lambda: len(pages(out)) >= 1)
        kill(*below(workers[0].pid), workers[0].pid)
        code, told = finish(run)
    assert code == 0, told
    assert len(pages(out)) == 5


def test_a_second_batch_into_the_same_folder_waits(tmp_path):
    slow = notebook(tmp_path, "01_slow", "import time\ntime.sleep(1)\nprint(region)")
    out = tmp_path / "out"
    first = report(out, slow)
    wait_for(lambda: (out / ".lock").exists())
    second = report(out, slow)
    codes = [finish(run) for run in (first, second)]
    assert [code for code, _ in codes] == [0, 0]
    assert "another run writes into" in codes[1][1]
    assert "0 run, 5 up to date" in codes[1][1]


def test_a_full_disk_leaves_no_half_page(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True
    ).returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        good = notebook(tmp_path, "01_good", "print(region)")
        code, told = finish(report(place / "out", good))
        assert code == 1
        assert "No space left" in told
        assert "Traceback" not in told
        whole = [(place / "out" / page).read_text("utf-8") for page in pages(place / "out")]
        assert len(whole) < 5
        assert all(page.rstrip().endswith("</html>") for page in whole)
        subprocess.run(["mount", "-o", "remount,size=50m", place], check=True)
        code, told = finish(report(place / "out", good))
        assert code == 0, told
        assert len(pages(place / "out")) == 5
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_the_time_zone_and_the_clock_of_files_change_nothing(tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(SEEDS, corpus)
    store = tmp_path / "store"
    code, told = finish(workbench("index", corpus, "--store", store))
    assert code == 0, told
    for path in corpus.iterdir():
        os.utime(path, (4e9, 4e9))
    environment = {**os.environ, "TZ": "Pacific/Kiritimati"}
    code, told = finish(workbench("index", corpus, "--store", store, env=environment))
    assert (code, "5 documents, 0 computed" in told) == (0, True), told
