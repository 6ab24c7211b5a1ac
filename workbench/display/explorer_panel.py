"""The live side of an explorer: widgets for its controls, its page, and the passage of a row."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

import ipywidgets

from workbench.display.explorer import Choice, Control, Explorer, Number
from workbench.display.reading import Passage, ReadingTable
from workbench.errors import WorkbenchError

_LABEL = {"description_width": "11em"}
STYLE = """<style>
.wb-page { overflow: auto; max-height: 34em; }
.wb-page table.wb { border-collapse: collapse; line-height: 1.5; }
.wb-page caption { text-align: left; font-weight: 600; padding: .4em 0; }
.wb-page th, .wb-page td { padding: .15em .6em; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--jp-border-color2, #ccc); }
.wb-page td.number { text-align: right; font-variant-numeric: tabular-nums; }
.wb-page th small { display: block; font-weight: normal; }
.wb-page figure.wb-table { margin: 0 0 1em; }
.wb-page a.passage { color: inherit; text-decoration: none; border-bottom: 1px dotted currentColor;
  pointer-events: none; }
.wb-passage { line-height: 1.7; max-width: 60em; }
.wb-passage mark { background: #ffe08a; color: #222; }
.wb-code { user-select: all; }
</style>"""


class Panel:
    """Controls, page and passage of one explorer, kept in step with its parameters."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.controls = {
            name: make_control(control, explorer.parameters[name])
            for name, control in explorer.controls.items()
        }
        self.page = ipywidgets.HTML()
        self.code = ipywidgets.HTML()
        self.passage = ipywidgets.HTML()
        self.row = ipywidgets.BoundedIntText(
            value=1, min=1, max=1, description="原文 passage of row", style=_LABEL, layout={"width": "18em"}
        )
        self.places: list[list[Passage]] = []
        for name, widget in self.controls.items():
            widget.observe(lambda change, name=name: self.take(name, change["new"]), names="value")
        self.row.observe(lambda change: self.show_passage(), names="value")
        choices = ipywidgets.HBox(list(self.controls.values()), layout={"flex_flow": "row wrap"})
        self.widget = ipywidgets.VBox([choices, self.page, self.row, self.passage, self.code])
        self.widget.add_class("wb-explorer")
        self.redraw()

    def take(self, name: str, value: Any) -> None:
        """Take over a choice and draw again."""
        self.explorer.set(**{name: value})
        self.redraw()

    def redraw(self) -> None:
        """Draw the page for the parameters as they are; a wrong choice is said in its place."""
        try:
            shown, self.places = number_rows(list(self.explorer.show()))
        except WorkbenchError as error:
            self.page.value = f'{STYLE}<p role="alert">{escape(str(error))}</p>'
            self.places = []
        else:
            body = "".join(piece._repr_html_() for piece in shown)
            self.page.value = f'{STYLE}<div class="wb-page" role="region" tabindex="0">{body}</div>'
        self.code.value = f'<code class="wb-code">{escape(self.explorer.code)}</code>'
        self.row.layout.display = "" if self.places else "none"
        self.row.max = max(len(self.places), 1)
        self.row.value = 1
        self.show_passage()

    def show_passage(self) -> None:
        """Show the paragraph of the row that was asked for."""
        if not self.places:
            self.passage.value = ""
            return
        found = self.places[self.row.value - 1]
        texts = self.explorer.texts
        self.passage.value = "".join(show_paragraph(place, texts[place.document_id]) for place in found)


def make_control(control: Control, value: Any) -> Any:
    """Make the widget of a control."""
    if isinstance(control, Choice):
        options = list(control.options.items())
        return ipywidgets.Dropdown(options=options, value=value, description=control.label, style=_LABEL)
    if isinstance(control, Number):
        return ipywidgets.IntSlider(
            value=value,
            min=control.low,
            max=control.high,
            step=control.step,
            description=control.label,
            continuous_update=False,
            style=_LABEL,
        )
    return ipywidgets.Text(
        value=value,
        description=control.label,
        placeholder=control.hint,
        continuous_update=False,
        style=_LABEL,
    )


def number_rows(shown: list[Any]) -> tuple[list[Any], list[list[Passage]]]:
    """Number the rows of the first table with quotations, and return the passages of each number."""
    for place, table in enumerate(shown):
        rows = _passages_by_row(table) if isinstance(table, ReadingTable) else []
        if any(rows):
            places = [passages for passages in rows if passages]
            count = iter(range(1, len(places) + 1))
            frame = table.frame.copy()
            frame.insert(0, "#", [str(next(count)) if passages else "" for passages in rows])
            numbered = replace(table, frame=frame, number_columns=table.number_columns | {"#"})
            return [*shown[:place], numbered, *shown[place + 1 :]], places
    return shown, []


def show_paragraph(place: Passage, text: str) -> str:
    """Return the paragraph around a passage as HTML, the passage marked."""
    low = text.rfind("\n", 0, place.start) + 1
    high = text.find("\n", place.end)
    high = len(text) if high < 0 else high
    before, marked, after = text[low : place.start], text[place.start : place.end], text[place.end : high]
    return (
        f'<blockquote class="wb-passage"><p>{escape(before)}<mark>{escape(marked)}</mark>{escape(after)}</p>'
        f"<footer>{escape(place.document_id)}, {place.start:,}–{place.end:,}</footer></blockquote>"
    )


def _passages_by_row(table: ReadingTable) -> list[list[Passage]]:
    return [
        [cell for cell in row if isinstance(cell, Passage)] for row in table.frame.itertuples(index=False)
    ]
