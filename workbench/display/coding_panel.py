"""The live side of coding: a sentence in its paragraph, a field for each code, all of it by keys too."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets

from workbench.display.coding import NOTHING, QUOTE, Coding
from workbench.display.explorer_panel import STYLE, show_paragraph
from workbench.display.labels import name
from workbench.display.reading import Passage
from workbench.errors import ParameterError

KEYS = "a 加入 add · 0 无 none · d 撤 drop last · n 下 next · p 上 previous"
_LABEL = {"description_width": "10em"}


class CodingPanel:
    """List of sentences, the sentence shown, its fields, what it has so far, and a field that takes keys.

    Tab goes from field to field in the order of the codebook and then to the keys, and the first letters
    of a code stand for it, so that no hand leaves the keyboard; see `AdjudicationPanel` for why keys are
    typed into a field.
    """

    def __init__(self, coding: Coding) -> None:
        self.coding = coding
        self.sentences = ipywidgets.Select(
            rows=6, description="句子 sentences", style=_LABEL, layout={"width": "98%"}
        )
        self.sentence = ipywidgets.HTML()
        self.fields = {field: make_field(field, allowed) for field, allowed in coding.codes.items()}
        self.fields["note"] = make_field("note", ())
        self.keys = ipywidgets.Text(
            description="按键 keys", placeholder=KEYS, style=_LABEL, layout={"width": "46em"}
        )
        self.problem = ipywidgets.HTML()
        self.rows = ipywidgets.HTML()
        self.state = ipywidgets.HTML()
        fields = ipywidgets.HBox(list(self.fields.values()), layout={"flex_flow": "row wrap"})
        parts = [self.sentences, self.sentence, fields, self.keys, self._buttons(), self.problem]
        self.widget = ipywidgets.VBox([*parts, self.rows, self.state])
        self.widget.add_class("wb-coding")
        self.sentences.observe(lambda change: self.show_sentence(), names="index")
        self.keys.observe(lambda change: self.press(change["new"]), names="value")
        self.list_sentences()
        self.show_sentence()

    def _buttons(self) -> ipywidgets.HBox:
        labels = {
            "p": "← 上 previous (p)",
            "a": "加入 add (a)",
            "0": "无 none (0)",
            "d": "撤 drop last (d)",
            "n": "下 next (n) →",
        }
        buttons = []
        for key, label in labels.items():
            style = "primary" if key == "a" else ""
            button = ipywidgets.Button(description=label, button_style=style, layout={"width": "auto"})
            button.on_click(lambda _, key=key: self.press(key))
            buttons.append(button)
        return ipywidgets.HBox(buttons, layout={"flex_flow": "row wrap"})

    @property
    def at(self) -> int:
        """Number of the sentence shown."""
        return int(self.sentences.index or 0)

    def press(self, key: str) -> None:
        """Do what a key stands for, and empty the field for the next one."""
        if not key:
            return
        match key[-1].lower():
            case "a":
                self.add()
            case "0":
                self.coding.add_nothing(self.at)
                self.list_sentences()
                self.move(1)
            case "d":
                self.coding.drop(self.at)
                self.list_sentences()
                self.show_sentence()
            case "n":
                self.move(1)
            case "p":
                self.move(-1)
        self.keys.value = ""

    def add(self) -> None:
        """Add what the fields say; a problem is told below them, and they keep what was typed."""
        try:
            typed = {field: str(widget.value or "").strip() for field, widget in self.fields.items()}
            closed = {f: complete_code(typed[f], allowed) for f, allowed in self.coding.codes.items()}
            self.coding.add(self.at, **typed | closed)
        except ParameterError as error:
            self.problem.value = f'<p role="alert">{escape(str(error))}</p>'
            return
        self.list_sentences()
        self.show_sentence()

    def move(self, steps: int) -> None:
        """Go to another sentence; the ends of the list stop."""
        self.sentences.index = min(max(self.at + steps, 0), len(self.coding.sample) - 1)
        self.show_sentence()

    def list_sentences(self) -> None:
        """Write the list of sentences with what they have."""
        at, coding = self.at, self.coding
        self.sentences.options = [
            f"{number + 1}. {_count(rows)} {coding.sample['document_id'].iloc[number]} "
            f"{' '.join(coding.text(number).split())[:60]}"
            for number, rows in enumerate(coding.coded)
        ]
        self.sentences.index = at if coding.coded else None
        kept = "" if coding.save else " — not kept: give a sheet to keep them"
        self.state.value = f'<p role="status">已编 {coding.done} / {len(coding.coded)} coded{kept}</p>'

    def show_sentence(self) -> None:
        """Show the sentence in its paragraph, empty fields, and the rows that it has."""
        place = self.coding.sample.iloc[self.at]
        start, end = int(place["start"]), int(place["end"])
        where = Passage(self.coding.text(self.at), place["document_id"], start, end)
        self.sentence.value = STYLE + show_paragraph(where, self.coding.texts[where.document_id])
        for widget in self.fields.values():
            widget.value = ""
        self.problem.value = ""
        rows = [" · ".join(value for value in row.values() if value) for row in self.coding.coded[self.at]]
        self.rows.value = f"<ol>{''.join(f'<li>{escape(row)}</li>' for row in rows)}</ol>"


def make_field(field: str, allowed: Sequence[str]) -> Any:
    """Make the widget of a column: a line of text, which offers the closed codes where there are such.

    It is no list to choose from: JupyterLab takes letters typed in one for commands, m for example
    makes the cell a text and removes the panel.
    """
    label = f"{name('field', field, language='zh')} {field}"  # as the codebook and the sheet call it
    hint = "句中原文 words of the sentence" if field == QUOTE else " · ".join(allowed)
    common = {"description": label, "placeholder": hint, "style": _LABEL, "layout": {"width": "23em"}}
    return ipywidgets.Combobox(options=list(allowed), **common) if allowed else ipywidgets.Text(**common)


def complete_code(typed: str, allowed: Sequence[str]) -> str:
    """Return the one closed code that begins with what was typed; what was typed if there is none."""
    found = [code for code in allowed if code.startswith(typed)] if typed else []
    return found[0] if len(found) == 1 and typed not in allowed else typed


def _count(rows: list[dict[str, str]]) -> str:
    if not rows:
        return "–"
    return NOTHING if next(iter(rows[0].values())) == NOTHING else f"✓{len(rows)}"
