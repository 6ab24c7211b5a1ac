from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.corpus.headings import read_lines
from workbench.corpus.noise import find_noise, noise_spans
from workbench.corpus.structure import plan_year, split_sections, text_sections

SEEDS = Path(__file__).parents[2] / "seeds"

FRONT = (
    "某市政府工作报告\n——2024年1月9日在某市第八届人民代表大会第三次会议上\n市长 张三\n各位代表：\n"
    "现在，我代表市人民政府，向大会报告工作，请予审议。\n"
)
DONE = (
    "一年来，全市上下团结奋斗，完成了各项目标任务。地区生产总值比上年增长6%，新建道路20条，"
    "荣获全国文明城市称号，累计新增就业3万人。\n"
)
PROBLEMS = "同时，我们也清醒地看到，发展中还存在不少困难和问题，有待加以解决。\n"
AIMS = "今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长4%。\n"
TASKS = "加快建设产业园区，大力发展数字经济，力争新增企业100家以上。完善公共服务，确保民生改善。\n"
FIVE = "今后五年的奋斗目标是：经济总量再上新台阶，地区生产总值年均增长6%，到2028年翻一番。\n"
CLEAN = "严格落实八项规定，坚持依法行政，自觉接受民主监督，推进党风廉政建设，反对形式主义。\n"
CALL = "各位代表！让我们更加紧密地团结在党中央周围，开拓进取，为谱写新篇章而努力奋斗！\n"


def runs(text, year=2024):
    """The parts of a text in order, each with the words it begins with."""
    noise = [(start, end) for start, end, reason in noise_spans(text) if reason != "markup"]
    found = []
    for section in text_sections(text, noise, year):
        if not found or found[-1][0] != section.part:
            found.append((section.part, text[section.start :].lstrip("\n#* ")[:6]))
    return found


def parts(text, year=2024):
    return [part for part, _ in runs(text, year)]


def test_ordinary_report():
    text = (
        f"{FRONT}一、2023年工作回顾\n{DONE}{PROBLEMS}二、2024年工作安排\n{AIMS}（一）壮大产业。{TASKS}"
        f"三、加强政府自身建设\n{CLEAN}{CALL}"
    )
    assert runs(text) == [
        ("front", "某市政府工作"),
        ("review", "一、2023"),
        ("plan", "二、2024"),
        ("party", "三、加强政府"),
        ("closing", "各位代表！让"),
    ]


def test_five_year_plan_between_review_and_annual_plan():
    text = (
        f"{FRONT}一、过去五年工作回顾\n{DONE}二、今后五年的总体思路和奋斗目标\n{FIVE}{TASKS}"
        f"三、2024年重点工作\n{AIMS}{TASKS}{CALL}"
    )
    assert parts(text) == ["front", "review", "longterm", "plan", "closing"]


def test_annual_plan_before_the_five_year_plan():
    text = (
        f"{FRONT}一、2025年工作回顾\n{DONE}二、2026年主要任务\n今年是“十五五”开局之年。{AIMS}{TASKS}"
        f"三、关于“十五五”规划纲要（草案）的说明\n{FIVE}{CALL}"
    )
    assert parts(text, 2026) == ["front", "review", "plan", "longterm", "closing"]


def test_merged_section_changes_part_at_its_turning_sentence():
    text = (
        f"{FRONT}一、2023年工作回顾和2024年总体要求\n{DONE}{PROBLEMS}2024年，是攻坚之年。{AIMS}"
        f"二、做强产业\n{TASKS}"
    )
    sections = text_sections(text, [], 2024)
    turn = next(section for section in sections if section.part == "plan")
    assert (turn.heading, turn.depth) == ("", 0)
    assert text[turn.start :].startswith("2024年，是攻坚之年。")


def test_five_year_goals_and_annual_plan_under_one_heading():
    text = (
        f"{FRONT}一、过去五年工作回顾\n{DONE}二、今后五年奋斗目标和2024年工作\n{FIVE}{TASKS}"
        f"2024年，是开局之年。{AIMS}{TASKS}{CALL}"
    )
    assert runs(text)[2:4] == [("longterm", "二、今后五年"), ("plan", "2024年，")]


def test_report_without_headings():
    text = FRONT + DONE * 4 + PROBLEMS + "2024年是关键之年。" + AIMS + TASKS * 4 + CALL
    assert [(part, words) for part, words in runs(text) if part in ("review", "plan")] == [
        ("review", "一年来，全市"),
        ("plan", "2024年是"),
    ]


