"""Whether two answers are the same, exactly; an empty text where they are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import naive_day
import numpy as np
import pandas as pd
import shapely

from zoning.judgement.delineate import Delineation


def unlike_places(
    cases: pd.DataFrame, areas: gpd.GeoDataFrame, key: str
) -> Callable[[Any, Any], str]:
    """Compare places; a point that lies within no area is on a border or outside all of them."""

    def compare(plain: pd.Series, product: np.ndarray) -> str:
        position = pd.Series(np.arange(len(areas)), index=areas[key])
        expected = np.full(len(product), -1)
        expected[plain.index] = position[plain].to_numpy()
        open_ = np.flatnonzero(expected < 0)
        rest = naive_day.points_of(cases.iloc[open_])
        touching = gpd.sjoin(rest[["geometry"]], areas[[key, "geometry"]], predicate="intersects")
        smallest = touching.groupby(level=0)[key].min()
        expected[smallest.index] = position[smallest].to_numpy()
        unlike = int((expected != product).sum())
        print(f"  {len(product):,} points, {len(smallest)} on a border", file=sys.stderr)
        return f"{unlike} points lie elsewhere" if unlike else ""

    return compare


def unlike_arrays(plain: np.ndarray, product: np.ndarray) -> str:
    unlike = int((np.asarray(plain) != np.asarray(product)).sum())
    return f"{unlike} of {len(product)} differ" if unlike else ""


def unlike_areas(plain: list, product: np.ndarray) -> str:
    pairs = zip(plain, product, strict=True)
    same = [
        shapely.is_empty(one)
        if other is None
        # Corner by corner, once both list their parts in the same order.
        else shapely.normalize(shapely.multipolygons(shapely.get_parts(one)))
        == shapely.normalize(other)
        for one, other in pairs
    ]
    return "" if all(same) else f"areas differ: {same}"


def unlike_ground(plain: list, product: np.ndarray) -> str:
    """Compare areas whose corners on straight borders may be told or not."""
    pairs = [(one, other) for one, other in zip(plain, product, strict=True) if other is not None]
    over = [shapely.symmetric_difference(one, other).area for one, other in pairs]
    return "" if not any(over) else f"areas differ by {over} square degrees"


def unlike_days(plain: pd.DataFrame, product: Delineation) -> str:
    return " ".join(
        f"{name}: {found}"
        for name in ("category", "watch", "needs_survey")
        if (found := unlike_arrays(plain[name].to_numpy(), getattr(product, name)))
    )
