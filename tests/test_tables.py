"""The declared tables refuse what breaks their contract and say where."""

import pandas as pd
import pytest

from workbench.errors import TableError
from workbench.tables import NOISE, SENTENCES, TABLES

SENTENCE = {"document_id": "甲_2024", "sentence": 0, "section": 0, "part": "plan", "start": 0, "end": 5}


def test_frame_types_and_orders_columns():
    frame = SENTENCES.frame([dict(reversed(SENTENCE.items()))])
    assert list(frame.columns) == list(SENTENCES.columns)
    assert [str(t) for t in frame.dtypes] == [c.dtype for c in SENTENCES.columns.values()]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_empty_table_passes_its_own_check(name):
    table = TABLES[name]
    assert list(table.check(table.empty()).columns) == list(table.columns)


def test_check_names_missing_and_unknown_columns():
    with pytest.raises(TableError, match=r"table noise.*missing: reason; unknown: why"):
        NOISE.check(pd.DataFrame({"document_id": ["甲"], "start": [0], "end": [1], "why": ["x"]}))


def test_check_refuses_undeclared_code():
    with pytest.raises(TableError, match=r"sentences, column part: found 'preface'"):
        SENTENCES.frame([{**SENTENCE, "part": "preface"}])


def test_check_refuses_repeated_key():
    with pytest.raises(TableError, match="key document_id, sentence is repeated"):
        SENTENCES.frame([SENTENCE, SENTENCE])
