"""Regions beside each other: the targets as a wide table, and a ranking that hides no tie and no range."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError
from workbench.tables import FORMS, LEVELS
from workbench.targets.fulfilment import orient

FIELDS = ("form", "low", "high", "unit", "bound", "strength", "stretch", "quote")

RANKED_TARGETS = Table(
    "ranked_targets",
    "report of the year",
    ("document_id",),
    {
        "document_id": Column("str", "report, REGION_YEAR"),
        "region": Column("str", "region that reports"),
        "level": Column("str", "level of the region", codes=LEVELS),
        "year": Column("Int64", "year that the target is for", "year", nullable=True),
        "form": Column("str", "how the target is given", codes=FORMS),
        "low": Column("float64", "lower number", "unit", nullable=True),
        "high": Column("float64", "upper number", "unit", nullable=True),
        "unit": Column("str", "base unit", nullable=True),
        "bound": Column("str", "how the value binds", nullable=True),
        "quote": Column("str", "value or cue, to the letter", nullable=True),
        "evidence": Column("str", "the sentence, to the letter", nullable=True),
        "start": Column("Int64", "first character", "characters", nullable=True),
        "end": Column("Int64", "after the last character", "characters", nullable=True),
        "rank": Column("Int64", "1 + reports whose middle asks for more", "rank", nullable=True),
        "rank_best": Column("Int64", "1 + reports that ask for more wherever in the ranges", nullable=True),
        "rank_worst": Column("Int64", "reports that may ask for as much or more, itself too", nullable=True),
        "tied": Column("Int64", "other reports with the same middle", "reports", nullable=True),
        "ranked": Column("int64", "reports with a rank", "reports"),
    },
)


def widen_panel(
    panel: pd.DataFrame,
    *,
    indicators: Sequence[str] = (),
    regions: Sequence[str] = (),
    years: Sequence[int] = (),
    fields: Sequence[str] = ("form", "low", "high", "unit", "bound"),
) -> pd.DataFrame:
    """Turn the panel into one row a report, ready for a regression or a spreadsheet.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL.
    indicators, regions, years : sequence
        Those wanted; all where empty.
    fields : sequence of str
        Of FIELDS.

    Returns
    -------
    DataFrame
        document_id, region, level, year and for each indicator, measure and field a column
        ``gdp.growth.low``; of an indicator that nobody states ``gdp.form`` alone. `form` is filled
        for every report: `absent`, or `other measure` where the report states the indicator, but as
        an amount instead of a growth, say.

    Raises
    ------
    ParameterError
        Unknown fields, or nothing that fits indicators, regions and years.
    """
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise ParameterError(f"fields: expected some of {', '.join(FIELDS)}; found {', '.join(unknown)}.")
    rows = panel
    for name, wanted in (("indicator_id", indicators), ("region", regions), ("year", years)):
        rows = rows[rows[name].isin(list(wanted))] if len(wanted) else rows
    if rows.empty:
        raise ParameterError(
            f"panel: expected targets of {list(indicators) or 'all'} in {list(regions) or 'all'} for "
            f"{list(years) or 'all'}, found none; check ids, regions and years."
        )
    reports = rows[["document_id", "region", "level", "year"]].drop_duplicates().set_index("document_id")
    given = rows[rows["form"] != "absent"].drop_duplicates(["document_id", "indicator_id", "measure"])
    spoken = set(zip(given["document_id"], given["indicator_id"], strict=True))
    wide = [reports]
    for (indicator, measure), group in given.groupby(["indicator_id", "measure"], sort=False):
        values = group.set_index("document_id")[list(fields)].reindex(reports.index)
        if "form" in fields:
            missing = ["other measure" if (name, indicator) in spoken else "absent" for name in reports.index]
            values["form"] = values["form"].fillna(pd.Series(missing, index=reports.index))
        wide.append(values.add_prefix(f"{indicator}.{measure}."))
    silent = [name for name in rows["indicator_id"].unique() if name not in set(given["indicator_id"])]
    wide += [pd.DataFrame({f"{name}.form": "absent"}, index=reports.index) for name in silent]
    return pd.concat(wide, axis=1).reset_index()


def rank_targets(
    panel: pd.DataFrame, *, indicator: str, measure: str = "growth", unit: str = "%", open_ended: bool = False
) -> pd.DataFrame:
    """Rank the reports of a panel by one target, with its ties and ranges.

    Reports with one middle share a rank (1, 2, 2, 4). `rank_best` and `rank_worst` are the ranks a
    report may have wherever within the ranges the numbers lie: they part where ranges overlap or
    middles tie. What is to fall, and a ceiling, ranks from the lowest number up. A target without a
    number has no rank; its form says what it is.

    Parameters
    ----------
    panel : DataFrame
        TARGET_PANEL, best of one year and level: others make no league table.
    indicator, measure, unit : str
        Only numbers of this measure and unit are ranked.
    open_ended : bool
        Take 以上 for any number from there up and 以内 for any down, instead of the number itself.

    Returns
    -------
    DataFrame
        RANKED_TARGETS, by rank; those without one at the end, by form.
    """
    rows = panel[panel["indicator_id"] == indicator]
    fits = (rows["form"] == "stated") & (rows["measure"] == measure) & (rows["unit"] == unit)
    best = rows.assign(fits=fits, absent=rows["form"] == "absent")
    best = best.sort_values(["fits", "absent"], ascending=[False, True], kind="stable")
    best = best.drop_duplicates("document_id").sort_index().reset_index(drop=True)
    low, high = best["low"].where(best["fits"]), best["high"].where(best["fits"])
    _, sign = orient(best)
    if open_ended:
        high = high.mask(best["bound"] == "at_least", np.inf)
        low = low.mask(best["bound"] == "at_most", -np.inf)
    middle = sign * (best["low"] + best["high"]).where(best["fits"]) / 2
    ends = np.sort(np.stack([sign * low, sign * high]), axis=0)
    rank = [np.nan if np.isnan(m) else 1 + (middle > m + 1e-9).sum() for m in middle]
    first = [np.nan if np.isnan(e) else 1 + (ends[0] > e + 1e-9).sum() for e in ends[1]]
    last = [np.nan if np.isnan(e) else (ends[1] >= e - 1e-9).sum() for e in ends[0]]
    tied = [np.nan if np.isnan(m) else (abs(middle - m) < 1e-9).sum() - 1 for m in middle]
    out = best.assign(rank=rank, rank_best=first, rank_worst=last, tied=tied, ranked=int(best["fits"].sum()))
    out = out.assign(form_order=out["form"].map({form: k for k, form in enumerate(FORMS)}))
    out = out.sort_values(["rank", "form_order", "document_id"], na_position="last")
    return RANKED_TARGETS.check(out[list(RANKED_TARGETS.columns)])
