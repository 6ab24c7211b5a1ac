"""Shares of a group sum to 100, zeros are rows, and what is not there is missing."""

import numpy as np
import pandas as pd
import pytest

from workbench.errors import ParameterError
from workbench.measures.attention import Interval, term_rates, theme_entropy, theme_shares
from workbench.measures.specifications import compare_specifications, measure_specifications
from workbench.measures.themes import read_themes
from workbench.tables import SENTENCE_THEMES, SENTENCES, THEME_MATCHES, TOKENS

ROWS = [
    # document, part, end - start, primary, secondary
    ("甲市_2023", "review", 10, "education", ""),
    ("甲市_2023", "review", 10, "education", "health"),
    ("甲市_2023", "plan", 30, "health", ""),
    ("甲市_2023", "plan", 50, "none", ""),
    ("乙市_2023", "plan", 20, "digital", ""),
]
DOCUMENTS = pd.DataFrame(
    {
        "document_id": ["甲市_2023", "乙市_2023", "丙市_2023"],
        "region": ["甲市", "乙市", "丙市"],
        "level": ["prefecture"] * 3,
        "year": pd.array([2023] * 3, dtype="Int64"),
    }
)
NO_DRAWS = Interval(draws=0)


def tables():
    sentences, themes = [], []
    for number, (document, part, length, primary, secondary) in enumerate(ROWS):
        start = 100 * number
        sentences.append((document, number, 0, part, start, start + length))
        themes.append((document, number, start, start + length, primary, secondary))
    return SENTENCE_THEMES.frame(themes), SENTENCES.frame(sentences)


def shares(**options):
    return theme_shares(*tables(), DOCUMENTS, **({"interval": NO_DRAWS} | options))


def of(frame, region, theme, column="share_pct"):
    return frame[(frame["region"] == region) & (frame["theme"] == theme)][column].item()


def test_shares_of_sentences_characters_and_themes_by_hand():
    assert of(shares(), "甲市", "education") == 50
    assert of(shares(unit="characters"), "甲市", "education") == 20
    # one sentence is education, one half education and half health, one health, one none
    assert of(shares(unit="themes"), "甲市", "education") == 37.5
    assert of(shares(unit="themes"), "甲市", "health") == 37.5


def test_shares_of_words_leave_marks_out():
    rows = [("甲市_2023", 0, i, i + 1, word, "") for i, word in enumerate(["办", "学", "，"])]
    rows += [("甲市_2023", 2, 200, 202, "医院", ""), ("乙市_2023", 4, 400, 402, "数据", "")]
    frame = shares(unit="words", tokens=TOKENS.frame(rows))
    assert of(frame, "甲市", "education") == pytest.approx(200 / 3)


def test_every_group_and_theme_has_a_row_and_a_partition_sums_to_100():
    frame = shares(interval=Interval(draws=20))
    assert len(frame) == 3 * len(read_themes())
    sums = frame.groupby("region")[["share_pct", "corrected_pct"]].sum(min_count=1)
    assert np.allclose(sums.loc[["甲市", "乙市"]], 100)
    assert of(frame, "甲市", "digital") == 0


def test_a_theme_that_no_report_has_is_missing_and_not_zero():
    assert np.isnan(of(shares(), "甲市", "culture"))
    assert np.isnan(of(shares(), "甲市", "culture", "high_pct"))
    drawn = shares(interval=Interval(draws=200))
    assert np.isnan(of(drawn, "甲市", "culture"))
    assert of(drawn, "甲市", "culture", "high_pct") > 0  # it may have been missed


def test_a_theme_without_terms_has_no_rate():
    frame = term_rates(MATCHES, tables()[1], DOCUMENTS)
    assert np.isnan(of(frame, "甲市", "culture", "terms_per_1000_characters"))


def test_a_report_without_sentences_in_question_is_missing_and_not_zero():
    assert np.isnan(of(shares(), "丙市", "education"))
    assert np.isnan(of(shares(part="review"), "乙市", "education"))
    assert of(shares(part="review"), "甲市", "education") == 100


def test_parts_can_be_a_group():
    frame = shares(by=("document_id", "part"))
    own = frame[(frame["document_id"] == "甲市_2023") & (frame["part"] == "plan")]
    assert own.set_index("theme")["share_pct"]["health"] == 50


def test_intervals_are_seeded_hold_their_mean_and_widen_with_the_coders_error():
    first, again = (shares(interval=Interval(draws=200)) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    known = first.dropna(subset=["share_pct"])
    assert (known["low_pct"] <= known["high_pct"]).all()
    low, high = (of(first, "甲市", "education", name) for name in ("low_pct", "high_pct"))
    assert low < of(first, "甲市", "education", "corrected_pct") < high
    exact = shares(interval=Interval(draws=200, coder_error=False))
    assert of(exact, "乙市", "digital", "low_pct") == 100
    assert of(first, "乙市", "digital", "low_pct") < 100


def test_without_coder_error_the_mean_of_the_draws_is_the_share():
    frame = shares(interval=Interval(draws=4000, coder_error=False))
    assert of(frame, "甲市", "education", "corrected_pct") == pytest.approx(50, abs=2)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": ("county",)}, "county"),
        ({"by": "region"}, "expected a list"),
        ({"part": "appendix"}, "appendix"),
        ({"unit": "lines"}, "lines"),
        ({"unit": "words"}, "tokens"),
    ],
)
def test_unknown_choices_are_refused(options, message):
    with pytest.raises(ParameterError, match=message):
        shares(**options)


