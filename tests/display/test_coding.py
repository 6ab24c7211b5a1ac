"""Coding by hand: what may be coded, by buttons and by keys, and what is kept."""

import pandas as pd
import pytest

from workbench.display.coding import Coding
from workbench.display.coding_panel import complete_code
from workbench.errors import ParameterError

TEXT = "地区生产总值增长6%左右。\n谢谢大家。<b>增长8%</b>"
SAMPLE = pd.DataFrame(
    {
        "document_id": "甲市_2023",
        "sentence": [0, 2],
        "start": [0, TEXT.index("<b>")],
        "end": [13, len(TEXT)],
        "weight": 1.0,
    }
)
CODES = {"quote": (), "kind": ("numeric", "qualitative"), "low": (), "bound": ("exact", "about")}


@pytest.fixture
def coding():
    saved = []
    made = Coding(SAMPLE, {"甲市_2023": TEXT}, CODES, save=saved.append)
    made.saved = saved
    return made


def live(coding):
    return coding.panel and coding._panel


def test_a_statement_is_kept_with_its_sentence(coding):
    coding.add(0, quote="6%", kind="numeric", low="6", bound="about", note="?")
    sheet = coding.saved[-1]
    assert sheet["quote"].tolist() == ["6%", ""]
    assert sheet.loc[0, ["document_id", "sentence", "text", "note"]].tolist() == [
        "甲市_2023",
        0,
        "地区生产总值增长6%左右。",
        "?",
    ]
    assert coding.done == 1


@pytest.mark.parametrize(
    ("codes", "problem"),
    [
        ({"quote": "7%", "kind": "numeric"}, "quote: expected words of this sentence"),
        ({"quote": "", "kind": "numeric"}, "quote: expected words of this sentence"),
        ({"quote": "6%", "kind": "number"}, "kind: expected one of numeric, qualitative, found 'number'"),
        ({"quote": "6%", "low": "six"}, "low: expected a number in the base unit, found 'six'"),
        ({"quote": "6%"}, "codes: expected at least one"),
    ],
)
def test_what_is_no_code_is_refused_and_nothing_is_kept(coding, codes, problem):
    with pytest.raises(ParameterError, match=problem):
        coding.add(0, **codes)
    assert coding.saved == []
    assert coding.done == 0


def test_nothing_gives_way_to_a_statement_and_the_last_one_is_dropped(coding):
    coding.add_nothing(1)
    assert coding.sheet["quote"].tolist() == ["", "none"]
    coding.add(1, quote="8%", kind="numeric")
    coding.add(1, quote="8%", kind="qualitative")
    assert coding.sheet["kind"].tolist() == ["", "numeric", "qualitative"]
    coding.drop(1)
    coding.drop(1)
    assert coding.done == 0


def test_themes_have_one_row_a_sentence():
    coding = Coding(SAMPLE, {"甲市_2023": TEXT}, {"primary": ("a", "b"), "secondary": ("a", "b")})
    coding.add(0, primary="a")
    coding.add(0, primary="b", secondary="a")
    assert coding.sheet["primary"].tolist() == ["b", ""]


def test_codes_of_other_sentences_are_refused_rather_than_lost():
    known = pd.DataFrame([{"document_id": "乙市_2023", "sentence": 0, "quote": "none"}])
    with pytest.raises(ParameterError, match="1 rows of other sentences, the first of 乙市_2023"):
        Coding(SAMPLE, {"甲市_2023": TEXT}, CODES, known=known)


def test_keys_and_fields_code_a_sample(coding):
    panel = live(coding)
    panel.fields["quote"].value = "6%"
    panel.fields["kind"].value = "num"
    panel.keys.value = "a"
    assert coding.sheet["quote"].tolist() == ["6%", ""]
    assert coding.sheet["kind"].tolist() == ["numeric", ""]
    assert "✓1" in panel.sentences.options[0]
    assert panel.fields["quote"].value == panel.keys.value == ""
    panel.keys.value = "n"
    assert "&lt;b&gt;" in panel.sentence.value
    panel.keys.value = "0"
    assert "2 / 2 coded" in panel.state.value
    panel.keys.value = "p"
    panel.keys.value = "d"
    assert coding.done == 1


@pytest.mark.parametrize(
    ("typed", "code"), [("ex", "exact"), ("a", "a"), ("at_l", "at_least"), ("at", "at"), ("", ""), ("x", "x")]
)
def test_the_first_letters_of_a_code_stand_for_it(typed, code):
    assert complete_code(typed, ("exact", "about", "at_least", "at_most", "a")) == code


def test_a_problem_is_told_and_the_fields_keep_what_was_typed(coding):
    panel = live(coding)
    panel.fields["quote"].value = "<i>7%"
    panel.keys.value = "a"
    assert 'role="alert"' in panel.problem.value
    assert "&lt;i&gt;7%" in panel.problem.value
    assert panel.fields["quote"].value == "<i>7%"


def test_a_batch_run_shows_a_table(coding, monkeypatch):
    monkeypatch.setenv("WORKBENCH_STATIC", "1")
    coding.add(0, quote="6%", kind="numeric")
    bundle = coding._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert "Coded: 1 of 2 sentences" in bundle["text/html"]
