"""Lexical diversity: values by hand, by simpler means, and by an independent package."""

import math
import random
from pathlib import Path

import lexicalrichness
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from taaled import ld

from workbench.errors import ParameterError
from workbench.measures.diversity import measure_diversity, score_diversity
from workbench.pipeline import read_corpus
from workbench.tables import TOKENS

SEEDS = Path(__file__).parents[2] / "seeds"


def tokens_of(words: list[str], document: str = "甲市_2024") -> pd.DataFrame:
    rows = [(document, 0, 2 * i, 2 * i + len(word), word, "") for i, word in enumerate(words)]
    return TOKENS.check(pd.DataFrame(rows, columns=list(TOKENS.columns)))


def test_measures_of_types_and_tokens_have_their_reference_values():
    # N=7031 and V=2369 of the reference text; the measures here depend on these two alone
    words = np.concatenate([np.arange(2369), np.zeros(7031 - 2369, dtype=int)])
    scores = score_diversity(words)
    assert scores["ttr"] == pytest.approx(0.336936, abs=1e-6)
    assert scores["guiraud_r"] == pytest.approx(28.252476, abs=1e-6)
    assert scores["maas_a2"] == pytest.approx(0.013864, abs=1e-6)


def test_values_by_hand():
    # A B A B A C: windows of 3 hold 2, 2, 2, 3 types; segments 2 and 3
    scores = score_diversity(np.array([0, 1, 0, 1, 0, 2]), window=3)
    assert scores["mattr"] == pytest.approx((2 + 2 + 2 + 3) / 12)
    assert scores["msttr"] == pytest.approx((2 + 3) / 6)
    # counts 3, 2, 1: K = 10,000 (9 + 4 + 1 - 6)/36
    assert scores["yule_k"] == pytest.approx(10_000 * 8 / 36)
    # forward: A B A is at 2/3 <= 0.72, one factor; B A C stays at 1, no part; so 6/1
    # backward: C A B at 1, A 3/4, B 3/5, one factor; A stays at 1; so 6/1
    assert scores["mtld"] == pytest.approx(6)


def test_hdd_is_the_mean_type_count_of_random_samples():
    words = [0] * 30 + [1] * 10 + list(range(2, 22))
    draw = random.Random(3)
    trials = [len(set(draw.sample(words, 42))) / 42 for _ in range(20_000)]
    assert score_diversity(np.array(words))["hdd"] == pytest.approx(np.mean(trials), abs=2e-3)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 6), min_size=5, max_size=60), st.integers(2, 5))
def test_moving_windows_count_types(words, window):
    expected = [len(set(words[i : i + window])) for i in range(len(words) - window + 1)]
    scores = score_diversity(np.array(words), window=window)
    assert scores["mattr"] == pytest.approx(np.mean(expected) / window)
    whole = [len(set(words[i : i + window])) for i in range(0, len(words) - window + 1, window)]
    assert scores["msttr"] == pytest.approx(np.mean(whole) / window)


