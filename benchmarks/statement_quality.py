"""Measure the extraction against coded records and keep the figures that the pages show.

    python benchmarks/statement_quality.py SAMPLE CORPUS GOLD [WINDOWS]

replaces the rows of SAMPLE (its name, as readers see it) in workbench/lexicons/statement_quality.csv.
"""

import sys

import pandas as pd

import workbench
from workbench.lexicons import data_file
from workbench.run.validation import measure_extraction

COLUMNS = ["sample", "match", "records", "precision", "recall", "f1", "f1_low", "f1_high"]


def measure(corpus: str, gold: str, windows: str | None) -> pd.DataFrame:
    """Return one row per level of rightness for the documents of the gold file."""
    scores = measure_extraction(workbench.read_corpus(corpus), gold, windows=windows).scores
    return scores.rename(columns={"level": "match", "gold": "records"})


def main(sample: str, corpus: str, gold: str, windows: str | None = None) -> None:
    """Measure one sample and replace its rows."""
    path = data_file("statement_quality.csv")
    kept = pd.read_csv(path).query("sample != @sample")
    rows = measure(corpus, gold, windows).assign(sample=sample)[COLUMNS]
    pd.concat([kept, rows]).round(4).to_csv(path, index=False, lineterminator="\n")
    print(rows.to_string(index=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