def test_literary_headings_are_judged_by_what_stands_below():
    text = (
        f"{FRONT}**风雨兼程谱华章**\n\n{DONE * 3}{PROBLEMS}\n**扬帆起航再出发**\n\n{AIMS}{TASKS * 3}\n"
        f"**砥砺初心担使命**\n\n新征程对政府工作提出了更高要求。{CLEAN}{CALL}"
    )
    assert runs(text) == [
        ("front", "某市政府工作"),
        ("review", "风雨兼程谱华"),
        ("plan", "扬帆起航再出"),
        ("party", "砥砺初心担使"),
        ("closing", "各位代表！让"),
    ]


def test_excerpt_is_plan_from_its_first_word():
    text = f"今年政府工作的总体思路是:坚持稳中求进。\n{AIMS}一、聚焦产业\n{TASKS}二、聚焦民生\n{TASKS}"
    assert parts(text) == ["plan"]


def test_digest_of_the_web_with_pictographs():
    text = (
        "某县2024年工作报告📜\n尊敬的各位代表,大家好!👋\n回顾2023年工作成果🏆\n"
        "过去的一年,全县上下团结一心,取得了显著成绩。📈\n展望2024年工作目标🎯\n"
        "2024年,我们将努力实现以下目标:\n确保地区生产总值增长7%。💪\n"
    )
    assert runs(text) == [("front", "某县2024"), ("review", "回顾2023"), ("plan", "展望2024")]


def test_press_report_of_a_congress():
    text = (
        "1月17日上午,某县第十八届人民代表大会第三次会议隆重开幕。\n出席大会的有县委书记张三。\n"
        "报告指出,2023年,是某县发展极具挑战的一年。全县发展取得新成效。\n"
        "报告强调,2024年政府工作的总体要求是:坚持稳中求进,加快建设项目。\n"
    )
    assert runs(text) == [("front", "1月17日上"), ("review", "报告指出,2"), ("plan", "报告强调,2")]


def test_review_item_on_the_party_stays_review_and_plan_item_does_not():
    text = (
        f"{FRONT}一、2023年工作回顾\n（一）经济稳步增长\n{DONE}（二）全面从严治党纵深推进\n{DONE}"
        f"二、2024年工作安排\n（一）壮大产业\n{TASKS}（二）加强政府自身建设\n{CLEAN}"
    )
    assert runs(text)[1:] == [
        ("review", "一、2023"),
        ("plan", "二、2024"),
        ("party", "（二）加强政"),
    ]


def test_foreign_affairs_after_self_government_are_plan_again():
    text = (
        f"{FRONT}一、2023年工作回顾\n{DONE}二、2024年工作安排\n{TASKS}（一）加强政府自身建设\n{CLEAN}"
        f"我国是统一的多民族国家，要坚持民族区域自治。{TASKS}{CALL}"
    )
    assert parts(text) == ["front", "review", "plan", "party", "plan", "closing"]


def test_five_year_section_is_not_left_at_its_first_words():
    text = (
        f"{FRONT}一、过去五年工作回顾\n{DONE}二、今后五年奋斗目标\n今年是建市30周年。{FIVE}{TASKS}{TASKS}"
        f"三、2024年主要工作\n{AIMS}"
    )
    assert parts(text) == ["front", "review", "longterm", "plan"]


def test_section_after_self_government_is_plan_again():
    text = (
        f"{FRONT}一、过去五年工作回顾\n{DONE}二、今后五年的目标任务\n{FIVE}三、全面加强政府自身建设\n{CLEAN}"
        f"四、2024年重点工作\n{AIMS}{TASKS}"
    )
    assert parts(text) == ["front", "review", "longterm", "party", "plan"]


def test_livelihood_list_is_a_part_and_chapter_on_livelihood_is_not():
    text = (
        f"{FRONT}一、2023年工作回顾\n{DONE}二、2024年工作安排\n（一）持续保障和改善民生\n{TASKS}"
        f"（二）办好十件民生实事\n1.新增学位3000个。\n2.改造小区20个。\n（三）守牢安全底线\n{TASKS}{CALL}"
    )
    assert runs(text)[2:] == [
        ("plan", "二、2024"),
        ("livelihood", "（二）办好十"),
        ("plan", "（三）守牢安"),
        ("closing", "各位代表！让"),
    ]


def test_annexes_after_the_closing():
    text = (
        f"{FRONT}一、2023年工作回顾\n{DONE}二、2024年工作安排\n{TASKS}{CALL}附件1\n2024年市十件民生实事\n"
        "一、新增学位3000个。\n二、改造小区20个。\n附件2\n名词解释\n1.“双招双引”：指招商引资、招才引智。\n"
        "2.“一网通办”：指一个平台办理。\n"
    )
    assert runs(text)[3:] == [
        ("closing", "各位代表！让"),
        ("livelihood", "附件1\n20"),
        ("glossary", "附件2\n名词"),
    ]


