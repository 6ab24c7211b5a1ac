"""Coding goes on where a sheet stopped, whoever filled it in."""

import pandas as pd
import pytest

from workbench.corpus.readers import read_folder
from workbench.errors import ParameterError
from workbench.measures.sampling import draw_sample
from workbench.pipeline import Corpus
from workbench.run.coding import code_sample
from workbench.run.coding_sheets import read_coding_sheet


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "甲市_2023.txt").write_text(
        "甲市政府工作报告\n地区生产总值增长6%。新增30家企业。\n=总之,谢谢大家。\n", encoding="utf-8"
    )
    return Corpus(read_folder(tmp_path / "corpus"), folder=tmp_path / "corpus")


@pytest.fixture
def sample(corpus):
    return draw_sample(corpus.sentences, corpus.documents, size=len(corpus.sentences), seed=1)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_coded_is_found_again(corpus, sample, tmp_path, ending):
    path = tmp_path / f"mine.{ending}"
    coding = code_sample(corpus, sample, path=path)
    assert path.is_file()  # to be filled in with a spreadsheet too
    at = next(n for n in range(len(sample)) if "6%" in coding.text(n))
    coding.add(at, quote="6%", kind="numeric", low="6", high="6", unit="%", bound="exact", status="target")
    again = code_sample(corpus, sample, path=path)
    assert again.done == 1
    pd.testing.assert_frame_equal(again.sheet, coding.sheet)
    read = read_coding_sheet(path)
    assert read.loc[0, ["quote", "low", "status"]].tolist() == ["6%", 6.0, "target"]


def test_another_sample_does_not_overwrite_a_sheet(corpus, sample, tmp_path):
    path = tmp_path / "mine.csv"
    code_sample(corpus, sample, path=path).add_nothing(0)
    kept = path.read_bytes()
    with pytest.raises(ParameterError, match="rows of other sentences"):
        code_sample(corpus, sample.iloc[1:], path=path)
    assert path.read_bytes() == kept


def test_without_a_path_nothing_is_written(corpus, sample, tmp_path):
    coding = code_sample(corpus, sample, task="themes")
    coding.add(0, primary="education")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]
    assert coding.sheet["primary"].iloc[0] == "education"
