"""Segmentation: jieba's words whatever the engine, offsets, noise, lexicons, strange input."""

import importlib.util
import os
import pickle
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from workbench.corpus.segmentation import Segmenter, count_terms, cut_tokens
from workbench.errors import ParameterError, SeedError, TableError
from workbench.tables import SENTENCES

SEEDS = Path(__file__).parents[2] / "seeds"
ENGINES = ("rjieba", "jieba")


def seed_texts() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))}


def sentences_of(texts: dict[str, str], *, mark: str = "。") -> pd.DataFrame:
    """One sentence for each stretch up to and with a full stop."""
    rows = []
    for document, text in texts.items():
        start = 0
        for number, piece in enumerate(text.split(mark)):
            end = min(start + len(piece) + 1, len(text))
            rows.append((document, number, 0, "plan", start, end))
            start = end
    return SENTENCES.frame(rows)


def words(text: str, **options) -> list[str]:
    tokens = cut_tokens({"a_2024": text}, sentences_of({"a_2024": text}), **options)
    return tokens["token"].astype("str").tolist()


@pytest.fixture(scope="module")
def pairs() -> dict[str, tuple[Segmenter, Segmenter]]:
    """The fast and the reference engine, without and with the user dictionary."""
    return {
        str(lexicon): (
            Segmenter(engine="rjieba", lexicon=lexicon),
            Segmenter(engine="jieba", lexicon=lexicon),
        )
        for lexicon in (None, "policy_terms")
    }


@pytest.mark.parametrize("lexicon", ["None", "policy_terms"])
def test_engines_cut_the_seeds_alike(pairs, lexicon):
    fast, reference = pairs[lexicon]
    for text in seed_texts().values():
        assert fast.cut(text) == reference.cut(text)


@pytest.mark.parametrize("lexicon", ["None", "policy_terms"])
def test_engines_cut_generated_text_alike(pairs, lexicon):
    fast, reference = pairs[lexicon]
    draw = random.Random(20261122)
    alphabet = "aB1.%+-#&_ 中发展，A950\r\n\tＡ１😀\u3400\U00020000\u9fd6\uf900龥é①（*:/"
    for _ in range(6000):
        text = "".join(draw.choice(alphabet) for _ in range(draw.randint(1, 10)))
        if "展展展" in text:  # the Viterbi scores of such nonsense tie
            continue
        assert fast.cut(text) == reference.cut(text), text


def test_tags_are_those_of_the_dictionary():
    rjieba = pytest.importorskip("rjieba")
    tagger, segmenter = rjieba.Jieba(), Segmenter(lexicon=None)
    for text in seed_texts().values():
        known = [(word, tag) for word, tag in tagger.tag(text) if tagger.has_word(word)]
        assert [(word, segmenter.tag(word)) for word, _ in known] == known
    tags = {"发展": "vn", "2023": "m", "6.5%": "m", "GDP": "eng", "，": "x", "云上畔": "", "２０": "m"}
    assert {word: segmenter.tag(word) for word in tags} == tags


@pytest.mark.parametrize("engine", ENGINES)
def test_tokens_are_quotations_in_order(engine):
    texts = seed_texts()
    sentences = sentences_of(texts)
    tokens = cut_tokens(texts, sentences, segmenter=Segmenter(engine=engine))
    for document, rows in tokens.groupby("document_id", observed=True):
        text = texts[document]
        assert [text[s:e] for s, e in zip(rows["start"], rows["end"], strict=True)] == rows["token"].tolist()
        assert (rows["start"].to_numpy()[1:] >= rows["end"].to_numpy()[:-1]).all()
        covered = rows["end"].sub(rows["start"]).sum()
        assert covered == sum(not character.isspace() for character in text)
    inside = tokens.astype({"document_id": "str"}).merge(
        sentences, on=["document_id", "sentence"], suffixes=("", "_sentence")
    )
    assert (inside["start"] >= inside["start_sentence"]).all()
    assert (inside["end"] <= inside["end_sentence"]).all()


def test_count_terms_counts_the_tokens():
    texts = seed_texts()
    sentences = sentences_of(texts)
    tokens = cut_tokens(texts, sentences)
    counts = count_terms(texts, sentences)
    expected = tokens.groupby(["document_id", "token"], observed=True).size()
    found = counts.set_index(["document_id", "term"])["count"]
    assert {(str(a), str(b)): n for (a, b), n in found.items()} == {
        (str(a), str(b)): n for (a, b), n in expected.items()
    }


@pytest.mark.parametrize("engine", ["rjieba", "jieba", "precut", "characters"])
def test_counting_and_cutting_agree_on_strange_texts(engine):
    texts = {
        "a": "",
        "b": "稳\0增长\0\0稳",  # also holds the sign that parts the pieces on their way
        "c": " \n\u3000",
        "d": "稳增长。\U0001f600\U00020000 GDP 6.5%\r\n鄉村\x1c\x85",
    }
    rows = [(name, 0, 0, "plan", 0, len(text)) for name, text in texts.items()]
    sentences = SENTENCES.frame(rows)
    segmenter = Segmenter(engine=engine, lexicon=None)
    tokens = cut_tokens(texts, sentences, segmenter=segmenter)
    expected = {
        (name, word): n
        for name, text in texts.items()
        for word, n in Counter(segmenter.cut(text)).items()
        if not word.isspace()
    }
    counts = count_terms(texts, sentences, segmenter=segmenter)
    assert {(str(a), str(b)): n for a, b, n in counts.itertuples(index=False)} == expected
    assert len(tokens) == sum(expected.values())
    for row in tokens.itertuples():
        assert texts[row.document_id][row.start : row.end] == row.token


