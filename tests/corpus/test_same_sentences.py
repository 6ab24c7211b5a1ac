"""The same report gives the same sentences, whatever format and encoding it comes in."""

from pathlib import Path

import pytest
from test_formats import as_csv, as_docx, as_page, lines_of
from tiny_pdf import typeset

from workbench.corpus.documents import describe_documents
from workbench.corpus.noise import find_noise
from workbench.corpus.readers import Reading, read_folder
from workbench.corpus.sentences import split_sentences
from workbench.corpus.structure import split_sections

SEEDS = Path(__file__).parents[2] / "seeds"
NAMES = ("江北新区_2024", "钟楼区_2024", "南昌市_2022", "江宁区_2023", "六合区_2023")


def sentences_of(readings: list[Reading]) -> dict[str, list[str]]:
    """Return the sentences of each document, without blanks."""
    texts = {reading.document_id: reading.text for reading in readings}
    noise = find_noise(texts)
    sections = split_sections(texts, noise, describe_documents(readings, noise))
    found: dict[str, list[str]] = {}
    for row in split_sentences(texts, noise, sections).itertuples():
        found.setdefault(row.document_id, []).append(
            "".join(texts[row.document_id][row.start : row.end].split())
        )
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_same_sentences_in_every_format(tmp_path, name):
    text = (SEEDS / f"{name}.txt").read_text("utf-8")
    lines = lines_of(text)
    files = {
        "utf-8.txt": text.encode(),
        "utf-8-sig.txt": text.encode("utf-8-sig"),
        "gb18030.md": text.encode("gb18030"),
        "utf-16.txt": text.encode("utf-16"),
        "crlf.txt": text.replace("\n", "\r\n").encode(),
        "word.docx": as_docx(lines),
        "page.html": as_page(lines),
        "row.csv": as_csv(lines),
        # The font of the tests has no bullet and no hard blank.
        "print.pdf": typeset([" ".join(line.replace("•", "·").split()) for line in lines], header="公报"),
    }
    place, year = name.split("_")
    for kind, data in files.items():
        folder = tmp_path / kind.partition(".")[0]
        folder.mkdir()
        (folder / f"{place}_{year}.{kind.partition('.')[2]}").write_bytes(data)
    found = {}
    for folder in sorted(tmp_path.iterdir()):
        found[folder.name] = sentences_of(read_folder(folder))[name]
    for kind, sentences in found.items():
        assert sentences == found["utf-8"], kind
