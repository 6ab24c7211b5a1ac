"""Statements: golden cases with a reason each, and what must hold of any text."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.tables import DOCUMENTS, SECTIONS, SENTENCES, STATEMENTS
from workbench.targets.statements import find_statements

with (Path(__file__).parent / "statements.csv").open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))
FIELDS = ("quote", "indicator", "indicator_id", "measure", "direction", "bound", "status", "period")
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("0123456789%万亿元家个人，、；。：（）“”由从到至分别增长新增达占比与同步全覆盖年\n"),
    ),
    max_size=120,
)


def read(text, *, part="plan", year=2024, region="某市", level="prefecture"):
    """Return the statements of one sentence in one section of a report."""
    document = {name: "" for name in DOCUMENTS.columns} | {
        **{"document_id": f"{region}_{year}", "region": region, "level": level, "year": year},
        **{"characters": len(text), "noise_characters": 0},
    }
    place = {"document_id": f"{region}_{year}", "section": 0, "part": part, "start": 0, "end": len(text)}
    documents = DOCUMENTS.frame([document])
    sections = SECTIONS.frame([place | {"depth": 0, "heading": ""}])
    sentences = SENTENCES.frame([place | {"sentence": 0}])
    return find_statements({f"{region}_{year}": text}, documents, sections, sentences)


def read_lines(text, *, part, year):
    """Return the statements of a text whose lines are its sentences."""
    name = f"某市_{year}"
    document = dict.fromkeys(DOCUMENTS.columns, "") | {
        **{"document_id": name, "region": "某市", "level": "prefecture", "year": year},
        **{"characters": len(text), "noise_characters": 0},
    }
    section = {"document_id": name, "section": 0, "part": part, "start": 0, "end": len(text)}
    rows = [
        section | {"sentence": number, "start": match.start(), "end": match.end()}
        for number, match in enumerate(re.finditer("[^\n]+", text))
    ]
    sections = SECTIONS.frame([section | {"depth": 0, "heading": ""}])
    return find_statements({name: text}, DOCUMENTS.frame([document]), sections, SENTENCES.frame(rows))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_golden_cases(case):
    found = read(case["text"], part=case["part"])
    expected = [record.split("|") for record in case["expected"].split(";") if record]
    assert len(found) == len(expected)
    for (_, row), record in zip(found.iterrows(), expected, strict=True):
        for field, value in zip(FIELDS, record, strict=True):
            if field != "indicator" or value:
                assert row[field] == value, field


def test_values_are_in_base_units():
    row = read("完成投资1.3万亿元。", part="review").iloc[0]
    assert (row["low"], row["high"], row["unit"]) == (1_300_000_000_000, 1_300_000_000_000, "元")


def test_a_range_keeps_both_ends():
    row = read("地区生产总值增长4.5%—5%。").iloc[0]
    assert (row["low"], row["high"], row["bound"]) == (4.5, 5.0, "range")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("力争新增市场主体10万户、高新技术企业20家。", ["力争", "力争"]),
        ("固定资产投资增长8%，力争10%；进出口总额增长3%。", ["", "力争", ""]),
        ("力争到2028年，全市生产总值达到900亿元，城镇化率达到70%。", ["力争", "力争"]),
    ],
)
def test_words_of_commitment_govern_their_list(text, words):
    assert list(read(text)["strength"]) == words


def test_headings_and_sentences_overrule_a_wrong_part():
    text = "2023年工作回顾\n过去一年，地区生产总值增长6%。"
    assert list(read(text.split("\n")[1], part="plan")["status"]) == ["result"]


def test_an_address_does_not_hide_the_year_reviewed():
    years = "**一、过去五年工作回顾**\n五年来，完成投资10亿元。\n"
    text = years + "各位代表，刚刚过去的2023年，我们奋力前行。\n城镇新增就业3万人。"
    found = read_lines(text, part="review", year=2024)
    assert found["period"].tolist() == ["2019/2023", "2023"]


def test_a_review_of_four_years():
    text = "**一、过去四年工作回顾**\n改造道路10公里。\n四年来，建成公园3个。"
    assert read_lines(text, part="review", year=2024)["period"].tolist() == ["2020/2023"] * 2


def test_a_midyear_text_reviews_its_own_year():
    text = "今年以来，全区经济向好。上半年，工业投资增长8%。下半年，我们将继续努力。"
    assert list(read(text, part="review", year=2023)["period"]) == ["2023H1"]


def test_without_a_year_the_period_stays_open():
    assert list(read("今年地区生产总值增长5%，五年来年均增长6%。", year=None)["period"]) == ["", ""]


def test_without_a_year_the_text_is_asked():
    text = "2024年1月8日在某市第十五届人民代表大会第四次会议上，今年地区生产总值增长5%。"
    assert list(read(text, year=None)["period"]) == ["2024"]


def test_the_share_of_ones_own_total_is_a_result():
    assert list(read("民生投入占全市财政支出的72%。", part="review")["status"]) == ["result"]


@settings(deadline=None, max_examples=150)
@given(ANY_TEXT)
@example("（" * 200 + "增长5%")
@example("分别" * 60 + "1%、2%、3%")
@example("一" * 300 + "家")
def test_any_text_gives_valid_statements(text):
    found = read(text)
    assert list(found.columns) == list(STATEMENTS.columns)
    for row in found.itertuples():
        assert text[row.start : row.end] == row.quote
        assert row.evidence == text
    numeric = found[found["kind"] == "numeric"]
    assert (numeric["low"] <= numeric["high"]).all()
    assert found["direction"].eq("").eq(found["measure"].isin(["level", "share"])).all()


def test_a_table_flattened_to_one_sentence_is_read():
    found = read("".join(f"项目{place}投资{place}.5亿元增长{place}%" for place in range(1, 600)))
    assert len(found) == 2 * 599


def test_the_evidence_of_a_flattened_table_does_not_grow_with_the_square():
    short, long = (read("新增就业3万人、" * count) for count in (500, 2_000))
    assert (len(short), len(long)) == (500, 2_000)
    assert long["evidence"].str.len().sum() < 5 * short["evidence"].str.len().sum()
    assert all(quote in words for quote, words in zip(long["quote"], long["evidence"], strict=True))


def test_no_sentence_gives_an_empty_table():
    empty = find_statements({}, DOCUMENTS.empty(), SECTIONS.empty(), SENTENCES.empty())
    pd.testing.assert_frame_equal(empty, STATEMENTS.empty())
