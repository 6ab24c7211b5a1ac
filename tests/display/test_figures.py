"""Saved figures carry their origin; shown figures carry their words and data."""

import json

import matplotlib

matplotlib.use("Agg")

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from workbench.display.figures import save_figure, show_figure
from workbench.display.style import use_style

DOCUMENTS = pd.DataFrame({"document_id": ["甲_2024"], "sha256": ["ab12"]})


@pytest.fixture
def figure():
    use_style()
    fig, ax = plt.subplots()
    ax.set_title("增长5%—6% ㎡ ℃ ①")
    return fig


def test_save_figure_writes_image_and_origin(figure, tmp_path):
    files = save_figure(figure, "目标/..", parameters={"year": 2024}, documents=DOCUMENTS, folder=tmp_path)
    assert all(file.parent == tmp_path and file.stat().st_size for file in files)
    origin = json.loads(files[2].read_text("utf-8"))
    assert origin["inputs"] == {"甲_2024": "ab12"}
    assert origin["parameters"] == {"year": 2024}
    assert "pandas" in origin["versions"]


def test_saved_svg_is_the_same_each_time(figure, tmp_path):
    first, second = (
        save_figure(figure, name, parameters={}, documents=DOCUMENTS, folder=tmp_path)[0].read_bytes()
        for name in ("a", "b")
    )
    assert first == second


@pytest.mark.filterwarnings("error:Glyph")
def test_shown_figure_has_alternative_text_data_and_chinese_glyphs(figure):
    data, metadata = show_figure(figure, alt="两年的增速", data=pd.DataFrame({"a": [1]}))._repr_mimebundle_()
    assert metadata["image/png"] == {
        "alt": "两年的增速",
        "csv": "a\n1\n",
        "width": 864,
        "height": 432,
    }
    assert data["image/png"].startswith("iVBOR")
