"""Targets down the levels of government: the superior's target beside the local one."""

from __future__ import annotations

import pandas as pd

from workbench.corpus.variants import measured_otherwise, name_variants
from workbench.targets.fulfilment import RATES, choose_versions

_VALUE = ["indicator_id", "measure", "unit"]


def add_superiors(panel: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Put beside each target the superior's target for the same indicator, measure, unit and year.

    The superior is `documents.parent`. `superior_document_id` is given where its report for the
    year is in the corpus, the numbers where it states the target with a number. `amplification`
    (层层加码) is the local less the superior's target, at the middle of ranges, of growth and
    shares only: amounts of places of different size cannot be subtracted, nor registered from
    surveyed unemployment. Provinces report in
    January and the State Council in March, so the superior's number need not be known to the
    lower level when it sets its own.

    Returns
    -------
    DataFrame
        `panel` with superior_document_id, superior_low, superior_high, amplification.

    References
    ----------
    Li, Liu, Weng & Zhou (2019), The Economic Journal 129(623): 2888-2915.
    """
    versions = choose_versions(documents)[["region", "year", "document_id"]].rename(
        columns={"region": "parent", "document_id": "superior_document_id"}
    )
    parents = documents[["document_id", "parent"]]
    out = panel.merge(parents, on="document_id", how="left")
    out = out.merge(versions, on=["parent", "year"], how="left")
    columns = ["document_id", *_VALUE, "direction", "indicator", "low", "high"]
    stated = panel.loc[panel["form"] == "stated", columns]
    stated = stated.rename(
        columns={
            "document_id": "superior_document_id",
            "low": "superior_low",
            "high": "superior_high",
            "direction": "superior_direction",
            "indicator": "superior_indicator",
        }
    )
    out = out.merge(stated, on=["superior_document_id", *_VALUE], how="left")
    against = out["direction"].fillna("") != out["superior_direction"].fillna(out["direction"]).fillna("")
    low, high = out["superior_low"].copy(), out["superior_high"].copy()
    out["superior_low"] = low.where(~against, -high)
    out["superior_high"] = high.where(~against, -low)
    difference = (out["low"] + out["high"]) / 2 - (out["superior_low"] + out["superior_high"]) / 2
    other = measured_otherwise(
        name_variants(out["indicator_id"], out["indicator"]),
        name_variants(out["indicator_id"], out["superior_indicator"]),
    )
    comparable = (out["form"] == "stated") & out["measure"].isin(RATES) & ~other
    out["amplification"] = difference.where(comparable)
    out["superior_document_id"] = out["superior_document_id"].fillna("")
    return out.drop(columns=["parent", "superior_direction", "superior_indicator"])
