"""Tables for reading: captioned, named in two languages, every quotation a link to its passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import pandas as pd

from workbench.errors import TableError

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

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{_heading(str(name))}</th>' for name in self.frame.columns)
        rows = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.frame.itertuples(index=False))
        note = f'<p class="note">{escape(self.note)}</p>' if self.note else ""
        return (
            f'<figure class="wb-table"><table class="wb"><caption>{escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{note}</figure>"
        )

    def _cells(self, row: tuple) -> str:
        cells = []
        for name, value in zip(self.frame.columns, row, strict=True):
            kind = ' class="number"' if name in self.number_columns else ""
            cells.append(f"<td{kind}>{_html(value)}</td>")
        return "".join(cells)

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.map(str).to_string(index=False)}"


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
        Show only the first rows; the caption then says how many there are.
    note : str
        A line below: unit, source, what the table does not say.
    """
    shown = frame if rows is None else frame.head(rows)
    if rows is not None and len(frame) > rows:
        caption = f"{caption} (first {rows} of {len(frame):,} rows)"
    columns = columns or {name: str(name) for name in frame.columns}
    numbers = frozenset(heading for name, heading in columns.items() if _is_number(shown[name]))
    formatted = {heading: _format(shown[name], (digits or {}).get(name)) for name, heading in columns.items()}
    return ReadingTable(pd.DataFrame(formatted), caption, note, numbers)


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
    chinese, _, english = text.partition(" ")
    if english and not chinese.isascii():
        return f'{escape(chinese)} <small lang="en">{escape(english)}</small>'
    return escape(text)


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
