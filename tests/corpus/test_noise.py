from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.corpus.noise import find_noise, noise_spans

SEEDS = Path(__file__).parents[2] / "seeds"
PARAGRAPH = (
    "全市上下深入贯彻新发展理念,统筹推进稳增长、促改革、调结构、惠民生、防风险各项工作,"
    "经济社会发展取得新的成绩,较好完成了全年目标任务。"
)


def seed(name):
    return (SEEDS / f"{name}.txt").read_bytes().decode("utf-8")


def noise_lines(text):
    """The noise of a text as (words, reason), marks of Markdown left out."""
    return [(text[s:e].strip(), reason) for s, e, reason in noise_spans(text) if reason != "markup"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("图片", "image placeholder"),
        ("![会场](a.png)", "image placeholder"),
        ("(相关资料图)", "photo caption"),
        ("会议现场照片", "photo caption"),
        ("会议现场 张三摄", "photo caption"),
        ("市长作政府工作报告。本报记者 张三 摄", "photo caption"),
        ("江苏 > 南京 > 政情 > 正文", "navigation"),
        ("您当前的位置：首页 > 政务公开 > 政府工作报告", "navigation"),
        ("您的位置:某某网>>政府报告>>正文", "navigation"),
        ("来源：某某日报", "source line"),
        ("发表时间:2023/12/21 18:29:50", "source line"),
        ("发布时间：2024-01-20 08:30", "source line"),
        ("2024-01-20 08:30:00", "source line"),
        ("索引号 | /2025-0000 | 公开目录: | 工作报告 |", "source line"),
        ("有效性：有效", "source line"),
        ("（《某某日报》19540101第1至2版）", "source line"),
        ("校对 张三丰", "staff line"),
        ("责任编辑：李四", "staff line"),
        ("|记者 张三 李四", "staff line"),
        ("关键词:", "keywords"),
        ("【字体：大 中 小】", "page tools"),
        ("打印本页", "page tools"),
        ("【打印】【关闭】", "page tools"),
        ("分享到：微信 微博", "page tools"),
        ("浏览次数：1024", "page tools"),
        ("- 12 -", "page number"),
        ("第3页 共20页", "page number"),
        ("苏ICP备12345678号", "footer"),
        ("版权所有：某某市人民政府办公室", "footer"),
        ("技术支持:某某公司", "footer"),
        ("相关链接", "related links"),
        ("（此件有删减）", "note on the text"),
        ("----------", "rule"),
    ],
)
def test_line_is_noise(line, reason):
    text = f"{PARAGRAPH}\n{line}\n{PARAGRAPH}"
    assert noise_lines(text) == [(line, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "加快建设统一的信息平台，健全融资担保、人才培训、技术支持等服务体系。",
        "加强版权保护，打击侵权行为。",
        "来源于实践的创新举措得到推广。",
        "分享改革成果",
        "拓宽居民收入来源",
        "1.加强就业和社会保障。",
        "（一）推动产业升级",
        "2023年以来,新区坚持稳中求进",
        "地区生产总值增长5.5%",
        "主办首届全国性赛事，承办重要会议3场。",
        "打印耗材产业园建成投产。",
        "网站首页改版后访问量突破100万次。",
        "全力打造“舌尖上的安全”",
        "支持历史题材电视剧拍摄",
        "完成全市重点区域无人机航摄",
    ],
)
def test_line_of_a_report_is_kept(line):
    assert noise_lines(f"{PARAGRAPH}\n{line}\n{PARAGRAPH}") == []


def test_long_line_is_never_noise():
    assert noise_lines("来源：" + PARAGRAPH * 5) == []


def test_front_matter_is_noise_only_at_the_top():
    text = "---\ntitle: 报告\nsource: x\n---\n\n正文第一句。\n"
    assert noise_lines(text) == [("---\ntitle: 报告\nsource: x\n---", "front matter")]
    assert noise_lines("正文第一句。\n" + text)[0] == ("---", "rule")


