"""Statements brought together."""

import pandas as pd

from workbench.targets.summaries import count_statements, headline_targets, pair_results

COLUMNS = ["kind", "document_id", "start", "end", "quote", "indicator_id", "measure", "low", "high", "unit"]
COLUMNS += ["bound", "status", "period", "evidence"]


def statements(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def row(start, status, period, low, indicator_id="gdp", kind="numeric"):
    return (
        kind,
        "甲_2024",
        start,
        start + 2,
        f"{low}%",
        indicator_id,
        "growth",
        low,
        low,
        "%",
        "exact",
        status,
        period,
        "",
    )


def panel(**values):
    given = {"document_id": "甲_2024", "year": 2024, "indicator_id": "gdp", "measure": "growth", "unit": "%"}
    given |= {"form": "stated", "low": 6.0, "high": 6.0, "result_low": None, "result_high": None}
    given |= {"quote": "6%", "evidence": "增长6%。"}
    return pd.DataFrame([given | values])


def test_pair_results_takes_the_year_before_not_a_part_of_it():
    found = statements(row(5, "result", "2023H1", 4.0), row(9, "result", "2023", 5.0))
    pairs = pair_results(panel(), found.assign(part="review", direction="up"))
    assert pairs[["low", "result_low", "result_start"]].iloc[0].tolist() == [6.0, 5.0, 9.0]


def test_pair_results_takes_the_review_before_other_parts():
    found = statements(row(5, "result", "2023", 4.0), row(9, "result", "2023", 5.0))
    pairs = pair_results(panel(), found.assign(part=["plan", "review"], direction="up"))
    assert pairs["result_low"].tolist() == [5.0]


def test_pair_results_keeps_a_target_without_result_and_leaves_absent_ones_out():
    found = statements(row(9, "result", "2023", 5.0, "cpi")).assign(part="review", direction="up")
    pairs = pair_results(pd.concat([panel(), panel(indicator_id="cpi", form="absent")]), found)
    assert pairs["indicator_id"].tolist() == ["gdp"]
    assert pairs["result_low"].isna().all()


DOCUMENTS = pd.DataFrame({"document_id": ["甲_2024"], "year": pd.array([2024], dtype="Int64")})


def test_headline_targets_leaves_out_results_and_nameless_things():
    found = headline_targets(
        statements(
            row(50, "target", "2024", 6.0), row(9, "result", "2023", 5.0), row(60, "target", "2024", 3.0, "")
        ),
        DOCUMENTS,
    )
    assert found["start"].tolist() == [50]


def test_headline_targets_sets_the_plan_year_before_longer_horizons():
    found = headline_targets(
        statements(row(10, "target", "2021/2025", 7.0), row(50, "target", "2024", 6.0)), DOCUMENTS
    )
    assert found["start"].tolist() == [50, 10]


def test_count_statements_has_a_row_for_zero():
    counts = count_statements(
        statements(row(1, "target", "2024", 6.0), row(9, "result", "2023", 5.0, "cpi")),
        by=["status", "indicator_id"],
    )
    assert len(counts) == 4
    assert counts["count"].sum() == 2
