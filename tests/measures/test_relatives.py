"""Beside the superior and oneself of last year: pairs, reasons, cautions (invented reports)."""

import pandas as pd
import pytest

from workbench.corpus.sentences import sentence_spans
from workbench.measures.relatives import compare_relatives, pair_relatives, pair_report
from workbench.tables import DOCUMENTS, SENTENCES

SHARED = "建设三座水厂保障城乡供水安全。"


def shelf(known):
    blank = dict.fromkeys(DOCUMENTS.columns, "") | {
        "level": "unknown",
        "characters": 1,
        "noise_characters": 0,
        "genre": "full report",
    }
    rows = [
        {**blank, "document_id": f"{r}_{y}", "region": r, "year": y, "parent": p, **(more[0] if more else {})}
        for r, y, p, *more in known
    ]
    return DOCUMENTS.frame(rows)


def cut(texts):
    rows = [(n, k, 0, "plan", *s) for n, text in texts.items() for k, s in enumerate(sentence_spans(text))]
    return SENTENCES.frame(rows)


def test_relatives_are_superior_of_both_years_and_own_last_report():
    documents = shelf(
        [("某省", 2023, "全国"), ("某省", 2024, "全国"), ("甲市", 2023, "某省"), ("甲市", 2024, "某省")]
    )
    pairs = pair_relatives(documents)
    found = {(r["document_id"], r["other_document_id"]): r["relation"] for r in pairs.to_dict("records")}
    assert found == {
        ("甲市_2023", "某省_2023"): "superior of the year",
        ("甲市_2024", "某省_2024"): "superior of the year",
        ("甲市_2024", "某省_2023"): "superior a year before",
        ("甲市_2024", "甲市_2023"): "oneself a year before",
        ("某省_2024", "某省_2023"): "oneself a year before",
    }


def compared(documents, texts=None):
    texts = texts or dict.fromkeys(documents["document_id"], SHARED)
    frame = compare_relatives(texts, cut(texts), documents, measures=["share_in_other"])
    return frame.set_index(["document_id", "relation"])


def test_each_relation_has_a_number_or_a_reason():
    documents = shelf([("某省", 2024, ""), ("甲市", 2022, "某省"), ("甲市", 2024, "某省")])
    frame = compared(documents)
    assert frame.loc[("甲市_2024", "superior of the year"), "value"] == 1.0
    reasons = frame["reason"].to_dict()
    assert reasons[("甲市_2024", "superior of the year")] == ""
    assert reasons[("甲市_2024", "superior a year before")] == "no such report in the corpus"
    assert (
        reasons[("甲市_2024", "oneself a year before")] == "no such report in the corpus"
    )  # 2023 is missing
    assert reasons[("某省_2024", "superior of the year")] == "no superior"
    assert frame["value"].notna().sum() == 1


def test_two_versions_give_one_row_and_the_full_one_is_compared():
    documents = shelf([("甲市", 2023, ""), ("甲市", 2024, "")])
    digest = documents.iloc[[0]].assign(document_id="甲市_2023-摘", genre="digest", characters=99)
    both = pd.concat([documents, digest], ignore_index=True)
    frame = compared(both)
    assert ("甲市_2023-摘", "oneself a year before") not in frame.index
    assert frame.loc[("甲市_2024", "oneself a year before"), "other_document_id"] == "甲市_2023"


def test_unlike_genres_are_measured_with_a_caution_and_empty_texts_are_not():
    documents = shelf([("甲市", 2023, "", {"genre": "excerpt"}), ("甲市", 2024, "")])
    row = compared(documents).loc[("甲市_2024", "oneself a year before")]
    assert (row["value"], row["caution"]) == (1.0, "unlike genres: full report / excerpt")
    row = compared(documents, {"甲市_2023": "", "甲市_2024": SHARED}).loc[
        ("甲市_2024", "oneself a year before")
    ]
    assert row["reason"] == "no text to compare"


def test_year_unknown_is_said():
    documents = shelf([("甲市", None, "某省"), ("某省", 2024, "")]).assign(
        document_id=["甲市_x", "某省_2024"]
    )
    assert compared(documents).loc[("甲市_x", "superior of the year"), "reason"] == "year unknown"


def test_one_report_alone_is_no_error():
    documents = shelf([("甲市", 2024, "")])
    assert compared(documents)["value"].isna().all()
    assert pair_report(documents, "甲市_2024").empty
    assert pair_report(documents, "甲市_2024", relation="oneself a year before").empty


def test_a_report_is_paired_with_all_or_with_one_relative():
    documents = shelf([("某省", 2024, ""), ("甲市", 2023, "某省"), ("甲市", 2024, "某省")])
    assert pair_report(documents, "甲市_2024")["other_document_id"].tolist() == ["某省_2024", "甲市_2023"]
    last = pair_report(documents, "甲市_2024", relation="oneself a year before")
    assert last["other_document_id"].tolist() == ["甲市_2023"]


@pytest.mark.parametrize("parts", [["plan"], ["review"]])
def test_parts_narrow_what_is_compared(parts):
    documents = shelf([("甲市", 2023, ""), ("甲市", 2024, "")])
    texts = dict.fromkeys(documents["document_id"], SHARED)
    frame = compare_relatives(texts, cut(texts), documents, measures=["share_in_other"], parts=parts)
    found = frame[frame["relation"] == "oneself a year before"].iloc[1]
    assert found["value"] == 1.0 if parts == ["plan"] else found["reason"] == "no text to compare"
