"""How time, memory and size of a store grow with the number of reports.

    python benchmarks/growth.py CORPUS [--sizes 1000 4000 16000 64000] [--length 1.0] [--out growth.json]

Simulated corpora are made from CORPUS: each report is the frame of one (title, headings) with its other
lines drawn anew from all reports, under an invented region and year. Each is indexed in a process of its
own; afterwards one region of the store is opened. Prints a line a size and the exponents of growth.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from workbench.pipeline import read_corpus

YEARS = range(2004, 2024)


def simulate(corpus: Path, size: int, folder: Path, length: float, seed: int = 1) -> None:
    """Write `size` reports into `folder`, their lines drawn from those of the corpus.

    Of the lines of each that are no headings a share of `length` is kept.
    """
    dice = random.Random(seed)
    texts = [text.split("\n") for text in read_corpus(corpus).texts.values()]
    pool = [line for lines in texts for line in lines if len(line) > 40]
    for number in range(size):
        region, year = f"模拟{number // len(YEARS):05d}县", YEARS[number % len(YEARS)]
        frame = [line for line in dice.choice(texts) if len(line) <= 40 or dice.random() < length]
        lines = [dice.choice(pool) if len(line) > 40 else line for line in frame]
        place = folder / region
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{year}.txt").write_text("\n".join(lines), encoding="utf-8")


def watch_memory(process: psutil.Process, peak: list[float], stop: threading.Event) -> None:
    """Note the largest memory of a process and all below it (proportional set size), in MB."""
    while not stop.wait(0.5):
        total = 0.0
        try:
            family = [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for member in family:
            try:
                total += member.memory_full_info().pss
            except (psutil.Error, AttributeError):
                continue
        peak[0] = max(peak[0], total / 1e6)


def index(corpus: Path, store: Path) -> dict[str, float]:
    """Index a corpus in a process of its own; return seconds, CPU seconds, MB of memory, MB on disk."""
    began, spent = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "workbench", "index", str(corpus), "--store", str(store)]
    run = psutil.Popen(command, stdout=subprocess.DEVNULL)
    peak, stop = [0.0], threading.Event()
    watcher = threading.Thread(target=watch_memory, args=(run, peak, stop))
    watcher.start()
    code = run.wait()
    stop.set()
    watcher.join()
    if code:
        raise SystemExit(f"index of {corpus} ended with {code}")
    size = sum(path.stat().st_size for path in store.rglob("*.parquet"))
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = now.ru_utime + now.ru_stime - spent.ru_utime - spent.ru_stime
    return {
        "seconds": time.monotonic() - began,
        "processor_seconds": processor,
        "memory_mb": peak[0],
        "store_mb": size / 1e6,
    }


OPEN = """
import resource, sys, time
import workbench as wb
wb.read_corpus
from workbench import pipeline
began = time.perf_counter()
report = pipeline.read_corpus(sys.argv[1]).select(region=sys.argv[2])
for name in ("documents", "sections", "sentences", "statements", "sentence_themes"):
    report.table(name)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
"""


def open_region(store: Path, region: str) -> dict[str, float]:
    """Open one region of a store with its tables; return seconds and MB of memory."""
    told = subprocess.run(
        [sys.executable, "-c", OPEN, str(store), region], capture_output=True, text=True, check=True
    )
    seconds, memory = map(float, told.stdout.split())
    return {"open_seconds": seconds, "open_memory_mb": memory}


def exponent(rows: list[dict[str, float]], field: str) -> float:
    """Return the exponent of growth between the smallest and the largest corpus."""
    first, last = rows[0], rows[-1]
    return math.log(last[field] / first[field]) / math.log(last["reports"] / first["reports"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 4000, 16000, 64000])
    parser.add_argument(
        "--length", type=float, default=1.0, help="share of the lines that is kept of each report"
    )
    parser.add_argument("--out", type=Path)
    parser.add_argument("--keep", type=Path, help="keep corpora and stores here")
    options = parser.parse_args()
    rows = []
    place = options.keep or Path(tempfile.mkdtemp(prefix="growth-"))
    for size in options.sizes:
        folder, store = place / f"corpus_{size}", place / f"store_{size}"
        if not folder.is_dir():
            simulate(options.corpus, size, folder, options.length)
        row = {"reports": size, **index(folder, store), **open_region(store, "模拟00003县")}
        rows.append(row)
        print("  ".join(f"{name} {value:,.1f}" for name, value in row.items()), flush=True)
        if not options.keep:
            shutil.rmtree(folder)
            shutil.rmtree(store)
    result = {"length": options.length, "rows": rows}
    if len(rows) > 1:
        result["exponents"] = {
            name: exponent(rows, name) for name in ("seconds", "processor_seconds", "store_mb")
        }
        print("exponents:", result["exponents"])
    if options.out:
        options.out.write_text(json.dumps(result, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
