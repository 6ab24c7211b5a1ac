"""Labels in Chinese, English or both, as a session chooses."""

import pandas as pd
import pytest

from workbench.display.labels import choose_sentence, choose_words, in_one_language, name, use_language
from workbench.display.plots_targets import plot_bounds
from workbench.display.reading import show_table
from workbench.display.style import use_style
from workbench.errors import ParameterError


@pytest.fixture(autouse=True)
def both():
    yield
    use_language("both")


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "今年目标 Targets for the year: 10 (软约束 1)",
            "今年目标: 10 (软约束 1)",
            "Targets for the year: 10 (软约束 1)",
        ),
        ("逐句比较 Sentence by sentence, 甲 → 乙", "逐句比较, 甲 → 乙", "Sentence by sentence, 甲 → 乙"),
        ("与 甲市_2023 最相似的报告 Nearest reports", "与 甲市_2023 最相似的报告", "Nearest reports"),
        ("占比 share (%)", "占比 (%)", "share (%)"),
        ("每万字 per 10,000 characters", "每万字", "per 10,000 characters"),
        ("改后次数 matches, edited", "改后次数", "matches, edited"),
        ("噪声 Noise: 9 stretches", "噪声: 9 stretches", "Noise: 9 stretches"),
        ("log ratio", "log ratio", "log ratio"),
        ("甲市_2023", "甲市_2023", "甲市_2023"),
    ],
)
def test_a_caption_is_given_in_the_language_of_the_session(text, zh, en):
    assert choose_words(text) == text
    use_language("zh")
    assert choose_words(text) == zh
    use_language("en")
    assert choose_words(text) == en


def test_names_and_sentences_follow_the_session_where_both_are_asked_for():
    use_style(language="en")
    assert name("bound", "about", language="both") == "about"
    assert name("bound", "about", language="zh") == "左右"
    assert choose_sentence("一项。", "One.") == "One."
    use_style()
    assert name("bound", "about", language="both") == "左右 about"
    assert choose_sentence("一项。", "One.") == "一项。 One."


def test_a_table_shows_headings_in_the_language_of_the_session():
    shown = show_table(
        pd.DataFrame({"n": [1]}), caption="约束 How they bind", columns={"n": "条数 statements"}
    )
    assert '条数 <small lang="en">statements</small>' in shown._repr_html_()
    use_language("zh")
    assert "<caption>约束</caption>" in shown._repr_html_()
    assert "statements" not in shown._repr_html_()


def test_a_figure_takes_both_for_chinese_and_refuses_other_languages():
    counts = pd.DataFrame({"bound": ["about"], "measure": ["growth"], "count": [3]})
    assert plot_bounds(counts, language="both").get_xlabel() == "条"
    assert plot_bounds(counts, language="en").get_xlabel() == "statements"
    with pytest.raises(ParameterError, match="language: expected zh, en or both, found 'fr'"):
        plot_bounds(counts, language="fr")
    with pytest.raises(ParameterError, match="found 'fr'"):
        use_language("fr")


def test_every_figure_that_has_labels_takes_the_language():
    import workbench as wb

    drawn = [getattr(wb, each) for each in dir(wb) if each.startswith("plot_")]
    taking = [draw for draw in drawn if "language" in draw.__annotations__]
    assert len(taking) > 20
    assert all(draw.__code__ is in_one_language(len).__code__ for draw in taking)
