import csv
from importlib.resources import files

import pytest

from workbench.corpus.regions import find_region, find_regions
from workbench.tables import LEVELS


@pytest.mark.parametrize(
    ("name", "year", "code", "level", "parent", "province"),
    [
        ("江宁县", 1998, "320121", "county", "南京市", "江苏省"),
        ("江宁区", 2001, "320115", "county", "南京市", "江苏省"),
        ("六合县", 2001, "320123", "county", "南京市", "江苏省"),
        ("大厂区", 2000, "320112", "county", "南京市", "江苏省"),
        ("南昌市", 2022, "360100", "prefecture", "江西省", "江西省"),
        ("广西", 2020, "450000", "province", "全国", "广西壮族自治区"),
        ("重庆市", 1996, "510200", "prefecture", "四川省", "四川省"),
        ("重庆市", 1998, "500000", "province", "全国", "重庆市"),
        ("巢湖市", 2008, "341400", "prefecture", "安徽省", "安徽省"),
        ("巢湖市", 2015, "340181", "county", "合肥市", "安徽省"),
        ("仙桃市", 2020, "429004", "county", "湖北省", "湖北省"),
        ("湘西州", 2020, "433100", "prefecture", "湖南省", "湖南省"),
        ("浦东", 2020, "310115", "county", "上海市", "上海市"),
        ("浦东新区", 2020, "310115", "county", "上海市", "上海市"),
        ("江北新区", 2024, "", "functional zone", "南京市", "江苏省"),
        ("南京江北新区", 2024, "", "functional zone", "南京市", "江苏省"),
        ("苏州高新区", 2020, "", "functional zone", "苏州市", "江苏省"),
        ("六合区雄州街道", 2020, "", "township", "六合区", "江苏省"),
        ("江苏省南京市鼓楼区", 2020, "320106", "county", "南京市", "江苏省"),
        ("全国", 1954, "", "national", "", ""),
    ],
)
def test_find_region_gives_code_level_and_superiors_of_the_year(name, year, code, level, parent, province):
    region = find_region(name, year=year)
    assert region is not None
    assert (region.code, region.level, region.parent, region.province) == (code, level, parent, province)


def test_find_region_keeps_the_unit_of_a_renamed_county():
    before, after = find_region("江宁县", year=1998), find_region("江宁区", year=2003)
    assert before.unit == after.unit


def test_find_region_leaves_a_shared_name_open_until_the_text_decides():
    assert find_region("鼓楼区", year=2020) is None
    assert find_region("鼓楼区", year=2020, near="徐州市鼓楼区第一届人民代表大会").parent == "徐州市"


@pytest.mark.parametrize("name", ["报告", "report_final", "某某", ""])
def test_find_regions_knows_no_region_in_other_words(name):
    assert find_regions(name) == []


def test_a_january_report_still_stands_under_the_name_of_the_year_before():
    assert find_region("莱芜市", year=2018).years_off(2018) == 0
    assert find_region("江宁县", year=2010).years_off(2010) == 10


def test_regions_file_has_one_name_for_a_code_in_a_year():
    text = files("workbench.lexicons").joinpath("regions.csv").read_text("utf-8")
    years: dict[str, set[int]] = {}
    for row in csv.DictReader(text.splitlines()):
        assert row["level"] in LEVELS
        span = set(range(int(row["valid_from"]), int(row["valid_to"] or 2024) + 1))
        assert not span & years.get(row["code"], set())
        years.setdefault(row["code"], set()).update(span)
