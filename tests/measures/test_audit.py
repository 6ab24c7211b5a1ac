"""Audit of the segmentation: schemes, rankings, difference of lexicons."""

import numpy as np
import pandas as pd
import pytest

from workbench.corpus.segmentation import Segmenter, count_terms
from workbench.errors import ParameterError
from workbench.measures.audit import (
    audit_segmentation,
    compare_lexicons,
    compare_rankings,
    count_by_scheme,
)
from workbench.tables import SENTENCES

TEXTS = {"a": "推进五社联动，培育新质生产力。", "b": "新质生产力和新质生产力企业，推进改革。"}
SENTENCE_TABLE = SENTENCES.frame([(name, 0, 0, "plan", 0, len(text)) for name, text in TEXTS.items()])


def test_counts_of_the_schemes_stand_side_by_side():
    counts = count_by_scheme(TEXTS, SENTENCE_TABLE, ["五社联动", "新质生产力", "生产力", "企业"])
    table = audit_segmentation(counts).set_index("term")
    assert table.loc["新质生产力", ["lexicon", "plain", "leftmost_longest", "overlapping"]].tolist() == [
        3,
        0,
        3,
        3,
    ]
    assert table.loc["生产力", ["leftmost_longest", "overlapping"]].tolist() == [0, 3]
    assert table.loc["企业", ["lexicon", "plain", "change"]].tolist() == [1, 1, 0]
    assert np.isnan(table.loc["生产力", "whole_share"])
    with pytest.raises(ParameterError, match="found none for overlapping"):
        audit_segmentation({name: frame for name, frame in counts.items() if name != "overlapping"})


def test_rankings_are_correlated():
    tables = {
        "x": pd.DataFrame({"term": list("甲乙丙丁"), "count": [4, 3, 2, 1]}),
        "y": pd.DataFrame({"term": list("甲乙丙丁"), "count": [8, 6, 2, 4]}),
        "z": pd.DataFrame({"term": ["甲"], "count": [5]}),
    }
    table = compare_rankings(tables, top=2).set_index(["first", "second"])
    assert table.loc[("x", "y"), "spearman"] == pytest.approx(0.8)  # 1 - 6*2/(4*15)
    assert table.loc[("x", "y"), "kendall"] == pytest.approx(4 / 6)  # five pairs agree, one does not
    assert table.loc[("x", "y"), "top_shared"] == 1
    assert np.isnan(table.loc[("x", "z"), "spearman"])
    assert table.loc[("x", "z"), "reason"] == "fewer than two terms, or all values equal"


def test_difference_of_lexicons_lists_what_changes():
    before = count_terms(TEXTS, SENTENCE_TABLE, segmenter=Segmenter(lexicon=None))
    after = count_terms(TEXTS, SENTENCE_TABLE)
    table = compare_lexicons(before, after).set_index("term")
    assert table.loc["新质生产力", ["before", "after", "change", "documents"]].tolist() == [0, 3, 3, 2]
    assert table.loc["生产力", "change"] == -3
    assert "企业" not in table.index
    assert compare_lexicons(after, after).empty
