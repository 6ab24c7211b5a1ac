"""Who said it first: phrases and passages through regions and years (invented reports)."""

import pandas as pd
import pytest

from workbench.corpus.sentences import sentence_spans
from workbench.errors import ParameterError
from workbench.measures.adoption import trace_passages, trace_phrase
from workbench.measures.reuse import PASSAGES
from workbench.tables import DOCUMENTS, SENTENCES

TEXTS = {
    "甲市_2022": "发展低空\n经济。",
    "乙市_2022": "发展工业。",
    "乙市_2023": "壮大低空经济,用好低空经济政策。",
    "甲市_2024": "低空经济再提速。",
}


@pytest.fixture
def documents():
    blank = dict.fromkeys(DOCUMENTS.columns, "") | {
        "level": "prefecture",
        "characters": 9,
        "noise_characters": 0,
    }
    named = [(name, *name.split("_")) for name in TEXTS]
    return DOCUMENTS.frame([{**blank, "document_id": n, "region": r, "year": int(y)} for n, r, y in named])


@pytest.fixture
def sentences():
    rows = [
        (n, k, 0, "plan", *span) for n, text in TEXTS.items() for k, span in enumerate(sentence_spans(text))
    ]
    return SENTENCES.frame(rows)


def test_phrase_is_followed_from_its_first_use(documents, sentences):
    uses = trace_phrase(TEXTS, sentences, documents, "低空经济")
    assert uses[["document_id", "count", "adopts", "lag"]].to_numpy().tolist() == [
        ["甲市_2022", 1, True, 0],
        ["乙市_2023", 2, True, 1],
        ["甲市_2024", 1, False, 2],
    ]
    first = uses.iloc[0]
    assert TEXTS["甲市_2022"][first["start"] : first["end"]] == "低空\n经济"


def test_phrase_that_nobody_uses_gives_an_empty_table(documents, sentences):
    assert trace_phrase(TEXTS, sentences, documents, "量子计算").empty
    with pytest.raises(ParameterError, match="at least one letter"):
        trace_phrase(TEXTS, sentences, documents, "，。")


def passages(rows):
    return PASSAGES.frame([(*row, 1.0) for row in rows])


def test_passages_of_one_wording_are_one_family(documents):
    shared = passages(
        [
            ("甲市_2022", 0, 50, "乙市_2023", 100, 150),
            ("乙市_2023", 102, 150, "甲市_2024", 0, 48),
            ("甲市_2022", 500, 540, "甲市_2024", 900, 940),
        ]
    )
    families = trace_passages(shared, documents)
    assert families.groupby("family")["document_id"].apply(list).tolist() == [
        ["甲市_2022", "乙市_2023", "甲市_2024"],
        ["甲市_2022", "甲市_2024"],
    ]
    assert families["lag"].tolist() == [0, 1, 2, 0, 2]
    assert families["first"].tolist() == [True, False, False, True, False]
    merged = families[families["document_id"] == "乙市_2023"].iloc[0]
    assert (merged["start"], merged["end"]) == (100, 150)


def test_passages_that_only_touch_stay_apart_unless_asked(documents):
    shared = passages(
        [("甲市_2022", 0, 50, "乙市_2023", 100, 150), ("乙市_2023", 130, 180, "甲市_2024", 0, 50)]
    )
    assert trace_passages(shared, documents)["family"].nunique() == 2
    assert trace_passages(shared, documents, overlap=0.3)["family"].nunique() == 1


def test_no_passages_no_families(documents):
    assert trace_passages(PASSAGES.empty(), documents).empty
    with pytest.raises(ParameterError, match="overlap"):
        trace_passages(pd.DataFrame(PASSAGES.empty()), documents, overlap=0)