def test_glossary_has_no_sections_of_its_own():
    text = f"{FRONT}一、2023年工作回顾\n{DONE}名词解释\n1.“双招双引”：指招商引资。\n2.“一网通办”：指平台。\n"
    sections = text_sections(text, [], 2024)
    assert [section.heading for section in sections if section.part == "glossary"] == ["名词解释"]


def test_depth_follows_the_marks():
    text = (
        f"一、2023年工作回顾\n（一）经济\n{DONE}1.工业\n{DONE}（1）扩大生产\n{DONE}2.农业\n{DONE}（二）民生\n{DONE}"
        f"二、2024年工作安排\n（一）产业\n{TASKS}"
    )
    found = [(section.depth, section.heading) for section in text_sections(text, [], 2024)]
    assert found == [
        (1, "一、2023年工作回顾"),
        (2, "（一）经济"),
        (3, "1.工业"),
        (4, "（1）扩大生产"),
        (3, "2.农业"),
        (2, "（二）民生"),
        (1, "二、2024年工作安排"),
        (2, "（一）产业"),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、工作回顾", "一、工作回顾"),
        ("**二、工作安排**", "二、工作安排"),
        ("## 三、主要任务", "三、主要任务"),
        ("（一）推动产业升级。加快建设园区。", "（一）推动产业升级"),
        ("(二)强化创新,增强动力\n", "(二)强化创新,增强动力"),
        ("1.加强就业。新增就业9万人。", "1.加强就业"),
        ("3、建设园区。围绕布局。", "3、建设园区"),
        ("一是把牢方向。坚持统领。", "一是把牢方向"),
        ("第一，稳定增长。落实政策。", "第一，稳定增长"),
        ("**加快转型升级。**坚持创新驱动。", "加快转型升级"),
        ("【核心任务】 建强队伍", "【核心任务】 建强队伍"),
        ("2 以提升为目标", "2 以提升为目标"),
    ],
)
def test_heading_of_a_line(line, heading):
    text = f"前面有一段正文，它有足够的长度，并且以句号结束。\n{line}\n后面也有一段正文。\n"
    assert [found.heading for found in read_lines(text, []) if found.heading] == [heading]


@pytest.mark.parametrize(
    "line",
    [
        "各位代表：",
        "**各位代表！**",
        "——2024年1月9日在某市第八届人民代表大会第三次会议上",
        "**市长 张三**",
        "12 月底前完成全部任务。",
        "3.5万人实现就业。",
        "▲地区生产总值增长5.5%",
        "地区生产总值增长8%左右",
        "二〇二四年一月九日",
    ],
)
def test_line_that_is_no_heading(line):
    text = f"前面有一段正文，它有足够的长度，并且以句号结束。\n{line}\n后面也有一段正文。\n"
    assert [found.heading for found in read_lines(text, []) if found.heading] == []


def test_plain_lines_before_paragraphs_are_headings_and_two_are_one():
    text = f"{DONE}突出创新驱动\n\n加快动能转换\n\n图片\n\n创新能力提升\n{DONE}"
    noise = [(start, end) for start, end, _ in noise_spans(text)]
    found = [line.heading for line in read_lines(text, noise) if line.heading]
    assert found == ["突出创新驱动 加快动能转换", "创新能力提升"]


def test_wrapped_lines_are_no_headings():
    wrapped = (
        "全市上下深入贯彻新发展理念，统筹推进稳增长\n促改革调结构惠民生防风险各项工作取得新的成绩\n"
        "完成了全年\n目标任务。\n"
    )
    assert [line.heading for line in read_lines(DONE + wrapped * 5, []) if line.heading] == []


def test_table_of_contents_is_no_section():
    contents = "目录\n一、2023年工作回顾\n二、2024年工作安排\n"
    text = f"{contents}{FRONT}一、2023年工作回顾\n{DONE}二、2024年工作安排\n{TASKS}"
    assert [section.heading for section in text_sections(text, [], 2024)] == [
        "",
        "一、2023年工作回顾",
        "二、2024年工作安排",
    ]


