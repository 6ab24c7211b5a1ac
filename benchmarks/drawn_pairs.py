"""Draw pairs to be checked by eye: `python benchmarks/drawn_pairs.py FOLDER --seed 1 --count 50`.

Prints, for targets drawn at random, the local and the superior's words with the amplification, and
target and result with the outcome, each also recalculated here from the numbers alone; and compares
the similarity of drawn pairs of reports with Python sets and scikit-learn.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import pandas as pd

from workbench.lexicons.reader import read_lexicon
from workbench.measures.similarity import measure_similarity
from workbench.pipeline import Corpus, read_corpus
from workbench.targets.chains import pair_superiors


def recalculate_outcome(row: pd.Series, better: str) -> str:
    """Judge one target by the words of its bound, apart from the product's code."""
    low, high = row["low"], row["high"]
    result = (row["result_low"] + row["result_high"]) / 2
    slack = 0.0
    if row["bound"] == "about":
        slack = 0.25 if row["measure"] in ("growth", "share") else 0.05 * abs(low)
    if better == "ceiling":
        return "missed" if result > high + slack + 1e-9 else "met"
    if better == "lower" and row["direction"] != "down":
        low, high, result = -high, -low, -result
    if result < low - slack - 1e-9:
        return "missed"
    return "exceeded" if result > high + slack + 1e-9 else "met"


def draw_amplification(corpus: Corpus, count: int, seed: int) -> None:
    pairs = pair_superiors(corpus.target_panel, corpus.documents)
    drawn = pairs[pairs["amplification"].notna()].sample(count, random_state=seed)
    wrong = 0
    for row in drawn.itertuples():
        expected = (row.low + row.high) / 2 - (row.superior_low + row.superior_high) / 2
        wrong += abs(expected - row.amplification) > 1e-9
        print(f"{row.document_id} {row.indicator_id} {row.amplification:+g} {row.position} {row.demand}")
        for name, start, end in (
            (row.document_id, row.start, row.end),
            (row.superior_document_id, row.superior_start, row.superior_end),
        ):
            text = corpus.texts[name]
            print("    ", " ".join(text[max(0, start - 36) : start].split()), "【", text[start:end], "】",
                  " ".join(text[end : end + 12].split()))  # fmt: skip
    print(f"amplification: {count - wrong} of {count} equal the recalculation")


def draw_outcomes(corpus: Corpus, count: int, seed: int) -> None:
    orientation = read_lexicon("orientation").table.set_index("indicator_id")["better"]
    panel = corpus.target_panel
    told = panel[panel["outcome"].isin(["met", "exceeded", "missed"]) & (panel["form"] == "stated")]
    drawn = told.sample(count, random_state=seed)
    results = corpus.statements[corpus.statements["status"] == "result"]
    wrong = 0
    for _, row in drawn.iterrows():
        expected = recalculate_outcome(row, orientation.get(row["indicator_id"], "higher"))
        wrong += expected != row["outcome"]
        print(f"{row['document_id']} {row['indicator_id']} {row['measure']} {row['outcome']} ({expected})")
        print("     target:", " ".join(str(row["evidence"]).split())[:110], "→", row["quote"], row["bound"])
        found = results[
            (results["document_id"] == row["result_document_id"])
            & (results["indicator_id"] == row["indicator_id"])
            & (results["low"] == abs(row["result_low"]))
        ]
        said = found["evidence"].iloc[0] if len(found) else "(not found)"
        print("     result:", " ".join(said.split())[:150], "→", row["result_low"])
    print(f"outcome: {count - wrong} of {count} equal the recalculation")


def draw_similarity(corpus: Corpus, count: int, seed: int) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    rng = random.Random(seed)
    names = sorted(corpus.texts)
    letters = {}
    for name in names:
        own = corpus.sentences[corpus.sentences["document_id"] == name]
        text = corpus.texts[name]
        spans = zip(own["start"], own["end"], strict=True)
        plain = "".join(c for start, end in spans for c in text[start:end] if c.isalnum())
        letters[name] = "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5a" else c for c in plain)
    pairs = [tuple(rng.sample(names, 2)) for _ in range(count)]
    frame = pd.DataFrame(pairs, columns=["document_id", "other_document_id"])
    measures = ["cosine_tfidf_bigrams", "jaccard_shingles", "containment_shingles", "share_in_other"]
    found = measure_similarity(corpus.texts, corpus.sentences, measures=measures, pairs=frame)
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), lowercase=False).fit_transform(
        letters.values()
    )
    place = {name: number for number, name in enumerate(letters)}
    largest = dict.fromkeys(measures, 0.0)
    for row in found.itertuples():
        one, other = letters[row.document_id], letters[row.other_document_id]
        a, b = ({text[i : i + 8] for i in range(len(text) - 7)} for text in (one, other))
        product = vectors[place[row.document_id]] @ vectors[place[row.other_document_id]].T
        expected = {
            "cosine_tfidf_bigrams": product.toarray()[0, 0],
            "jaccard_shingles": len(a & b) / len(a | b),
            "containment_shingles": len(a & b) / min(len(a), len(b)),
            "share_in_other": len(a & b) / len(a),
        }[row.measure]
        largest[row.measure] = max(largest[row.measure], abs(expected - row.value))
    for measure, error in largest.items():
        print(f"similarity {measure}: largest difference over {count} pairs {error:.1e}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    corpus = read_corpus(options.folder)
    draw_amplification(corpus, options.count, options.seed)
    draw_outcomes(corpus, options.count, options.seed)
    draw_similarity(corpus, options.count, options.seed)


if __name__ == "__main__":
    main()
