"""The explorer: choices on top, what they give below; a fixed page where nobody can choose.

What is drawn is a pure function of plain parameters. In a live notebook widgets call it at every
change; with the environment variable WORKBENCH_STATIC=1 (papermill, nbval, make snapshot) it is
drawn once and no widget is made. The line of code under the choices repeats the state: pasted into
a cell it gives the same page in a batch run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol

from workbench.errors import ParameterError, WorkbenchError

STATIC = "WORKBENCH_STATIC"


def is_static() -> bool:
    """Tell whether pages are drawn once, without widgets."""
    return os.environ.get(STATIC) == "1"


class Shown(Protocol):
    """What an explorer can draw: anything that shows itself as HTML."""

    def _repr_html_(self) -> str: ...


@dataclass(frozen=True)
class Choice:
    """One of a list: labels with their values."""

    label: str
    options: Mapping[str, Any]

    def check(self, name: str, value: Any) -> Any:
        """Return the value if it is one of the options."""
        if value not in self.options.values():
            listed = ", ".join(repr(option) for option in list(self.options.values())[:12])
            more = f" and {len(self.options) - 12} more" if len(self.options) > 12 else ""
            raise ParameterError(
                f"{name}: expected one of {listed}{more}, found {value!r}; choose one of these."
            )
        return value


@dataclass(frozen=True)
class Words:
    """A line of text, taken over at Enter, so that an input method can finish its word."""

    label: str
    hint: str = ""

    def check(self, name: str, value: Any) -> str:
        """Return the value if it is a text."""
        if not isinstance(value, str):
            raise ParameterError(f"{name}: expected a text, found {value!r}; put it in quotation marks.")
        return value


@dataclass(frozen=True)
class Number:
    """A whole number from `low` to `high`."""

    label: str
    low: int
    high: int
    step: int = 1

    def check(self, name: str, value: Any) -> int:
        """Return the value if it lies within the range."""
        if not isinstance(value, int) or not self.low <= value <= self.high:
            raise ParameterError(
                f"{name}: expected {self.low} to {self.high}, found {value!r}; choose one of these."
            )
        return value


Control = Choice | Words | Number
Draw = Callable[..., Sequence[Shown]]


class Explorer:
    """A page that follows its choices.

    Parameters
    ----------
    call : str
        The code that makes this explorer, up to its parameters: ``wb.explore_targets(reports``.
    draw : callable
        Takes the parameters by keyword and returns what is shown, tables with passages first.
    controls : mapping of str to Control
        One for each parameter.
    parameters : mapping
        The values to begin with.
    texts : mapping of str to str
        To show a row's passage in its paragraph.

    Raises
    ------
    ParameterError
        A value that its control does not offer.
    """

    def __init__(
        self,
        call: str,
        draw: Draw,
        controls: Mapping[str, Control],
        parameters: Mapping[str, Any],
        *,
        texts: Mapping[str, str],
    ) -> None:
        self.call = call
        self.draw = draw
        self.controls = controls
        self.texts = texts
        self.parameters = {name: control.check(name, parameters[name]) for name, control in controls.items()}
        self._panel: Any = None

    @property
    def code(self) -> str:
        """The line that gives this page again, in a notebook or in a batch run."""
        return f"{self.call}{''.join(f', {name}={value!r}' for name, value in self.parameters.items())})"

    def set(self, **changes: Any) -> None:
        """Change parameters, as a user of the controls would."""
        for name, value in changes.items():
            if name not in self.controls:
                raise ParameterError(
                    f"{name}: expected one of {', '.join(self.controls)}; choose one of these."
                )
            self.parameters[name] = self.controls[name].check(name, value)

    def show(self) -> Sequence[Shown]:
        """Return what the parameters give."""
        return self.draw(**self.parameters)

    @property
    def html(self) -> str:
        """The page as it stands, without controls."""
        try:
            return "".join(shown._repr_html_() for shown in self.show())
        except WorkbenchError as error:
            return f'<p class="wb-problem" role="alert">{escape(str(error))}</p>'

    @property
    def panel(self) -> Any:
        """The widget, made when first asked for."""
        if self._panel is None:
            from workbench.display.explorer_panel import Panel

            self._panel = Panel(self)
        return self._panel.widget

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        fixed = {"text/plain": self.code, "text/html": f"{self.html}<p><code>{escape(self.code)}</code></p>"}
        return fixed if is_static() else {**self.panel._repr_mimebundle_(**options), **fixed}

    def __repr__(self) -> str:
        return self.code