def test_no_word_reaches_over_a_sentence_border_or_noise():
    text = "营商**环境。改革开放"
    sentences = SENTENCES.frame([("a_2024", 0, 0, "plan", 0, 9), ("a_2024", 1, 0, "plan", 9, 11)])
    noise = pd.DataFrame({"document_id": ["a_2024"], "start": [2], "end": [4], "reason": ["markup"]})
    tokens = cut_tokens({"a_2024": text}, sentences, noise=noise)
    assert tokens[["start", "end"]].to_numpy().tolist() == [[0, 2], [4, 6], [6, 7], [7, 9], [9, 11]]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "term",
    [
        "新质生产力",
        "专精特新",
        "规上工业",
        "智改数转网联",
        "拿地即开工",
        "五社联动",
        "一网通办",
        "放管服",
        "十四五",
        "十五五",
        "营商环境",
        "高质量发展",
    ],
)
def test_policy_terms_stay_whole(engine, term, pairs):
    segmenter = pairs["policy_terms"][ENGINES.index(engine)]
    assert term in segmenter.cut(f"今年要抓好{term}，推进“{term}”改革")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \r\n\u3000", []),
        ("稳", ["稳"]),
        ("Made in China 2025", ["Made", "in", "China", "2025"]),
        ("😀👍", ["😀", "👍"]),
        ("\U00020000\u3400", ["\U00020000", "\u3400"]),
        ("增长6.5%", ["增长", "6.5%"]),
        ("鄉村", ["鄉村"]),
        ("1-11月", ["1", "-", "11", "月"]),
        ("www.a.cn", ["www", ".", "a", ".", "cn"]),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_strange_input_has_a_defined_result(engine, text, expected, pairs):
    assert words(text, segmenter=pairs["None"][ENGINES.index(engine)]) == expected


def test_precut_text_is_not_cut_again():
    assert words("高质量发展 是 首要 任务", segmenter=Segmenter(engine="precut")) == [
        "高质量发展",
        "是",
        "首要",
        "任务",
    ]


def test_segmenter_travels_to_another_process():
    segmenter = Segmenter(lexicon=pd.DataFrame({"term": ["甲乙丙丁"], "frequency": [9000], "pos": ["n"]}))
    copy = pickle.loads(pickle.dumps(segmenter))
    assert copy.cut("推进甲乙丙丁建设") == segmenter.cut("推进甲乙丙丁建设") == ["推进", "甲乙丙丁", "建设"]


def test_heavy_words_of_the_dictionary_shift_near_ties_alike():
    words = ["发展", "经济", "建设"]
    lexicon = pd.DataFrame({"term": words, "frequency": [900_000] * 3, "pos": ["n"] * 3})
    fast, reference = (Segmenter(engine=engine, lexicon=lexicon) for engine in ENGINES)
    for text in [*seed_texts().values(), "扩大高新技术产品出口，企业职工均居前列"]:
        assert fast.cut(text) == reference.cut(text)


def test_user_dictionary_in_jiebas_form(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("# mine\n云上江畔 30 nz\n五链融合\n", encoding="utf-8")
    for engine in ENGINES:
        segmenter = Segmenter(engine=engine, lexicon=path)
        assert segmenter.cut("推进五链融合和云上江畔")[1:] == ["五链融合", "和", "云上江畔"]
        assert segmenter.tag("云上江畔") == "nz"


def test_bad_lines_of_a_user_dictionary_are_listed(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("term,frequency\n云上江畔,3\n,4\n云上江畔,5\n五链融合,-1\n", encoding="utf-8")
    with pytest.raises(SeedError, match="3: no term; line 4: 云上江畔 again; line 5: the frequency '-1'"):
        Segmenter(lexicon=path)


def test_without_rjieba_jieba_does_the_work(monkeypatch):
    present = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "rjieba" else present(name, *rest)
    )
    assert Segmenter(lexicon=None).engine == "jieba"
    with pytest.raises(ParameterError, match="install rjieba or choose 'jieba'"):
        Segmenter(engine="rjieba")


def test_first_use_says_nothing_and_keeps_its_cache_with_the_user(tmp_path):
    program = "from workbench.corpus.segmentation import Segmenter; Segmenter(engine='jieba').cut('稳增长')"
    run = subprocess.run(
        [sys.executable, "-W", "default", "-c", program],
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(SEEDS.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (run.stdout, run.stderr) == ("", "")
    if sys.platform == "linux":
        assert (tmp_path / "workbench" / "jieba.cache").is_file()


def test_wrong_choices_are_named():
    with pytest.raises(ParameterError, match="engine: expected one of auto, jieba"):
        Segmenter(engine="thulac")
    with pytest.raises(SeedError, match="policy_terms"):
        Segmenter(lexicon="no_such_lexicon")
    with pytest.raises(TableError, match="which has none"):
        cut_tokens({}, sentences_of({"a_2024": "稳增长。"}))
    with pytest.raises(TableError, match="expected ends up to 2"):
        cut_tokens({"a_2024": "稳住"}, sentences_of({"a_2024": "稳住增长。"}))
