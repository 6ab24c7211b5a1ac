"""What cntext takes for word counts and for a lexicon; run by bench.py in an environment with cntext.

    uv run --isolated --no-project --with cntext==2.2.1 --with ipython python benchmarks/cntext_peer.py FILE

FILE is JSON: `texts` (a list) and `lexicon` (category to terms). Prints JSON: seconds for both.
"""

import json
import sys
import time
from pathlib import Path

import cntext

given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
cntext.word_count("读入词典")
began = time.perf_counter()
for text in given["texts"]:
    cntext.word_count(text)
counted = time.perf_counter()
for text in given["texts"]:
    cntext.sentiment(text, given["lexicon"])
done = time.perf_counter()
print(json.dumps({"counts": counted - began, "lexicon": done - counted}))
