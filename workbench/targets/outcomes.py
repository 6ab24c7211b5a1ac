"""Fulfilment counted: how many targets were met, exceeded, missed, told without a number, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbench.tables import OUTCOMES


def summarise_outcomes(panel: pd.DataFrame, *, by: Sequence[str] = ("indicator_id",)) -> pd.DataFrame:
    """Count the outcomes of targets in groups, every outcome as a row, zeros too.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL; targets without an outcome (in words, absent) do not count.
    by : sequence of str
        Columns of `panel`: indicator_id, region, level, year.

    Returns
    -------
    DataFrame
        The columns of `by`, outcome, count, targets (with a next report in the corpus), reported
        (share of them reported with a number), and share (of those reported with a number;
        missing for the other outcomes and where nothing is reported).

    Notes
    -----
    `reported` is the feedback rate of the studies of commitment (承诺—反馈); `share` is conditional
    on it, so a region that reports only what it met looks better than it is: read both.
    """
    judged = panel[panel["outcome"].fillna("") != ""]
    keys = list(by)
    counts = judged.groupby([*keys, "outcome"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(OUTCOMES), fill_value=0)
    told = counts[["met", "exceeded", "missed"]].sum(axis=1)
    targets = counts.drop(columns="no report").sum(axis=1)
    shares = counts.div(told.where(told > 0), axis=0)
    shares[["reported without a number", "not reported", "no report"]] = float("nan")
    long = pd.concat({"count": counts.stack(), "share": shares.stack()}, axis=1)
    long = long.rename_axis([*keys, "outcome"]).reset_index()
    rates = pd.DataFrame({"targets": targets, "reported": told / targets.where(targets > 0)}).reset_index()
    return long.merge(rates, on=keys)[[*keys, "outcome", "count", "targets", "reported", "share"]]
