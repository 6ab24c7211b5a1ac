"""The chain of government: each target beside its superior's, with both sentences, and the levels by year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.corpus.regions import find_region
from workbench.corpus.variants import measured_otherwise, name_variants
from workbench.declaration import Column, Table
from workbench.tables import FORMS, LEVELS
from workbench.targets.fulfilment import RATES, choose_versions, orient

POSITIONS = ("above", "equal", "below", "overlapping")
REASONS = (
    "no superior",
    "no superior's report",
    "superior states none",
    "superior gives no number",
    "no number here",
    "other measure or unit",
    "measured otherwise",
    "amounts are not subtracted",
)

SUPERIOR_PAIRS = Table(
    "superior_pairs",
    "target of a report (form absent left out)",
    (),
    {
        "document_id": Column("str", "report, REGION_YEAR"),
        "region": Column("str", "region that reports"),
        "level": Column("str", "level of the region", codes=LEVELS),
        "year": Column("Int64", "year that the target is for", "year", nullable=True),
        "indicator_id": Column("str", "id in indicators.csv"),
        "measure": Column("str", "level, growth, increment or share", nullable=True),
        "form": Column("str", "how the target is given", codes=FORMS),
        "low": Column("float64", "lower number", "unit", nullable=True),
        "high": Column("float64", "upper number", "unit", nullable=True),
        "unit": Column("str", "base unit", nullable=True),
        "bound": Column("str", "how the value binds", nullable=True),
        "quote": Column("str", "value or cue, to the letter", nullable=True),
        "evidence": Column("str", "the sentence, to the letter", nullable=True),
        "start": Column("Int64", "first character", "characters", nullable=True),
        "end": Column("Int64", "after the last character", "characters", nullable=True),
        "superior": Column("str", "region directly above", nullable=True),
        "superior_document_id": Column("str", "its report for the year", nullable=True),
        "superior_form": Column("str", "how the superior gives its target", nullable=True),
        "superior_low": Column("float64", "lower number", "unit", nullable=True),
        "superior_high": Column("float64", "upper number", "unit", nullable=True),
        "superior_unit": Column("str", "base unit", nullable=True),
        "superior_bound": Column("str", "how the superior's value binds", nullable=True),
        "superior_quote": Column("str", "value or cue, to the letter", nullable=True),
        "superior_evidence": Column("str", "the superior's sentence, to the letter", nullable=True),
        "superior_start": Column("Int64", "first character", "characters", nullable=True),
        "superior_end": Column("Int64", "after the last character", "characters", nullable=True),
        "amplification": Column("float64", "local less superior, middles", "points", nullable=True),
        "position": Column("str", "local number against the superior's", codes=POSITIONS, nullable=True),
        "demand": Column(
            "str", "asks for more, the same or less", codes=("more", "same", "less"), nullable=True
        ),
        "reason": Column("str", "why there is no amplification", codes=REASONS, nullable=True),
    },
)
_TAKEN = ("indicator", "form", "low", "high", "unit", "bound", "quote", "evidence", "start", "end")
_KEY = ["document_id", "indicator_id", "measure"]


def pair_superiors(
    panel: pd.DataFrame, documents: pd.DataFrame, *, whole: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set each target of the panel beside what the superior's report of the year says of it.

    Where the superior has the same indicator and measure, that row is taken, else its first row of
    the indicator. `position` compares the numbers: `above` and `below` where the two do not overlap,
    `overlapping` where one range reaches into the other and they are not the same. `demand` says
    whether the local target asks for more: of a ceiling (consumer prices, unemployment) and of what
    is to fall, a lower number asks for more. Where there is no amplification, `reason` says why.

    Parameters
    ----------
    panel, documents : DataFrame
        TARGET_PANEL and DOCUMENTS of one corpus.
    whole : DataFrame, optional
        The panel that the superiors' rows are looked for in, where `panel` is a part of it.

    Returns
    -------
    DataFrame
        SUPERIOR_PAIRS, in the order of `panel`.
    """
    own = panel[panel["form"] != "absent"].reset_index(drop=True)
    above = documents.set_index("document_id")["parent"]
    out = own.assign(superior=own["document_id"].map(above).fillna(""))
    found = _superior_rows(out, panel if whole is None else whole)
    # where the panel has compared the two, its numbers count: their signs follow the local target
    compared = out[["superior_low", "superior_high"]]
    found[["superior_low", "superior_high"]] = compared.combine_first(
        found[["superior_low", "superior_high"]]
    )
    out = out.drop(columns=["superior_low", "superior_high"]).join(found)
    out["position"], out["demand"] = _compare(out)
    out["reason"] = _explain(out)
    words = [name for name, column in SUPERIOR_PAIRS.columns.items() if column.dtype == "str"]
    out[words] = out[words].fillna("").astype("str")
    return SUPERIOR_PAIRS.check(out[list(SUPERIOR_PAIRS.columns)])


