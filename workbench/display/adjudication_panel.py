"""The live side of an adjudication: one case at a time, by mouse or by keys alone."""

from __future__ import annotations

from html import escape

import ipywidgets
import pandas as pd

from workbench.display.adjudication import Adjudication
from workbench.display.explorer_panel import STYLE, show_paragraph
from workbench.display.labels import name
from workbench.display.reading import Passage
from workbench.measures.codings import EMPTY

KEYS = "1 甲 first · 2 乙 second · 0 撤 undo · n 下 next · p 上 previous"


class AdjudicationPanel:
    """List of cases, the sentence of one, buttons for its codes, and a field that takes keys.

    ipywidgets has no events for keys; a text field that empties itself after each letter has the
    same effect, needs no script and takes no key from JupyterLab.
    """

    def __init__(self, adjudication: Adjudication) -> None:
        self.adjudication = adjudication
        wide = {"width": "auto"}
        self.cases = ipywidgets.Select(rows=8, description="分歧 cases", layout={"width": "98%"})
        self.sentence = ipywidgets.HTML()
        self.keys = ipywidgets.Text(description="按键 keys", placeholder=KEYS, layout={"width": "44em"})
        self.previous = ipywidgets.Button(description="← 上 previous (p)", layout=wide)
        self.first = ipywidgets.Button(button_style="primary", layout=wide)
        self.second = ipywidgets.Button(button_style="primary", layout=wide)
        self.following = ipywidgets.Button(description="下 next (n) →", layout=wide)
        self.other = ipywidgets.Text(
            description="另定 other code", continuous_update=False, style={"description_width": "9em"}
        )
        self.state = ipywidgets.HTML()
        buttons = ipywidgets.HBox(
            [self.previous, self.first, self.second, self.following, self.other],
            layout={"flex_flow": "row wrap"},
        )
        self.widget = ipywidgets.VBox([self.cases, self.sentence, buttons, self.keys, self.state])
        self.widget.add_class("wb-adjudication")
        if len(adjudication.cases):
            self._connect()
            self.list_cases()
            self.show_case()
        else:
            self.widget.children = (
                ipywidgets.HTML("没有分歧 The two coders agree; there is nothing to settle."),
            )

    def _connect(self) -> None:
        self.cases.observe(lambda change: self.show_case(), names="index")
        self.keys.observe(lambda change: self.press(change["new"]), names="value")
        self.other.observe(
            lambda change: self.decide(change["new"]) if change["new"] else None, names="value"
        )
        self.previous.on_click(lambda _: self.move(-1))
        self.following.on_click(lambda _: self.move(1))
        self.first.on_click(lambda _: self.decide(self.case["first"]))
        self.second.on_click(lambda _: self.decide(self.case["second"]))

    @property
    def at(self) -> int:
        """Number of the case shown."""
        return int(self.cases.index or 0)

    @property
    def case(self) -> pd.Series:
        """The case shown."""
        return self.adjudication.cases.iloc[self.at]

    def press(self, key: str) -> None:
        """Do what a key stands for, and empty the field for the next one."""
        if not key:
            return
        match key[-1].lower():
            case "1":
                self.decide(self.case["first"])
            case "2":
                self.decide(self.case["second"])
            case "0":
                self.adjudication.decide(self.at, "")
                self.list_cases()
                self.show_case()
            case "n":
                self.move(1)
            case "p":
                self.move(-1)
        self.keys.value = ""

    def decide(self, code: str) -> None:
        """Decide the case shown and go on to the next."""
        self.adjudication.decide(self.at, code or EMPTY)
        self.list_cases()
        self.move(1)

    def move(self, steps: int) -> None:
        """Go to another case; the ends of the list stop."""
        self.cases.index = min(max(self.at + steps, 0), len(self.adjudication.cases) - 1)
        self.show_case()

    def list_cases(self) -> None:
        """Write the list of cases with what was decided."""
        at = self.at
        decisions = self.adjudication.decisions
        self.cases.options = [
            f"{number}. {row.document_id} 「{row.quote}」 {name('field', row.field, language='both')}: "
            f"{row.first or EMPTY} / {row.second or EMPTY}" + (f" → {row.decision}" if row.decision else "")
            for number, row in enumerate(decisions.itertuples(), 1)
        ]
        self.cases.index = at
        self.state.value = f'<p role="status">已定 {self.adjudication.decided} / {len(decisions)} decided</p>'

    def show_case(self) -> None:
        """Show the sentence of the case in its paragraph, and its two codes on the buttons."""
        case = self.case
        self.first.description = f"甲 first (1): {case['first'] or EMPTY}"
        self.second.description = f"乙 second (2): {case['second'] or EMPTY}"
        self.other.value = ""
        if pd.isna(case["start"]):
            self.sentence.value = f"<p>{escape(case['quote'])}: its report is not in this corpus.</p>"
            return
        place = Passage(case["quote"], case["document_id"], int(case["start"]), int(case["end"]))
        self.sentence.value = STYLE + show_paragraph(place, self.adjudication.texts[case["document_id"]])
