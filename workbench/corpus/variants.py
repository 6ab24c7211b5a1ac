"""Ways of measuring one indicator: numbers of two of them are not of the same thing."""

from __future__ import annotations

import pandas as pd

from workbench.lexicons.reader import read_lexicon


def name_variants(indicator_id: pd.Series, wording: pd.Series) -> pd.Series:
    """Return the way of measuring that each wording names (城镇登记失业率: registered), empty for none."""
    named = pd.Series("", index=wording.index, dtype="str")
    for row in read_lexicon("indicator_variants").table.itertuples():
        told = (indicator_id == row.indicator_id) & wording.fillna("").str.contains(row.pattern, regex=True)
        named = named.mask(told, row.variant)
    return named


def measured_otherwise(first: pd.Series, second: pd.Series) -> pd.Series:
    """Tell which pairs of variants are two ways of measuring; an unnamed one may be either."""
    return (first != "") & (second != "") & (first != second)


def offer_variants(rows: pd.DataFrame) -> pd.DataFrame:
    """Repeat rows under each variant that they may be of, in their order; under the empty one all.

    A search with the key `variant` then finds for a named variant the rows of it or of none, and for
    an unnamed one all rows.
    """
    variants = name_variants(rows["indicator_id"], rows["indicator"])
    known = read_lexicon("indicator_variants").table["variant"].unique()
    offered = [rows.assign(variant="")]
    offered += [rows[variants == variant].assign(variant=variant) for variant in known]
    open_to_all = rows[(variants == "") & rows["indicator_id"].isin(_with_variants())]
    offered += [open_to_all.assign(variant=variant) for variant in known]
    return pd.concat(offered).sort_index(kind="stable")


def _with_variants() -> set[str]:
    return set(read_lexicon("indicator_variants").table["indicator_id"])
