"""A report knows its other years, its superior's report and those below it, of the same year."""

import pandas as pd

from workbench.run.relatives import find_relatives, list_related

DOCUMENTS = pd.DataFrame(
    [
        ("甲省_2023", "甲省", 2023, "全国"),
        ("甲省_2024", "甲省", 2024, "全国"),
        ("乙市_2024", "乙市", 2024, "甲省"),
        ("丙市_2024", "丙市", 2024, "甲省"),
        ("丁市", "丁市", None, "甲省"),
    ],
    columns=["document_id", "region", "year", "parent"],
).astype({"year": "Int64"})


def test_relatives_are_of_the_same_year_and_region():
    found = find_relatives(DOCUMENTS)
    assert found["甲省_2024"].years == (("2023", "甲省_2023"),)
    assert found["甲省_2024"].below == (("丙市 2024", "丙市_2024"), ("乙市 2024", "乙市_2024"))
    assert found["乙市_2024"].superior == (("甲省 2024", "甲省_2024"),)
    assert found["甲省_2023"].below == ()
    assert list_related(found, "丁市").linked(str) == {}


def test_only_reports_with_a_page_are_linked():
    link = {"丙市_2024": "../丙"}.get
    assert find_relatives(DOCUMENTS)["甲省_2024"].linked(link)["below"] == [("丙市 2024", "../丙")]