def test_an_empty_corpus_is_refused():
    with pytest.raises(ParameterError, match="at least one document"):
        theme_shares(*tables(), DOCUMENTS.iloc[:0])


def test_the_order_of_rows_does_not_matter():
    themes, sentences = tables()
    shuffled = theme_shares(themes.iloc[::-1], sentences, DOCUMENTS.iloc[::-1], interval=NO_DRAWS)
    pd.testing.assert_frame_equal(shuffled, shares())


MATCHES = THEME_MATCHES.frame(
    [("甲市_2023", 0, "education", "学校", 0, 2), ("甲市_2023", 2, "education", "教师", 200, 202)]
)


def test_rates_have_zeros_where_there_is_text_and_are_missing_where_there_is_none():
    frame = term_rates(MATCHES, tables()[1], DOCUMENTS)
    assert of(frame, "甲市", "education", "terms_per_1000_characters") == pytest.approx(20)
    assert of(frame, "乙市", "education", "terms_per_1000_characters") == 0
    assert np.isnan(of(frame, "丙市", "education", "terms_per_1000_characters"))
    plan = term_rates(MATCHES, tables()[1], DOCUMENTS, part="plan")
    assert of(plan, "甲市", "education", "terms_per_1000_characters") == pytest.approx(1000 / 80)


def test_entropy_by_hand():
    frame = theme_entropy(shares()).set_index("region")
    # education 2/3, health 1/3 of the sentences with a theme
    expected = -(2 / 3 * np.log2(2 / 3) + 1 / 3 * np.log2(1 / 3))
    assert frame.loc["甲市", "entropy_bits"] == pytest.approx(expected)
    assert frame.loc["甲市", "evenness"] == pytest.approx(expected / np.log2(17))
    assert frame.loc["乙市", "effective_themes"] == 1
    assert np.isnan(frame.loc["丙市", "entropy_bits"])


def test_the_reference_specification_agrees_with_itself_and_missing_parts_are_left_out():
    themes, sentences = tables()
    documents = pd.concat([DOCUMENTS.assign(document_id=[f"{n}_{i}" for n in "abc"]) for i in range(2)])
    spread = [(f"{n}_{i}", k) for k, (n, i) in enumerate((n, i) for n in "abc" for i in range(2))]
    sentences = SENTENCES.frame(
        [(d, s, 0, "plan", 10 * s, 10 * s + k + 1) for d, k in spread for s in range(3)]
    )
    themes = SENTENCE_THEMES.frame(
        [
            (r.document_id, r.sentence, r.start, r.end, "health" if r.sentence < k % 4 else "none", "")
            for (_, k), own in zip(spread, (g for _, g in sentences.groupby("document_id")), strict=True)
            for r in own.itertuples()
        ]
    )
    measured = measure_specifications(themes, THEME_MATCHES.empty(), sentences, documents)
    compared = compare_specifications(measured)
    own = compared[compared["coding"] == "model"].set_index(["unit", "part", "theme"])
    assert own.loc[("sentences", "all", "health"), "rank_correlation"] == pytest.approx(1)
    assert own.loc[("sentences", "all", "health"), "documents"] == 6
    assert own.loc[("sentences", "review", "health"), "documents"] == 0
    terms = compared[(compared["coding"] == "terms") & (compared["theme"] == "health")]
    assert terms["rank_correlation"].isna().all()


def test_lexicon_version_and_segmentation_are_specifications():
    themes, sentences = tables()
    rows = [("甲市_2023", 0, i, i + 1, word, "") for i, word in enumerate(["办", "学", "，"])]
    measured = measure_specifications(themes, MATCHES, sentences, DOCUMENTS, tokens=TOKENS.frame(rows))
    terms = measured[(measured["coding"] == "terms") & (measured["part"] == "all")]
    assert set(terms["segmentation"]) == {"substring", "tokens"}
    assert set(terms["lexicon"]) == {"all", "specific"}
    # 学校 ends where words end, 教师 stands where these tokens have none: one of the two is left
    rates = terms[(terms["unit"] == "per 1,000 characters") & (terms["lexicon"] == "all")]
    of_education = rates[(rates["theme"] == "education") & (rates["document_id"] == "甲市_2023")]
    rate = of_education.set_index("segmentation")["value"]
    assert rate["tokens"] == pytest.approx(rate["substring"] / 2)


def test_an_unknown_or_ambiguous_reference_is_refused():
    measured = measure_specifications(*tables()[:1], MATCHES, tables()[1], DOCUMENTS)
    with pytest.raises(ParameterError, match="found 0"):
        compare_specifications(measured, reference={"unit": "lines"})
    with pytest.raises(ParameterError, match="expected one specification"):
        compare_specifications(measured, reference={"coding": "model"})
