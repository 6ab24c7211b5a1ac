"""Time the statements of ever longer sentences: the cost a character must not grow.

Where a sentence holds thousands of values the table itself grows with the square: each row repeats
the sentence as its evidence. The reading does not.

    python benchmarks/growing_sentences.py
"""

import time

import pandas as pd

from workbench.targets.statements import find_statements

CLAUSES = {
    "many values": "新增就业3万人、",
    "digits": "123456,7.8%",
    "open brackets": "(“工程”建设",
    "no number": "坚持稳中求进工作总基调、",
    "garbled": "增长l0%、6．5％、1．，5",
}


def measure(clause: str, characters: int) -> float:
    """Return microseconds a character for one sentence of this length."""
    text = (clause * (characters // len(clause) + 1))[:characters]
    documents = pd.DataFrame({"document_id": ["甲"], "year": pd.array([2024], "Int64")})
    place = {"document_id": ["甲"], "section": [0], "part": ["plan"], "start": [0], "end": [len(text)]}
    sections = pd.DataFrame({**place, "depth": [0], "heading": [""]})
    begun = time.process_time()
    find_statements({"甲": text}, documents, sections, pd.DataFrame({**place, "sentence": [0]}))
    return 1e6 * (time.process_time() - begun) / characters


def main() -> None:
    """Print a row a kind of sentence, a column a length."""
    lengths = (1_000, 2_000, 5_000, 10_000, 20_000)
    measure("增长6%、", 100)
    print("microseconds a character".ljust(26), *(f"{length:>8,}" for length in lengths))
    for kind, clause in CLAUSES.items():
        print(kind.ljust(26), *(f"{measure(clause, length):8.1f}" for length in lengths))


if __name__ == "__main__":
    main()
