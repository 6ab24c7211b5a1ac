"""Quantities: golden cases with a reason each, and what must hold of any text."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.targets.numerals import normalise, read_number
from workbench.targets.quantities import find_quantities, find_unparsed

with (Path(__file__).parent / "quantities.csv").open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))
SIGNS = st.text(
    st.sampled_from(
        "0123456789.,，．％%‰万亿千百十一二两三零第前元家个人级年月日至-—~"
        "“”《》（）()·:/ +增长超以上余多分之成倍\n"
    ),
    max_size=80,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_golden_cases(case):
    found = find_quantities(case["text"])
    assert [case["text"][q.start : q.end] for q in found] == [q for q in case["quote"].split("|") if q]
    if case["quote"]:
        assert [q.low for q in found] == pytest.approx([float(n) for n in case["low"].split("|")])
        assert [q.high for q in found] == pytest.approx([float(n) for n in case["high"].split("|")])
        assert [q.unit for q in found] == case["unit"].split("|")


@pytest.mark.parametrize(
    ("digits", "times", "value"),
    [
        ("1981.4", "亿", 198_140_000_000),
        ("1,234", "", 1234),
        ("两千三百", "", 2300),
        ("百亿", "", 10**10),
        ("", "万", 10**4),
    ],
)
def test_numbers_are_multiplied_out_exactly(digits, times, value):
    assert read_number(digits, times) == value


@given(SIGNS)
@example("一" * 500)
@example("1 2 3 4 5 6 7 8 9 10 11" * 20)
@example("（" * 300 + "5%")
def test_spans_lie_in_order_inside_the_text(text):
    found = find_quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(first.end <= second.start for first, second in zip(found, found[1:], strict=False))
    assert all(q.low <= q.high for q in found)


def one_sentence(text):
    return pd.DataFrame({"document_id": ["某县_2020"], "sentence": [0], "start": [0], "end": [len(text)]})


@given(st.text(max_size=60))
def test_normalising_keeps_the_length(text):
    assert len(normalise(text)) == len(text)


def test_chinese_years_become_digits_of_the_same_length():
    assert normalise("一九八六年") == "1986年"


@pytest.mark.parametrize(
    ("text", "quote"),
    [("增长l0%左右", "0%"), ("增长1．，5左右", "1．，5"), ("经济增长6.5以上", "6.5")],
)
def test_garbled_numbers_are_listed(text, quote):
    sentences = one_sentence(text)
    unparsed = find_unparsed({"某县_2020": text}, sentences)
    assert quote in list(unparsed["quote"])
    assert (unparsed["evidence"] == text).all()


def test_names_and_dates_are_not_listed_as_unparsed():
    text = "2023年1月5日，“532”战略、328国道、5G和第10位、1、2、3。"
    sentences = one_sentence(text)
    assert find_unparsed({"某县_2020": text}, sentences).empty
