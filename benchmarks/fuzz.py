"""Fuzz readers and tables with coverage guidance (atheris); ``make fuzz``, which installs it.

    python benchmarks/fuzz.py [-max_total_time=60] [CORPUS_OF_INPUTS]

The first byte chooses what is fuzzed: a reader of bytes, or all tables of a text. A crash is written to a
file by libFuzzer; run the script with that file to see it again.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["workbench"]):
    from workbench.corpus.formats import READERS
    from workbench.corpus.readers import Reading
    from workbench.errors import SeedError
    from workbench.pipeline import Corpus
    from workbench.targets.quantities import find_quantities

TABLES = ("noise", "sections", "sentences", "tokens", "statements", "findings", "target_panel")
SUFFIXES = sorted(READERS)


def read(suffix: str, data: bytes) -> None:
    try:
        READERS[suffix](data, f"甲市_2024{suffix}")
    except SeedError:
        return


def tabulate(text: str) -> None:
    if not text.strip():
        return
    corpus = Corpus([Reading("甲市_2024", "甲市_2024.txt", text, "utf-8", "0" * 64)], folder=None)
    for name in TABLES:
        corpus.table(name)
    for row in corpus.statements.itertuples():
        assert text[row.start : row.end] == row.quote
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end


def test_one(data: bytes) -> None:
    if not data:
        return
    kind, rest = data[0] % (len(SUFFIXES) + 1), data[1:]
    if kind < len(SUFFIXES):
        read(SUFFIXES[kind], rest)
    else:
        tabulate(rest.decode("utf-8", "ignore"))


if __name__ == "__main__":
    atheris.Setup(sys.argv, test_one)
    atheris.Fuzz()
