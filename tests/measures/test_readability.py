"""Description of writing: counts by hand, and no growth with the length of the text."""

import numpy as np
import pandas as pd
import pytest

from workbench.corpus.segmentation import Segmenter, cut_tokens
from workbench.measures.readability import describe_readability
from workbench.tables import SENTENCES

SEGMENTER = Segmenter(lexicon=None)


def describe(*sentences: str, noise: pd.DataFrame | None = None) -> pd.Series:
    text = "".join(sentences)
    ends = np.cumsum([len(sentence) for sentence in sentences])
    spans = zip([0, *ends[:-1]], ends, strict=True)
    frame = SENTENCES.frame([("a", number, 0, "plan", s, e) for number, (s, e) in enumerate(spans)])
    tokens = cut_tokens({"a": text}, frame, segmenter=SEGMENTER, noise=noise)
    return describe_readability({"a": text}, frame, tokens, noise=noise).iloc[0]


def test_counts_by_hand():
    row = describe("我们不断扩大内需，并且稳定就业。", "增长6.5%、总量1,200亿元。")
    assert row["sentences"] == 2
    assert row["clauses"] == 3  # 、 ends none, and the comma in 1,200 is no clause
    assert row["characters"] == 14 + 12
    assert row["characters_per_clause"] == pytest.approx(26 / 3)
    assert row["numbers_per_1000"] == pytest.approx(2 / 26 * 1000)
    assert row["r1"] == row["characters_per_clause"]
    assert row["r3"] == pytest.approx((row["r1"] + row["r2"]) / 2)


def test_means_do_not_grow_with_the_text():
    # cntext 2.2.1 gives ten times the value for ten times the text
    once = describe("城镇新增就业稳定。", "居民收入不断增长。")
    often = describe(*["城镇新增就业稳定。", "居民收入不断增长。"] * 10)
    means = ["characters_per_sentence", "characters_per_clause", "adverb_share", "r1", "r2", "r3"]
    assert often[means].tolist() == pytest.approx(once[means].tolist())


def test_noise_is_not_counted_and_parts_no_clause():
    noise = pd.DataFrame({"document_id": ["a"], "start": [2], "end": [4], "reason": ["markup"]})
    row = describe("稳定**就业。", noise=noise)
    assert row[["clauses", "characters"]].tolist() == [1, 4]


def test_a_document_of_signs_has_empty_means_and_a_reason():
    row = describe("……。")
    assert np.isnan(row["characters_per_sentence"])
    assert row["reason"] == "no letter or digit"
