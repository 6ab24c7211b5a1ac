"""Text reuse: planted passages are found, with their places, and little else is."""

import importlib.util
import random
import sys
from pathlib import Path

import pandas as pd
import pytest

from workbench.corpus.readers import read_folder
from workbench.corpus.sentences import sentence_spans
from workbench.errors import ParameterError, TableError
from workbench.measures.reuse import find_reuse
from workbench.tables import SENTENCES

ROOT = Path(__file__).parent.parent.parent
COMMON = (
    "的一是在人有我他这中大来上国和说时要就出会可也你对生能而子那得于着下自之年过发后"
    "作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心"
)


def cut(texts):
    rows = [
        (name, k, 0, "plan", *span)
        for name, text in texts.items()
        for k, span in enumerate(sentence_spans(text))
    ]
    return SENTENCES.frame(rows)


def scribble(rng, letters):
    """Return a sentence of common characters in random order: no report says it."""
    return "".join(rng.choice(COMMON) for _ in range(letters)) + "。"


@pytest.fixture(scope="module")
def planting():
    spec = importlib.util.spec_from_file_location("planting", ROOT / "benchmarks" / "planting.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def seeds():
    return {reading.document_id: reading.text for reading in read_folder(ROOT / "seeds")}


@pytest.mark.parametrize("edits", ["s", "sdi"])
def test_planted_passages_are_found_and_few_are_false(planting, seeds, edits):
    plants = planting.draw_plants(seeds, cut(seeds), count=200, seed=1, edits=edits)
    planted = planting.Planted(seeds, plants)
    found = find_reuse(planted.texts, cut(planted.texts))
    scores = planting.score_plants(found, planted, find_reuse(seeds, cut(seeds)))
    assert len(plants) == 200
    assert scores["recall"] >= 0.95
    assert scores["false"] <= 0.02


def test_offsets_lead_to_both_sides():
    rng = random.Random(5)
    shared = "推进低空经济与具身智能融合发展,建设三个千亿级产业集群,打造一流营商环境"
    texts = {
        "甲_2024": scribble(rng, 60) + shared + "。" + scribble(rng, 60),
        "乙_2024": scribble(rng, 90) + shared.replace(",", "、") + "；" + scribble(rng, 30),
    }
    row = find_reuse(texts, cut(texts)).iloc[0]
    assert texts[row["document_id"]][row["start"] : row["end"]] == shared
    other = texts[row["other_document_id"]][row["other_start"] : row["other_end"]]
    assert other == shared.replace(",", "、")
    assert row["similarity"] == 1.0


def test_unrelated_texts_share_nothing():
    rng = random.Random(6)
    texts = {f"{i}_2024": "".join(scribble(rng, 40) for _ in range(100)) for i in range(6)}
    assert find_reuse(texts, cut(texts)).empty


def test_formulae_of_many_documents_are_masked_until_asked_for():
    rng = random.Random(7)
    formula = "高举伟大旗帜坚持以人民为中心的发展思想全面贯彻新发展理念。"
    texts = {f"{i}_2024": scribble(rng, 80) + formula + scribble(rng, 80) for i in range(8)}
    assert find_reuse(texts, cut(texts)).empty
    assert len(find_reuse(texts, cut(texts), formula_documents=8)) == 8 * 7 / 2


def test_minimum_length_and_similarity_are_kept():
    rng = random.Random(8)
    shared = "建设现代化产业体系培育新的增长动能促进城乡区域协调发展"
    texts = {"甲_2024": scribble(rng, 50) + shared + "。", "乙_2024": scribble(rng, 50) + shared + "。"}
    assert len(find_reuse(texts, cut(texts), minimum_letters=27)) == 1
    assert find_reuse(texts, cut(texts), minimum_letters=40).empty
    changed = "".join("异" if at in (17, 20, 23) else letter for at, letter in enumerate(shared))
    texts["乙_2024"] = scribble(rng, 50) + changed + "。"  # 24 of 27 letters are left
    found = find_reuse(texts, cut(texts))
    assert found["similarity"].tolist() == pytest.approx([24 / 27])
    assert find_reuse(texts, cut(texts), minimum_similarity=0.9).empty


def test_asked_pairs_equal_those_of_all():
    rng = random.Random(9)
    shared = [scribble(rng, 40) for _ in range(2)]
    texts = {
        "甲_2024": shared[0] + scribble(rng, 40) + shared[1],
        "乙_2024": scribble(rng, 30) + shared[0],
        "丙_2024": shared[1] + scribble(rng, 30),
    }
    every = find_reuse(texts, cut(texts))
    pairs = pd.DataFrame({"document_id": ["丙_2024"], "other_document_id": ["甲_2024"]})
    some = find_reuse(texts, cut(texts), pairs=pairs)
    expected = every[(every["document_id"] == "甲_2024") & (every["other_document_id"] == "丙_2024")]
    assert len(every) == 2
    pd.testing.assert_frame_equal(some, expected.reset_index(drop=True))


def test_refuses_what_cannot_be():
    texts = {"甲_2024": "发展。"}
    with pytest.raises(ParameterError, match="minimum_similarity: expected a number from 0 to 1, found 75"):
        find_reuse(texts, cut(texts), minimum_similarity=75)
    with pytest.raises(ParameterError, match="minimum_letters: expected at least 9"):
        find_reuse(texts, cut(texts), minimum_letters=2)
    pairs = pd.DataFrame({"document_id": ["甲_2024"], "other_document_id": ["丁_2024"]})
    with pytest.raises(TableError, match="found also 丁_2024"):
        find_reuse(texts, cut(texts), pairs=pairs)


def test_no_documents_and_empty_documents_give_an_empty_table():
    assert find_reuse({"甲_2024": "", "乙_2024": ""}, SENTENCES.empty()).empty
