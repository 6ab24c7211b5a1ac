"""Turns of vocabulary: debut, return, spike and vanishing, each with its passage."""

import pandas as pd
import pytest

from workbench.errors import ParameterError
from workbench.measures.term_turns import TurnRules, find_term_turns
from workbench.tables import TOKENS

FILLER = ["发展", "建设", "工作", "推进"] * 100
REPORTS = {
    2019: ["旧词", "回词", "回词", "常词", "骤词"],
    2020: ["旧词", "旧词", "常词", "骤词"],
    2021: ["旧词", "旧词", "常词"],
    2022: ["旧词", "旧词", "旧词", "常词"],
    2023: ["新词", "新词", "回词", "回词", "常词", *["骤词"] * 20, "一次"],
}


def tables(reports=REPORTS, region="甲市"):
    rows, documents = [], []
    for year, words in reports.items():
        name, place = f"{region}_{year}", 0
        documents.append((name, region, year))
        for number, word in enumerate([*words, *FILLER]):
            rows.append((name, number, place, place + len(word), word, ""))
            place += len(word)
    frame = pd.DataFrame(documents, columns=["document_id", "region", "year"]).astype({"year": "Int64"})
    return TOKENS.frame(rows), frame


def turns(**options):
    found = find_term_turns(*tables(), region="甲市", **options)
    return found.set_index("term")


def test_each_turn_is_named():
    assert turns()["turn"].to_dict() == {
        "新词": "debut",
        "回词": "return",
        "骤词": "spike",
        "旧词": "vanished",
    }


def test_counts_and_last_year_by_hand():
    found = turns()
    assert found.loc["旧词", ["count", "earlier_count", "earlier_years", "last_year"]].tolist() == [
        0,
        8,
        4,
        2022,
    ]
    assert found.loc["回词", ["count", "earlier_count", "earlier_years", "last_year"]].tolist() == [
        2,
        2,
        1,
        2019,
    ]
    assert pd.isna(found.loc["新词", "last_year"])
    assert found.loc["新词", "per_10k"] == pytest.approx(1e4 * 2 / (26 + 400))


def test_the_passage_of_a_vanished_term_is_in_the_last_report_that_used_it():
    found = turns()
    assert found.loc["旧词", "document_id"] == "甲市_2022"
    assert found.loc["旧词", ["start", "end"]].tolist() == [0, 2]
    assert found.loc["新词", "document_id"] == "甲市_2023"


def test_another_year_is_compared_with_what_was_before_it():
    assert "旧词" not in turns(year=2022).index


def test_stop_words_are_left_out():
    assert "新词" not in turns(stopwords={"新词"}).index


def test_rules_can_be_changed():
    assert "一次" in turns(rules=TurnRules(count=1)).index


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"region": "甲市", "year": 2020}, "3 years before it, found 2019"),
        ({"region": "甲市", "year": 2030}, "expected a report of it"),
        ({"region": "乙市"}, "no report"),
    ],
)
def test_too_few_reports_are_refused(options, message):
    with pytest.raises(ParameterError, match=message):
        find_term_turns(*tables(), **options)
