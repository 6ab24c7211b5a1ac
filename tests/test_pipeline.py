"""The corpus object: the right report, clear words for the wrong one, tables kept and narrowed."""

from pathlib import Path

import pytest

import workbench as wb
from workbench.errors import ParameterError, SeedError

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def seeds():
    return wb.read_corpus(SEEDS)


def test_seeds_are_the_five_reports_of_the_manifest(seeds):
    documents = seeds.documents.set_index("document_id")
    assert sorted(documents.index) == [
        "六合区_2023",
        "南昌市_2022",
        "江北新区_2024",
        "江宁区_2023",
        "钟楼区_2024",
    ]
    assert documents.loc["江北新区_2024", ["region_code", "level"]].tolist() == ["", "functional zone"]
    assert documents.loc["南昌市_2022", "year"] == 2022


def test_every_sentence_is_a_stretch_of_its_text_outside_noise(seeds):
    noisy = {name: set() for name in seeds.texts}
    for row in seeds.noise.itertuples():
        noisy[row.document_id].update(range(row.start, row.end))
    for row in seeds.sentences.itertuples():
        text = seeds.texts[row.document_id][row.start : row.end]
        assert text == text.strip()
        assert text
        assert row.start not in noisy[row.document_id]
        assert row.end - 1 not in noisy[row.document_id]


def test_tokens_are_the_text_where_they_stand(seeds):
    tokens = seeds.tokens
    places = zip(tokens["document_id"], tokens["start"], tokens["end"], tokens["token"], strict=True)
    assert all(seeds.texts[name][start:end] == token for name, start, end, token in places)


@pytest.mark.parametrize(
    "noise",
    [
        "湖北新美广告",
        "鄂ICP备",
        "13807210624",
        "华为畅享",
        "英国楼市",
        "江苏 > 南京",
        "图片",
        "集线器",
        "相关资料图",
    ],
)
def test_no_sentence_holds_what_is_known_to_be_noise(seeds, noise):
    rows = seeds.sentences.itertuples()
    assert not [row for row in rows if noise in seeds.texts[row.document_id][row.start : row.end]]


def test_report_takes_the_year_or_the_latest(seeds):
    assert seeds.report(region="六合区", year=2023).document_id == "六合区_2023"
    assert seeds.report(region="南昌市").document_id == "南昌市_2022"


def test_select_narrows_tables_that_are_there(seeds):
    assert len(seeds.sentences)
    part = seeds.select(region=["六合区", "钟楼区"])
    assert set(part.__dict__["sentences"]["document_id"]) == {"六合区_2023", "钟楼区_2024"}
    assert len(part.other_ids) == 3


def test_peers_are_all_reports_where_the_year_has_few(seeds):
    report = seeds.report(region="六合区")
    assert len(seeds.peers(report)) == 5
    assert set(seeds.peers(report, scope="year").texts) == {"六合区_2023", "江宁区_2023"}
    with pytest.raises(ParameterError, match="expected auto, year or all, found 'near'"):
        seeds.peers(report, scope="near")


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"region": "六和区"}, "no report with region '六和区'; nearest: 六合区"),
        ({"region": "六合区", "year": 2030}, "no report with year 2030"),
    ],
)
def test_unknown_choice_names_what_is_near(seeds, choice, message):
    with pytest.raises(ParameterError, match=message):
        seeds.select(**choice)


def test_unknown_table_lists_the_tables(seeds):
    with pytest.raises(ParameterError, match="unknown table 'words'; there are documents, noise"):
        seeds.table("words")


def test_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SeedError, match="nowhere"):
        wb.read_corpus(tmp_path / "nowhere")


def test_folder_without_reports_is_named(tmp_path):
    with pytest.raises(SeedError, match="REGION_YEAR|南昌市_2022.txt"):
        wb.read_corpus(tmp_path)


def test_relative_folder_is_found_from_a_folder_below(monkeypatch, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "甲市_2024.txt").write_text("一、今年工作安排\n增长5%。", "utf-8")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert list(wb.read_corpus("mine").texts) == ["甲市_2024"]
