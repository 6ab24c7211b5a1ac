"""Measure the workbench against what scripts usually do, side by side in one run; ``make bench``.

    python benchmarks/bench.py [FOLDER ...] [--out bench.json] [--notebooks 8]

Each folder (the seeds first) is measured by itself. Ratios above 1 mean that the workbench is faster. Times
are of the clock, whatever else the machine does (term counts: of the processor); ours and theirs are taken in
turns: both see the same.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pandas as pd

from workbench.corpus.engines import import_jieba
from workbench.corpus.joined import join_sentences
from workbench.corpus.segmentation import Segmenter, count_terms
from workbench.measures.term_finder import find_terms
from workbench.measures.themes import read_theme_terms
from workbench.pipeline import read_corpus

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
CNTEXT = "cntext==2.2.1"
FEW = 20
"""Reports that cntext is given: it looks each word up in lists."""


def seconds(task: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    task()
    return clock() - began


def in_turns(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Return the median seconds of both, and theirs divided by ours."""
    times = [(seconds(ours, clock), seconds(theirs, clock)) for _ in range(rounds)]
    our, their = median(a for a, _ in times), median(b for _, b in times)
    return {"ours_s": round(our, 3), "theirs_s": round(their, 3), "ratio": round(their / our, 2)}


def measure_indexing(folder: Path, texts: dict[str, str], scratch: Path) -> dict[str, float]:
    """Time `workbench index`, all tables, on all cores, against ``jieba.lcut`` of the same text on one."""
    jieba = import_jieba()
    jieba.lcut("读入词典")

    def ours() -> None:
        store = scratch / "store"
        shutil.rmtree(store, ignore_errors=True)
        command = [sys.executable, "-m", "workbench", "index", str(folder), "--store", str(store)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def theirs() -> None:
        for text in texts.values():
            jieba.lcut(text)

    return in_turns(ours, theirs, 1 if len(texts) > 50 else ROUNDS)


def measure_counting(folder: Path) -> dict[str, float]:
    """Time sentences to term counts against ``lcut``, a Counter a document, and a frame: the same table.

    Both have the policy lexicon and leave noise and blanks out; processor seconds, for both use one core.
    """
    corpus = read_corpus(folder)
    texts, sentences, noise = corpus.texts, corpus.sentences, corpus.noise
    lcut = Segmenter(engine="jieba").cut
    joined = {each.document_id: each.text for each in join_sentences(texts, sentences, noise)}
    count_terms(texts, sentences.head(1), noise=noise)

    def theirs() -> pd.DataFrame:
        rows = [
            (name, term, number)
            for name, text in joined.items()
            for term, number in Counter(lcut(text)).items()
            if not term.isspace()
        ]
        return pd.DataFrame(rows, columns=["document_id", "term", "count"])

    def ours() -> pd.DataFrame:
        return count_terms(texts, sentences, noise=noise)

    if _rows_of(ours()) != _rows_of(theirs()):
        raise SystemExit("the two document-term tables differ")
    return in_turns(ours, theirs, ROUNDS, clock=time.process_time)


def _rows_of(table: pd.DataFrame) -> set[tuple[str, str, int]]:
    return set(zip(table["document_id"], table["term"], table["count"], strict=True))


def measure_lexicon(texts: dict[str, str]) -> dict[str, float]:
    """Time the counting of a lexicon's terms against the usual loop of ``str.count``."""
    terms = read_theme_terms()["term"].tolist()
    find = find_terms(terms)

    def ours() -> list[Counter]:
        return [Counter(number for number, _, _ in find(text)) for text in texts.values()]

    def theirs() -> list[list[int]]:
        return [[text.count(term) for term in terms] for text in texts.values()]

    return in_turns(ours, theirs, ROUNDS)


def measure_cntext(folder: Path, texts: dict[str, str], scratch: Path) -> dict[str, dict[str, float]]:
    """Time word counts and the themes' lexicon against cntext, in an environment of its own.

    Only speed is compared: cntext leaves stop words out, adds the terms of a lexicon to the words that jieba
    knows and counts words, not occurrences. Without the package index there is no row.
    """
    texts = dict(list(texts.items())[:FEW])
    rows = read_theme_terms()
    lexicon = rows.groupby("theme")["term"].agg(list).to_dict()
    given = scratch / "given.json"
    given.write_text(json.dumps({"texts": list(texts.values()), "lexicon": lexicon}), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("uv")), "run", "--isolated", "--no-project"]
    command += ["--with", CNTEXT, "--with", "ipython", "python", str(ROOT / "benchmarks" / "cntext_peer.py")]
    told = subprocess.run([*command, str(given)], capture_output=True, text=True)
    if told.returncode:
        print(f"  {CNTEXT} could not be run: {told.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return {}
    theirs = json.loads(told.stdout.splitlines()[-1])
    corpus = read_corpus(folder)
    sentences, noise, find = corpus.sentences, corpus.noise, find_terms(rows["term"].tolist())
    sentences = sentences[sentences["document_id"].isin(texts)]
    count_terms(texts, sentences.head(1), noise=noise)
    ours = {
        "counts": seconds(lambda: count_terms(texts, sentences, noise=noise)),
        "lexicon": seconds(lambda: [Counter(n for n, _, _ in find(text)) for text in texts.values()]),
    }
    names = {"counts": "term counts | cntext.word_count", "lexicon": "lexicon counts | cntext.sentiment"}
    return {
        names[what]: {"ours_s": ours[what], "theirs_s": theirs[what], "ratio": theirs[what] / ours[what]}
        for what in names
    }


def measure_notebooks(folder: Path, scratch: Path, number: int) -> dict[str, float]:
    """Time pages of notebook 02 against plain papermill, one after the other as its command runs them."""
    documents = read_corpus(folder).documents.dropna(subset=["year"]).drop_duplicates(["region", "year"])
    documents = documents.head(number)
    chosen = [part for region in documents["region"] for part in ("--region", region)]
    years = [part for year in documents["year"] for part in ("--year", str(year))]

    def ours() -> None:
        command = [
            sys.executable,
            "-m",
            "workbench",
            "report",
            str(folder),
            *chosen,
            *years,
            "--notebook",
            "02",
        ]
        out = scratch / "pages"
        shutil.rmtree(out, ignore_errors=True)
        subprocess.run([*command, "--out", str(out)], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)

    def theirs() -> None:
        source = ROOT / "notebooks" / "02_target_extraction.ipynb"
        for row in documents.itertuples():
            command = [sys.executable, "-m", "papermill", str(source), str(scratch / "out.ipynb")]
            command += ["-r", "corpus", str(folder), "-r", "region", row.region, "-p", "year", str(row.year)]
            subprocess.run(
                [*command, "--no-progress-bar"],
                check=True,
                cwd=ROOT,
                capture_output=True,
                env={**os.environ, "WORKBENCH_STATIC": "1", "WORKBENCH_FIGURES": str(scratch)},
            )

    row = in_turns(ours, theirs, 1)
    pages = sum(1 for _ in (scratch / "pages").rglob("02_*.html"))
    return {**row, "pages": pages, "ours_per_minute": round(60 * pages / row["ours_s"], 1)}


def measure(folder: Path, notebooks: int) -> dict[str, dict[str, float]]:
    """Return all measurements on a folder."""
    texts = dict(read_corpus(folder).texts)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        return {
            "index all tables | jieba.lcut, one core": measure_indexing(folder, texts, scratch),
            "term counts | jieba, Counter, DataFrame": measure_counting(folder),
            "lexicon counts | loop of str.count": measure_lexicon(texts),
            **measure_cntext(folder, texts, scratch),
            "notebook 02 to page | papermill command": measure_notebooks(folder, scratch, notebooks),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    parser.add_argument("--notebooks", type=int, default=5)
    options = parser.parse_args()
    result: dict[str, object] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    }
    print(f"{'ours | theirs':44}{'ours s':>10}{'theirs s':>10}{'ratio':>8}")
    for folder in [ROOT / "seeds", *options.folders]:
        print(folder)
        rows = result[str(folder.name)] = measure(folder, options.notebooks)
        for name, row in rows.items():
            print(f"  {name:42}{row['ours_s']:10.2f}{row['theirs_s']:10.2f}{row['ratio']:8.2f}", flush=True)
    options.out.write_text(json.dumps(result, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
