"""Evaluation: levels of rightness on hand-made records, and the seeds' gold as a regression floor."""

import json
from pathlib import Path

import pandas as pd
import pytest

from workbench.errors import ParameterError, SeedError
from workbench.pipeline import read_corpus
from workbench.targets.evaluation import evaluate_corpus_statements, evaluate_statements
from workbench.targets.matching import dice

ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT / "tests" / "gold" / "seeds.jsonl"
RECORD = {
    **{"kind": "numeric", "document_id": "某县_2024", "start": 10, "end": 12, "quote": "5%"},
    **{"indicator": "地区生产总值", "indicator_id": "gdp", "measure": "growth", "direction": "up"},
    **{"low": 5.0, "high": 5.0, "unit": "%", "bound": "exact", "status": "target", "period": "2024"},
    "evidence": "地区生产总值增长5%。",
}
COUNT = RECORD | {
    **{"start": 30, "end": 32, "quote": "8家", "indicator": "绿色示范工厂", "indicator_id": ""},
    **{"measure": "level", "direction": "", "low": 8.0, "high": 8.0, "unit": "家"},
}


def f1(evaluation):
    return dict(zip(evaluation.scores["level"], evaluation.scores["f1"], strict=True))


def test_equal_records_score_one():
    scores = f1(evaluate_statements(pd.DataFrame([RECORD, COUNT]), [RECORD, COUNT]))
    assert scores == {"detect": 1.0, "value": 1.0, "strict": 1.0, "headline": 1.0}


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({"low": 6.0}, {"detect"}),
        ({"bound": "about"}, {"detect"}),
        ({"period": "2025"}, {"detect", "value"}),
        ({"status": "result"}, {"detect", "value"}),
        ({"indicator": "经济"}, {"detect", "value", "strict", "headline"}),
        ({"indicator_id": "exports"}, {"detect", "value"}),
        ({"start": 40, "end": 42}, set()),
        ({"kind": "qualitative"}, set()),
    ],
)
def test_each_level_asks_for_more(change, right):
    scores = f1(evaluate_statements(pd.DataFrame([RECORD | change]), [RECORD]))
    assert {level for level, score in scores.items() if score == 1.0} == right


@pytest.mark.parametrize(("wording", "strict"), [("示范工厂", 1.0), ("工厂", 0.0)])
def test_wordings_without_an_id_may_differ_by_half(wording, strict):
    # Bigrams: 绿色示范工厂 has 5, 示范工厂 3 of them (Dice 6/8), 工厂 1 (Dice 2/6).
    found = pd.DataFrame([COUNT | {"indicator": wording}])
    assert f1(evaluate_statements(found, [COUNT]))["strict"] == strict


def test_precision_and_recall_count_what_is_spare_and_missed():
    found = pd.DataFrame([RECORD, RECORD | {"start": 50, "end": 52}, RECORD | {"start": 60, "end": 62}])
    detect = evaluate_statements(found, [RECORD, COUNT]).scores.iloc[0]
    assert (detect["precision"], detect["recall"]) == (pytest.approx(1 / 3), 0.5)


def test_two_records_on_one_span_are_matched_by_their_things():
    urban = RECORD | {"indicator": "城镇居民收入", "indicator_id": "income_urban"}
    rural = RECORD | {"indicator": "农村居民收入", "indicator_id": "income_rural"}
    assert f1(evaluate_statements(pd.DataFrame([rural, urban]), [urban, rural]))["strict"] == 1.0


def test_statements_outside_the_windows_do_not_count():
    found = pd.DataFrame([RECORD, RECORD | {"start": 50, "end": 52}])
    scores = evaluate_statements(found, [RECORD], windows=[("某县_2024", 0, 20)]).scores
    assert list(scores["predicted"]) == [1, 1, 1, 1]


def test_confusions_say_what_was_taken_for_what():
    evaluation = evaluate_statements(pd.DataFrame([RECORD | {"status": "context"}]), [RECORD])
    first = evaluation.confusions.iloc[0]
    assert list(first[["field", "gold", "found", "count"]]) == ["status", "target", "context", 1]
    assert "地区生产总值增长5%。" in str(evaluation)


def test_missing_fields_are_named():
    with pytest.raises(ParameterError, match="period"):
        evaluate_statements(pd.DataFrame([RECORD]).drop(columns="period"), [RECORD])


def test_a_missing_or_broken_gold_file_is_named(tmp_path):
    with pytest.raises(SeedError, match="nowhere"):
        evaluate_corpus_statements(pd.DataFrame([RECORD]), tmp_path / "nowhere.jsonl")
    (tmp_path / "gold.jsonl").write_text("{broken\n", encoding="utf-8")
    with pytest.raises(SeedError, match="line 1"):
        evaluate_corpus_statements(pd.DataFrame([RECORD]), tmp_path / "gold.jsonl")


def test_windows_are_read_from_a_file(tmp_path):
    (tmp_path / "gold.jsonl").write_text(json.dumps(RECORD, ensure_ascii=False) + "\n", encoding="utf-8")
    window = {"document_id": "某县_2024", "start": 0, "end": 5}
    (tmp_path / "windows.jsonl").write_text(json.dumps(window, ensure_ascii=False), encoding="utf-8")
    evaluation = evaluate_corpus_statements(
        pd.DataFrame([RECORD]), tmp_path / "gold.jsonl", tmp_path / "windows.jsonl"
    )
    assert evaluation.scores["predicted"].iloc[0] == 0


def test_dice_counts_shared_bigrams():
    assert dice("新增就业", "城镇就业") == pytest.approx(2 * 1 / 6)
    assert dice("", "") == 1.0


def test_the_seeds_do_not_fall_below_their_floors():
    evaluation = evaluate_corpus_statements(read_corpus(ROOT / "seeds").statements, GOLD)
    scores = f1(evaluation)
    assert scores["detect"] >= 0.985
    assert scores["value"] >= 0.985
    assert scores["strict"] >= 0.92
    assert scores["headline"] >= 0.96
