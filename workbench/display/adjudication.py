"""Settling what two coders disagree on: one case at a time by keyboard, or a table in a batch run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.display.explorer import is_static
from workbench.display.validation_tables import locate_quotes, show_disagreements
from workbench.errors import ParameterError
from workbench.pipeline import Corpus

KEY = ("document_id", "sentence", "quote", "occurrence", "field")


class Adjudication:
    """The cases that two coders have to settle, and what was decided.

    Attributes
    ----------
    decisions : DataFrame
        The disagreements with a column `decision`, "" where nothing was decided yet; goes into
        `settle_codes`.
    cases : DataFrame
        The same rows with start, end and evidence (the sentence) of each quotation.
    """

    def __init__(
        self,
        disagreements: pd.DataFrame,
        sentences: pd.DataFrame,
        texts: Mapping[str, str],
        *,
        path: Path | None = None,
    ) -> None:
        self.sentences = sentences
        self.texts = texts
        self.path = path
        self.decisions = disagreements.reset_index(drop=True).assign(decision="")
        if path is not None and path.is_file():
            self.decisions["decision"] = _read_decisions(path, self.decisions)
        self.cases = locate_quotes(self.decisions, sentences, texts)
        self._panel: Any = None

    @property
    def decided(self) -> int:
        """Number of cases with a decision."""
        return int((self.decisions["decision"] != "").sum())

    def decide(self, case: int, code: str) -> None:
        """Decide a case (a row of `decisions`); an empty code takes the decision back."""
        if case not in self.decisions.index:
            raise ParameterError(
                f"case: expected 0 to {len(self.decisions) - 1}, found {case}; choose one of these."
            )
        self.decisions.loc[case, "decision"] = code
        if self.path is not None:
            self._write(self.path)

    def _write(self, path: Path) -> None:
        made = self.decisions[self.decisions["decision"] != ""]
        lines = [json.dumps(row, ensure_ascii=False) for row in made.to_dict("records")]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")

    @property
    def panel(self) -> Any:
        """The widget, made when first asked for."""
        if self._panel is None:
            from workbench.display.adjudication_panel import AdjudicationPanel

            self._panel = AdjudicationPanel(self)
        return self._panel.widget

    def _repr_html_(self) -> str:
        return show_disagreements(self.decisions, self.sentences, self.texts)._repr_html_()

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        fixed = {"text/plain": repr(self), "text/html": self._repr_html_()}
        return fixed if is_static() else {**self.panel._repr_mimebundle_(**options), **fixed}

    def __repr__(self) -> str:
        return f"Adjudication({len(self.decisions)} disagreements, {self.decided} decided)"


def adjudicate(
    corpus: Corpus, disagreements: pd.DataFrame, *, path: str | Path | None = None
) -> Adjudication:
    """Settle what two coders disagree on.

    Parameters
    ----------
    corpus : Corpus
        The reports that were coded.
    disagreements : DataFrame
        As `list_disagreements` returns.
    path : path, optional
        JSON lines in which each decision is kept as it is made, and found again the next time.

    Returns
    -------
    Adjudication
        Shown as a panel with keys in a live notebook, as a table in a batch run; `decisions` goes
        into `settle_codes`.
    """
    return Adjudication(
        disagreements, corpus.sentences, corpus.texts, path=Path(path) if path is not None else None
    )


def _read_decisions(path: Path, cases: pd.DataFrame) -> pd.Series:
    """Return the stored decision of each case; of cases that are no longer there none is taken."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    stored = {tuple(line[name] for name in KEY): str(line["decision"]) for line in lines}
    keys = cases[list(KEY)].itertuples(index=False, name=None)
    return pd.Series([stored.get(key, "") for key in keys], index=cases.index, dtype="str")
