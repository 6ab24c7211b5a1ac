"""Train the theme coder: ``python -m workbench.measures.train_theme_coder --coded F --corpus D --out F``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd

from workbench.corpus.documents import describe_documents
from workbench.corpus.noise import find_noise
from workbench.corpus.readers import read_folder
from workbench.corpus.sentences import split_sentences
from workbench.corpus.structure import split_sections
from workbench.errors import SeedError, WorkbenchError
from workbench.measures.theme_coder import ThemeCoder, choose_themes, run_pairs
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
VERSION = "2.0.0"


def read_coded(path: Path | str) -> pd.DataFrame:
    """Read coded sentences: JSON lines with the text, or a CSV with its digest in place of it.

    Returns
    -------
    DataFrame
        document_id, start, end, primary, secondary (a list), sha256 (the first twelve digits of the
        digest of the sentence, by which it is known again).

    Raises
    ------
    SeedError
        No such file, a key missing, or a theme that is not in themes.csv.
    """
    if not Path(path).is_file():
        raise SeedError(
            f"{path}: expected coded sentences (.jsonl or .csv), found no file; name one that exists."
        )
    if Path(path).suffix == ".csv":
        coded = pd.read_csv(path, dtype={"sha256": "str"}, keep_default_na=False)
        own = "sha256"
    else:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        coded = pd.DataFrame([json.loads(line) for line in lines if line.strip()])
        own = "text"
    wanted = ["document_id", "start", "end", own, "primary", "secondary"]
    missing = [name for name in wanted if name not in coded.columns]
    if missing:
        raise SeedError(f"{path}: expected the keys {', '.join(wanted)}; missing {', '.join(missing)}.")
    if own == "text":
        coded["sha256"] = [digest(text) for text in coded["text"]]
    else:
        coded["secondary"] = [str(themes).split("|") if themes else [] for themes in coded["secondary"]]
    named = set(coded["primary"]) | {theme for row in coded["secondary"] for theme in row}
    if unknown := sorted(named - set(read_themes()["id"])):
        raise SeedError(
            f"{path}: found themes that are not in themes.csv: {', '.join(unknown)}; correct them."
        )
    return coded[["document_id", "start", "end", "primary", "secondary", "sha256"]]


def digest(text: str) -> str:
    """Return the first twelve digits of the SHA-256 of a sentence."""
    return sha256(text.encode()).hexdigest()[:12]


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

    Coded sentences that lie in noise, or that the corpus does not have at that place, are left out.
    """
    spans = {name: group for name, group in sentences.groupby("document_id")}
    named: dict[str, list[str]] = {}
    for name in spans:
        named.setdefault(name.split("#")[0], []).append(name)
    rows, kept = [], []
    for number, line in enumerate(coded.itertuples()):
        names = named.get(line.document_id, [])
        name = next(
            (name for name in names if digest(texts[name][line.start : line.end]) == line.sha256), None
        )
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
    documents, measured = chosen["document_id"].to_numpy(), np.ones(len(rows), dtype=bool)
    return Coded(np.array(rows), documents, primary, every, measured)


