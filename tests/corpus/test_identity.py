"""What a document is: the name, the file and the text, and which of them is followed."""

from pathlib import Path

import pytest

from workbench.corpus.genres import find_genre
from workbench.corpus.identity import CONFIDENCES, identify, infer_identity
from workbench.corpus.openings import split_parts
from workbench.corpus.readers import Reading, read_folder

SEEDS = Path(__file__).parents[2] / "seeds"
OPENING = """政府工作报告
——{date}在{region}第三届人民代表大会第二次会议上
{region}人民政府县长 王某

各位代表：
现在，我代表{region}人民政府，向大会报告工作，请予审议。
"""
BODY = """一、{review}年工作回顾
过去一年，地区生产总值增长6.1%，新增就业1.2万人。{done}
二、{plan}年工作安排
今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，城镇新增就业1.3万人，力争财政收入增长5%。{planned}
各位代表，让我们紧密团结起来，努力奋斗！
"""
DONE = "".join(f"扎实推进第{n}类重点项目建设，完成投资{n}.5亿元，增长{n % 9}.2%。" for n in range(1, 60))
PLANNED = "".join(f"着力办好第{n}件民生实事，安排资金{n}.8亿元，惠及群众{n}万人。" for n in range(1, 60))


def report(date="2021年1月10日", region="江宁区", review=2020, plan=2021) -> str:
    return (OPENING + BODY).format(
        date=date, region=region, review=review, plan=plan, done=DONE, planned=PLANNED
    )


def reading(text: str, name: str = "江宁区_2021", **metadata: str) -> Reading:
    return Reading(name, f"{name}.txt", text, "utf-8", "", metadata)


def test_a_report_is_known_from_its_text_alone():
    identity = identify(reading(report(), name="报告"))
    assert identity["region"] == "江宁区"
    assert identity["region_code"] == "320115"
    assert (identity["level"], identity["parent"], identity["province"]) == ("county", "南京市", "江苏省")
    assert identity["year"] == "2021"
    assert identity["genre"] == "full report"
    assert identity["completeness"] == "complete"
    assert identity["date"] == "2021-01-10"


def test_a_report_is_known_below_the_navigation_of_a_copied_page():
    navigation = "\n".join(f"栏目{n} 2024-01-0{n % 9 + 1}" for n in range(150))
    identity = identify(reading(f"首页\n{navigation}\n{report()}", name="报告"))
    assert (identity["region"], identity["year"], identity["genre"]) == ("江宁区", "2021", "full report")


def test_two_cues_in_the_text_win_over_a_year_in_the_name():
    years = identify(reading(report(), name="江宁区_2020")).evidence["year"]
    assert [(item.value, item.confidence) for item in years[:2]] == [("2021", "high"), ("2020", "medium")]
    assert "session" in years[0].evidence
    assert "plan heading" in years[0].evidence


def test_one_cue_in_the_text_does_not():
    text = OPENING.format(date="2021年1月10日", region="江宁区") + "回顾过去，展望未来，任务艰巨。"
    identity = identify(reading(text, name="江宁区_2020"))
    assert identity["year"] == "2020"


def test_the_manifest_is_final():
    given = {"manifest:year": "2019", "manifest:genre": "digest", "manifest:region": "六合区"}
    identity = identify(reading(report(), **given))
    assert (identity["year"], identity["genre"], identity["region"]) == ("2019", "digest", "六合区")
    assert identity.evidence["year"][0].confidence == "certain"


@pytest.mark.parametrize(
    ("date", "review", "plan", "year"),
    [
        ("2020年12月28日", 2020, 2021, "2021"),
        ("2021年11月30日", 2021, 2022, "2022"),
        ("二〇二一年一月二十日", 2020, 2021, "2021"),
        ("２０２１年１月２０日", 2020, 2021, "2021"),
    ],
)
def test_a_session_at_the_years_end_plans_for_the_next(date, review, plan, year):
    identity = identify(reading(report(date=date, review=review, plan=plan), name="报告"))
    assert identity["year"] == year


def test_the_first_year_of_a_five_year_plan_is_a_cue():
    text = "过去五年成绩显著。今年是实施“十一五”规划的第一年，任务繁重。"
    (item, *_) = identify(reading(text, name="报告")).evidence["year"]
    assert item.value == "2006"


@pytest.mark.parametrize(
    ("genre", "text"),
    [
        ("statistical communiqué", "甲市2020年国民经济和社会发展统计公报\n全年地区生产总值增长6.1%。"),
        ("five-year plan", "甲市国民经济和社会发展第十四个五年规划和2035年远景目标纲要\n第一章"),
        ("resolution", "甲市第三届人民代表大会第二次会议关于政府工作报告的决议\n会议决定批准这个报告。"),
        ("plan report", "关于甲市2020年国民经济和社会发展计划执行情况与2021年计划草案的报告\n各位代表："),
        ("budget report", "关于甲市2020年预算执行情况和2021年预算草案的报告\n各位代表："),
        ("digest", "一图读懂甲市政府工作报告\n增长6%"),
        ("interpretation", "甲市政府工作报告解读\n记者采访了有关负责人。"),
        (
            "plenum news",
            "中共甲市第三届委员会第八次全体会议举行\n本报讯（记者 王某）会议指出，上半年增长6%。",
        ),
        ("conference news", "全市经济工作会议召开\n本报讯（记者 王某）会议强调，增长6%。"),
        ("template", "XX县政府工作报告\n20XX年，XX县增长X.X%，XX亿元，XX个项目，某某镇。"),
        ("other", "关于机构改革方案的说明\n改革的原则。"),
        (
            "excerpt",
            "今年，全市经济社会发展的主要预期目标是增长6%，投资12亿元、13亿元、14亿元，力争15亿元、16亿元、17亿元、确保18亿元。",
        ),
    ],
)
def test_find_genre_tells_reports_from_their_neighbours(genre, text):
    assert find_genre(split_parts(text)).value == genre


def test_genres_of_the_seeds_without_their_manifest():
    genres = {}
    for seed in read_folder(SEEDS):
        bare = {k: v for k, v in seed.metadata.items() if not k.startswith("manifest:")}
        text_only = Reading(seed.document_id, seed.path, seed.text, seed.encoding, seed.sha256, bare)
        genres[seed.document_id] = identify(text_only)["genre"]
    assert genres["江北新区_2024"] == "full report"
    assert genres["六合区_2023"] == "digest"
    assert genres["江宁区_2023"] == "plenum news"
    assert genres["钟楼区_2024"] == "excerpt"
    assert genres["南昌市_2022"] != "full report"


def test_infer_identity_gives_every_value_its_evidence():
    identity = infer_identity(read_folder(SEEDS))
    assert (identity["evidence"].str.len() > 0).all()
    assert set(identity["confidence"]) <= set(CONFIDENCES)
    used = identity[identity["used"]]
    assert not used.duplicated(["document_id", "field"]).any()
    assert (used.groupby("document_id")["field"].nunique() >= 8).all()
