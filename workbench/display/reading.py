"""Tables for reading: captioned, named in two languages, every quotation a link to its passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import pandas as pd

from workbench.display.labels import choose_words
from workbench.errors import TableError

MOST_ROWS = 500
"""Rows of a table that a page keeps, most of them out of sight."""

Cell = Callable[[Any], str]


@dataclass(frozen=True)
class Passage:
    """A quotation or a number and where it stands; shown as a link into the text of the same page.

    Parameters
    ----------
    quote : str
        What is shown.
    document_id, start, end
        ``text[start:end]`` of the document.
    context : str
        Shown when the link is pointed at.
    more : tuple of pairs
        Further places of the same document, for a number that counts several.
    number : float, optional
        What a table sorts the link by, where the words alone would mislead.
    """

    quote: str
    document_id: str
    start: int
    end: int
    context: str = ""
    more: tuple[tuple[int, int], ...] = ()
    number: float | None = None

    def __str__(self) -> str:
        return self.quote

    @property
    def href(self) -> str:
        """The address within the page that holds the text."""
        places = ((self.start, self.end), *self.more)
        return "#p-" + ",".join(f"{start}-{end}" for start, end in places)

    def _repr_html_(self) -> str:
        title = f' title="{escape(self.context)}"' if self.context else ""
        number = "" if self.number is None else f' data-number="{self.number:.12g}"'
        shown = escape(_without_marks(self.quote))
        return (
            f'<a class="passage" href="{self.href}"'
            f' data-document="{escape(self.document_id)}"{number}{title}>{shown}</a>'
        )


@dataclass(frozen=True)
class ReadingTable:
    """A small table as a person reads it; `frame` keeps the data as they are."""

    frame: pd.DataFrame
    caption: str
    note: str = ""
    number_columns: frozenset[str] = field(default_factory=frozenset)
    first: int | None = None
    """Rows that are seen at first; the page shows, filters and saves the others too."""

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{_heading(str(name))}</th>' for name in self.frame.columns)
        rows = "".join(self._rows())
        note = f'<p class="note">{escape(self.note)}</p>' if self.note else ""
        first = "" if self.first is None else f' data-first="{self.first}"'
        return (
            f'<figure class="wb-table"><table class="wb"{first}><caption>{escape(choose_words(self.caption))}'
            f"</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{note}</figure>"
        )

    def _rows(self) -> Iterator[str]:
        for number, row in enumerate(self.frame.itertuples(index=False)):
            hidden = " hidden" if self.first is not None and number >= self.first else ""
            yield f"<tr{hidden}>{self._cells(row)}</tr>"

    def _cells(self, row: tuple) -> str:
        cells = []
        for name, value in zip(self.frame.columns, row, strict=True):
            kind = "number" if name in self.number_columns else _breadth(str(value))
            cells.append(f'<td class="{kind}">{_html(value)}</td>' if kind else f"<td>{_html(value)}</td>")
        return "".join(cells)

    def __repr__(self) -> str:
        seen = self.frame if self.first is None else self.frame.head(self.first)
        return f"{choose_words(self.caption)}\n{seen.map(str).to_string(index=False)}"


def show_table(
    frame: pd.DataFrame,
    *,
    caption: str,
    columns: Mapping[str, str] | None = None,
    digits: Mapping[str, int] | None = None,
    rows: int | None = None,
    note: str = "",
) -> ReadingTable:
    """Turn a frame into a table for reading.

    Parameters
    ----------
    frame : DataFrame
        What to show; cells may be `Passage` objects.
    caption : str
        What one row is and over what; shown above the table.
    columns : mapping of str to str, optional
        Columns to show, in this order, with their headings; all as they are when left out.
    digits : mapping of str to int, optional
        Decimals of a column (by its name in `frame`).
    rows : int, optional
        Show only the first rows; the caption then says how many there are, and the page keeps up to
        `MOST_ROWS` of them to be shown and saved.
    note : str
        A line below: unit, source, what the table does not say.
    """
    shown = frame if rows is None else frame.head(max(rows, MOST_ROWS))
    first = None if rows is None or len(frame) <= rows else rows
    if first is not None:
        caption = f"{caption} (first {rows} of {len(frame):,} rows)"
    if len(shown) < len(frame):
        note = (
            f"{note} This page holds {len(shown):,} of the rows; the function takes `rows` for more.".strip()
        )
    columns = columns or {name: str(name) for name in frame.columns}
    numbers = frozenset(heading for name, heading in columns.items() if _is_number(shown[name]))
    formatted = {heading: _format(shown[name], (digits or {}).get(name)) for name, heading in columns.items()}
    return ReadingTable(pd.DataFrame(formatted), caption, note, numbers, first)


def link_passages(frame: pd.DataFrame, *, quote: str = "quote", context: str = "evidence") -> pd.Series:
    """Return a column of `Passage` from a table with document_id, start and end."""
    contexts = frame[context] if context in frame else pd.Series("", index=frame.index)
    parts = zip(frame[quote], frame["document_id"], frame["start"], frame["end"], contexts, strict=True)
    passages = [
        Passage(str(text), document, int(start), int(end), str(around)) if pd.notna(start) else ""
        for text, document, start, end, around in parts
    ]
    return pd.Series(passages, index=frame.index, dtype=object)


def group_passages(frame: pd.DataFrame, *, by: str | list[str]) -> dict[Any, Passage]:
    """Return for each value of `by` one `Passage` that leads to all its places, to link a count by.

    Parameters
    ----------
    frame : DataFrame
        document_id, start, end and the columns of `by`, of one document.
    by : str or list of str
        For example ``token``; with several columns the keys are tuples.

    Raises
    ------
    TableError
        The places are of more than one document.
    """
    if frame["document_id"].nunique() > 1:
        raise TableError(
            f"group_passages: expected places of one document, found {frame['document_id'].nunique()}; "
            "select one report first."
        )
    order = frame.sort_values("start", kind="stable")
    grouped = {}
    for key, group in order.groupby(by, sort=False):
        places = [(int(start), int(end)) for start, end in zip(group["start"], group["end"], strict=True)]
        label = " ".join(key) if isinstance(key, tuple) else str(key)
        grouped[key] = Passage(label, str(group["document_id"].iloc[0]), *places[0], more=tuple(places[1:]))
    return grouped


def link_counts(counts: pd.Series, keys: Iterable[Any], passages: Mapping[Any, Passage]) -> pd.Series:
    """Return counts as links to what they count; a count whose key has no passage stays as it is."""
    linked = [
        replace(passages[key], quote=f"{count:,}", number=float(count)) if key in passages else count
        for count, key in zip(counts, keys, strict=True)
    ]
    return pd.Series(linked, index=counts.index, dtype=object)


def _without_marks(quote: str) -> str:
    """Drop the marks of Markdown that stand in a quotation (they are noise of the text)."""
    return re.sub(r"\*\*|^#+\s*", "", quote)


def _heading(text: str) -> str:
    """Set a heading's English below its Chinese, so that columns stay narrow."""
    text = choose_words(text)
    chinese, _, english = text.partition(" ")
    if english and not chinese.isascii():
        return f'{escape(chinese)} <small lang="en">{escape(english)}</small>'
    return escape(text)


def _breadth(text: str) -> str:
    """Return the class of a cell by its length: a narrow screen must not break a name letter by letter."""
    return "long" if len(text) > 24 else "medium" if len(text) > 8 else ""


def _is_number(column: pd.Series) -> bool:
    """Tell whether a column is set to the right: numbers, or links that are counts."""
    if pd.api.types.is_numeric_dtype(column.dtype):
        return True
    cells = [cell for cell in column if isinstance(cell, Passage)]
    return bool(cells) and all(cell.quote.replace(",", "").isdigit() for cell in cells)


def _format(column: pd.Series, digits: int | None) -> pd.Series:
    if pd.api.types.is_float_dtype(column.dtype):
        return column.map(lambda value: "" if pd.isna(value) else _number(value, digits)).astype(object)
    return column.astype(object).where(column.notna(), "")


def _number(value: float, digits: int | None) -> str:
    if digits is not None:
        return f"{value:,.{digits}f}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def _html(value: Any) -> str:
    render = getattr(value, "_repr_html_", None)
    if render:
        return render()
    return escape(f"{value:,}" if isinstance(value, int) and abs(value) > 9999 else str(value))
