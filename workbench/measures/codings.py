"""Two coders' sheets side by side: what both found, where they differ, what they settled on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

SENTENCE = ("document_id", "sentence")
UNIT = (*SENTENCE, "quote")
FOUND = "found"
EMPTY = "∅"
"""A decision that the field does not apply; an empty decision is none yet."""


def match_units(first: pd.DataFrame, second: pd.DataFrame, *, unit: Sequence[str] = UNIT) -> pd.DataFrame:
    """Lay two coders' sheets side by side.

    Parameters
    ----------
    first, second : DataFrame
        One row per unit; a key that stands several times (the same value twice in a sentence) is
        matched in its order.
    unit : sequence of str
        Columns that name a unit.

    Returns
    -------
    DataFrame
        One row per unit of either: the columns of `unit`, `occurrence` (from 0), `found_by` (both,
        first, second), and each other column that both have as NAME_first and NAME_second.
    """
    keys = [*unit, "occurrence"]
    numbered = [
        sheet.assign(occurrence=sheet.groupby(list(unit), dropna=False).cumcount())
        for sheet in (first, second)
    ]
    fields = [name for name in first.columns if name in second.columns and name not in unit]
    merged = numbered[0][keys + fields].merge(
        numbered[1][keys + fields],
        on=keys,
        how="outer",
        suffixes=("_first", "_second"),
        indicator="found_by",
        validate="1:1",
    )
    said = {"both": "both", "left_only": "first", "right_only": "second"}
    merged["found_by"] = merged["found_by"].astype("str").map(said)
    return merged


def list_disagreements(
    first: pd.DataFrame, second: pd.DataFrame, *, fields: Sequence[str], unit: Sequence[str] = UNIT
) -> pd.DataFrame:
    """List what two coders have to settle.

    Returns
    -------
    DataFrame
        One row per unit that one coder alone found (field `found`, codes "yes" and "no") and per
        unit and field coded differently, in the order of the units: the columns of `unit`,
        `occurrence`, field, first, second.
    """
    matched = match_units(first, second, unit=unit)
    keys = [*unit, "occurrence"]
    alone = matched[matched["found_by"] != "both"]
    found = alone[keys].assign(
        field=FOUND,
        first=np.where(alone["found_by"] == "first", "yes", "no"),
        second=np.where(alone["found_by"] == "second", "yes", "no"),
    )
    both = matched[matched["found_by"] == "both"]
    frames = [found]
    for field in fields:
        one, other = both[f"{field}_first"], both[f"{field}_second"]
        differ = one.notna() & other.notna() & (one != other)
        rows = both.loc[differ, keys].assign(field=field, first=one[differ], second=other[differ])
        frames.append(rows.astype({"first": "str", "second": "str"}))
    return pd.concat(frames).sort_values(keys, kind="stable").reset_index(drop=True)


def settle_codes(
    first: pd.DataFrame,
    second: pd.DataFrame,
    decisions: pd.DataFrame,
    *,
    fields: Sequence[str],
    unit: Sequence[str] = UNIT,
) -> pd.DataFrame:
    """Make the agreed sheet: what both coders said, and what was decided where they differed.

    Parameters
    ----------
    first, second : DataFrame
        The two sheets.
    decisions : DataFrame
        Rows of `list_disagreements` with a column `decision`; missing or empty where nothing was
        decided yet, ∅ where the field is to stay empty.
    fields : sequence of str
        Fields to take over.

    Returns
    -------
    DataFrame
        One row per unit that is agreed to be there: the columns of `unit`, occurrence and `fields`
        (as texts), missing where a field is not settled. A unit that one coder alone found is
        there if `found` was decided "yes"; its codes are then that coder's.
    """
    keys = [*unit, "occurrence"]
    matched = match_units(first, second, unit=unit).set_index(keys)
    made = decisions[decisions["decision"].fillna("") != ""].set_index([*keys, "field"])["decision"]
    settled = pd.DataFrame(index=matched.index)
    alone = matched["found_by"] != "both"
    for field in fields:
        one, other = matched[f"{field}_first"].astype("str"), matched[f"{field}_second"].astype("str")
        agreed = one.where(one == other)
        settled[field] = agreed.where(~alone, one.fillna(other))
    kept = ~alone
    for (*key, field), decision in made.items():
        if field == FOUND:
            kept[tuple(key)] = decision == "yes"
        else:
            settled.loc[tuple(key), field] = "" if decision == EMPTY else decision
    return settled[kept.to_numpy()].reset_index()
