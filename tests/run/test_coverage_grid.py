"""The grid of the index tells missing from doubtful and links only to pages that there are."""

import pandas as pd

from workbench.corpus.coverage import COVERAGE
from workbench.run.coverage_grid import lay_out_coverage

COLUMNS = list(COVERAGE.columns)
ROWS = [
    ("甲市", "prefecture", 2022, "present", 1, "full report", 9000, ""),
    ("甲市", "prefecture", 2023, "missing", 0, "", 0, "no report of this year"),
    ("甲市", "prefecture", 2024, "doubtful", 1, "digest", 800, "The same text twice."),
    ("乙市", "prefecture", 2024, "present", 1, "full report", 7000, ""),
]


def test_each_region_has_a_cell_for_each_year():
    grid = lay_out_coverage(COVERAGE.frame(ROWS), {("甲市", 2024): "a/02.html"})
    assert grid["years"] == [2024, 2023, 2022]
    marks = {row["region"]: [cell["mark"] for cell in row["cells"]] for row in grid["rows"]}
    assert marks == {"甲市": ["◐", "–", "●"], "乙市": ["●", "", ""]}
    doubtful = next(r for r in grid["rows"] if r["region"] == "甲市")["cells"][0]
    assert doubtful["href"] == "a/02.html"
    assert "The same text twice." in doubtful["title"]


def test_empty_corpus_has_no_grid():
    assert lay_out_coverage(COVERAGE.frame(pd.DataFrame(columns=COLUMNS).to_dict("records")), {}) == {
        "years": [],
        "rows": [],
    }
