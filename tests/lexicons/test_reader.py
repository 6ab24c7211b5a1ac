"""Reading lexicons: shipped ones, files of the user's, what is refused."""

import pytest

from workbench.errors import SeedError
from workbench.lexicons.reader import find_lexicon, read_lexicon, read_stopwords, read_terms


@pytest.mark.parametrize("name", ["policy_terms", "stopwords_function", "stopwords_genre"])
def test_shipped_lexicons_state_version_and_source(name):
    lexicon = read_lexicon(name)
    assert lexicon.version != "not stated"
    assert lexicon.source != "not stated"
    assert len(lexicon.sha256) == 64
    assert len(lexicon.table) > 0


def test_shipped_terms_are_complete_and_without_doubles():
    terms = read_terms()
    assert terms["term"].is_unique
    assert terms["frequency"].notna().all()
    assert (terms[["pos", "source"]] != "").all().all()


def test_stopword_lists_are_joined():
    assert read_stopwords() == read_stopwords("stopwords_function") | read_stopwords("stopwords_genre")
    assert "的" in read_stopwords("stopwords_function")


def test_lines_know_their_place(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("\ufeffterm,note\r\n# comment,\r\n云上江畔,a\r\n\r\n五链融合,b\r\n", encoding="utf-8")
    table = read_lexicon(path).table
    assert table["term"].to_dict() == {3: "云上江畔", 5: "五链融合"}
    assert read_lexicon(path).version == "not stated"


def test_terms_in_jiebas_form(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("云上江畔 30 nz\n五链融合\n甲乙 n\n", encoding="utf-8")
    terms = read_terms(path)
    assert terms["term"].tolist() == ["云上江畔", "五链融合", "甲乙"]
    assert terms["frequency"].isna().tolist() == [False, True, True]
    assert terms["pos"].tolist() == ["nz", "", "n"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("term,note\n甲,b,c\n", "line 2: expected 2 columns"),
        ("word\n甲\n", "expected a column 'term', found word"),
        ("term,frequency\n甲 乙,3\n", "line 2: a blank in '甲 乙'"),
        ("term,frequency\n甲,many\n", "line 2: the frequency 'many'"),
        ("term,frequency\n甲,0\n", "line 2: the frequency '0'"),
    ],
)
def test_bad_lines_are_named(tmp_path, content, message):
    path = tmp_path / "mine.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SeedError, match=message):
        read_terms(path)


def test_wrong_encoding_and_sidecar_are_named(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes("term\n发展\n".encode("gb18030"))
    with pytest.raises(SeedError, match="expected UTF-8"):
        read_lexicon(path)
    path.write_text("term\n发展\n", encoding="utf-8")
    path.with_suffix(".toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(SeedError, match="expected TOML"):
        read_lexicon(path)


def test_unknown_names_list_what_is_there():
    with pytest.raises(SeedError, match="policy_terms"):
        find_lexicon("no_such")
