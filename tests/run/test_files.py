"""Names stay in their folder; files are whole or not there."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.run.files import remove_drafts, replacing, safe_name, write_text


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


def test_drafts_of_a_killed_process_are_removed_and_nothing_else(tmp_path):
    page, note = tmp_path / "甲区_2024" / "02.targets.html", tmp_path / ".gitignore"
    write_text(page, "whole")
    write_text(note, "*")
    with replacing(page) as draft:
        draft.write_text("half")
        left = draft.with_name(draft.name.replace(str(os.getpid()), "1"))
        left.write_text("half, of a process that was killed")
    remove_drafts(tmp_path)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {page.name, note.name}
