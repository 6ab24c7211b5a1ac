"""The same report in every format gives the same text; what is not of the report goes."""

import csv
import io
from pathlib import Path

import docx
import pytest
from tiny_pdf import typeset, write_pdf

from workbench.corpus.formats import READERS
from workbench.corpus.formats.pdf import read_pdf
from workbench.corpus.formats.plain import read_front_matter
from workbench.corpus.readers import read_folder

SEEDS = Path(__file__).parents[2] / "seeds"
PARAGRAPHS = [
    "甲市政府工作报告",
    "今年是“十五五”规划的开局之年。地区生产总值增长5.5%左右，一般公共预算收入增长10.25%以上，城镇新增就业12.5万人。",
    "一、过去一年工作回顾",
    "去年，全市上下攻坚克难，经济总量突破12345.67亿元，年均增长6.8%，居民收入增长与经济增长同步。",
    "二、今年工作安排",
    "重点做好八个方面工作：新开工项目120个，竣工88个，确保粮食产量稳定在36.5万吨以上。",
] * 4


def lines_of(text: str) -> list[str]:
    """Return the lines that are not blank, outer blanks left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def paragraphs_of_seed() -> list[str]:
    return lines_of((SEEDS / "江北新区_2024.txt").read_text("utf-8"))


def as_docx(paragraphs: list[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_page(paragraphs: list[str], *, layout: str = "p", charset: str = "utf-8") -> bytes:
    if layout == "br":
        body = "<br/>".join("&nbsp;&nbsp;　　" + p for p in paragraphs)
    elif layout == "table":
        body = "<table><tr><td>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</td></tr></table>"
    else:
        body = "".join(f'<p style="text-indent:2em"><span>　　{p}</span></p>' for p in paragraphs)
    items = [f'<li><a href="/{word}">{word}</a></li>' for word in ("首页", "政务公开", "互动交流")]
    page = f"""<html><head><meta charset="{charset}"><title>政府工作报告_甲市人民政府</title></head><body>
    <ul class="nav">{"".join(items)}</ul>
    <div id="zoom">{body}</div>
    <div class="share">分享到：<a>微信</a> <a>微博</a></div>
    <div class="related"><h3>相关链接</h3><ul>{"".join(items)}</ul></div>
    <div class="footer"><p>主办：甲市人民政府办公室</p><p>网站标识码：3200000001 甲ICP备05000000号</p></div>
    </body></html>"""
    return page.encode(charset)


def as_csv(paragraphs: list[str]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["省份", "年份", "标题", "正文"])
    writer.writerow(["甲省", "2024", "政府工作报告", "\n".join(paragraphs)])
    return buffer.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_text_in_four_encodings_has_the_same_lines(suffix, encoding):
    text = "\r\n".join(paragraphs_of_seed())
    (extract,) = READERS[suffix](text.encode(encoding), "file")
    assert extract.text == text


def test_word_has_the_lines_of_the_text():
    (extract,) = READERS[".docx"](as_docx(paragraphs_of_seed()), "file")
    assert lines_of(extract.text) == paragraphs_of_seed()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("layout", ["p", "br", "table"])
def test_a_web_page_keeps_the_article_and_nothing_else(layout, charset):
    seed = [" ".join(line.split()) for line in paragraphs_of_seed()]
    (extract,) = READERS[".html"](as_page(seed, layout=layout, charset=charset), "file")
    assert lines_of(extract.text) == seed
    for word in ("首页", "分享到", "相关链接", "网站标识码"):
        assert word not in extract.text


def test_a_damaged_byte_in_a_page_is_marked_and_the_rest_is_read():
    page = as_page(PARAGRAPHS, charset="gb18030").replace("二、".encode("gb18030"), b"\xff\xff", 1)
    (extract,) = READERS[".html"](page, "file")
    assert extract.text.count("\ufffd") == 2
    assert sum(line in PARAGRAPHS for line in lines_of(extract.text)) == len(PARAGRAPHS) - 1


def test_a_table_has_the_lines_of_the_text_and_its_columns():
    (extract,) = READERS[".csv"](as_csv(PARAGRAPHS), "file")
    assert lines_of(extract.text) == PARAGRAPHS
    assert extract.metadata["province"] == "甲省"
    assert extract.metadata["year"] == "2024"


def test_a_pdf_has_its_paragraphs_joined_and_no_headers_or_page_numbers():
    (extract,) = read_pdf(typeset(PARAGRAPHS * 4, header="甲市人民政府公报 2024年第1期"), "file")
    assert lines_of(extract.text) == PARAGRAPHS * 4


def test_a_pdf_of_a_seed_has_the_words_of_the_text():
    seed = paragraphs_of_seed()
    (extract,) = read_pdf(typeset(seed, header="工作报告"), "file")
    assert "".join(extract.text.split()) == "".join("".join(seed).split())


def test_a_pdf_in_two_columns_is_read_column_by_column():
    left = [f"左栏第{row}行有十二个字的文。" for row in range(1, 21)]
    right = [f"右栏第{row}行有十二个字的文。" for row in range(1, 21)]
    rows = zip(left, right, strict=True)
    page = [
        placed
        for row, (one, other) in enumerate(rows)
        for placed in ((60, 760 - 20 * row, 12, one), (320, 760 - 20 * row, 12, other))
    ]
    text = read_pdf(write_pdf([page]), "file")[0].text
    assert text.index(left[-1][:5]) < text.index(right[0][:5])


def test_a_pdf_with_figures_in_a_raised_font_keeps_their_order():
    placed = []
    x = 72.0
    for piece, raised in (("二〇年增长", 0), ("12.5", 2), ("亿元，比", 0), ("2019", 2), ("年多。", 0)):
        placed.append((x, 700 + raised, 12, piece))
        x += sum(6 if c.isascii() else 12 for c in piece)
    assert read_pdf(write_pdf([placed]), "file")[0].text == "二〇年增长12.5亿元，比2019年多。\n"


def test_word_keeps_tables_insertions_and_automatic_numbers():
    document = docx.Document()
    document.add_paragraph("指标如下：")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "地区生产总值", "增长5%"
    document.add_paragraph("第一项", style="List Number")
    document.add_paragraph("第二项", style="List Number")
    buffer = io.BytesIO()
    document.save(buffer)
    text = READERS[".docx"](buffer.getvalue(), "file")[0].text
    assert text.splitlines() == ["指标如下：", "地区生产总值 增长5%", "1.第一项", "2.第二项"]


def test_front_matter_is_read_and_stays_in_the_text():
    text = "---\nsource:\n- https://example.org/a\ntitle: 报告：2024年 “说明”\n---\n\n正文。\n"
    assert read_front_matter(text) == {"source": "https://example.org/a", "title": "报告：2024年 “说明”"}
    assert READERS[".md"](text.encode(), "file")[0].text == text


def test_read_folder_reads_every_format_of_one_folder(tmp_path):
    seed = PARAGRAPHS
    files = {
        "甲市_2020.txt": "\n".join(seed).encode("gb18030"),
        "甲市_2021.docx": as_docx(seed),
        "甲市_2022.html": as_page(seed),
        "甲市_2023.pdf": typeset(seed),
        "甲市_2024.csv": as_csv(seed),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    readings = read_folder(tmp_path)
    assert [r.document_id for r in readings] == [f"甲市_{year}" for year in range(2020, 2025)]
    assert [r.encoding for r in readings] == ["gb18030", "docx", "utf-8", "pdf", "utf-8-sig"]
    assert all(lines_of(reading.text) == seed for reading in readings)


def test_the_manifest_names_one_row_of_a_table(tmp_path):
    (tmp_path / "reports.csv").write_text("region,year,text\n甲市,2020,今年。\n甲市,2021,今年。\n", "utf-8")
    (tmp_path / "documents.csv").write_text("document_id,title\n甲市_2021,报告\n", "utf-8")
    assert [reading.given.get("title") for reading in read_folder(tmp_path)] == [None, "报告"]


def test_the_manifest_gives_a_file_its_name(tmp_path):
    (tmp_path / "notes.txt").write_text("今年增长5%。", "utf-8")
    (tmp_path / "documents.csv").write_text("document_id,file\n甲市_2021,notes.txt\n", "utf-8")
    assert [reading.document_id for reading in read_folder(tmp_path)] == ["甲市_2021"]


def test_a_table_of_several_reports_gives_one_document_a_row(tmp_path):
    rows = "region,year,text\n甲市,2020,今年增长5%。\n甲市,2021,今年增长6%。\n乙县,2020,今年增长7%。\n"
    (tmp_path / "reports.csv").write_text(rows, "utf-8")
    assert [(r.document_id, r.text) for r in read_folder(tmp_path)] == [
        ("乙县_2020", "今年增长7%。"),
        ("甲市_2020", "今年增长5%。"),
        ("甲市_2021", "今年增长6%。"),
    ]
