"""Time the statements and the panel of ever longer sentences: the cost a character must not grow.

python benchmarks/growing_sentences.py
"""

import time

import pandas as pd

import workbench
from workbench.targets.panel import build_target_panel
from workbench.targets.statements import find_statements

CLAUSES = {
    "many values": "新增就业3万人、",
    "nothing but values": "6%、",
    "ranges and sizes": "总投资30亿元以上项目5-6个，100亿、50亿，",
    "goals without a number": "就业正增长、收入与经济增长同步，外贸高于全省平均水平，医保全覆盖，",
    "targets": "地区生产总值增长8%，粮食高于全国平均水平、外贸正增长，",
    "horizons": "到2025年投资达到5亿元，力争2023年由5%提高到6%，",
    "digits": "123456,7.8%",
    "open brackets": "(“工程”建设",
    "no number": "坚持稳中求进工作总基调、",
    "garbled": "增长l0%、6．5％、1．，5",
}


def measure(clause: str, characters: int, documents: pd.DataFrame) -> float:
    """Return microseconds a character for one sentence of this length."""
    name = documents["document_id"].iloc[0]
    texts = {name: (clause * (characters // len(clause) + 1))[:characters]}
    place = {"document_id": [name], "section": [0], "part": ["plan"], "start": [0], "end": [characters]}
    sections = pd.DataFrame({**place, "depth": [0], "heading": [""]})
    sentences = pd.DataFrame({**place, "sentence": [0]})
    begun = time.process_time()
    statements = find_statements(texts, documents, sections, sentences)
    build_target_panel(texts, documents, sentences, statements)
    return 1e6 * (time.process_time() - begun) / characters


def main() -> None:
    """Print a row a kind of sentence, a column a length."""
    lengths = (2_500, 5_000, 10_000, 20_000, 40_000)
    documents = workbench.read_corpus("seeds").documents.head(1)
    measure("增长6%、", 100, documents)
    print("microseconds a character".ljust(26), *(f"{length:>8,}" for length in lengths))
    for kind, clause in CLAUSES.items():
        print(kind.ljust(26), *(f"{measure(clause, length, documents):8.1f}" for length in lengths))


if __name__ == "__main__":
    main()
