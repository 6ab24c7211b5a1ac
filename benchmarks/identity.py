"""How well region, year and genre are inferred, and how long it takes beside jieba.

    python benchmarks/identity.py CORPUS

Compares the year that the text alone gives with the year in the file's name, the region that the
text alone gives with the one in the name, and the time of reading and describing with that of
`jieba.lcut` on the same texts, all in one run (processor time).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace

import jieba

from workbench.corpus.documents import describe_documents
from workbench.corpus.identity import identify
from workbench.corpus.readers import Reading, read_folder, readable


def without_name(reading: Reading) -> Reading:
    """Return the reading with nothing but its text and the title its file gives."""
    title = {"title": reading.metadata["title"]} if "title" in reading.metadata else {}
    return replace(reading, document_id="text", path="text", metadata=title)


def main(folder: str) -> None:
    """Print what was inferred and how long it took."""
    jieba.initialize()
    start = time.process_time()
    readings = list(readable(read_folder(folder)))
    documents = describe_documents(readings)
    ours = time.process_time() - start
    start = time.process_time()
    for reading in readings:
        jieba.lcut(reading.text)
    theirs = time.process_time() - start
    print(f"{len(readings)} documents; read and described in {ours:.1f} s, {ours / theirs:.1%} of jieba.lcut")
    print("genres:", dict(Counter(documents["genre"])))
    agreed: Counter[str] = Counter()
    for reading, region in zip(readings, documents["region"], strict=True):
        alone = identify(without_name(reading))
        named = reading.document_id.partition("_")[2][:4]
        agreed[f"region {'as named' if alone['region'] == region else 'not in the text'}"] += 1
        agreed[f"year {'as named' if alone['year'] == named else 'another'}"] += 1
        if alone["year"] != named:
            first = alone.evidence["year"][0] if alone["year"] else None
            found = f"{first.value} ({first.evidence[:80]})" if first else "none"
            print(f"  {reading.document_id}: {found}")
    print(dict(agreed))


if __name__ == "__main__":
    main(sys.argv[1])