def test_comment_is_noise():
    assert noise_lines(f"{PARAGRAPH}\n<!-- 照片 -->\n{PARAGRAPH}") == [("<!-- 照片 -->", "comment")]


def test_marks_of_markdown_are_noise_and_their_words_are_not():
    text = "## 一、回顾\n**加快转型。**坚持创新。\n- 第一项\n"
    assert [text[s:e] for s, e, reason in noise_spans(text) if reason == "markup"] == ["##", "**", "**", "-"]


def test_buttons_are_noise_beside_a_tool_bar_alone():
    text = f"【字号：\n大\n中\n小\n】\n{PARAGRAPH}\n大\n{PARAGRAPH}"
    assert [words for words, _ in noise_lines(text)] == ["【字号：", "大", "中", "小", "】"]


def test_value_below_a_label_that_stands_alone():
    assert noise_lines(f"来源:\n某某日报\n{PARAGRAPH}") == [
        ("来源:", "source line"),
        ("某某日报", "source line"),
    ]


def test_dated_rubric_takes_the_title_before_it():
    text = f"{PARAGRAPH}\n某处雾起山朦胧\n要闻 2023/08/04\n"
    assert [words for words, _ in noise_lines(text)] == ["某处雾起山朦胧", "要闻 2023/08/04"]


def test_caption_is_noise_in_a_press_report_alone():
    body = f"{PARAGRAPH}\n\n某某路高架桥通车\n\n{PARAGRAPH}"
    assert noise_lines(body) == []
    press = f"某某网8月3日讯(记者 张三)8月3日,全会举行,{PARAGRAPH}\n\n{body}"
    assert noise_lines(press) == [("某某路高架桥通车", "photo caption")]


def test_seed_jiangning_loses_links_captions_and_proofreader():
    text = seed("江宁区_2023")
    found = noise_lines(text)
    captions = [words for words, reason in found if reason == "photo caption"]
    assert captions == [
        "(相关资料图)",
        "会议现场照片",
        "紫金山实验室",
        "文靖路高架桥通车",
        "未来网络产业创新综合体项目日前完工",
    ]
    tail = text[text.index("校对 盛媛媛") :]
    left = tail
    for words, _ in found:
        left = left.replace(words, "", 1)
    assert left.strip() == ""
    kept = text
    for words, _ in found:
        kept = kept.replace(words, "", 1)
    assert all(phrase in kept for phrase in ("扬子晚报网8月3日讯", "下半年,江宁区将继续", "全会审议通过"))


def test_seed_nanchang_loses_its_footer_only():
    assert [words[:8] for words, _ in noise_lines(seed("南昌市_2022"))] == ["鄂ICP备120", "联系电话:138"]


def test_seed_liuhe_loses_pictures_and_navigation_only():
    found = noise_lines(seed("六合区_2023"))
    crumbs = [words for words, reason in found if reason == "navigation"]
    assert crumbs == ["江苏", "江苏 > 南京 > 政情 > 正文"]
    assert [words for words, _ in found if words not in crumbs] == ["图片"] * 7


@pytest.mark.parametrize("name", ["江北新区_2024", "钟楼区_2024"])
def test_seed_without_noise(name):
    assert noise_lines(seed(name)) == []


def test_find_noise_collects_all_documents():
    frame = find_noise({"甲_2024": "图片\n正文。", "乙_2024": "正文。", "丙_2024": "来源：某报\n正文。"})
    assert frame[["document_id", "start", "end", "reason"]].values.tolist() == [
        ["甲_2024", 0, 2, "image placeholder"],
        ["丙_2024", 0, 5, "source line"],
    ]


def test_find_noise_of_nothing_is_an_empty_table():
    assert find_noise({}).empty


PIECES = st.sampled_from(
    ["---\n", "图片\n", "**", "## ", "\n", "\r\n", "来源：", "大\n", "【字体：\n", "要闻 2023/08/04\n"]
    + ["<!-- ", " -->", "讯(记者", "正文。", PARAGRAPH, "\u3000", "摄", "-"]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_spans_are_ordered_disjoint_and_inside(text):
    spans = noise_spans(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
