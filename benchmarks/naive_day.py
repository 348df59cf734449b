"""A day's delineation as a capable analyst would write it with geopandas and pandas.

Ordinary vectorised code: neither tuned nor held back. Tables in, answers out, so that each
step can be timed beside the same step of Seemana.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

OPEN_DAYS = 28


def points_of(cases: pd.DataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        cases, geometry=gpd.points_from_xy(cases["lon"], cases["lat"]), crs="EPSG:4326"
    )


def located(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, key: str) -> pd.Series:
    """The code of the area that holds each point; points in none are left out."""
    return gpd.sjoin(points[["geometry"]], areas[[key, "geometry"]], predicate="within")[key]


def counted(cases: pd.DataFrame, place: pd.Series, on: pd.Timestamp) -> pd.Series:
    """Active cases on a day by place."""
    rows = cases.loc[place.index, ["confirmed_on", "outcome", "outcome_on"]].assign(place=place)
    rows = rows[rows["confirmed_on"] <= on]
    has_outcome = rows["outcome"].notna() & rows["outcome_on"].notna()
    age = (on - rows["confirmed_on"]).dt.days
    rows["active"] = np.where(has_outcome, rows["outcome_on"] > on, age < OPEN_DAYS)
    return rows.groupby("place")["active"].sum()


def near(booths_metric: gpd.GeoDataFrame, is_affected: np.ndarray, reach_m: float) -> np.ndarray:
    """Which booths lie within a distance of an affected one; these are among them."""
    affected = booths_metric.loc[is_affected, ["geometry"]]
    pairs = gpd.sjoin(booths_metric[["geometry"]], affected, predicate="dwithin", distance=reach_m)
    reached = np.zeros(len(booths_metric), dtype=bool)
    reached[pairs.index.unique()] = True
    return reached


def united(booths: gpd.GeoDataFrame, category: np.ndarray, keys: list[str]) -> list:
    shapes = booths.geometry.to_numpy()
    return [shapely.coverage_union_all(shapes[category == key]) for key in keys]


def dissolved(
    booths: gpd.GeoDataFrame, category: np.ndarray, keys: list[str], method: str = "unary"
) -> list:
    frame = booths[["geometry"]].assign(category=category)
    joined = frame[frame["category"].isin(keys)].dissolve("category", method=method)
    return joined.geometry.reindex(keys).tolist()


def day(
    cases: pd.DataFrame,
    booths: gpd.GeoDataFrame,
    booths_metric: gpd.GeoDataFrame,
    units: gpd.GeoDataFrame,
    zone: pd.Series,
    on: pd.Timestamp,
    reach_m: float,
) -> pd.DataFrame:
    """Category, watch and need of a survey of every booth."""
    points = points_of(cases)
    booth_of = located(points, booths, "booth_id")
    unplaced = points.loc[points.index.difference(booth_of.index)]
    unit_of = located(unplaced, units, "unit_id")
    result = booths[["booth_id", "unit_id"]].copy()
    active = counted(cases, booth_of, on)
    result["active"] = result["booth_id"].map(active).fillna(0)
    placed = result.groupby("unit_id")["active"].sum()
    beside = counted(cases, unit_of, on)
    unseen = beside[(beside > 0) & (placed.reindex(beside.index).fillna(0) == 0)].index
    is_green = result["unit_id"].map(zone) == "green"
    needs_survey = result["unit_id"].isin(unseen) & ~is_green
    is_affected = ~is_green & ((result["active"] > 0) | needs_survey)
    reached = near(booths_metric, is_affected.to_numpy(), reach_m) & ~is_affected
    result["category"] = np.select([is_green, is_affected, reached], ["", "A", "B"], "C")
    result["watch"] = reached & is_green
    result["needs_survey"] = needs_survey
    return result
