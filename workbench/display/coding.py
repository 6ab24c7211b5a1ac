"""Coding a sample by hand: one sentence at a time, each statement checked as it is made, kept in a sheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.display.explorer import is_static
from workbench.display.reading import Passage, ReadingTable, show_table
from workbench.errors import ParameterError

PLACE = ("document_id", "sentence", "start", "end")
NUMBERS = ("low", "high")
QUOTE, NOTHING = "quote", "none"


class Coding:
    """The sentences of a sample and the codes that a coder gave them.

    Attributes
    ----------
    sample : DataFrame
        document_id, sentence, start, end; a row a sentence.
    codes : mapping of str to sequence of str
        Columns to be coded with their closed codes; none where any text may stand.
    coded : list of list of dict
        For each sentence its rows of codes; none as long as it has not been coded.
    """

    def __init__(
        self,
        sample: pd.DataFrame,
        texts: Mapping[str, str],
        codes: Mapping[str, Sequence[str]],
        *,
        known: pd.DataFrame | None = None,
        save: Callable[[pd.DataFrame], object] | None = None,
    ) -> None:
        self.sample = sample[list(PLACE)].reset_index(drop=True)
        self.texts = texts
        self.codes = codes
        self.save = save
        self.coded: list[list[dict[str, str]]] = [[] for _ in range(len(self.sample))]
        if known is not None:
            self._take(known)
        self._panel: Any = None

    def _take(self, known: pd.DataFrame) -> None:
        keys = zip(self.sample["document_id"], self.sample["sentence"], strict=True)
        numbers = {(document, int(sentence)): at for at, (document, sentence) in enumerate(keys)}
        rows = known.to_dict("records")
        strange = [row for row in rows if (row["document_id"], int(row["sentence"])) not in numbers]
        if strange:
            raise ParameterError(
                f"known: expected codes of this sample, found {len(strange)} rows of other sentences, the "
                f"first of {strange[0]['document_id']}; draw with the size and seed that the sheet has."
            )
        for row in rows:
            at = numbers[row["document_id"], int(row["sentence"])]
            self.coded[at].append({name: _plain(row.get(name, "")) for name in (*self.codes, "note")})

    @property
    def done(self) -> int:
        """Number of sentences that have been coded."""
        return sum(bool(rows) for rows in self.coded)

    def text(self, at: int) -> str:
        """Return a sentence as it stands in its document."""
        row = self.sample.iloc[at]
        return self.texts[row["document_id"]][row["start"] : row["end"]]

    def add(self, at: int, **codes: str) -> None:
        """Add a row of codes to a sentence and save.

        Raises
        ------
        ParameterError
            A quotation that is not in the sentence, a code that is none of the closed ones, a number
            that is none, or no code at all.
        """
        row = {name: codes.get(name, "").strip() for name in (*self.codes, "note")}
        self._check(at, row)
        kept = [other for other in self.coded[at] if other[self._first] != NOTHING]
        self.coded[at] = [*kept, row] if self._first == QUOTE else [row]
        self._save()

    def add_nothing(self, at: int) -> None:
        """Say that a sentence was read and holds nothing to be coded."""
        self.coded[at] = [dict.fromkeys((*self.codes, "note"), "") | {self._first: NOTHING}]
        self._save()

    def drop(self, at: int) -> None:
        """Take back the last row of a sentence."""
        self.coded[at] = self.coded[at][:-1]
        self._save()

    @property
    def _first(self) -> str:
        return next(iter(self.codes))

    def _check(self, at: int, row: Mapping[str, str]) -> None:
        if QUOTE in row and (not row[QUOTE] or row[QUOTE] not in self.text(at)):
            raise ParameterError(
                f"quote: expected words of this sentence to the letter, found {row[QUOTE]!r}; copy them."
            )
        for name, allowed in self.codes.items():
            if allowed and row[name] and row[name] not in allowed:
                raise ParameterError(f"{name}: expected one of {', '.join(allowed)}, found {row[name]!r}.")
            if name in NUMBERS and row[name] and not _is_number(row[name]):
                raise ParameterError(f"{name}: expected a number in the base unit, found {row[name]!r}.")
        if not any(row[name] for name in self.codes if name != QUOTE):
            raise ParameterError("codes: expected at least one, found none; 0 says that none applies.")

    @property
    def sheet(self) -> pd.DataFrame:
        """The coding sheet: a row a statement, and one without codes for a sentence not coded yet."""
        rows = []
        for at, place in enumerate(self.sample.to_dict("records")):
            text = " ".join(self.text(at).split())
            empty: list[dict[str, str]] = [dict.fromkeys((*self.codes, "note"), "")]
            rows += [place | {"text": text} | codes for codes in self.coded[at] or empty]
        return pd.DataFrame(rows, columns=[*PLACE, "text", *self.codes, "note"])

    def _save(self) -> None:
        if self.save is not None:
            self.save(self.sheet)

    @property
    def panel(self) -> Any:
        """The widget, made when first asked for."""
        if self._panel is None:
            from workbench.display.coding_panel import CodingPanel

            self._panel = CodingPanel(self)
        return self._panel.widget

    def table(self) -> ReadingTable:
        """Return what has been coded, a row a statement."""
        sheet = self.sheet[[bool(rows) for rows in self.coded for _ in rows or [{}]]]
        shown = sheet.assign(text=self._passages(sheet))
        used = [name for name in (*self.codes, "note") if (sheet[name] != "").any()]
        return show_table(
            shown,
            caption=f"编码 Coded: {self.done} of {len(self.sample)} sentences",
            columns={"document_id": "报告 report", "text": "句子 sentence", **{name: name for name in used}},
            note="" if self.done else "None coded yet; in JupyterLab this is a panel to code them in.",
        )

    def _passages(self, sheet: pd.DataFrame) -> list[Passage]:
        places = zip(sheet["document_id"], sheet["start"], sheet["end"], sheet["text"], strict=True)
        return [Passage(text, document, int(start), int(end)) for document, start, end, text in places]

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        fixed = {"text/plain": repr(self), "text/html": self._repr_html_()}
        return fixed if is_static() else {**self.panel._repr_mimebundle_(**options), **fixed}

    def __repr__(self) -> str:
        return f"Coding({self.done} of {len(self.sample)} sentences coded)"


def _plain(value: object) -> str:
    """Return a code as a coder types it: numbers without a needless fraction, what is missing as nothing."""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.15g}"
    return str(value)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True
