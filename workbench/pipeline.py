"""The one object that knows the order: a corpus whose tables are computed when asked for and kept."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from pathlib import Path

import pandas as pd

from workbench.corpus.documents import describe_documents
from workbench.corpus.noise import find_noise
from workbench.corpus.readers import Reading, read_folder, readable
from workbench.corpus.segmentation import cut_tokens
from workbench.corpus.sentences import split_sentences
from workbench.corpus.structure import split_sections
from workbench.errors import ParameterError, SeedError
from workbench.places import find_folder
from workbench.tables import FINDINGS, TABLES


class Corpus:
    """Reports with their tables.

    Each table is a property: computed on first use by one pure function, then kept.
    `select` narrows the corpus; tables that are already there are narrowed with it.

    Attributes
    ----------
    texts : dict of str
        The unchanged text of each document; all offsets point into it.
    documents, noise, sections, sentences, tokens, statements, target_panel, theme_matches,
    sentence_themes, findings : DataFrame
        The tables declared in `workbench.tables`.
    """

    def __init__(
        self, readings: Iterable[Reading], *, folder: Path, source_ids: Iterable[str] | None = None
    ) -> None:
        self.folder = folder
        self.readings = list(readings)
        self.source_ids = list(source_ids or (reading.document_id for reading in self.readings))

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The unchanged text of each document that could be read."""
        return {reading.document_id: reading.text for reading in readable(self.readings)}

    @cached_property
    def noise(self) -> pd.DataFrame:
        """Stretches that are not the report's."""
        return find_noise(self.texts)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row a document."""
        return describe_documents(self.readings, self.noise)

    @cached_property
    def sections(self) -> pd.DataFrame:
        """One row a section."""
        return split_sections(self.texts, self.noise, self.documents)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence."""
        return split_sentences(self.texts, self.noise, self.sections)

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """One row a token."""
        return cut_tokens(self.texts, self.sentences, noise=self.noise)

    @cached_property
    def statements(self) -> pd.DataFrame:
        """One row a value or goal said of a thing."""
        from workbench.targets.statements import find_statements

        return find_statements(self.texts, self.documents, self.sections, self.sentences)

    @cached_property
    def target_panel(self) -> pd.DataFrame:
        """One row a document, indicator and measure."""
        from workbench.targets.panel import build_target_panel

        return build_target_panel(self.texts, self.documents, self.sentences, self.statements)

    @cached_property
    def theme_matches(self) -> pd.DataFrame:
        """One row an occurrence of a theme's term."""
        from workbench.measures.themes import match_themes

        return match_themes(self.texts, self.sentences)

    @cached_property
    def sentence_themes(self) -> pd.DataFrame:
        """One row a sentence, with its themes."""
        from workbench.measures.themes import code_themes

        return code_themes(self.texts, self.sections, self.sentences)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """One row a finding of the check."""
        from workbench.corpus.check import check_corpus
        from workbench.targets.unread import report_unread_numbers

        found = check_corpus(
            self.readings, self.documents, self.texts, self.noise, self.sections, self.sentences
        )
        unread = report_unread_numbers(self.texts, self.sentences)
        return FINDINGS.check(pd.concat([found, unread]).astype(found.dtypes))

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
        regions = _as_list(region)
        years = [int(value) for value in _as_list(year)]
        self._require("region", regions, self.documents["region"])
        kept = self.documents
        if regions:
            kept = kept[kept["region"].isin(regions)]
        self._require("year", years, kept["year"])
        if years:
            kept = kept[kept["year"].isin(years)]
        names = _as_list(document_id)
        self._require("document_id", names, kept["document_id"])
        if names:
            kept = kept[kept["document_id"].isin(names)]
        if kept.empty:
            raise ParameterError(f"{self.folder}: no report of {', '.join(regions)} for {years}.")
        return self._narrow(list(kept["document_id"]))

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
        return self.readings[0].document_id

    @property
    def other_ids(self) -> list[str]:
        """The documents of the corpus that a report was taken from, without the report's own."""
        mine = {reading.document_id for reading in self.readings}
        return [name for name in self.source_ids if name not in mine]

    def _require(self, field: str, wanted: list, found: pd.Series) -> None:
        present = sorted(set(found.dropna()))
        for value in wanted:
            if value not in present:
                near = difflib.get_close_matches(str(value), map(str, present), n=3, cutoff=0.3)
                raise ParameterError(
                    f"{self.folder}: no report with {field} {value!r}; "
                    f"{'nearest: ' + ', '.join(near) if near else 'there are ' + _few(present)}."
                )

    def _narrow(self, document_ids: list[str]) -> Corpus:
        wanted = set(document_ids)
        kept = (reading for reading in self.readings if reading.document_id in wanted)
        part = Corpus(kept, folder=self.folder, source_ids=self.source_ids)
        for name in ("documents", *(n for n in TABLES if n != "documents")):
            if name in self.__dict__:
                frame = getattr(self, name)
                part.__dict__[name] = frame[frame["document_id"].isin(wanted)].reset_index(drop=True)
        return part

    def __len__(self) -> int:
        return len(self.readings)

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


def _as_list(value: object) -> list:
    if value is None or value == "" or value == 0:
        return []
    if isinstance(value, Iterable) and not isinstance(value, str):
        return list(value)
    return [value]


def _few(values: list, most: int = 12) -> str:
    shown = ", ".join(map(str, values[:most]))
    return shown + (f" and {len(values) - most} more" if len(values) > most else "")
