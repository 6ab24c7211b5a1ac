import pandas as pd
import pytest

from workbench.display.adjudication import Adjudication
from workbench.display.validation_tables import locate_quotes
from workbench.errors import ParameterError
from workbench.measures.codings import settle_codes

TEXT = "新增企业30家、项目30家。\n增长6%左右。"
TEXTS = {"甲市_2023": TEXT}
SENTENCES = pd.DataFrame({"document_id": "甲市_2023", "sentence": [0, 1], "start": [0, 15], "end": [14, 22]})
COLUMNS = ["document_id", "sentence", "quote", "occurrence", "field", "first", "second"]
CASES = pd.DataFrame(
    [
        ("甲市_2023", 0, "30家", 1, "status", "target", "result"),
        ("甲市_2023", 1, "6%", 0, "bound", "about", ""),
        ("乙市_2023", 1, "6%", 0, "bound", "about", "exact"),
    ],
    columns=COLUMNS,
)


@pytest.fixture
def adjudication(tmp_path):
    return Adjudication(CASES, SENTENCES, TEXTS, path=tmp_path / "kept" / "decisions.jsonl")


def panel(adjudication):
    return adjudication.panel and adjudication._panel


def test_quotations_are_found_in_their_sentences():
    found = locate_quotes(CASES, SENTENCES, TEXTS)
    assert found["start"].tolist()[:2] == [TEXT.rindex("30家"), TEXT.index("6%")]
    assert pd.isna(found["start"].iloc[2])


def test_the_end_of_a_longer_number_is_no_place_of_a_quotation():
    text = "产值30亿元企业1家、超亿元企业11家。"
    sentences = pd.DataFrame({"document_id": "甲市_2023", "sentence": [0], "start": [0], "end": [len(text)]})
    units = CASES.head(1).loc[[0, 0]].assign(quote=["亿元", "1家"], occurrence=0)
    found = locate_quotes(units, sentences, {"甲市_2023": text})
    assert found["start"].tolist() == [text.index("超") + 1, text.index("1家")]


def test_keys_decide_move_and_undo(adjudication):
    keys = panel(adjudication).keys
    keys.value = "2"
    assert adjudication.decisions["decision"].tolist() == ["result", "", ""]
    assert keys.value == ""
    assert panel(adjudication).at == 1
    keys.value = "2"
    assert adjudication.decisions["decision"].tolist() == ["result", "∅", ""]
    keys.value = "p"
    keys.value = "p"
    keys.value = "0"
    assert adjudication.decisions["decision"].tolist() == ["", "∅", ""]
    assert panel(adjudication).at == 0
    keys.value = "n"
    assert panel(adjudication).at == 1
    keys.value = "x"
    assert adjudication.decided == 1


def test_buttons_and_another_code(adjudication):
    live = panel(adjudication)
    live.first.click()
    live.other.value = "range"
    assert adjudication.decisions["decision"].tolist() == ["target", "range", ""]
    assert "2 / 3 decided" in live.state.value
    assert "→ range" in live.cases.options[1]
    live.move(5)
    assert "not in this corpus" in live.sentence.value


def test_the_sentence_is_shown_with_its_quotation_marked(adjudication):
    assert "项目<mark>30家</mark>" in panel(adjudication).sentence.value


def test_decisions_are_kept_and_found_again(adjudication):
    panel(adjudication).keys.value = "1"
    again = Adjudication(CASES, SENTENCES, TEXTS, path=adjudication.path)
    assert again.decisions["decision"].tolist() == ["target", "", ""]


def test_decisions_go_into_the_agreed_sheet(adjudication):
    adjudication.decide(1, "∅")
    columns = {"document_id": "甲市_2023", "sentence": [1], "quote": ["6%"]}
    first, second = (pd.DataFrame({**columns, "bound": [code]}) for code in ("about", ""))
    assert settle_codes(first, second, adjudication.decisions.iloc[[1]], fields=["bound"])[
        "bound"
    ].tolist() == [""]


def test_a_batch_run_gets_the_table(adjudication, monkeypatch):
    monkeypatch.setenv("WORKBENCH_STATIC", "1")
    shown = adjudication._repr_mimebundle_()
    assert set(shown) == {"text/plain", "text/html"}
    assert "分歧 Disagreements: 3" in shown["text/html"]
    assert shown["text/plain"] == "Adjudication(3 disagreements, 0 decided)"


def test_agreeing_coders_have_nothing_to_settle():
    shown = Adjudication(CASES.head(0), SENTENCES, TEXTS)
    assert "nothing to settle" in panel(shown).widget.children[0].value


def test_a_case_that_is_not_there_is_named(adjudication):
    with pytest.raises(ParameterError, match="case: expected 0 to 2, found 9"):
        adjudication.decide(9, "target")
