"""Any text whatever: no exception, offsets that hold, quotations to the letter, no row out of its place."""

import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.corpus.formats import READERS
from workbench.corpus.readers import Reading
from workbench.errors import SeedError
from workbench.pipeline import Corpus
from workbench.targets.quantities import find_quantities

FRAGMENTS = [
    *("一、2023年工作回顾", "二、2024年工作安排", "（一）", "# ", "## ", "**", "- ", "> ", "---\n"),
    *("\n", "\r\n", "\n\n", "。", "；", "，", "：", "“", "”", "（", "）", "《", "》"),
    *("地区生产总值", "增长", "下降", "力争", "确保", "新增", "以上", "与经济增长同步", "个百分点", "亿元"),
    *(
        "6.5%左右",
        "5%—6%",
        "1.2.3.4%",
        "-",
        "－３．５％",
        "百分之",
        "三成",
        "一万亿",
        "十十十",
        "万万万",
        "点",
    ),
    *("零", "〇", "2023", "二〇二三年", "年", "1,2,3,4", "１２", "=1+1", "图片", "责任编辑：", "相关链接"),
    *("各位代表：", "现在，我代表", "附件", "名词解释", "\u3000", "\u200b", "\ufeff", "\x00", "\x0b"),
    *("\u2028", "🙂", "𠮷", "é", "⼯作", "<b>", "&nbsp;", "<!--", "-->"),
]
ANYTHING = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=6)
texts = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), ANYTHING),
    max_size=80,
).map("".join)
relaxed = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PLACED = ("noise", "sections", "sentences", "tokens", "statements", "theme_matches", "sentence_themes")


@relaxed
@given(texts)
def test_every_table_of_any_text_points_into_it(text):
    reading = Reading("甲市_2024", "甲市_2024.txt", text or "。", "utf-8", "0" * 64)
    corpus = Corpus([reading], folder=None)
    for name in PLACED:
        frame = corpus.table(name)
        assert (frame["start"] >= 0).all()
        assert (frame["end"] <= len(reading.text)).all()
        assert (frame["start"] <= frame["end"]).all()
    for row in corpus.statements.itertuples():
        assert reading.text[row.start : row.end] == row.quote
        assert row.quote in row.evidence
    for row in corpus.tokens.itertuples():
        assert reading.text[row.start : row.end] == row.token
    for row in corpus.target_panel.dropna(subset=["start"]).itertuples():
        assert reading.text[row.start : row.end] == row.quote
    assert len(corpus.term_counts) == corpus.tokens["token"].nunique()
    assert corpus.findings["severity"].notna().all()


@relaxed
@given(st.text(alphabet="0123456789０１２.,，%％一二三十百千万亿点分之年月个元-—~至到 ", max_size=300))
def test_quantities_of_any_digits_lie_in_order(text):
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.low <= quantity.high
        end = quantity.end


@pytest.mark.parametrize("suffix", sorted(READERS))
@relaxed
@given(data=st.one_of(st.binary(max_size=400), texts.map(str.encode)))
def test_any_bytes_are_a_text_or_one_clear_error(suffix, data):
    heads = {".docx": b"PK\x03\x04", ".pdf": b"%PDF-1.7\n", ".html": b"<html><body>"}
    for content in (data, heads.get(suffix, b"") + data):
        told = None
        try:
            extracts = READERS[suffix](content, f"甲市_2024{suffix}")
        except SeedError as error:
            told, extracts = str(error), []
        assert all(isinstance(extract.text, str) for extract in extracts)
        assert told is None or f"甲市_2024{suffix}" in told


def test_a_pdf_whose_streams_unpack_without_end_is_refused():
    packed = zlib.compress(b" " * 300_000_000, 9)
    data = b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode/Length " + str(len(packed)).encode()
    data += b">>\nstream\n" + packed + b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF"
    with pytest.raises(SeedError, match="unpacks to more than"):
        READERS[".pdf"](data, "甲市_2024.pdf")
