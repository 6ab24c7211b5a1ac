"""Time and try the comparison of reports on a corpus: `python benchmarks/comparison.py FOLDER`.

Prints, for 100, 200, 400 … reports drawn at random and for all: seconds and memory for all pairs by each
similarity, by MinHash, and by text reuse with alignment; recall and false passages with 200
plants; the error of MinHash; seconds for year-to-year changes.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import pandas as pd
from planting import Planted, draw_plants, score_plants

from workbench.corpus.sentences import sentence_spans
from workbench.measures.changes import compare_sentences
from workbench.measures.relatives import RELATIONS, pair_relatives
from workbench.measures.reuse import find_reuse
from workbench.measures.similarity import find_similar, measure_similarity
from workbench.pipeline import Corpus, read_corpus
from workbench.tables import SENTENCES


def clock(label: str, task: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = task()
    size = len(result) if isinstance(result, pd.DataFrame) else ""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{label:<44} {time.perf_counter() - start:7.1f} s  rows {size:>7}  peak {memory} MB", flush=True)
    return result


def draw(corpus: Corpus, count: int, seed: int) -> tuple[dict[str, str], pd.DataFrame]:
    names = sorted(corpus.texts)
    random.Random(seed).shuffle(names)
    texts = {name: corpus.texts[name] for name in names[:count]}
    return texts, corpus.sentences[corpus.sentences["document_id"].isin(texts)]


def bench_pairs(texts: dict[str, str], sentences: pd.DataFrame) -> None:
    """Time all pairs of the texts: each similarity, MinHash candidates, reuse with alignment."""
    count = len(texts)
    for measure in ("cosine_tfidf_bigrams", "jaccard_shingles", "share_in_other"):
        clock(
            f"{measure}, {count} reports",
            lambda measure=measure: measure_similarity(texts, sentences, measures=[measure]),
        )
    clock(f"MinHash candidates, {count} reports", lambda: find_similar(texts, sentences))
    clock(f"reuse with alignment, {count} reports", lambda: find_reuse(texts, sentences))


def resplit(texts: dict[str, str]) -> pd.DataFrame:
    spans = [(n, k, 0, "plan", *s) for n, text in texts.items() for k, s in enumerate(sentence_spans(text))]
    return SENTENCES.frame(spans)


def bench_plants(texts: dict[str, str], count: int) -> None:
    sentences = resplit(texts)
    before = find_reuse(texts, sentences)
    for edits in ("s", "sdi"):
        for seed in (1, 2, 3):
            planted = Planted(texts, draw_plants(texts, sentences, count=count, seed=seed, edits=edits))
            found = find_reuse(planted.texts, resplit(planted.texts))
            scores = score_plants(found, planted, before)
            line = "  ".join(f"{name} {value:.3f}" for name, value in scores.items())
            print(f"plants ({edits}, seed {seed}, {len(texts)} reports): {line}", flush=True)


def bench_minhash(texts: dict[str, str], sentences: pd.DataFrame) -> None:
    found = clock(
        "MinHash candidates, threshold 0.02", lambda: find_similar(texts, sentences, threshold=0.02)
    )
    exact = measure_similarity(texts, sentences, measures=["jaccard_shingles"], pairs=found)
    joined = found.merge(exact, on=["document_id", "other_document_id"])
    error = (joined["estimate"] - joined["value"]).abs()
    print(f"MinHash error on {len(joined)} pairs: mean {error.mean():.4f}, largest {error.max():.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plants", type=int, default=200)
    options = parser.parse_args()
    corpus = read_corpus(options.folder)
    texts, sentences = dict(corpus.texts), corpus.sentences
    every = len(texts)
    for count in [n for n in (100, 200, 400, 800, 1600) if n < every] + [every]:
        own, spans = draw(corpus, count, seed=1)
        bench_pairs(own, spans)
    relatives = pair_relatives(corpus.documents)
    last = relatives[relatives["relation"] == RELATIONS[2]]
    clock(f"sentence changes, {len(last)} pairs", lambda: compare_sentences(texts, sentences, last))
    bench_minhash(texts, sentences)
    for count in (min(5, every), min(60, every)):
        bench_plants(draw(corpus, count, seed=7)[0], options.plants)


if __name__ == "__main__":
    main()
