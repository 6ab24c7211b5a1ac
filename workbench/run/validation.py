"""Extraction measured against coded records: ``workbench evaluate`` and notebook 05."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workbench.errors import SeedError
from workbench.pipeline import Corpus
from workbench.places import find_folder
from workbench.run.coded_records import windows_beside
from workbench.targets.evaluation import NEEDED, Evaluation, evaluate_statements, read_records


def measure_extraction(corpus: Corpus, gold: str | Path, *, windows: str | Path | None = None) -> Evaluation:
    """Compare a corpus's statements with the coded records of its documents.

    Parameters
    ----------
    corpus : Corpus
        Perhaps narrowed; records of other documents are left out, and named in `Evaluation.left_out`.
    gold : path
        JSON lines with the fields of the codebook; looked for in the working folder, then above it.
    windows : path, optional
        JSON lines of document_id, start, end: the stretches that were coded. Without it
        ``NAME_windows.jsonl`` beside ``NAME.jsonl`` is taken; where there is none, whole documents
        were coded.

    Raises
    ------
    SeedError
        As `workbench.targets.evaluation.read_records`; or the file has no record of these documents.
    """
    path = find_folder(gold)
    records = read_records(path, NEEDED)
    if windows is None and windows_beside(path).is_file():
        windows = windows_beside(path)
    spans = read_records(find_folder(windows), ("document_id", "start", "end")) if windows else None
    coded = [record for record in records if record["document_id"] in corpus.texts]
    if not coded:
        raise SeedError(
            f"{gold}: expected records of {', '.join(list(corpus.texts)[:3])} …, found none of these "
            f"documents among {len(records)} records; code a sample of them first (workbench sample)."
        )
    places = [(s["document_id"], s["start"], s["end"]) for s in spans] if spans is not None else None
    named = {record["document_id"] for record in (*records, *(spans or ()))}
    wanted = sorted(named & set(corpus.texts))
    statements = corpus.select(document_id=wanted).statements
    evaluation = evaluate_statements(statements, coded, windows=places)
    return replace(evaluation, left_out=tuple(sorted(named - set(wanted))))
