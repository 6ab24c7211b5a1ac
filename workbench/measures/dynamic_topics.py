"""Dynamic topics: topics whose words may drift from year to year. An option; needs tomotopy."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.errors import ParameterError
from workbench.measures.topics import SEED, ParagraphTerms, each_paragraph, import_tomotopy


def fit_dynamic_topics(
    source: ParagraphTerms,
    documents: pd.DataFrame,
    *,
    topics: int = 10,
    terms: int = 8,
    rounds: int = 200,
    seed: int = SEED,
) -> pd.DataFrame:
    """Fit a dynamic topic model (Blei & Lafferty 2006) with one worker, hence the same on every run.

    Parameters
    ----------
    source : ParagraphTerms
    documents : DataFrame
        DOCUMENTS; paragraphs of documents without a year are left out.
    topics, terms : int
        How many topics, and how many terms of each to return.
    rounds : int
        Rounds of sampling.
    seed : int

    Returns
    -------
    DataFrame
        One row per topic and year: topic (from 1), year, terms (joined by 、), share_pct (of the
        year's paragraphs). Years without a report have no row.

    Raises
    ------
    ParameterError
        Fewer than two years with paragraphs; tomotopy is not installed.
    """
    year_of = documents.set_index("document_id")["year"]
    years = source.paragraphs["document_id"].map(year_of)
    known = sorted(int(year) for year in years.dropna().unique())
    if len(known) < 2:
        raise ParameterError(f"dynamic topics: expected at least two years of reports, found {known}.")
    place = {year: number for number, year in enumerate(known)}
    model = import_tomotopy().DTModel(k=topics, t=len(known), seed=seed)
    kept = []
    for words, year in zip(each_paragraph(source), years, strict=True):
        if words and not pd.isna(year):
            model.add_doc(words, timepoint=place[int(year)])
            kept.append(place[int(year)])
    model.train(rounds, workers=1)
    mixture = np.array([document.get_topic_dist() for document in model.docs])
    when = np.array(kept)
    rows = []
    for topic in range(topics):
        for year, number in place.items():
            words = [word for word, _ in model.get_topic_words(topic, timepoint=number, top_n=terms)]
            rows.append((topic + 1, year, "、".join(words), 100 * mixture[when == number, topic].mean()))
    return pd.DataFrame(rows, columns=["topic", "year", "terms", "share_pct"])
