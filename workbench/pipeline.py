"""The one object that knows the order: a corpus whose tables are computed when asked for and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path

import pandas as pd

from workbench.corpus.documents import describe_documents, identify_all
from workbench.corpus.duplicates import mark_sentences
from workbench.corpus.identity import Identity
from workbench.corpus.noise import find_noise
from workbench.corpus.readers import Reading, read_folder
from workbench.corpus.segmentation import count_terms, cut_tokens
from workbench.corpus.selection import choose_documents
from workbench.corpus.sentences import split_sentences
from workbench.corpus.source import ReadFiles, Source, table_property
from workbench.corpus.structure import split_sections
from workbench.errors import ParameterError, SeedError
from workbench.measures.frequency import count_tokens
from workbench.places import find_folder
from workbench.store.reading import Store, is_store
from workbench.tables import TABLES


class Corpus:
    """Reports with their tables.

    Each table is a property: computed on first use by one pure function, then kept.
    `select` narrows the corpus; tables that are already there are narrowed with it.

    Attributes
    ----------
    texts : dict of str
        The unchanged text of each document; all offsets point into it.
    documents, noise, sections, sentences, tokens, term_counts, statements, target_panel,
    theme_matches, sentence_themes, findings : DataFrame
        The tables declared in `workbench.tables`.
    """

    def __init__(
        self, source: Source | Iterable[Reading], *, folder: Path, ids: Sequence[str] | None = None
    ) -> None:
        self.folder = folder
        self.source: Source = ReadFiles(source) if isinstance(source, Iterable) else source
        self.ids = list(self.source.document_ids if ids is None else ids)

    @property
    def readings(self) -> list[Reading]:
        """What was read of each document, also of those with a problem."""
        return self.source.readings(self.ids)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The unchanged text of each document that could be read."""
        return self.source.texts(self.ids)

    @cached_property
    def identities(self) -> Mapping[str, Identity]:
        """What each document that could be read is, with the evidence."""
        return identify_all(self.readings)

    @table_property
    def noise(self) -> pd.DataFrame:
        """Stretches that are not the report's."""
        return find_noise(self.texts)

    @table_property
    def documents(self) -> pd.DataFrame:
        """One row a document."""
        return describe_documents(self.readings, self.noise, self.identities)

    @table_property
    def sections(self) -> pd.DataFrame:
        """One row a section."""
        return split_sections(self.texts, self.noise, self.documents)

    @table_property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence."""
        return split_sentences(self.texts, self.noise, self.sections)

    @table_property
    def tokens(self) -> pd.DataFrame:
        """One row a token."""
        return cut_tokens(self.texts, self.sentences, noise=self.noise)

    @table_property
    def term_counts(self) -> pd.DataFrame:
        """One row a document and term: the tokens, where they are made, counted; they are not made for it."""
        if "tokens" in self.__dict__:
            return count_tokens(self.tokens)
        return count_terms(self.texts, self.sentences, noise=self.noise)

    @table_property
    def statements(self) -> pd.DataFrame:
        """One row a value or goal said of a thing."""
        from workbench.targets.statements import find_statements

        return find_statements(self.texts, self.documents, self.sections, self.sentences)

    @table_property
    def goals(self) -> pd.DataFrame:
        """The rows of the panel as each report alone gives them."""
        from workbench.targets.panel import list_goals

        return list_goals(self.texts, self.documents, self.sentences, self.statements)

    @table_property
    def target_panel(self) -> pd.DataFrame:
        """One row a document, indicator and measure."""
        from workbench.targets.panel import complete_panel

        return complete_panel(self.goals, self.documents, self.statements)

    @table_property
    def theme_matches(self) -> pd.DataFrame:
        """One row an occurrence of a theme's term."""
        from workbench.measures.themes import match_themes

        return match_themes(self.texts, self.sentences)

    @table_property
    def sentence_themes(self) -> pd.DataFrame:
        """One row a sentence, with its themes."""
        from workbench.measures.themes import code_themes

        return code_themes(self.texts, self.sections, self.sentences)

    @table_property
    def own_findings(self) -> pd.DataFrame:
        """What is doubtful about a document by itself."""
        from workbench.corpus.check import check_documents, order_findings
        from workbench.targets.unread import report_unread_numbers

        found = check_documents(
            self.readings,
            self.identities,
            self.documents,
            self.texts,
            self.noise,
            self.sections,
            self.sentences,
        )
        return order_findings(found, report_unread_numbers(self.texts, self.sentences))

    @table_property
    def sentence_marks(self) -> pd.DataFrame:
        """One row a document and sentence, as a number that equal sentences share."""
        return mark_sentences(self.texts)

    @table_property
    def findings(self) -> pd.DataFrame:
        """One row a finding of the check."""
        from workbench.corpus.check import compare_documents, order_findings

        return order_findings(self.own_findings, compare_documents(self.documents, self.sentence_marks))

    def table(self, name: str) -> pd.DataFrame:
        """Return a declared table by its name, for example ``table("statements")``."""
        if name not in TABLES:
            raise ParameterError(f"unknown table {name!r}; there are {', '.join(TABLES)}.")
        return getattr(self, name)

    def select(
        self,
        *,
        region: str | Iterable[str] | None = None,
        year: int | Iterable[int] | None = None,
        document_id: str | Iterable[str] | None = None,
    ) -> Corpus:
        """Return the reports of these regions, years and ids; an empty string or None takes all.

        Raises
        ------
        ParameterError
            No report of that region, or none of that year; the message names what there is.
        """
        chosen = choose_documents(
            self.documents, region=region, year=year, document_id=document_id, where=str(self.folder)
        )
        return self._narrow(chosen)

    def report(self, *, region: str, year: int | None = None) -> Corpus:
        """Return one report as a corpus of its own: of this year, or the latest of the region.

        Where the corpus holds several versions of it, the longest text is taken.

        Raises
        ------
        ParameterError
            As `select`.
        """
        found = self.select(region=region, year=year).documents
        order = found.sort_values(["year", "characters"], na_position="first")
        return self._narrow([order["document_id"].iloc[-1]])

    def peers(self, report: Corpus, *, scope: str = "auto", enough: int = 5) -> Corpus:
        """Return the reports that one report is compared with, itself among them.

        Parameters
        ----------
        report : Corpus
            One report of this corpus.
        scope : {"auto", "year", "all"}
            Those planning for the same year, or all; auto takes the year where it has `enough`.
        """
        if scope not in ("auto", "year", "all"):
            raise ParameterError(f"peers: expected auto, year or all, found {scope!r}.")
        same_year = self.documents["year"].eq(report.documents["year"].iloc[0]).fillna(False)
        if scope == "all" or (scope == "auto" and same_year.sum() < enough):
            return self
        return self._narrow([report.document_id, *self.documents.loc[same_year, "document_id"]])

    @property
    def document_id(self) -> str:
        """The one document of a report that `report` returned."""
        if len(self) != 1:
            raise ParameterError(f"{self!r}: expected one document, found {len(self)}; call report().")
        return self.ids[0]

    @property
    def other_ids(self) -> list[str]:
        """The documents of the corpus that a report was taken from, without the report's own."""
        mine = set(self.ids)
        return [name for name in self.source.document_ids if name not in mine]

    def _narrow(self, document_ids: list[str]) -> Corpus:
        wanted = set(document_ids)
        part = Corpus(self.source, folder=self.folder, ids=[name for name in self.ids if name in wanted])
        for name in TABLES:
            if name in self.__dict__:
                frame = getattr(self, name)
                part.__dict__[name] = frame[frame["document_id"].isin(wanted)].reset_index(drop=True)
        return part

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        return f"Corpus({str(self.folder)!r}, {len(self)} documents)"


def read_corpus(folder: str | Path = "seeds") -> Corpus:
    """Read a folder of reports.

    Parameters
    ----------
    folder : path
        Looked for in the working folder, then in those above it. Files named
        ``REGION_YEAR.ext`` or ``REGION/YEAR.ext``, with an optional
        ``documents.csv`` whose word is final.

    Raises
    ------
    SeedError
        The folder does not exist, or holds no report.
    """
    folder = find_folder(folder)
    if folder.resolve() in _kept:
        corpus = copy(_kept[folder.resolve()])
        corpus.folder = folder
        return corpus
    if is_store(folder):
        return Corpus(Store(folder), folder=folder)
    readings = read_folder(folder)
    if not readings:
        raise SeedError(f"{folder}: expected files such as 南昌市_2022.txt or 南昌市/2022.md, found none.")
    return Corpus(readings, folder=folder)


_kept: dict[Path, Corpus] = {}


def keep_corpus(corpus: Corpus) -> None:
    """Let `read_corpus` return `corpus`, with the tables it has by now, in this process.

    For the process that the kernels of a batch are forked from: they share what it has computed.
    The files are not looked at again.
    """
    _kept[corpus.folder.resolve()] = corpus
