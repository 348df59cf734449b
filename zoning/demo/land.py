"""The plane of the fictional district: its regions, and the way from there onto the globe."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from zoning.demo.plan import Plan
from zoning.demo.tessellation import densified, points_within
from zoning.demo.warp import Bends, Points, Warp, draw_bends, draw_warp
from zoning.model import Geometries

_KM_PER_DEGREE_LAT = 110.75
_KM_PER_DEGREE_LON = 111.32
_DECIMALS = 5


@dataclass(frozen=True)
class Land:
    """Regions in the flat plane, and the shapes given to them.

    Attributes
    ----------
    city, towns, country : tuple of polygons
        One polygon a river bank, except the towns, which keep to one bank.
    bends, warp : Bends, Warp
        What makes the river meander and the borders grow.
    """

    plan: Plan
    city: tuple[BaseGeometry, ...]
    towns: tuple[BaseGeometry, ...]
    country: tuple[BaseGeometry, ...]
    bends: Bends
    warp: Warp

    def on_globe(self, points: Points) -> Points:
        """Return longitude and latitude of points of the plane, shape (n, 2)."""
        place = self.plan.measures["place"]
        turn = np.radians(place["turn_degrees"])
        moved = self.warp.apply(self.bends.apply(points))
        x = moved[:, 0] * np.cos(turn) - moved[:, 1] * np.sin(turn)
        y = moved[:, 0] * np.sin(turn) + moved[:, 1] * np.cos(turn)
        lon = place["lon"] + x / (_KM_PER_DEGREE_LON * np.cos(np.radians(place["lat"])))
        return np.column_stack([lon, place["lat"] + y / _KM_PER_DEGREE_LAT]).round(_DECIMALS)

    def grown(self, polygons: Geometries) -> Geometries:
        """Return polygons of the plane as they lie on the globe, their borders still shared."""
        spacing = self.plan.measures["land"]["vertex_spacing_km"]
        dense = densified(polygons, spacing)
        return np.asarray(shapely.transform(dense, self.on_globe), dtype=object)


def lay_out(plan: Plan) -> Land:
    """Return the land of the plan: two banks with a city on both and a town on each."""
    rng = plan.random("land")
    land, river = plan.measures["land"], plan.measures["river"]
    bends = draw_bends(rng, river["meanders"], river["fades_within"])
    warp = draw_warp(rng, plan.measures["warp"]["octaves"])
    district = _blob(rng, 0.0, 0.0, land["half_length"], land["half_width"], 0.09)
    far = 10 * land["half_length"]
    banks = (shapely.box(-far, 0, far, far), shapely.box(-far, -far, far, 0))
    spot = land["city"]
    city = _blob(rng, spot["u"], spot["v"], spot["reach"], spot["reach"] * 0.86, 0.08)
    towns = []
    for town in land["towns"]:
        blob = _blob(rng, town["u"], town["v"], town["reach"], town["reach"], 0.08)
        towns.append(blob & banks[0 if town["v"] > 0 else 1])
    built_up = shapely.union_all([city, *towns])
    return Land(
        plan,
        city=tuple(city & bank for bank in banks),
        towns=tuple(towns),
        country=tuple((district & bank) - built_up for bank in banks),
        bends=bends,
        warp=warp,
    )


def _blob(
    rng: np.random.Generator, u: float, v: float, reach_u: float, reach_v: float, rough: float
) -> BaseGeometry:
    """Return a lumpy ellipse."""
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    radius = np.ones(72)
    for lobes in (2, 3, 5):
        radius += rough * np.sin(lobes * angle + rng.uniform(0, 2 * np.pi)) / np.sqrt(lobes / 2)
    ring = np.column_stack(
        [u + reach_u * radius * np.cos(angle), v + reach_v * radius * np.sin(angle)]
    )
    return shapely.Polygon(ring)


def dense_core_samples(
    rng: np.random.Generator, region: BaseGeometry, centre: tuple[float, float], core: float
) -> Points:
    """Return points of a region, thickest around the centre and fading over `core` kilometres."""
    points = points_within(rng, region, 30000)
    distance = np.hypot(*(points - np.asarray(centre)).T)
    weight = 0.04 + np.exp(-((distance / core) ** 1.2))
    return np.asarray(points[rng.uniform(0, weight.max(), len(points)) < weight])
