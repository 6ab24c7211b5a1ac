"""Time the coding of a corpus and its trends, after reading: ``python benchmarks/theme_trends.py CORPUS``."""

from __future__ import annotations

import sys
import time

import workbench as wb
from workbench.measures.attention import Interval, theme_entropy, theme_shares
from workbench.measures.breaks import find_breaks
from workbench.measures.trends import (
    average_shares,
    find_trends,
    lead_and_lag,
    measure_punctuation,
    yearly_changes,
)


def main(folder: str) -> None:
    corpus = wb.read_corpus(folder)
    sentences = len(corpus.sentences)  # reading, sections and sentences are not timed
    marks = [("", time.perf_counter())]

    def mark(name: str) -> None:
        marks.append((name, time.perf_counter()))

    themes = corpus.sentence_themes
    mark(f"code {sentences} sentences")
    shares = theme_shares(
        themes, corpus.sentences, corpus.documents, by=("region", "year"), interval=Interval(draws=200)
    )
    mark("shares by region and year, 200 draws with the coder's error")
    theme_entropy(shares)
    find_trends(shares)
    pooled = average_shares(shares)
    find_trends(pooled.assign(region="all"))
    mark("entropy, trends, composition held fixed")
    find_breaks(shares, draws=100)
    mark("breaks of every region and theme, 100 draws")
    measure_punctuation(yearly_changes(shares))
    if "全国" in set(shares["region"]):
        lead_and_lag(shares)
    mark("punctuation, lead and lag")
    for (_, before), (name, after) in zip(marks, marks[1:], strict=False):
        print(f"{after - before:6.1f} s  {name}")
    print(f"{marks[-1][1] - marks[0][1]:6.1f} s  in all, {len(corpus)} documents")


if __name__ == "__main__":
    main(sys.argv[1])
