"""Each thing that can be wrong in a corpus is found, and a sound report is left alone."""

import pytest
from test_identity import DONE, PLANNED, report

from workbench.corpus.check import check_documents, compare_documents, order_findings
from workbench.corpus.documents import describe_documents, identify_all
from workbench.corpus.duplicates import mark_sentences
from workbench.corpus.readers import Reading
from workbench.tables import NOISE, SECTIONS, SENTENCES


def check(*documents: tuple[str, str], problem: str = ""):
    """Return the findings on texts by name; sections and sentences as a reader of them would make."""
    readings = [Reading(name, f"{name}.txt", text, "utf-8", "", {}) for name, text in documents]
    if problem:
        readings.append(Reading("乙县_2020", "乙县_2020.txt", "", "", "", {}, problem))
    texts = dict(documents)
    sections, sentences = [], []
    for name, text in documents:
        marks = [("review", text.find("一、")), ("plan", text.find("二、"))]
        for number, (part, start) in enumerate((p, s) for p, s in marks if s >= 0):
            sections.append((name, number, 1, "", part, start, len(text)))
        last = max(text.rstrip().rfind("\n"), text.rstrip().rfind("。", 0, -1)) + 1
        sentences.append((name, 0, 0, "plan", last, len(text)))
    described = describe_documents(readings, NOISE.empty())
    own = check_documents(
        readings,
        identify_all(readings),
        described,
        texts,
        NOISE.empty(),
        SECTIONS.frame(sections),
        SENTENCES.frame(sentences),
    )
    return order_findings(own, compare_documents(described, mark_sentences(texts)))


def kinds(findings) -> set[str]:
    return set(findings["kind"])


def test_a_sound_report_gives_no_finding():
    assert check(("江宁区_2021", report())).empty


def test_a_file_that_was_not_read_is_an_error():
    row = check(
        ("江宁区_2021", report()), problem="乙县_2020.txt: expected text, found none; get it again."
    ).iloc[0]
    assert (row["document_id"], row["severity"], row["kind"]) == ("乙县_2020", "error", "not read")
    assert row["advice"] == "get it again."


def test_a_wrong_year_and_a_gap_are_found():
    findings = check(
        ("江宁区_2020", report()), ("江宁区_2018", report("2018年1月9日", review=2017, plan=2018))
    )
    by_kind = findings.set_index("kind")
    assert "plans for 2021" in by_kind.loc["year", "message"]
    assert "2019-2020" in by_kind.loc["series", "message"]


def test_a_text_of_another_region_is_an_error():
    findings = check(("六合区_2021", report()))
    row = findings[findings["kind"] == "region"].iloc[0]
    assert row["severity"] == "error"
    assert "江宁区" in row["message"]


def test_a_text_of_another_region_is_found_without_its_session_too():
    text = report().replace("——2021年1月10日在江宁区第三届人民代表大会第二次会议上\n", "")
    findings = check(("六合区_2021", text))
    assert findings[findings["kind"] == "region"]["severity"].tolist() == ["error"]


def test_an_older_name_of_the_region_is_no_other_region():
    text = report("1999年1月10日", region="江宁县", review=1998, plan=1999)
    assert "error" not in set(check(("江宁区_1999", text))["severity"])


def test_an_unknown_region_is_found():
    assert "region" in kinds(check(("某地_2021", report(region="某某"))))


def test_the_same_text_under_two_names_is_an_error():
    same = check(("江宁区_2021", report()), ("江宁区_2021-2", report()))
    assert same[same["kind"] == "duplicate"]["severity"].tolist() == ["error"]


def test_a_text_with_a_third_rewritten_is_nearly_the_same():
    other = "".join(f"另一份材料的第{n}句话说的是完全别的事情。" for n in range(60))
    near = check(("江宁区_2021", report()), ("江宁区_2021-2", report().replace(PLANNED[900:], other)))
    assert near[near["kind"] == "duplicate"]["severity"].tolist() == ["warning"]


def test_a_body_that_stands_twice_is_found_with_its_place():
    text = report().replace(PLANNED, PLANNED + DONE)
    row = check(("江宁区_2021", text)).set_index("kind").loc["repeated text"]
    assert text[row["start"] : row["end"]] == DONE[:-1]
    assert row["start"] > text.index(PLANNED)


def test_a_text_cut_off_is_found():
    text = report()
    cut = (
        text[: text.index("力争财政收入")]
        + "力争全市一般公共预算收入增长百分之五以上，扎实推进重点项目建设和城乡融合发展，不断"
    )
    assert "cut off" in kinds(check(("江宁区_2021", cut)))


def test_a_report_without_plan_is_found():
    text = report().replace("二、2021年工作安排", "同时")
    message = check(("江宁区_2021", text)).set_index("kind").loc["parts", "message"]
    assert "plan" in message


@pytest.mark.parametrize(
    ("kind", "words", "place"),
    [
        ("letters for digits", "财政收入增长l0%，", "l0"),
        ("letters for digits", "投资1O5亿元，", "1O5"),
        ("letters for digits", "完成投资l.5亿元，", "l.5"),
        ("decimal point", "财政收入增长6·5％，", "6·5％"),
        ("decimal point", "财政收入增长6。5%，", "6。5%"),
        ("decimal point", "财政收入增长6. 5%，", "6. 5%"),
        ("decimal point", "地区生产总值增长65%，", "地区生产总值增长65%"),
        ("lost characters", "财政收\ufffd\ufffd增长，", "\ufffd\ufffd"),
        ("markup", "财政&nbsp;收入增长，", "&nbsp;"),
        ("hidden characters", "财政\u200b收入增长，", "\u200b"),
    ],
)
def test_errors_in_the_text_are_found_at_their_place(kind, words, place):
    text = report().replace("过去一年，", "过去一年，" + words, 1)
    findings = check(("江宁区_2021", text))
    row = findings[findings["kind"] == kind].iloc[0]
    assert text[row["start"] : row["end"]] == place


@pytest.mark.parametrize(
    "words", ["推广O2O模式，", "III类水质，", "建成5G基站，", "增长6.5%，", "PM2.5下降3%，", "20 个"]
)
def test_sound_words_are_no_errors(words):
    assert check(("江宁区_2021", report().replace("过去一年，", "过去一年，" + words, 1))).empty


def test_other_texts_are_no_work_reports():
    row = (
        check(("全国_2020", "中华人民共和国2020年国民经济和社会发展统计公报\n全年增长2.3%。"))
        .set_index("kind")
        .loc["genre"]
    )
    assert row["severity"] == "error"
    assert "statistical communiqué" in row["message"]


def test_a_template_with_blanks_is_found():
    text = report().replace("过去一年，", "20XX年，XX县增长X.X%，完成XX亿元，某某镇建成XX个项目，", 1)
    assert {"template", "genre"} <= kinds(check(("江宁区_2021", text)))