def summarise_amplification(
    pairs: pd.DataFrame, *, by: tuple[str, ...] = ("year", "indicator_id")
) -> pd.DataFrame:
    """Count who sets above and below the superior, and by how much.

    Parameters
    ----------
    pairs : DataFrame
        SUPERIOR_PAIRS; only rows with an amplification count.
    by : tuple of str
        Columns of `pairs` to group by, such as year, level, indicator_id.

    Returns
    -------
    DataFrame
        One row a group: the columns of `by`, compared, above, equal, below, overlapping (targets),
        mean, median, lowest, highest (percentage points).
    """
    compared = pairs[pairs["amplification"].notna()]
    groups = compared.groupby(list(by))
    counts = pd.crosstab([compared[name] for name in by], compared["position"])
    counts = counts.reindex(columns=list(POSITIONS), fill_value=0)
    sizes = groups["amplification"].agg(
        compared="size", mean="mean", median="median", lowest="min", highest="max"
    )
    columns = ["compared", *POSITIONS, "mean", "median", "lowest", "highest"]
    return sizes.join(counts)[columns].reset_index()


def trace_chain(documents: pd.DataFrame, region: str, *, most: int = 5) -> list[str]:
    """Return the regions from the top down to this one, whether or not their reports are at hand.

    The parent of a region is what its latest report has, else what the list of regions says.
    """
    dated = documents.sort_values("year", na_position="first")
    parents = dict(zip(dated["region"], dated["parent"].fillna(""), strict=True))
    chain = [region]
    while len(chain) < most:
        parent = parents.get(chain[0])
        if parent is None:
            known = find_region(chain[0])
            parent = known.parent if known else ""
        if not parent or parent in chain:
            break
        chain.insert(0, parent)
    return chain


def average_levels(
    panel: pd.DataFrame, documents: pd.DataFrame, indicator_id: str, *, measure: str = "growth"
) -> pd.DataFrame:
    """Average the targets of one indicator by year and level of government.

    Parameters
    ----------
    panel, documents : DataFrame
        TARGET_PANEL and DOCUMENTS: of two versions of a report the full one counts.
    indicator_id, measure : str

    Returns
    -------
    DataFrame
        One row a year and level: year, level, reports (in the corpus), stated (with a number in
        percent), mean, lowest, highest (of the middles, in percent).
    """
    versions = set(choose_versions(documents)["document_id"])
    rows = panel[panel["document_id"].isin(versions) & panel["year"].notna()]
    reports = rows.groupby(["year", "level"])["document_id"].nunique().rename("reports")
    chosen = rows[
        (rows["indicator_id"] == indicator_id)
        & (rows["measure"] == measure)
        & (rows["form"] == "stated")
        & (rows["unit"] == "%")
    ]
    middles = chosen.assign(middle=(chosen["low"] + chosen["high"]) / 2).groupby(["year", "level"])["middle"]
    sizes = middles.agg(stated="size", mean="mean", lowest="min", highest="max")
    out = reports.to_frame().join(sizes)
    return out.fillna({"stated": 0}).astype({"stated": "int64"}).reset_index()


def _superior_rows(own: pd.DataFrame, panel: pd.DataFrame) -> pd.DataFrame:
    """Return, on the index of `own`, the superior's row of the indicator: of one measure, else its first."""
    ranked = panel.assign(number=panel["form"] == "stated")
    ranked = ranked.sort_values(["document_id", "number"], ascending=[True, False], kind="stable")
    renamed = {name: f"superior_{name}" for name in _TAKEN}
    keys = {"superior_document_id": "document_id"}
    asked = own[["superior_document_id", "indicator_id", "measure"]].rename(columns=keys)
    columns = [*_KEY, *_TAKEN]
    exact = asked.merge(ranked[columns].drop_duplicates(_KEY), on=_KEY, how="left")[list(_TAKEN)]
    loose = asked.drop(columns="measure").merge(
        ranked[columns].drop_duplicates(_KEY[:2]), on=_KEY[:2], how="left"
    )[list(_TAKEN)]
    found = exact["form"].notna()
    return exact.where(found, loose).rename(columns=renamed).set_axis(own.index)


def _compare(pairs: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    tiny = 1e-9
    low, high = pairs["low"], pairs["high"]
    superior_low, superior_high = pairs["superior_low"], pairs["superior_high"]
    same = ((low - superior_low).abs() < tiny) & ((high - superior_high).abs() < tiny)
    known = pairs["amplification"].notna()
    conditions = [~known, same, low > superior_high - tiny, high < superior_low + tiny]
    position = np.select(conditions, ["", "equal", "above", "below"], "overlapping")
    _, sign = orient(pairs)
    more = pairs["amplification"] * sign
    demand = np.select([~known, more > tiny, more < -tiny], ["", "more", "less"], "same")
    return position, demand


def _explain(pairs: pd.DataFrame) -> np.ndarray:
    rate = pairs["measure"].isin(RATES)
    other = (pairs["superior_unit"].fillna("") != pairs["unit"].fillna("")) | pairs["superior_form"].isna()
    variants = (name_variants(pairs["indicator_id"], pairs[f"{side}indicator"]) for side in ("", "superior_"))
    conditions = [
        pairs["amplification"].notna(),
        pairs["superior"] == "",
        pairs["superior_document_id"].fillna("") == "",
        pairs["superior_form"].fillna("absent") == "absent",
        pairs["form"] != "stated",
        pairs["superior_form"] != "stated",
        measured_otherwise(*variants),
        ~other & ~rate,
    ]
    reasons = ["", *REASONS[:3], REASONS[4], REASONS[3], *REASONS[6:]]
    return np.select(conditions, reasons, REASONS[5])
