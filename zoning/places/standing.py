"""Where booths stand: as a surveyed area or a point, and in which unit."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Bools, Booths, Finding, Floats, Geometries, Indices, Units
from zoning.places.drawn import label
from zoning.places.ground import flat_polygons
from zoning.places.locate import OUTSIDE, build_locator
from zoning.places.placing import index_of
from zoning.places.repair import repair_areas


@dataclass(frozen=True)
class Standing:
    """Where the booths of an edition stand.

    Attributes
    ----------
    surveyed : Geometries
        Valid polygons in WGS84, shape (n,); None for a booth that isn't surveyed.
    lon, lat : Floats
        Its point, or one inside its polygon, shape (n,); NaN without place.
    unit : Indices
        Position of the unit it names, else of the one it lies in; `OUTSIDE` for none.
    findings : tuple of Finding
        Row = position + 1.
    """

    surveyed: Geometries
    lon: Floats
    lat: Floats
    unit: Indices
    findings: tuple[Finding, ...]

    @property
    def has_place(self) -> Bools:
        """Return which booths have a place, inside a unit or not, shape (n,)."""
        return np.isfinite(self.lon)

    @property
    def is_surveyed(self) -> Bools:
        """Return which booths have a polygon, shape (n,)."""
        return ~np.asarray(shapely.is_missing(self.surveyed), dtype=bool)

    def units_with_place(self, n_units: int) -> Bools:
        """Return which units have a booth that has a place, shape (n_units,)."""
        counted = self.unit[self.has_place & (self.unit != OUTSIDE)]
        return np.bincount(counted, minlength=n_units) > 0


def stand(booths: Booths, units: Units, shape: Geometries) -> Standing:
    """Return where booths stand.

    Parameters
    ----------
    booths : Booths
        In WGS84, n of them.
    units : Units
        Where they can be.
    shape : Geometries
        Valid polygons of the units; None for a unit without area.
    """
    surveyed, repairs = _surveyed(booths)
    lon, lat = _points(booths, surveyed)
    surveyed[np.isnan(lon)] = None
    lies_in = build_locator(shape, units.unit_id, len(booths)).locate(lon, lat)
    named = index_of(booths.unit_id, units.unit_id)
    unit = np.where(named >= 0, named, lies_in).astype(np.int32)
    placed = Standing(surveyed, lon, lat, unit, ())
    found = [
        *(replace(finding, rejects=False) for finding in repairs),
        *_contradictions(booths, units, shape, placed, named, lies_in),
        *_doubts(units, shape, placed, named),
    ]
    return replace(placed, findings=tuple(found))


def _surveyed(booths: Booths) -> tuple[Geometries, tuple[Finding, ...]]:
    n = len(booths)
    areas = np.full(n, None, dtype=object)
    if booths.geometry is None:
        return areas, ()
    is_area = shapely.get_dimensions(booths.geometry) == 2
    areas[is_area] = booths.geometry[is_area]
    areas, repairs = repair_areas(areas, np.arange(1, n + 1), WGS84)
    empty = np.full(n, "", dtype=object)
    as_units = Units(booths.booth_id, booths.name, booths.population, empty, empty, areas)
    return flat_polygons(as_units), repairs


def _points(booths: Booths, surveyed: Geometries) -> tuple[Floats, Floats]:
    lon, lat = np.full(len(booths), np.nan), np.full(len(booths), np.nan)
    if booths.geometry is not None:
        is_point = shapely.get_dimensions(booths.geometry) == 0
        xy, nth = shapely.get_coordinates(booths.geometry[is_point], return_index=True)
        # Of several points of one booth the first.
        nth, first = np.unique(nth, return_index=True)
        at = np.flatnonzero(is_point)[nth]
        lon[at], lat[at] = xy[first].T
    is_area = ~shapely.is_missing(surveyed)
    inner = shapely.point_on_surface(surveyed[is_area])
    lon[is_area], lat[is_area] = shapely.get_x(inner), shapely.get_y(inner)
    # No comparison is true for NaN.
    is_on_globe = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    return np.where(is_on_globe, lon, np.nan), np.where(is_on_globe, lat, np.nan)


def _contradictions(
    booths: Booths,
    units: Units,
    shape: Geometries,
    placed: Standing,
    named: Indices,
    lies_in: Indices,
) -> list[Finding]:
    """Return booths that stand elsewhere than they say."""
    found = []
    is_unknown = (named < 0) & (booths.unit_id != "")
    for at in np.flatnonzero(is_unknown):
        message = tr(
            "{unit} isn't among the units; the booth counts where it stands",
            unit=booths.unit_id[at],
        )
        found.append(Finding(int(at) + 1, "unit_unknown", message))
    is_surveyed = placed.is_surveyed
    for at in np.flatnonzero(placed.has_place & (placed.unit == OUTSIDE)):
        lon, lat = f"{placed.lon[at]:.5f}", f"{placed.lat[at]:.5f}"
        message = (
            tr(
                "the booth stands at {lon}, {lat}, outside every unit; it keeps its surveyed area "
                "and counts in none. Correct its place, or name its unit",
                lon=lon,
                lat=lat,
            )
            if is_surveyed[at]
            else tr(
                "the booth stands at {lon}, {lat}, outside every unit; it has no area. Correct its "
                "place, or name its unit",
                lon=lon,
                lat=lat,
            )
        )
        found.append(Finding(int(at) + 1, "booth_outside", message, shape=_wkt(placed, int(at))))
    # On a border, or on ground of two units, the unit named is as right as the other.
    own = np.full(len(booths), None, dtype=object)
    own[named >= 0] = shape[named[named >= 0]]
    is_apart = placed.has_place & ~shapely.is_missing(own)
    is_apart[is_apart] = ~shapely.intersects_xy(
        own[is_apart], placed.lon[is_apart], placed.lat[is_apart]
    )
    for at in np.flatnonzero(is_apart):
        if lies_in[at] == OUTSIDE:
            message = tr(
                "the booth names {named} but stands outside every unit; it counts in {named}. "
                "Correct its place or its unit",
                named=label(units, int(named[at])),
            )
        else:
            message = tr(
                "the booth names {named} but stands in {other}; it counts in {named}. Correct its "
                "place or its unit",
                named=label(units, int(named[at])),
                other=label(units, int(lies_in[at])),
            )
        shape_wkt = _wkt(placed, int(at))
        found.append(Finding(int(at) + 1, "booth_unit_contradicted", message, shape=shape_wkt))
    return found


def _doubts(units: Units, shape: Geometries, placed: Standing, named: Indices) -> list[Finding]:
    """Return booths without place, and those on ground of several units that name none."""
    found = []
    has_placed = placed.units_with_place(len(units))
    for at in np.flatnonzero(~placed.has_place):
        unit = int(placed.unit[at])
        if unit == OUTSIDE:
            message = tr(
                "the booth has no place on the globe and names no unit; it has no area. Give its "
                "coordinates"
            )
        elif has_placed[unit]:
            message = tr(
                "the booth has no place on the globe, so it has no area of its own in {unit}. "
                "Give its coordinates",
                unit=label(units, unit),
            )
        else:
            message = tr(
                "no booth of {unit} has a place on the globe, so the whole unit stands for this "
                "one. Give its coordinates",
                unit=label(units, unit),
            )
        found.append(Finding(int(at) + 1, "booth_without_place", message))
    asked = np.flatnonzero(placed.has_place & (named < 0) & (placed.unit != OUTSIDE))
    points = shapely.points(placed.lon[asked], placed.lat[asked])
    nth, holder = shapely.STRtree(shape).query(points, predicate="within")
    for i in np.flatnonzero(np.bincount(nth, minlength=len(asked)) > 1):
        one = int(asked[i])
        others = [label(units, int(u)) for u in holder[nth == i] if u != placed.unit[one]]
        message = tr(
            "the booth stands on ground of several units ({others} too); it counts in {unit}, the "
            "first by code. Name its unit, or mend the borders",
            others=", ".join(sorted(others)),
            unit=label(units, int(placed.unit[one])),
        )
        found.append(Finding(one + 1, "booth_in_two_units", message, shape=_wkt(placed, one)))
    return found


def _wkt(placed: Standing, at: int) -> str:
    return f"POINT ({placed.lon[at]:.7f} {placed.lat[at]:.7f})"
