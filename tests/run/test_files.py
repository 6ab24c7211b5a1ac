"""Names stay in their folder; files are whole or not there."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.run.files import replacing, safe_name, write_text


@given(st.text())
def test_safe_name_is_one_plain_part_of_a_path(text):
    name = safe_name(text)
    assert Path(name).parts == (name,)
    assert name not in (".", "..", "")
    assert "/" not in name
    assert "\\" not in name
    assert len(os.fsencode(name)) < 255


@given(st.lists(st.text(max_size=8), unique=True, min_size=2, max_size=2))
def test_two_texts_never_share_a_name(texts):
    assert safe_name(texts[0]) != safe_name(texts[1])


def test_plain_identifiers_stay_as_they_are():
    assert safe_name("江北新区_2024") == "江北新区_2024"


def test_a_write_that_fails_leaves_what_was_there(tmp_path):
    path = tmp_path / "page.html"
    write_text(path, "old")

    def fail():
        with replacing(path) as draft:
            draft.write_text("half")
            raise RuntimeError

    pytest.raises(RuntimeError, fail)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
