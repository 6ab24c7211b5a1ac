"""Time cutting and counting against jieba, in one process, interleaved, as ratios.

    python benchmarks/segmentation.py CORPUS [--documents 40] [--rounds 3]

Two questions with a bar each:
- from sentences to a document-term table, against ``jieba.lcut`` of the same sentences with a
  ``Counter`` a document (bar: 12 times as fast), and against ``jieba.lcut`` alone;
- all occurrences of the policy terms with their places, against looking for them among the tokens of
  ``jieba.lcut`` (bar: 25 times as fast).
It first checks that both ways to the document-term table give the same numbers.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from statistics import median

import pandas as pd

from workbench.corpus.engines import import_jieba
from workbench.corpus.segmentation import Segmenter, count_terms, cut_tokens
from workbench.lexicons.reader import read_terms
from workbench.measures.occurrences import find_occurrences
from workbench.pipeline import read_corpus


def time_interleaved(tasks: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median CPU time of each task; in each round all tasks run once."""
    for task in tasks.values():
        task()  # the first run imports and fills caches
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            start = time.process_time()
            task()
            times[name].append(time.process_time() - start)
    return {name: median(values) for name, values in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Time cutting and counting against jieba.")
    parser.add_argument("corpus")
    parser.add_argument("--documents", type=int, default=40, help="documents taken, spread over the corpus")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    corpus = read_corpus(options.corpus)
    names = sorted(corpus.texts)
    names = names[:: max(1, len(names) // options.documents)][: options.documents]
    corpus = corpus._narrow(names) if len(names) < len(corpus) else corpus
    texts, sentences, noise = corpus.texts, corpus.sentences, corpus.noise
    spans = list(sentences[["document_id", "start", "end"]].itertuples(index=False, name=None))
    jieba = import_jieba()
    terms = read_terms()["term"].tolist()
    plain, fast = Segmenter(engine="rjieba", lexicon=None), Segmenter(engine="rjieba")

    def cut_with_jieba() -> None:
        for name, start, end in spans:
            jieba.lcut(texts[name][start:end])

    def count_with_jieba(wanted: set[str] | None = None) -> pd.DataFrame:
        counters: dict[str, Counter[str]] = {}
        for name, start, end in spans:
            words = jieba.lcut(texts[name][start:end])
            if wanted is not None:
                words = [word for word in words if word in wanted]
            counters.setdefault(name, Counter()).update(words)
        rows = [(name, term, n) for name, counter in counters.items() for term, n in counter.items()]
        return pd.DataFrame(rows, columns=["document_id", "term", "count"])

    check_counts(count_with_jieba(), count_terms(texts, sentences, segmenter=plain))
    times = time_interleaved(
        {
            "jieba.lcut alone": cut_with_jieba,
            "jieba.lcut to document-term table": count_with_jieba,
            "jieba.lcut, terms among tokens": lambda: count_with_jieba(set(terms)),
            "count_terms": lambda: count_terms(texts, sentences, segmenter=plain),
            "count_terms, lexicon, noise": lambda: count_terms(texts, sentences, segmenter=fast, noise=noise),
            "cut_tokens": lambda: cut_tokens(texts, sentences, segmenter=plain),
            "find_occurrences": lambda: find_occurrences(texts, sentences, terms),
        },
        options.rounds,
    )
    characters = int((sentences["end"] - sentences["start"]).sum())
    print(f"{len(names)} documents, {characters:,} characters in {len(spans):,} sentences")
    for name, seconds in times.items():
        print(f"{name:36} {seconds:8.3f} s {characters / seconds / 1e6:8.2f} M characters/s")
    for name, other, bar in (
        ("count_terms", "jieba.lcut to document-term table", 12),
        ("count_terms", "jieba.lcut alone", None),
        ("cut_tokens", "jieba.lcut alone", None),
        ("find_occurrences", "jieba.lcut, terms among tokens", 25),
    ):
        print(
            f"{name} against {other}: {times[other] / times[name]:.1f} times as fast"
            + (f" (bar {bar})" if bar else "")
        )


def check_counts(expected: pd.DataFrame, found: pd.DataFrame) -> None:
    """Stop unless both tables hold the same counts (blanks are no terms)."""
    expected = expected[~expected["term"].str.isspace()]
    tables = [
        dict(
            zip(
                zip(f["document_id"].astype("str"), f["term"].astype("str"), strict=True),
                f["count"],
                strict=True,
            )
        )
        for f in (expected, found)
    ]
    if tables[0] != tables[1]:
        raise SystemExit("the two document-term tables differ")


if __name__ == "__main__":
    main()
