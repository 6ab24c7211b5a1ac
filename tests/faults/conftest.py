"""Runs in processes of their own, to be killed; and a small cluster of a scheduler and two workers."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import workbench as wb
from workbench.run.export import export_table
from workbench.tables import TABLES

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


def workbench(*arguments, **options):
    """Start `workbench ARGUMENTS` and return the process."""
    return subprocess.Popen(
        [sys.executable, "-m", "workbench", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        **options,
    )


def finish(process):
    """Wait for a run and return its exit code and what it said."""
    told, _ = process.communicate(timeout=600)
    return process.returncode, told


def wait_for(condition, seconds=300):
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def below(pid):
    """Return the processes below a process."""
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    direct = [int(number) for number in told.split()]
    return direct + [process for child in direct for process in below(child)]


def kill(*pids):
    """End processes at once."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def tables_of(folder, scratch):
    """Return every table of a corpus or store as the bytes of its CSV."""
    corpus = wb.read_corpus(folder)
    found = {}
    for name, table in TABLES.items():
        export_table(table, corpus.table(name), scratch / f"{name}.csv")
        found[name] = (scratch / f"{name}.csv").read_bytes()
    return found


@pytest.fixture(scope="session")
def calm(tmp_path_factory):
    """Return the tables of the seeds, undisturbed."""
    return tables_of(SEEDS, tmp_path_factory.mktemp("calm"))


@contextmanager
def cluster(workers=2):
    """Yield the address of a scheduler with workers, the scheduler's process and those of the workers."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    address = next(found[0] for line in scheduler.stderr if (found := re.search(r"tcp://[\d.]+:\d+", line)))
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-dashboard",
    ]
    running = [subprocess.Popen([*worker, "--no-nanny"], **silent) for _ in range(workers)]
    try:
        from distributed import Client

        with Client(address) as client:
            client.wait_for_workers(workers, timeout=120)
        yield address, scheduler, running
    finally:
        for process in running:
            process.kill()
            process.wait()
        scheduler.kill()
        scheduler.wait()
