import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ParameterError
from workbench.measures.sampling import draw_sample


def corpus(lengths):
    """Documents of so many sentences; every third sentence is in the plan."""
    documents = pd.DataFrame(
        {
            "document_id": [f"甲市_{2000 + number}" for number in range(len(lengths))],
            "level": ["county" if number % 2 else "prefecture" for number in range(len(lengths))],
            "year": pd.array([2000 + number for number in range(len(lengths))], dtype="Int64"),
        }
    )
    rows = [
        (name, sentence, 0, "plan" if sentence % 3 == 0 else "review", 10 * sentence, 10 * sentence + 9)
        for name, length in zip(documents["document_id"], lengths, strict=True)
        for sentence in range(length)
    ]
    columns = ["document_id", "sentence", "section", "part", "start", "end"]
    return pd.DataFrame(rows, columns=columns), documents


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=6), st.data())
def test_proportional_sample_has_its_size_and_each_stratum_its_share(lengths, data):
    sentences, documents = corpus(lengths)
    size = data.draw(st.integers(1, len(sentences)))
    drawn = draw_sample(sentences, documents, size=size, seed=data.draw(st.integers(0, 99)))
    assert len(drawn) == size
    assert not drawn.duplicated(["document_id", "sentence"]).any()
    assert drawn["weight"].sum() == pytest.approx(len(sentences))
    everything = draw_sample(sentences, documents, size=len(sentences))
    for stratum, there in everything["stratum"].value_counts().items():
        share = size * there / len(sentences)
        assert abs((drawn["stratum"] == stratum).sum() - share) < 1 + 1e-9


def test_the_same_seed_draws_the_same_whatever_the_order_of_rows():
    sentences, documents = corpus([30, 20, 10])
    first = draw_sample(sentences, documents, size=12, seed=3)
    again = draw_sample(sentences.sample(frac=1, random_state=1), documents.iloc[::-1], size=12, seed=3)
    other = draw_sample(sentences, documents, size=12, seed=4)
    pd.testing.assert_frame_equal(first, again)
    assert not first[["document_id", "sentence"]].equals(other[["document_id", "sentence"]])


def test_every_sentence_has_the_same_chance():
    sentences, documents = corpus([7, 3])
    drawn = pd.concat(
        draw_sample(sentences, documents, size=4, by=("part",), seed=seed) for seed in range(100)
    )
    counts = drawn.groupby(["document_id", "sentence"]).size()
    # 100 draws with chance 0.4: 40 ± 4.9 (one standard deviation of the binomial)
    assert len(counts) == 10
    assert counts.between(20, 60).all()


def test_equal_allocation_fills_small_strata_first_and_weighs_them():
    sentences, documents = corpus([30])
    drawn = draw_sample(sentences, documents, size=8, by=("part",), allocation="equal")
    counts = drawn["stratum"].value_counts()
    assert counts.to_dict() == {"plan": 4, "review": 4}
    assert drawn.groupby("stratum")["weight"].sum().to_dict() == {"plan": 10.0, "review": 20.0}


def test_a_document_without_a_year_is_a_stratum_of_its_own():
    sentences, documents = corpus([5, 5])
    documents.loc[0, "year"] = pd.NA
    assert len(draw_sample(sentences, documents, size=10)) == 10


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 0}, "size: expected 1 to 5"),
        ({"size": 6}, "size: expected 1 to 5"),
        ({"size": 2, "by": ("province",)}, "by: province"),
        ({"size": 2, "allocation": "random"}, "allocation: expected"),
    ],
)
def test_wrong_choices_are_named(options, message):
    sentences, documents = corpus([5])
    with pytest.raises(ParameterError, match=message):
        draw_sample(sentences, documents, **options)
