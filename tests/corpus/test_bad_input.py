"""Bad input is named clearly and stops no other file."""

import io
import os
import zipfile

import pytest
from tiny_pdf import write_encrypted_pdf, write_pdf

from workbench.corpus.readers import MAX_BYTES, read_folder
from workbench.errors import SeedError

GOOD = "今年，全市地区生产总值增长5%左右。\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    * 40
)


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(60):
                part.write(b"\0" * 1_000_000)
    return buffer.getvalue()


def damaged_docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w:document>正文</w:document>")
    return buffer.getvalue().replace("正文".encode(), "正丈".encode(), 1)


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "甲市_2020.txt").write_text(GOOD, "utf-8")
    return tmp_path


def only_problem(corpus) -> str:
    """Return the one problem, having checked that the good file was read."""
    readings = read_folder(corpus)
    assert [r.text for r in readings if not r.problem] == [GOOD]
    (bad,) = [r for r in readings if r.problem]
    assert bad.text == ""
    return bad.problem


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("乙县_2020.pdf", write_encrypted_pdf(), "locked with a password"),
        ("乙县_2020.pdf", b"%PDF-1.4 nothing follows", "damaged"),
        ("乙县_2020.pdf", write_pdf([[]]), "recognise its text"),
        ("乙县_2020.docx", b"no archive at all", "no archive"),
        ("乙县_2020.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "encrypted"),
        ("乙县_2020.docx", damaged_docx(), "damaged one"),
        ("乙县_2020.docx", zip_bomb(), "unpacks to 60,000,"),
        ("乙县_2020.txt", PNG, "none of them"),
        ("乙县_2020.txt", b"", "no text"),
        ("乙县_2020.txt", " \u3000\n".encode(), "no text"),
        ("乙县_2020.txt", (GOOD * 200).encode()[:-5] + b"\xff\xfe\xfd", "invalid byte at"),
        ("乙县_2020.csv", b"a,b\n1,2\n", "column of text"),
        ("乙县_2020.csv", b"", "no text|one report a row"),
        ("乙县_2020.html", b"", "web page|no text"),
        ("乙县_2020.doc", b"anything", "save it in one of these formats"),
    ],
)
def test_a_bad_file_is_named_with_what_to_do(corpus, name, data, words):
    (corpus / name).write_bytes(data)
    problem = only_problem(corpus)
    assert name in problem
    import re

    assert re.search(words, problem)


def test_a_huge_file_is_refused_unread(corpus):
    with open(corpus / "乙县_2020.txt", "wb") as file:
        file.truncate(2 * MAX_BYTES)
    assert f"{2 * MAX_BYTES:,}" in only_problem(corpus)


def test_one_line_of_five_million_characters_is_read(tmp_path):
    text = "增长百分之五，" * 714_286
    (tmp_path / "甲市_2020.txt").write_text(text, "utf-8")
    assert read_folder(tmp_path)[0].text == text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_closed_folder_is_named(corpus):
    closed = corpus / "乙县"
    closed.mkdir(mode=0)
    try:
        assert "change its rights" in only_problem(corpus)
    finally:
        closed.chmod(0o700)


def test_a_folder_that_cannot_be_listed_is_named(corpus, monkeypatch):
    closed = corpus / "乙县"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path):
        if os.fspath(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert "change its rights" in only_problem(corpus)


def test_links_in_a_circle_are_followed_once(corpus):
    (corpus / "a").mkdir()
    (corpus / "a" / "back").symlink_to(corpus)
    (corpus / "loop.txt").symlink_to(corpus / "loop.txt")
    assert [reading.document_id for reading in read_folder(corpus)] == ["甲市_2020"]


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(SeedError, match="found none"):
        read_folder(tmp_path)


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(SeedError, match="check the path"):
        read_folder(tmp_path / "nowhere")


def test_a_corpus_of_one_bad_file_is_refused(tmp_path):
    (tmp_path / "甲市_2020.txt").write_bytes(PNG)
    with pytest.raises(SeedError, match="none of them"):
        read_folder(tmp_path)
    with pytest.raises(SeedError, match="none of them"):
        read_folder(tmp_path / "甲市_2020.txt")


def test_one_file_is_a_corpus(corpus):
    assert [r.document_id for r in read_folder(corpus / "甲市_2020.txt")] == ["甲市_2020"]


def test_two_files_for_one_document_are_not_both_counted(corpus):
    (corpus / "甲市_2020.md").write_text(GOOD + GOOD, "utf-8")
    assert "甲市_2020.txt" in only_problem(corpus)


@pytest.mark.parametrize("name", ["甲市_2020.md", "甲市_2020.doc", "甲市_2020.pdf"])
def test_a_bad_file_does_not_take_the_name_of_a_good_one(corpus, name):
    (corpus / name).write_bytes(GOOD.encode())
    texts = {reading.document_id: reading.text for reading in read_folder(corpus)}
    assert texts == {"甲市_2020": GOOD, name: ""}


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ("file,region\n甲市_2020.txt,甲市\n乙县_2019.txt,乙县\n", "line 3.*乙县_2019.txt"),
        ("document_id,region\n乙县_2019,乙县\n", "乙县_2019"),
        ("name,region\n甲市_2020.txt,甲市\n", "column file or document_id"),
        ("file,region\n甲市_2020.txt,甲市\n甲市_2020.txt,甲市\n", "in line 2 too"),
        ("file,region\n,甲市\n", "found neither"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(corpus, manifest, words):
    (corpus / "documents.csv").write_text(manifest, "utf-8")
    with pytest.raises(SeedError, match=words):
        read_folder(corpus)


def test_a_file_of_the_manifest_in_a_format_not_read_is_named(corpus):
    (corpus / "乙县_2020.jpg").write_bytes(PNG)
    (corpus / "documents.csv").write_text("file\n乙县_2020.jpg\n", "utf-8")
    assert "save it in one of these formats" in only_problem(corpus)


def test_a_file_that_is_not_the_one_of_the_manifest_is_not_read(corpus):
    (corpus / "乙县_2020.txt").write_text("改动过的文本。", "utf-8")
    (corpus / "documents.csv").write_text("file,sha256\n乙县_2020.txt," + "0" * 64 + "\n", "utf-8")
    assert "put the file back" in only_problem(corpus)
