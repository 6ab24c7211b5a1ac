import hashlib

import pytest

from workbench.corpus.readers import read_folder
from workbench.errors import SeedError

TEXT = "\n第一行\r\n今年，地区生产总值增长5%左右。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"])
def test_read_folder_keeps_every_character_in_any_encoding(tmp_path, encoding):
    text = TEXT * 20 if encoding != "big5" else "今年，地區生產總值增長5%左右。\r\n" * 20
    data = text.encode(encoding)
    (tmp_path / "甲市_2020.txt").write_bytes(data)
    (reading,) = read_folder(tmp_path)
    assert reading.text == text
    assert reading.sha256 == hashlib.sha256(data).hexdigest()


def test_read_folder_names_documents_from_folder_and_file(tmp_path):
    (tmp_path / "甲市").mkdir()
    (tmp_path / "甲市" / "2020.md").write_text(TEXT, "utf-8")
    (tmp_path / "甲市" / "2021-08.md").write_text(TEXT, "utf-8")
    (tmp_path / "乙县_2019.txt").write_text(TEXT, "utf-8")
    assert [r.document_id for r in read_folder(tmp_path)] == ["乙县_2019", "甲市_2020", "甲市_2021-08"]


def test_read_folder_refuses_a_manifest_row_without_its_file(tmp_path):
    (tmp_path / "甲市_2020.txt").write_text(TEXT, "utf-8")
    (tmp_path / "documents.csv").write_text("file,region\n甲市_2020.txt,甲市\n乙县_2019.txt,乙县\n", "utf-8")
    with pytest.raises(SeedError, match="乙县_2019.txt"):
        read_folder(tmp_path)