@pytest.mark.parametrize(
    ("headings", "year"),
    [
        (["一、2023年工作回顾", "二、2024年工作安排"], 2024),
        (["一、过去五年回顾及2012年主要工作", "三、2013年主要工作"], 2013),
        (["一、1998年工作回顾和1999年工作的总体要求"], 1999),
        (["一、一九八九年工作的回顾", "二、一九九〇年政府工作总的要求"], 1990),
        (["三、关于二〇〇一年的政府工作"], 2001),
        (["回顾2022", "谋划2023"], 2023),
        (["一、“十四五”规划和2035年远景目标"], 0),
        (["一、壮大产业"], 0),
    ],
)
def test_plan_year_of_headings(headings, year):
    assert plan_year(read_lines("".join(f"{heading}\n{DONE}" for heading in headings), [])) == year


def seed_sections():
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    documents = pd.DataFrame({"document_id": list(texts), "year": [int(name[-4:]) for name in texts]})
    return texts, split_sections(texts, find_noise(texts), documents)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "江北新区_2024",
            [
                ("front", "南京江北新区"),
                ("review", "一、2023"),
                ("plan", "二、2024"),
                ("party", "三、坚持和加"),
                ("closing", "同志们,奋楫"),
            ],
        ),
        ("钟楼区_2024", [("plan", "今年政府工作")]),
        (
            "江宁区_2023",
            [
                ("front", "推动中国式现"),
                ("review", "今年以来,江"),
                ("plan", "下半年,江宁"),
                ("party", "迈上新征程,"),
                ("closing", "全会审议通过"),
            ],
        ),
        ("南昌市_2022", [("plan", "今年,是我市"), ("party", "1 以党的建"), ("plan", "2 以实现“")]),
        (
            "六合区_2023",
            [
                ("front", "聚焦两会!速"),
                ("review", "回顾2022"),
                ("plan", "谋划2023"),
                ("party", "全面加强政府"),
            ],
        ),
    ],
)
def test_parts_of_the_seeds(name, expected):
    texts, _ = seed_sections()
    assert runs(texts[name], int(name[-4:])) == expected


def test_headings_of_a_seed():
    _, sections = seed_sections()
    rows = sections[sections["document_id"] == "江北新区_2024"]
    assert rows["depth"].tolist() == [0, 1] + [2] * 8 + [1] + [2] * 8 + [1] + [2] * 4 + [0]
    assert rows["heading"].tolist()[-2] == "四是以铁的纪律强化党风廉政"


def test_sections_tile_each_seed():
    texts, sections = seed_sections()
    for name, rows in sections.groupby("document_id"):
        assert rows["section"].tolist() == list(range(len(rows)))
        assert rows["start"].tolist() == [0, *rows["end"].tolist()[:-1]]
        assert rows["end"].tolist()[-1] == len(texts[name])


def test_document_without_a_year_and_empty_document():
    documents = pd.DataFrame({"document_id": ["甲", "乙"], "year": pd.array([None, 2024], dtype="Int64")})
    texts = {"甲": f"一、2023年工作回顾\n{DONE}二、2024年工作安排\n{TASKS}", "乙": ""}
    frame = split_sections(texts, find_noise(texts), documents)
    assert frame[["document_id", "part", "start", "end"]].values.tolist()[-1] == ["乙", "front", 0, 0]
    assert frame[frame["document_id"] == "甲"]["part"].tolist() == ["review", "plan"]


LINES = st.sampled_from([FRONT, DONE, PROBLEMS, AIMS, TASKS, FIVE, CLEAN, CALL])
MARKS = st.sampled_from(
    ["一、", "（一）", "1.", "**", "## ", "\n", "名词解释\n", "附件1\n", "【任务】", "回顾2023\n"]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(LINES, MARKS, st.text(max_size=5)), max_size=20).map("".join))


@settings(deadline=None)
@given(TEXTS, st.integers(0, 2030))
def test_sections_tile_any_text(text, year):
    noise = [(start, end) for start, end, reason in noise_spans(text) if reason != "markup"]
    sections = text_sections(text, noise, year)
    assert sections[0].start == 0
    assert sections[-1].end == len(text)
    assert all(a.end == b.start for a, b in zip(sections, sections[1:], strict=False))
    assert all(section.start < section.end or not text for section in sections)
    assert all(section.depth > 0 if section.heading else section.depth == 0 for section in sections)


def test_report_in_one_line_has_the_same_parts():
    text = (
        f"{FRONT}一、2023年工作回顾\n{DONE * 50}{PROBLEMS}二、2024年工作安排\n{AIMS}{TASKS * 50}"
        f"三、加强政府自身建设\n{CLEAN}{CALL}"
    )
    assert parts(text.replace("\n", " ")) == parts(text) == ["front", "review", "plan", "party", "closing"]
