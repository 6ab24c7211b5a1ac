"""Train the theme coder: ``python -m workbench.measures.train_theme_coder --coded F --corpus D --out F``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.corpus.documents import describe_documents
from workbench.corpus.noise import find_noise
from workbench.corpus.readers import read_folder
from workbench.corpus.sentences import split_sentences
from workbench.corpus.structure import split_sections
from workbench.errors import SeedError, WorkbenchError
from workbench.measures.theme_coder import ThemeCoder, run_pairs
from workbench.measures.theme_features import find_context
from workbench.measures.theme_quality import (
    choose_threshold,
    count_confusions,
    describe_overall,
    describe_themes,
)
from workbench.measures.theme_training import (
    Coded,
    Settings,
    cross_fit,
    fit_network,
    fit_table,
    prepare_material,
)
from workbench.measures.themes import read_themes

FOLDS = 5


def read_coded(path: Path | str) -> pd.DataFrame:
    """Read coded sentences from JSON lines: document_id, start, end, text, primary, secondary (a list).

    Raises
    ------
    SeedError
        No such file, a key missing, or a theme that is not in themes.csv.
    """
    if not Path(path).is_file():
        raise SeedError(
            f"{path}: expected coded sentences (JSON lines), found no file; name one that exists."
        )
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    coded = pd.DataFrame([json.loads(line) for line in lines if line.strip()])
    wanted = ["document_id", "start", "end", "text", "primary", "secondary"]
    missing = [name for name in wanted if name not in coded.columns]
    if missing:
        raise SeedError(f"{path}: expected the keys {', '.join(wanted)}; missing {', '.join(missing)}.")
    known = set(read_themes()["id"])
    unknown = sorted({theme for row in coded["secondary"] for theme in row} | set(coded["primary"]) - known)
    if unknown := [theme for theme in unknown if theme not in known]:
        raise SeedError(
            f"{path}: found themes that are not in themes.csv: {', '.join(unknown)}; correct them."
        )
    return coded[wanted]


def read_corpora(folders: Sequence[str]) -> tuple[dict[str, str], pd.DataFrame, pd.DataFrame]:
    """Read folders of reports into texts, SECTIONS and SENTENCES; a repeated id gets the folder's number."""
    texts: dict[str, str] = {}
    sections: list[pd.DataFrame] = []
    sentences: list[pd.DataFrame] = []
    for number, folder in enumerate(folders):
        readings = read_folder(folder)
        found = {reading.document_id: reading.text for reading in readings}
        noise = find_noise(found)
        split = split_sections(found, noise, describe_documents(readings, noise))
        names = {name: f"{name}#{number}" if name in texts else name for name in found}
        for tables, table in ((sections, split), (sentences, split_sentences(found, noise, split))):
            tables.append(table.assign(document_id=table["document_id"].map(names)))
        texts |= {names[name]: text for name, text in found.items()}
    return texts, pd.concat(sections, ignore_index=True), pd.concat(sentences, ignore_index=True)


def align_coded(
    coded: pd.DataFrame, texts: dict[str, str], sentences: pd.DataFrame, themes: Sequence[str]
) -> Coded:
    """Find each coded sentence among the sentences by the most characters in common.

    Coded sentences that lie in noise, or whose text is not what the corpus has there, are left out.
    """
    spans = {name: group for name, group in sentences.groupby("document_id")}
    rows, kept = [], []
    for number, line in enumerate(coded.itertuples()):
        names = [name for name in spans if name.split("#")[0] == line.document_id]
        name = next((name for name in names if texts[name][line.start : line.end] == line.text), None)
        if name is None:
            continue
        common = np.minimum(spans[name]["end"], line.end) - np.maximum(spans[name]["start"], line.start)
        if common.max() > 0:
            rows.append(int(common.idxmax()))
            kept.append(number)
    numbers = {theme: number for number, theme in enumerate(themes)}
    chosen = coded.iloc[kept]
    primary = chosen["primary"].map(numbers).to_numpy()
    every = np.eye(len(themes), dtype=int)[primary]
    for number, further in enumerate(chosen["secondary"]):
        every[number, [numbers[theme] for theme in further]] = 1
    return Coded(np.array(rows), chosen["document_id"].to_numpy(), primary, every)


def train(
    coded_file: str, folders: Sequence[str], settings: Settings
) -> tuple[ThemeCoder, dict[str, pd.DataFrame]]:
    """Train a coder and cross-validate it by document.

    The table of each fold never saw the fold's documents, coded or not; the network that is judged
    on a fold was fitted on the other folds' features. (Those come from tables that saw this fold's
    labels, as in any stacking; the effect is of second order.)

    Returns
    -------
    coder : ThemeCoder
    quality : dict of DataFrame
        ``quality`` by theme, ``overall`` and ``confusions``.
    """
    from sklearn.model_selection import GroupKFold

    themes = read_themes()["id"].tolist()
    lines = read_coded(coded_file)
    texts, sections, sentences = read_corpora(folders)
    coded = align_coded(lines, texts, sentences, themes)
    material = prepare_material(find_context(texts, sections, sentences), sentences, themes, settings)
    folds = list(GroupKFold(FOLDS).split(coded.rows, groups=coded.documents))
    pairs = cross_fit(material, coded, folds, themes, settings)
    primary, every = np.zeros(pairs.shape[:2]), np.zeros(pairs.shape[:2])
    for seen, unseen in folds:
        scored = run_pairs(pairs[unseen], fit_network(pairs[seen], coded.take(seen), settings))
        primary[unseen], every[unseen] = scored[:, :, 0], scored[:, :, 1]
    threshold = choose_threshold(primary, every, coded.every, themes)
    quality = {
        "quality": describe_themes(primary, coded, themes),
        "overall": describe_overall(primary, every, coded, themes, threshold),
        "confusions": count_confusions(primary, coded, themes),
    }
    about = {"coded_sentences": len(coded.rows), "documents": len(set(coded.documents)), "version": "1.1.0"}
    table = fit_table(material, coded, themes, settings, about)
    network = fit_network(pairs, coded, settings)
    return replace(table, network=network, threshold=threshold), quality


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, train, write the coder and, beside it, its quality; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m workbench.measures.train_theme_coder", description=__doc__
    )
    parser.add_argument("--coded", required=True, metavar="FILE", help="coded sentences, JSON lines")
    parser.add_argument(
        "--corpus", required=True, nargs="+", metavar="FOLDER", help="the reports they are from"
    )
    parser.add_argument("--out", required=True, metavar="FILE", help="the coder to write (.npz)")
    options = parser.parse_args(arguments)
    try:
        coder, quality = train(options.coded, options.corpus, Settings())
    except WorkbenchError as error:
        print(error, file=sys.stderr)
        return 1
    coder.save(options.out)
    for name, table in quality.items():
        table.to_csv(Path(options.out).with_name(f"{Path(options.out).stem}_{name}.csv"), index=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