def join_coded(measured: Coded, further: Sequence[Coded]) -> Coded:
    """Join sentences that are measured on and further ones that only train; one in both stays measured."""
    seen = set(measured.rows.tolist())
    parts = [measured]
    for coded in further:
        fresh = coded.take(np.array([row not in seen for row in coded.rows], dtype=bool))
        seen |= set(fresh.rows.tolist())
        parts.append(replace(fresh, measured=np.zeros(len(fresh.rows), dtype=bool)))
    names = ("rows", "documents", "primary", "every", "measured")
    return Coded(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def split_folds(coded: Coded) -> list[tuple[np.ndarray, np.ndarray]]:
    """Split by document: measured sentences evenly, further ones to the fold of their document."""
    from sklearn.model_selection import GroupKFold

    own = coded.documents[coded.measured]
    fold_of = {
        name: number
        for number, (_, unseen) in enumerate(GroupKFold(FOLDS).split(own, groups=own))
        for name in own[unseen]
    }
    fold = np.array([fold_of.get(name, crc32(str(name).encode()) % FOLDS) for name in coded.documents])
    return [(np.flatnonzero(fold != number), np.flatnonzero(fold == number)) for number in range(FOLDS)]


def train(
    coded_file: str, folders: Sequence[str], settings: Settings, further: Sequence[str] = ()
) -> tuple[ThemeCoder, dict[str, pd.DataFrame]]:
    """Train a coder and cross-validate it by document.

    The table of each fold never saw the fold's documents, coded or not; the network and the threshold
    that are judged on a fold were fitted on the other folds. (Their features come from tables that
    saw this fold's labels, as in any stacking; the effect is of second order.)

    Parameters
    ----------
    coded_file : str
        Coded sentences that train and that quality is measured on.
    folders : sequence of str
        The reports they are from.
    settings : Settings
    further : sequence of str
        Files of coded sentences that only train.

    Returns
    -------
    coder : ThemeCoder
    quality : dict of DataFrame
        ``quality`` by theme, ``overall`` and ``confusions``, of the measured sentences.
    """
    themes = read_themes()["id"].tolist()
    lines = [read_coded(path) for path in (coded_file, *further)]
    texts, sections, sentences = read_corpora(folders)
    first, *others = [align_coded(coded, texts, sentences, themes) for coded in lines]
    coded = join_coded(first, others)
    material = prepare_material(find_context(texts, sections, sentences), sentences, themes, settings)
    folds = split_folds(coded)
    pairs = cross_fit(material, coded, folds, themes, settings)
    quality, threshold = judge(pairs, coded, folds, themes, settings)
    about = {"coded_sentences": len(coded.rows), "documents": len(set(coded.documents)), "version": VERSION}
    table = fit_table(material, coded, themes, settings, about)
    network = fit_network(pairs, coded, settings)
    return replace(table, network=network, threshold=threshold), quality


def judge(
    pairs: np.ndarray,
    coded: Coded,
    folds: Sequence[tuple[np.ndarray, np.ndarray]],
    themes: Sequence[str],
    settings: Settings,
) -> tuple[dict[str, pd.DataFrame], float]:
    """Measure quality on the measured sentences of each fold; return it with the threshold to be shipped."""
    primary, every = np.zeros(pairs.shape[:2]), np.zeros(pairs.shape[:2])
    for seen, unseen in folds:
        scored = run_pairs(pairs[unseen], fit_network(pairs[seen], coded.take(seen), settings))
        primary[unseen], every[unseen] = scored[:, :, 0], scored[:, :, 1]
    own = coded.measured
    predicted = np.zeros_like(coded.every)
    for seen, unseen in folds:
        known = seen[own[seen]]
        threshold = choose_threshold(primary[known], every[known], coded.every[known], themes)
        predicted[unseen] = choose_themes(primary[unseen], every[unseen], threshold, themes.index("none"))
    shown = coded.take(np.flatnonzero(own))
    quality = {
        "quality": describe_themes(primary[own], shown, themes),
        "overall": describe_overall(primary[own], predicted[own], shown),
        "confusions": count_confusions(primary[own], shown, themes),
    }
    return quality, choose_threshold(primary[own], every[own], shown.every, themes)


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, train, write the coder and, beside it, its quality; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m workbench.measures.train_theme_coder", description=__doc__
    )
    parser.add_argument("--coded", required=True, metavar="FILE", help="coded sentences (.jsonl or .csv)")
    parser.add_argument(
        "--corpus", required=True, nargs="+", metavar="FOLDER", help="the reports they are from"
    )
    parser.add_argument("--out", required=True, metavar="FILE", help="the coder to write (.npz)")
    parser.add_argument(
        "--further",
        nargs="*",
        default=[],
        metavar="FILE",
        help="coded sentences that only train (workbench/lexicons/theme_codings.csv comes along)",
    )
    options = parser.parse_args(arguments)
    try:
        coder, quality = train(options.coded, options.corpus, Settings(), options.further)
    except WorkbenchError as error:
        print(error, file=sys.stderr)
        return 1
    coder.save(options.out)
    for name, table in quality.items():
        table.to_csv(Path(options.out).with_name(f"{Path(options.out).stem}_{name}.csv"), index=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
