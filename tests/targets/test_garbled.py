"""Broken numerals are not read in part, and none of them is lost."""

import pandas as pd
import pytest

from workbench.targets.numerals import normalise
from workbench.targets.quantities import Quantity, find_unparsed, scan_numerals


def scanned(text):
    found = list(scan_numerals(normalise(text)))
    values = [(text[f.start : f.end], f.low) for f in found if isinstance(f, Quantity)]
    unread = [text[f.start : f.end] for f in found if not isinstance(f, Quantity) and not f.reason]
    return values, unread


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("出口增长5.5.5%", ["5.5.5"]),
        ("就业3,,000人", ["3,,000"]),
        ("粮食12,34吨", ["12,34"]),
        ("消费增长O.5%", ["5"]),
        ("增长l0%", ["0%"]),
        ("增长1．，5", ["1．，5"]),
        ("增长１２，３４５．６７亿元", ["１２，３４５．６７"]),
        ("增长" + "9" * 400 + "%", ["9" * 400]),
        ("投资1e5亿元", ["1e5亿"]),
        ("投资1.5E3元", ["1.5E3"]),
        ("投资1O0亿元,增长1l%", ["1O0", "1l"]),
        ("投资" + "百千万亿" * 100 + "元", ["百千万亿" * 100]),
    ],
)
def test_broken_numerals_are_listed_and_no_part_of_them_is_a_value(text, unread):
    assert scanned(text) == ([], unread)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("投资6．5％", ("6．5％", 6.5)),
        ("产值1,234,567元", ("1,234,567元", 1234567.0)),
        ("建房34 753套", ("34 753套", 34753.0)),
        ("提高26. 7个百分点", ("26. 7个百分点", 26.7)),
        ("出生率为15. 58‰", ("15. 58‰", 15.58)),
        ("增长5，6家企业", ("6家", 6.0)),
    ],
)
def test_odd_but_sure_numerals_are_read(text, value):
    assert scanned(text)[0] == [value]


def test_the_cells_of_a_table_flattened_to_text_are_not_lost():
    text = "地区生产总值 亿元 1234.5 1300 6%"
    sentences = pd.DataFrame({"document_id": ["甲"], "sentence": [0], "start": [0], "end": [len(text)]})
    assert find_unparsed({"甲": text}, sentences)["quote"].tolist() == ["1234.5", "1300"]


@pytest.mark.parametrize("text", ["（12）推进改革", "2024.1.15发布", "3. 推进改革", "3，4月份"])
def test_list_numbers_and_dates_are_not_called_unread(text):
    assert set(scanned(text)[1]) <= {"3"}