@pytest.fixture(scope="module")
def sequences() -> list[list[str]]:
    """Words of a seed report as the workbench cuts it, and drawn words of very unequal frequency."""
    tokens = read_corpus(SEEDS).tokens
    first = tokens[tokens["document_id"] == tokens["document_id"].iloc[0]]["token"].astype("str")
    report = [word for word in first if "\u4e00" <= word[0] <= "\u9fff"]
    draw = random.Random(5)
    drawn = [f"w{min(int(draw.paretovariate(0.6)), 400)}" for _ in range(3050)]
    # lexicalrichness leaves out a last segment that is whole
    return [report[: len(report) // 100 * 100 - 50], drawn]


def test_measures_agree_with_lexicalrichness(sequences):
    for words in sequences:
        oracle = lexicalrichness.LexicalRichness(" ".join(words), preprocessor=None, tokenizer=str.split)
        scores = score_diversity(np.unique(words, return_inverse=True)[1])
        assert scores["ttr"] == pytest.approx(oracle.ttr, abs=1e-9)
        assert scores["guiraud_r"] == pytest.approx(oracle.rttr, abs=1e-9)
        assert scores["mattr"] == pytest.approx(oracle.mattr(window_size=100), abs=1e-9)
        assert scores["msttr"] == pytest.approx(oracle.msttr(segment_window=100), abs=1e-9)
        assert scores["mtld"] == pytest.approx(oracle.mtld(threshold=0.72), abs=1e-6)
        assert scores["hdd"] == pytest.approx(oracle.hdd(draws=42), abs=1e-9)
        assert scores["maas_a2"] == pytest.approx(oracle.Maas, abs=1e-9)
        assert scores["yule_k"] == pytest.approx(oracle.yulek, abs=1e-6)


def test_measures_agree_with_taaled(sequences):
    """Its windows hold 50 words and its Maas has common logarithms; its MTLD ends factors otherwise."""
    for words in sequences:
        oracle = ld.lexdiv(words)
        scores = score_diversity(np.unique(words, return_inverse=True)[1], window=50)
        assert scores["ttr"] == pytest.approx(oracle.ttr, abs=1e-9)
        assert scores["guiraud_r"] == pytest.approx(oracle.rttr, abs=1e-9)
        assert scores["mattr"] == pytest.approx(oracle.mattr, abs=1e-9)
        assert scores["msttr"] == pytest.approx(oracle.msttr, abs=1e-9)
        assert scores["hdd"] == pytest.approx(oracle.hdd, abs=1e-9)
        assert scores["maas_a2"] == pytest.approx(oracle.maas / math.log(10), abs=1e-9)


def test_documents_that_are_too_short_have_empty_values_and_say_why():
    row = measure_diversity(tokens_of(["发展", "，", "发展"])).iloc[0]
    assert row[["tokens", "types"]].tolist() == [2, 1]
    assert np.isnan(row["mattr"])
    assert np.isnan(row["hdd"])
    assert "HD-D: fewer than 42 tokens" in row["reason"]
    all_new = measure_diversity(tokens_of(["改革", "开放", "创新"])).iloc[0]
    assert np.isnan(all_new["mtld"])
    assert "MTLD: no word comes twice" in all_new["reason"]


def test_a_document_of_signs_has_no_tokens():
    row = measure_diversity(tokens_of(["，", "。"])).iloc[0]
    assert row["tokens"] == 0
    assert np.isnan(row["ttr"])


def test_only_documents_with_tokens_have_a_row():
    both = pd.concat([tokens_of(["发展"] * 3), tokens_of(["改革"] * 4, "乙市_2024")])
    both = TOKENS.check(both.astype({"document_id": "str", "token": "str", "pos": "str"}))
    chosen = both[both["document_id"] == "乙市_2024"]  # a selection keeps the categories of all
    assert measure_diversity(chosen)[["document_id", "tokens"]].to_numpy().tolist() == [["乙市_2024", 4]]
    assert measure_diversity(TOKENS.empty()).empty


def test_wrong_choices_are_named():
    with pytest.raises(ParameterError, match="window of at least 2"):
        measure_diversity(tokens_of(["发展"]), window=1)


def test_interval_of_mattr_holds_it_and_is_empty_for_short_texts():
    rng = np.random.default_rng(7)
    long = score_diversity(rng.integers(80, size=2000), window=50)
    assert long["mattr_low"] < long["mattr"] < long["mattr_high"]
    assert long["mattr_high"] - long["mattr_low"] < 0.1
    short = score_diversity(rng.integers(80, size=200), window=50)
    assert np.isnan(short["mattr_low"])
    assert "interval of MATTR: fewer than 5 stretches" in short["reason"]
    assert short["mattr"] > 0


def test_interval_of_a_text_that_repeats_one_stretch_has_no_width():
    repeated = np.tile(np.arange(50), 20)
    scores = score_diversity(repeated, window=50)
    assert scores["mattr_low"] == scores["mattr_high"] == scores["mattr"] == 1.0
