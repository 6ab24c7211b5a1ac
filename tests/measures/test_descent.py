"""Where words come from: formulae, stretches, shares (invented reports)."""

import random

import pandas as pd
import pytest

from workbench.corpus.sentences import sentence_spans
from workbench.measures.descent import (
    SOURCES,
    find_formulae,
    orient_passages,
    share_sources,
    trace_stretches,
)
from workbench.measures.reuse import PASSAGES, find_reuse
from workbench.tables import DOCUMENTS, SENTENCES

FORMULA = "高举伟大旗帜坚持以人民为中心的发展思想。"
COMMON = "的一是在人有我他这中大来上国和说时要就出会可也你对生能而子那得于着下自之年过发后"


def scribble(rng, letters):
    return "".join(rng.choice(COMMON) for _ in range(letters)) + "。"


def cut(texts):
    rows = [(n, k, 0, "plan", *s) for n, text in texts.items() for k, s in enumerate(sentence_spans(text))]
    return SENTENCES.frame(rows)


def shelf(known):
    blank = dict.fromkeys(DOCUMENTS.columns, "") | {
        "level": "prefecture",
        "characters": 9,
        "noise_characters": 0,
    }
    return DOCUMENTS.frame(
        [{**blank, "document_id": f"{r}_{y}", "region": r, "year": y, "parent": p} for r, y, p in known]
    )


def test_formulae_are_what_many_documents_say():
    rng = random.Random(1)
    texts = {f"区{k}_2024": scribble(rng, 40) + FORMULA + scribble(rng, 40) for k in range(7)}
    texts["别_2024"] = scribble(rng, 60)
    found = find_formulae(texts, cut(texts), formula_documents=5)
    assert [texts[r.document_id][r.start : r.end] for r in found.itertuples()] == [FORMULA[:-1]] * 7
    assert set(found["documents"]) == {7}
    some = find_formulae(texts, cut(texts), document_ids=["区3_2024"], formula_documents=5)
    pd.testing.assert_frame_equal(
        some, found[found["document_id"] == "区3_2024"].reset_index(drop=True), check_dtype=False
    )
    assert find_formulae(texts, cut(texts), formula_documents=7).empty
    assert find_formulae({"甲_2024": ""}, SENTENCES.empty()).empty


def test_a_report_sees_its_passages_from_its_own_side():
    passages = PASSAGES.frame(
        [("甲_2023", 5, 40, "乙_2024", 0, 35, 1.0), ("乙_2024", 60, 90, "丙_2024", 1, 31, 0.9)]
    )
    mine = orient_passages(passages, "乙_2024")
    assert mine[["document_id", "start", "other_document_id", "other_start"]].to_numpy().tolist() == [
        ["乙_2024", 0, "甲_2023", 5],
        ["乙_2024", 60, "丙_2024", 1],
    ]


def test_stretches_name_the_first_and_count_the_later():
    documents = shelf([("甲", 2020, ""), ("乙", 2022, ""), ("丙", 2022, ""), ("丁", 2024, "")])
    passages = PASSAGES.frame(
        [
            ("甲_2020", 0, 50, "乙_2022", 100, 150, 1.0),
            ("乙_2022", 100, 150, "丁_2024", 7, 57, 1.0),
            ("乙_2022", 102, 148, "丙_2022", 0, 46, 1.0),
            ("甲_2020", 300, 312, "乙_2022", 100, 112, 1.0),
            ("乙_2022", 400, 440, "丙_2022", 90, 130, 1.0),
        ]
    )
    first, second = trace_stretches(passages, documents, "乙_2022").to_dict("records")
    assert (first["start"], first["end"], first["documents"], first["regions"]) == (100, 150, 3, 3)
    assert (first["first_document_id"], first["first_start"], first["lag"], first["later"]) == (
        "甲_2020",
        0,
        2,
        1,
    )
    assert (second["first_document_id"], second["lag"], second["later"]) == ("乙_2022", 0, 0)
    assert trace_stretches(PASSAGES.empty(), documents, "乙_2022").empty


def test_each_letter_is_counted_once_for_its_nearest_source():
    rng = random.Random(2)
    own, above, other, fresh = (scribble(rng, 30) for _ in range(4))
    texts = {
        "某省_2023": scribble(rng, 30) + above,
        "甲市_2022": own + scribble(rng, 30),
        "乙市_2022": other + scribble(rng, 30),
        "甲市_2023": own + above + other + FORMULA + fresh,
        "丙市_2024": fresh + scribble(rng, 9),
    }
    documents = shelf(
        [
            ("某省", 2023, ""),
            ("甲市", 2022, "某省"),
            ("乙市", 2022, "某省"),
            ("甲市", 2023, "某省"),
            ("丙市", 2024, ""),
        ]
    )
    documents = documents.set_index("document_id").loc[list(texts)].reset_index()
    passages = find_reuse(texts, cut(texts))
    start = texts["甲市_2023"].index(FORMULA)
    formulae = pd.DataFrame({"document_id": ["甲市_2023"], "start": [start], "end": [start + len(FORMULA)]})
    shares = share_sources(texts, cut(texts), passages, documents, formulae, "甲市_2023").set_index("source")
    assert shares["letters"].to_dict() == {
        "own earlier": 30, "superior": 30, "other": 30, "formula": 19, "own words": 30,
    }  # fmt: skip
    assert shares["share"].sum() == pytest.approx(1.0)
    assert tuple(shares.index) == SOURCES
