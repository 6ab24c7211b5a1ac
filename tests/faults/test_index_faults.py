"""Whatever ends a run of the indexer, the next one makes the store of an undisturbed run."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from conftest import SEEDS, below, cluster, finish, kill, tables_of, wait_for, workbench

pytestmark = pytest.mark.faults


def index(store, *more, **options):
    return workbench("index", SEEDS, "--store", store, "--workers", "2", *more, **options)


def started_building(store):
    return any(store.glob("tables/tokens/*.parquet"))


def test_a_worker_that_is_killed_loses_nothing(tmp_path, calm):
    run = index(tmp_path / "store")
    wait_for(lambda: any((tmp_path / "store").glob("tables/noise/*.parquet")))
    workers = [pid for pid in below(run.pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    kill(workers[0])
    code, told = finish(run)
    assert (code, "5 documents" in told) == (0, True), told
    assert tables_of(tmp_path / "store", tmp_path) == calm


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path, calm):
    store = tmp_path / "store"
    run = index(store)
    wait_for(lambda: (store / "journal.jsonl").exists() and "\n" in (store / "journal.jsonl").read_text())
    kill(run.pid, *below(run.pid))
    run.wait()
    done = [len(json.loads(line)["documents"]) for line in (store / "journal.jsonl").read_text().splitlines()]
    assert not (store / "store.json").exists()
    code, told = finish(index(store))
    assert code == 0, told
    assert f"{5 - sum(done)} computed" in told
    assert tables_of(store, tmp_path) == calm
    assert not list(store.rglob("*.draft"))


def test_a_run_that_is_stopped_leaves_no_process(tmp_path):
    run = index(tmp_path / "store")
    wait_for(lambda: any((tmp_path / "store").glob("staging/*.parquet")))
    family = below(run.pid)
    run.send_signal(signal.SIGTERM)
    code, told = finish(run)
    assert code == 130, told
    wait_for(lambda: not [pid for pid in family if os.path.exists(f"/proc/{pid}/stat") and alive(pid)], 30)


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder on a disk of one megabyte, and a function to change how it is mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")

    def remount(options):
        subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)

    yield place, remount
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_is_told_and_the_next_run_goes_on(small_disk, tmp_path, calm):
    place, remount = small_disk
    code, told = finish(index(place / "store"))
    assert code == 1
    assert "No space left on device; make room or change its rights, then run the same command again" in told
    assert "Traceback" not in told
    remount("size=100m")
    code, told = finish(index(place / "store"))
    assert code == 0, told
    assert tables_of(place / "store", tmp_path) == calm
    remount("ro")
    assert tables_of(place / "store", tmp_path) == calm
    code, told = finish(index(place / "store"))
    assert code == 1
    assert "Read-only file system" in told


def test_a_cluster_does_the_same_and_outlives_a_worker(tmp_path, calm):
    with cluster() as (address, _, workers):
        run = workbench("index", SEEDS, "--store", tmp_path / "store", "--scheduler", address)
        wait_for(lambda: any((tmp_path / "store").glob("tables/noise/*.parquet")))
        kill(workers[0].pid)
        code, told = finish(run)
    assert code == 0, told
    assert tables_of(tmp_path / "store", tmp_path) == calm


def test_a_scheduler_that_disappears_is_told(tmp_path, calm):
    with cluster(1) as (address, scheduler, _):
        run = workbench("index", SEEDS, "--store", tmp_path / "store", "--scheduler", address)
        wait_for(lambda: any((tmp_path / "store").glob("staging/*.parquet")))
        kill(scheduler.pid)
        code, told = finish(run)
    assert code == 1, told
    assert f"the scheduler at {address} went away during the work; what was done is kept" in told
    assert finish(index(tmp_path / "store"))[0] == 0
    assert tables_of(tmp_path / "store", tmp_path) == calm
