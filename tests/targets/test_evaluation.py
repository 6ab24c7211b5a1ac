"""Evaluation: levels of rightness on hand-made records, and the seeds' gold as a regression floor."""

import itertools
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError, SeedError
from workbench.pipeline import read_corpus
from workbench.run.validation import measure_extraction
from workbench.targets.evaluation import evaluate_statements, read_records
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


def test_confusions_of_ids_show_the_ids():
    found = RECORD | {"indicator_id": "gdp_per_capita"}
    first = evaluate_statements(pd.DataFrame([found]), [RECORD]).confusions.iloc[0]
    assert list(first[["gold", "found"]]) == ["地区生产总值 [gdp]", "地区生产总值 [gdp_per_capita]"]


def test_missing_fields_are_named():
    with pytest.raises(ParameterError, match="period"):
        evaluate_statements(pd.DataFrame([RECORD]).drop(columns="period"), [RECORD])


def test_a_missing_or_broken_gold_file_is_named(tmp_path):
    with pytest.raises(SeedError, match="nowhere"):
        read_records(tmp_path / "nowhere.jsonl", ["quote"])
    (tmp_path / "gold.jsonl").write_text("{broken\n", encoding="utf-8")
    with pytest.raises(SeedError, match="line 1"):
        read_records(tmp_path / "gold.jsonl", ["quote"])


def test_a_coded_stretch_without_a_record_still_counts_what_is_found_there():
    found = pd.DataFrame(
        [RECORD, RECORD | {"document_id": "乙县_2024"}, RECORD | {"document_id": "丙县_2024"}]
    )
    windows = [("某县_2024", 0, 20), ("乙县_2024", 0, 20)]
    detect = evaluate_statements(found, [RECORD], windows=windows).scores.iloc[0]
    assert (detect["gold"], detect["predicted"], detect["precision"]) == (1, 2, 0.5)


def test_records_outside_the_windows_do_not_count_as_missed():
    scores = evaluate_statements(
        pd.DataFrame([RECORD]), [RECORD, COUNT], windows=[("某县_2024", 0, 20)]
    ).scores
    assert list(scores["recall"]) == [1.0, 1.0, 1.0, 1.0]


def bigrams(word):
    return {word[i : i + 2] for i in range(len(word) - 1)}


def level_by_hand(gold, found):
    """Return how far a pair is right: 1 detected, 2 value, 3 all fields."""
    if any(gold[f] != found[f] for f in ("low", "high", "unit", "bound")):
        return 1
    if any(gold[f] != found[f] for f in ("measure", "direction", "status", "period")):
        return 2
    if gold["indicator_id"]:
        return 3 if gold["indicator_id"] == found["indicator_id"] else 2
    left, right = bigrams(gold["indicator"]), bigrams(found["indicator"])
    return 3 if 2 * len(left & right) / (len(left) + len(right)) >= 0.5 else 2


def by_hand(found, gold):
    """Count pairs right at each level by trying every one-to-one assignment (few records)."""
    best = (0, 0, 0)
    for order in itertools.permutations([*found, *[None] * len(gold)], len(gold)):
        taken = [(g, f) for g, f in zip(gold, order, strict=True) if f is not None]
        if any(g["start"] >= f["end"] or f["start"] >= g["end"] for g, f in taken):
            continue
        reached = [level_by_hand(g, f) for g, f in taken]
        best = max(best, tuple(sum(r >= least for r in reached) for least in (1, 2, 3)))
    return dict(zip(("detect", "value", "strict"), best, strict=True))


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["5%", "6%"]),
            st.sampled_from(["exact", "about"]),
            st.sampled_from(["target", "result"]),
            st.sampled_from(
                [("地区生产总值", "gdp"), ("出口总额", "exports"), ("绿色工厂", ""), ("绿色示范工厂", "")]
            ),
            st.integers(-1, 2),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_counts_agree_with_a_tiny_scorer_that_tries_every_assignment(cases):
    gold, found = [], []
    for place, (quote, bound, status, (wording, identity), shift, missing) in enumerate(cases):
        gold.append(RECORD | {"start": 10 * place, "end": 10 * place + 2})
        if not missing:
            start = 10 * place + shift
            row = {"start": start, "end": start + 2, "low": float(quote[0]), "high": float(quote[0])}
            thing = {"indicator": wording, "indicator_id": identity, "bound": bound, "status": status}
            found.append(RECORD | row | thing)
            if not identity:
                gold[-1] = gold[-1] | {"indicator": "绿色示范工厂", "indicator_id": ""}
    frame = pd.DataFrame(found, columns=list(RECORD))
    scores = evaluate_statements(frame, gold, resamples=0).scores.set_index("level")["matched"]
    assert scores[["detect", "value", "strict"]].to_dict() == by_hand(found, gold)


def test_overlapping_spans_are_matched_one_to_one():
    # One long span over two coded ones can be right only once; the nearer span is taken.
    gold = [RECORD, RECORD | {"start": 13, "end": 15, "low": 6.0, "high": 6.0}]
    found = [RECORD | {"start": 10, "end": 14}]
    scores = evaluate_statements(pd.DataFrame(found), gold, resamples=0).scores.set_index("level")["matched"]
    assert scores["detect"] == by_hand(found, gold)["detect"] == 1


def test_intervals_hold_the_figures_they_belong_to():
    found = pd.DataFrame(
        [RECORD | {"document_id": f"{d}_2024", "low": float(n)} for n, d in enumerate("甲乙丙丁", start=4)]
    )
    gold = [RECORD | {"document_id": f"{d}_2024"} for d in "甲乙丙丁"]
    value = evaluate_statements(found, gold).scores.set_index("level").loc["value"]
    assert (value["precision"], value["precision_low"], value["precision_high"]) == (0.25, 0.0, 0.75)


def test_dice_counts_shared_bigrams():
    assert dice("新增就业", "城镇就业") == pytest.approx(2 * 1 / 6)
    assert dice("", "") == 1.0


def test_the_seeds_do_not_fall_below_their_floors():
    evaluation = measure_extraction(read_corpus(ROOT / "seeds"), GOLD)
    scores = f1(evaluation)
    assert scores["detect"] >= 0.985
    assert scores["value"] >= 0.985
    assert scores["strict"] >= 0.92
    assert scores["headline"] >= 0.96
