"""Which zone and category hold at a place that somebody asks about.

A line drawn on a map is sharper than what anybody knows of a house or a telephone. Who asks
within a few metres of a line is told the stricter side of it; ground of a unit that no booth
covers has the unit's strictest category.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely

from zoning.crs import local_equidistant, to_metric
from zoning.judgement.delineate import NO_CATEGORY
from zoning.judgement.unsurveyed import strictest_of_units, strictness
from zoning.model import Bools, Floats, Geometries, Indices, Ints, Texts

# Nearer candidates are measured exactly; a degree is never longer than this on Earth.
_M_PER_DEGREE = 111_700.0
# Towards the poles a degree of longitude vanishes.
_LEAST_COSINE = 0.01


@dataclass(frozen=True)
class PlaceAnswer:
    """What holds at a place.

    Attributes
    ----------
    unit, booth : int
        Positions; -1 where the place lies in none.
    category : str
        A `Category` value; empty where there is none.
    needs_survey : bool
        Whether the category stands in for knowledge.
    is_on_line : bool
        Whether a milder unit or booth is as near, so that the stricter side was taken.
    """

    unit: int
    booth: int
    category: str
    needs_survey: bool
    is_on_line: bool


@dataclass(frozen=True, eq=False)
class PlaceGround:
    """Ground that places are asked about: n_units units with n booths.

    Attributes
    ----------
    units : Geometries
        In WGS84, shape (n_units,).
    severity : Ints
        Of the zone in each unit, the strictest highest, shape (n_units,).
    cells : Geometries
        Ground of each booth in WGS84, shape (n,); None where there is none.
    unit_index : Indices
        Position of each booth's unit, shape (n,); -1 for none.
    category : Texts
        Of each booth, shape (n,); empty for none.
    needs_survey : Bools
        Whether that stands in for knowledge, shape (n,).
    """

    units: Geometries
    severity: Ints
    cells: Geometries
    unit_index: Indices
    category: Texts
    needs_survey: Bools


def at_place(ground: PlaceGround, lon: float, lat: float) -> PlaceAnswer:
    """Return what holds at a place; of what lies within `border_m` metres, the strictest.

    Parameters
    ----------
    ground : PlaceGround
        What is in force.
    lon, lat : float
        The place in degrees, WGS84.
    """
    near_m = border_m()
    units, _ = _near(ground.units, lon, lat, near_m)
    booths, away = _near(ground.cells, lon, lat, near_m)
    if not len(units) and not len(booths):
        return PlaceAnswer(-1, -1, NO_CATEGORY, False, False)
    strict = strictness(ground.category)
    booth = int(booths[np.argmax(strict[booths])]) if len(booths) else -1
    unit, is_edge = _unit(ground, units, booth)
    is_split = is_edge or len(np.unique(strict[booths])) > 1
    if len(booths) and (away == 0).any():
        survey = bool(ground.needs_survey[booth])
        return PlaceAnswer(unit, booth, str(ground.category[booth]), survey, is_split)
    # In no booth: nothing milder than anything of its unit, nor than the booths beside it.
    of_unit = strictest_of_units(ground.category, ground.unit_index, len(ground.units))[[unit]]
    if booth >= 0 and strict[booth] >= strictness(of_unit)[0]:
        of_unit = ground.category[[booth]]
    return PlaceAnswer(unit, -1, str(of_unit[0]), True, is_split)


@cache
def border_m() -> float:
    """Return how near to a line its stricter side counts, in metres."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return float(tomllib.loads(text)["border_m"])


def _unit(ground: PlaceGround, units: Indices, booth: int) -> tuple[int, bool]:
    """Return the strictest unit, of equal ones that of the booth, and whether others are milder."""
    if not len(units):
        return int(ground.unit_index[booth]), False
    severity = ground.severity[units]
    strictest = units[severity == severity.max()]
    own = int(ground.unit_index[booth]) if booth >= 0 else -1
    unit = own if own in strictest else int(strictest[0])
    return unit, len(np.unique(severity)) > 1


def _near(geometry: Geometries, lon: float, lat: float, near_m: float) -> tuple[Indices, Floats]:
    """Return the areas within some metres of a place, the nearest first, and their distances."""
    place = np.array([shapely.Point(lon, lat)], dtype=object)
    wide = near_m / (_M_PER_DEGREE * max(np.cos(np.radians(lat)), _LEAST_COSINE))
    west, south, east, north = np.array(shapely.bounds(geometry)).reshape(-1, 4).T
    inside: Bools = (west - wide <= lon) & (lon <= east + wide)
    inside &= (south - wide <= lat) & (lat <= north + wide)
    candidates = np.flatnonzero(inside)
    covers = shapely.intersects(geometry[candidates], place[0])
    metric = local_equidistant(place)
    away: Floats = shapely.distance(
        to_metric(geometry[candidates], metric), to_metric(place, metric)[0]
    )
    away[covers] = 0.0
    order = np.argsort(away, kind="stable")
    order = order[away[order] <= near_m]
    return candidates[order].astype(np.int32), away[order]
