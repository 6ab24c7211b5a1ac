"""Kill index runs at random moments, again and again; the store must come out as if nothing had happened.

    python benchmarks/kill_runs.py [--runs 100] [--seed 1] [--corpus FOLDER]

Each round starts `workbench index` on a growing copy of the corpus (by default the seeds), kills after a
random time one worker or the whole run with SIGKILL, runs it again to the end, and compares every table,
byte for byte, with that of an undisturbed run. Prints a line a round and ends with 1 at the first difference.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workbench.pipeline import read_corpus
from workbench.run.export import export_table
from workbench.tables import TABLES

ROOT = Path(__file__).resolve().parents[1]


def command(corpus: Path, store: Path) -> list[str]:
    return [sys.executable, "-m", "workbench", "index", str(corpus), "--store", str(store), "--workers", "2"]


def children(pid: int) -> list[int]:
    """Return the processes below a process, the deepest last."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    direct = [int(number) for number in found.split()]
    return direct + [below for child in direct for below in children(child)]


def workers(pid: int) -> list[int]:
    """Return the worker processes of a run: those that Dask's nannies spawned."""
    found = []
    for child in children(pid):
        try:
            line = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"spawn_main" in line:
            found.append(child)
    return found


def disturb(corpus: Path, store: Path, dice: random.Random, longest: float) -> str:
    """Start a run, kill one of its workers or all of it after a while; say what was done."""
    run = subprocess.Popen(command(corpus, store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait = dice.uniform(0.5, longest)
    time.sleep(wait)
    if run.poll() is not None:
        return f"ended before {wait:.1f} s"
    below = workers(run.pid)
    if below and dice.random() < 0.5:
        os.kill(dice.choice(below), signal.SIGKILL)
        code = run.wait(600)
        return f"worker killed after {wait:.1f} s, exit {code}"
    everything = children(run.pid)
    run.kill()
    run.wait()
    for process in everything:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return f"run killed after {wait:.1f} s"


def tables_of(store: Path, out: Path) -> dict[str, bytes]:
    """Return every table of a store as CSV."""
    corpus = read_corpus(store)
    found = {}
    for name, table in TABLES.items():
        export_table(table, corpus.table(name), out / f"{name}.csv")
        found[name] = (out / f"{name}.csv").read_bytes()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=ROOT / "seeds")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        began = time.monotonic()
        subprocess.run(command(options.corpus, place / "calm"), check=True, stdout=subprocess.DEVNULL)
        longest = time.monotonic() - began
        expected = tables_of(place / "calm", place)
        for number in range(1, options.runs + 1):
            store = place / "store"
            shutil.rmtree(store, ignore_errors=True)
            told = disturb(options.corpus, store, dice, longest)
            subprocess.run(command(options.corpus, store), check=True, stdout=subprocess.DEVNULL)
            found = tables_of(store, place)
            wrong = [name for name in TABLES if found[name] != expected[name]]
            print(f"{number}/{options.runs} {told}: {', '.join(wrong) or 'all tables equal'}", flush=True)
            if wrong:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
