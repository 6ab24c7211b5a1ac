"""Hard and soft constraints: the wording of a target coded as the literature does."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.errors import TableError
from workbench.lexicons.reader import read_lexicon


def code_constraint(panel: pd.DataFrame, *, mapping: str | Path = "commitment") -> pd.DataFrame:
    """Code each target of the panel as a hard or a soft constraint, by its wording.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL.
    mapping : str or Path
        Lexicon with the columns wording, found_in (`strength` or `bound`), constraint, priority and
        source; the shipped `commitment.csv` or a copy of one's own. Of the wordings that apply to
        a target, the one of lowest priority decides: a word of effort before a bound, so 力争增长
        8%以上 is soft. A bare number is `unmarked`.

    Returns
    -------
    DataFrame
        One row for each row of `panel`, on its index: constraint (hard, soft, unmarked; `none` for
        targets without a number and absent ones), wording (what decided), source.

    Raises
    ------
    TableError
        The mapping lacks a column.

    References
    ----------
    余泳泽、刘大勇、龚宇 (2019), 管理世界 35(7).
    """
    lexicon = read_lexicon(mapping)
    needed = ["wording", "found_in", "constraint", "priority", "source"]
    missing = [name for name in needed if name not in lexicon.table.columns]
    if missing:
        raise TableError(
            f"{lexicon.path}: expected the columns {', '.join(needed)}; missing: {', '.join(missing)}; "
            "start from a copy of commitment.csv."
        )
    rules = lexicon.table.assign(priority=lexicon.table["priority"].astype(int)).sort_values(
        "priority", kind="stable"
    )
    coded = pd.DataFrame({"constraint": "none", "wording": "", "source": ""}, index=panel.index, dtype="str")
    stated = panel["form"] == "stated"
    for rule in rules.to_dict("records"):
        applies = stated & (panel[rule["found_in"]] == rule["wording"]) & (coded["constraint"] == "none")
        for column in coded.columns:
            coded[column] = coded[column].mask(applies, rule[column])
    return coded
