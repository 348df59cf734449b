"""What `zoning classify` does, as a capable analyst would write it with geopandas and pandas.

    python benchmarks/naive_geopandas.py --units U --cases C --on YYYY-MM-DD --out out.gpkg

Rule `mohfw-2020-05-17` without a testing file. Ordinary vectorised code: neither
tuned nor held back. It takes the clean files of `generate.py` only.
"""

from __future__ import annotations

import argparse

import geopandas as gpd
import numpy as np
import pandas as pd

parser = argparse.ArgumentParser()
parser.add_argument("--units", required=True)
parser.add_argument("--cases", required=True)
parser.add_argument("--on", required=True)
parser.add_argument("--out", required=True)
args = parser.parse_args()
on = pd.Timestamp(args.on)

# Read, and find each case's unit
units = gpd.read_parquet(args.units)
cases = pd.read_parquet(args.cases)
cases["confirmed_on"] = pd.to_datetime(cases["confirmed_on"])
cases["outcome_on"] = pd.to_datetime(cases["outcome_on"])
reported_through = cases["confirmed_on"].max()
points = gpd.GeoDataFrame(
    cases, geometry=gpd.points_from_xy(cases["lon"], cases["lat"]), crs="EPSG:4326"
)
joined = gpd.sjoin(points, units[["unit_id", "geometry"]], how="inner", predicate="within")

# One flag per case for everything that is counted
joined = joined[joined["confirmed_on"] <= on]
age = (on - joined["confirmed_on"]).dt.days
has_outcome = joined["outcome"].notna() & joined["outcome_on"].notna()
if (cases["outcome"].notna() & cases["outcome_on"].notna()).any():
    joined["active"] = np.where(has_outcome, joined["outcome_on"] > on, age < 28)
else:
    joined["active"] = age < 10
joined["died"] = (joined["outcome"] == "died") & has_outcome & (joined["outcome_on"] <= on)
joined["new"] = age < 7
joined["new_before"] = (age >= 7) & (age < 14)

# Count by unit
counts = joined.groupby("unit_id").agg(
    confirmed_total=("unit_id", "size"),
    active=("active", "sum"),
    died=("died", "sum"),
    new=("new", "sum"),
    new_before=("new_before", "sum"),
    last_case_on=("confirmed_on", "max"),
)
result = units.merge(counts, on="unit_id", how="left")
columns = ["confirmed_total", "active", "died", "new", "new_before"]
result[columns] = result[columns].fillna(0).astype(int)

# Indicators
population = result["population"].astype(float).where(lambda p: p > 0)
base = result["confirmed_total"] - result["new"]
result["active_per_lakh"] = result["active"] / population * 100_000
result["cfr_percent"] = (result["died"] / result["confirmed_total"].replace(0, np.nan)) * 100
growth = np.log(result["confirmed_total"] / base.replace(0, np.nan))
result["doubling_days"] = 7 * np.log(2) / growth
result["surge"] = (result["new"] >= 5) & ((base < 5) | (result["new"] >= 2 * result["new_before"]))

# Which critical values count
burden = (result["active_per_lakh"] > 15) & (result["active"] >= 3)
rising = ((result["doubling_days"] < 14) & (base >= 5)) | result["surge"]
fatality = (result["cfr_percent"] > 6) & (result["confirmed_total"] >= 50)
extreme = (result["active_per_lakh"] > 60) & (result["active"] >= 3)
criticals = burden.astype(int) + rising.astype(int) + fatality.astype(int)

# Zones
days_since = (on - result["last_case_on"]).dt.days
is_silent = pd.isna(reported_through) or (on - reported_through).days > 3
is_green = (result["active"] == 0) & (result["last_case_on"].isna() | (days_since >= 21))
is_red = extreme | ((criticals >= 2) & (burden | rising))
is_unknown = is_silent | (population.isna() & (result["active"] > 0))
result["zone"] = np.select(
    [is_unknown, is_green, is_red], ["unclassified", "green", "red"], default="orange"
)

out = result[
    [
        "unit_id",
        "name",
        "zone",
        "confirmed_total",
        "active",
        "active_per_lakh",
        "doubling_days",
        "cfr_percent",
        "surge",
        "last_case_on",
        "geometry",
    ]
]
out.to_file(args.out, driver="GPKG")
