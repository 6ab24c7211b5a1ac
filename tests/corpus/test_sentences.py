from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.corpus.noise import find_noise, noise_spans
from workbench.corpus.sentences import sentence_spans, split_sentences
from workbench.corpus.structure import split_sections
from workbench.errors import ParameterError

SEEDS = Path(__file__).parents[2] / "seeds"


def split(text, noise=(), cuts=(), **options):
    return [text[start:end] for start, end in sentence_spans(text, noise, cuts, **options)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("增长5%。就业稳定！物价如何？平稳。", ["增长5%。", "就业稳定！", "物价如何？", "平稳。"]),
        ("一、工作回顾\n过去一年，成绩显著。", ["一、工作回顾", "过去一年，成绩显著。"]),
        ("主要目标是:\n▲增长5%\r\n▲收入8%", ["主要目标是:", "▲增长5%", "▲收入8%"]),
        ("增长5%；出口稳定；就业4万人。", ["增长5%；出口稳定；就业4万人。"]),
        ("增长3.5%，达1.25万元. 继续增长", ["增长3.5%，达1.25万元. 继续增长"]),
        ("“为者常成，行者常至。”我们坚信明天更好。", ["“为者常成，行者常至。”", "我们坚信明天更好。"]),
        ("践行“不勤政就是不廉政。”的理念。新句。", ["践行“不勤政就是不廉政。”的理念。", "新句。"]),
        ("他说：“先干。再说。”大家赞成。", ["他说：“先干。再说。”", "大家赞成。"]),
        ("完成目标（详见附件。不含丙项）后再报。", ["完成目标（详见附件。不含丙项）后再报。"]),
        ("建成投用（含二期。）。新开工三个。", ["建成投用（含二期。）。", "新开工三个。"]),
        ("“三个转变。成效明显。", ["“三个转变。", "成效明显。"]),
        ("稳居第一……\n下一句", ["稳居第一……", "下一句"]),
        ("　　开头有空格。　 结尾也有　", ["开头有空格。", "结尾也有"]),
        ("什么？！真的。", ["什么？！", "真的。"]),
        ("各位代表!今年,是关键之年.", ["各位代表!", "今年,是关键之年."]),
    ],
)
def test_where_sentences_end(text, sentences):
    assert split(text) == sentences


def test_sections_cut_sentences():
    text = "前言没有句号 一、标题"
    assert split(text, cuts=[7]) == ["前言没有句号", "一、标题"]


def test_noise_is_left_out_and_cuts():
    text = "正文一\n图片\n正文二。来源：某报"
    assert split(text, [(4, 6), (11, 16)]) == ["正文一", "正文二。"]


def test_bold_inside_a_sentence_keeps_it_whole():
    assert split("**加快转型，**坚持创新。") == ["**加快转型，**坚持创新。"]
    assert split("**加快转型，**坚持创新。", markup="apart") == ["加快转型，**坚持创新。"]


def test_marks_at_the_edges_are_kept_or_set_apart():
    text = "## 一、回顾\n**第一，稳增长。**成效明显。\n**\n"
    assert split(text) == ["## 一、回顾", "**第一，稳增长。", "**成效明显。"]
    assert split(text, markup="apart") == ["一、回顾", "第一，稳增长。", "成效明显。"]


def test_unknown_markup_is_refused():
    with pytest.raises(ParameterError, match="expected kept or apart, found 'gone'"):
        sentence_spans("正文。", markup="gone")


def test_table_numbers_sentences_and_takes_parts_from_sections():
    text = "一、回顾\n甲。乙。\n二、安排\n丙。"
    sections = pd.DataFrame(
        {"document_id": "某市_2024", "section": [0, 1], "part": ["review", "plan"], "start": [0, 10]}
    )
    frame = split_sentences({"某市_2024": text}, find_noise({"某市_2024": text}), sections)
    assert frame["sentence"].tolist() == [0, 1, 2, 3, 4]
    assert frame["part"].tolist() == ["review"] * 3 + ["plan"] * 2
    assert [text[s:e] for s, e in zip(frame["start"], frame["end"], strict=True)] == [
        "一、回顾",
        "甲。",
        "乙。",
        "二、安排",
        "丙。",
    ]


def seed_tables():
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    documents = pd.DataFrame({"document_id": list(texts), "year": [int(name[-4:]) for name in texts]})
    noise = find_noise(texts)
    return texts, noise, split_sentences(texts, noise, split_sections(texts, noise, documents))


def test_every_word_of_the_seeds_is_in_one_sentence_or_in_noise():
    texts, noise, sentences = seed_tables()
    for name, text in texts.items():
        covered = [0] * len(text)
        for frame in (noise[noise["document_id"] == name], sentences[sentences["document_id"] == name]):
            for start, end in zip(frame["start"], frame["end"], strict=True):
                for at in range(start, end):
                    covered[at] += 1
        assert all(count == 1 for count, char in zip(covered, text, strict=True) if char.strip())


def test_sentences_of_a_seed():
    texts, _, sentences = seed_tables()
    rows = sentences[sentences["document_id"] == "钟楼区_2024"]
    words = [texts["钟楼区_2024"][s:e] for s, e in zip(rows["start"], rows["end"], strict=True)]
    assert words[1].startswith("全区经济社会发展的主要预期目标是:地区生产总值增长6%左右;")
    assert words[1].endswith("安全生产形势平稳向好。")
    assert words[2] == "实际工作中,我们将努力争取更好结果。"
    assert words[4] == "一、聚焦产业强区不动摇,高效统筹存量和增量,以更实举措推动产城融合"


PIECES = st.sampled_from(
    [
        "。",
        "！",
        "“",
        "”",
        "（",
        "）",
        "\n",
        "\r\n",
        "**",
        "## ",
        "图片\n",
        "正文",
        " ",
        "\u3000",
        "的",
        "；",
        "一、",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@settings(deadline=None)
@given(TEXTS, st.lists(st.integers(0, 60)), st.sampled_from(["kept", "apart"]))
def test_spans_are_ordered_disjoint_and_cover(text, cuts, markup):
    noise = [(start, end) for start, end, reason in noise_spans(text) if reason != "markup"]
    spans = sentence_spans(text, noise, cuts, markup=markup)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)
    inside = {at for start, end in spans for at in range(start, end)}
    noisy = {at for start, end in noise for at in range(start, end)}
    assert not inside & noisy
    left = {char for at, char in enumerate(text) if at not in inside and at not in noisy}
    assert all(char.isspace() or char in "\ufeff\u200b\u200c\u200d\u2060\xad*#>_-+•" for char in left)
    assert not any(start < cut < end for start, end in spans for cut in cuts)
