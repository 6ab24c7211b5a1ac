"""The paragraph of methods says what was done, on what, with which quality."""

import pandas as pd
import pytest

from workbench.display.methods import measured_quality, read_topics, write_methods
from workbench.display.provenance import show_provenance
from workbench.errors import ParameterError

DOCUMENTS = pd.DataFrame({"region": ["甲市", "乙市"], "year": [2023, 2024]})


def test_the_paragraph_names_reports_and_chosen_measures_only():
    said = write_methods(DOCUMENTS, ["keyness"], lexicons="0123")
    assert "2 reports" in said["en"]
    assert "甲市, 乙市; 2023–2024" in said["en"]
    assert "甲市、乙市；2023–2024年" in said["zh"]
    assert "Hardie" in said["en"]
    assert "jieba" not in said["en"]


def test_every_topic_can_be_written_in_both_languages():
    said = write_methods(DOCUMENTS, list(read_topics()), lexicons="0123")
    assert not any(sign in text for text in said.values() for sign in "{}")
    assert str(measured_quality()["blind_records"]) in said["zh"]


def test_an_unknown_topic_is_refused_with_those_there_are():
    with pytest.raises(ParameterError, match=r"expected some of corpus, .*found 'keynes'"):
        write_methods(DOCUMENTS, ["keynes"], lexicons="0123")


def test_the_box_quotes_in_two_languages_and_states_quality():
    documents = DOCUMENTS.assign(document_id=["甲", "乙"], sha256="ab", region="<b>甲</b>")
    html = show_provenance(documents, methods=["themes"], region="甲")._repr_html_()
    assert html.count('class="wb-quote"') == 2
    assert "<b>" not in html
    assert "Measured quality" in html
