"""Areas of polling-station booths: surveyed, or derived from their points.

A point is given the ground of its own unit that is nearest to it. Booths at one
point share one area. A unit without booths is one area, noded with those around
it. Nothing here tells how many people live in it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from zoning import crs as crs_guard
from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.model import Bools, Booths, Finding, Floats, Geometries, Indices, Texts, Units
from zoning.places.cells import Seats, divide
from zoning.places.coverage import find_overlaps
from zoning.places.drawn import label, lay_out, outlines
from zoning.places.ground import flat_polygons
from zoning.places.plane import Planes, planes_of
from zoning.places.standing import Standing, stand
from zoning.places.unsurveyed import unsurveyed_findings, unsurveyed_ground


class Provenance(StrEnum):
    """How the area of a booth came to be; `UNIT`: the whole unit stands for its only point."""

    SURVEYED = "surveyed"
    DERIVED = "derived"
    UNIT = "unit"


@dataclass(frozen=True)
class BoothAreas:
    """Areas in the order of the booths.

    Attributes
    ----------
    geometry : Geometries
        WGS84, shape (n,); None for a booth without area. Booths at one point have one and the
        same object.
    unit_index : Indices
        Position of the unit of each booth; -1 for none.
    provenance : Texts
        A `Provenance`; empty where there is no area.
    shares_with : Texts
        Code of the first booth with the same area, for that one too; empty where alone.
    findings : tuple of Finding
        Row = position + 1; 0 for what concerns a unit.
    bare : Indices
        Positions of the units without any booth, ascending, shape (k,).
    bare_geometry : Geometries
        Their ground in WGS84, but for what surveyed booths of others take of it, shape (k,); None
        where none is left.
    """

    geometry: Geometries
    unit_index: Indices
    provenance: Texts
    shares_with: Texts
    findings: tuple[Finding, ...]
    bare: Indices
    bare_geometry: Geometries


@dataclass(frozen=True)
class _Seating:
    """Which seat each booth has, shape (n,), and each unit, shape (n_units,); -1 for none."""

    seats: Seats
    seat: Indices
    seat_of_unit: Indices
    stands_for_unit: Bools


def booth_areas(booths: Booths, units: Units) -> BoothAreas:
    """Return the area of each booth, and what is doubtful about it.

    Parameters
    ----------
    booths : Booths
        Points, polygons or both, in WGS84, n of them.
    units : Units
        Where they are.

    Returns
    -------
    BoothAreas
        Surveyed polygons as they are. The derived ones are a valid coverage across the borders
        of units, and fill what the surveyed ones leave of each unit that has a point or no booth
        at all. Ground of several units belongs to the smallest `unit_id`. Where no booth of a unit
        has a place, they share the unit.
    """
    shape = crs_guard.to_wgs84(flat_polygons(units), units.crs)
    placed = stand(booths, units, shape)
    planes = planes_of(shape)
    n_booths = np.bincount(placed.unit[placed.unit >= 0], minlength=len(units))
    bare = np.flatnonzero(n_booths == 0).astype(np.int32)
    seating = _seat(placed, planes, shape, bare)
    is_surveyed = placed.is_surveyed
    taken = placed.surveyed[is_surveyed]
    drawn = divide(shape, units.unit_id, planes, seating.seats, taken)
    geometry = placed.surveyed.copy()
    is_seated = seating.seat >= 0
    geometry[is_seated] = drawn[seating.seat[is_seated]]
    bare_geometry = np.full(len(bare), None, dtype=object)
    is_drawn = seating.seat_of_unit[bare] >= 0
    bare_geometry[is_drawn] = drawn[seating.seat_of_unit[bare[is_drawn]]]
    has_area = ~shapely.is_missing(geometry)
    provenance = np.full(len(booths), "", dtype=object)
    provenance[is_surveyed] = Provenance.SURVEYED
    provenance[is_seated & has_area] = Provenance.DERIVED
    whole = is_seated & has_area
    whole[is_seated] &= seating.stands_for_unit[seating.seat[is_seated]]
    provenance[whole] = Provenance.UNIT
    shares_with, shared = _shared(booths, placed, seating)
    found = [
        *placed.findings,
        *shared,
        *_overlaps(booths, placed, is_surveyed),
        *_landless(units, placed, shape, has_area),
        *_units_without(units, bare),
        *_unsurveyed(units, placed, shape, geometry),
    ]
    return BoothAreas(
        geometry,
        placed.unit,
        provenance,
        shares_with,
        tuple(found),
        bare,
        bare_geometry,
    )


def _seat(placed: Standing, planes: Planes, shape: Geometries, bare: Indices) -> _Seating:
    """Return the points that draw cells: one for all booths at the same place in one unit."""
    n, n_units = len(placed.unit), len(shape)
    unit, lon, lat = placed.unit, placed.lon.copy(), placed.lat.copy()
    is_drawn = ~np.asarray(shapely.is_missing(shape), dtype=bool)
    in_area = unit >= 0
    in_area[in_area] = is_drawn[unit[in_area]]
    # Booths without place stand for their unit where none has one.
    adrift = in_area & ~placed.has_place
    adrift[adrift] = ~placed.units_with_place(n_units)[unit[adrift]]
    lon[adrift], lat[adrift] = _middle(shape[unit[adrift]])
    chosen = np.flatnonzero(in_area & np.isfinite(lon) & ~placed.is_surveyed)
    # Behind the booths, so that the borders of a unit without any are noded with theirs.
    bare = bare[is_drawn[bare]].astype(np.int32)
    lon, lat = (
        np.append(booths, units)
        for booths, units in zip((lon[chosen], lat[chosen]), _middle(shape[bare]), strict=True)
    )
    holder = np.append(chosen, np.arange(n, n + len(bare)))
    unit = np.append(unit[chosen], bare)
    # So that the order of the booths decides nothing.
    order = np.lexsort((lat, lon, unit))
    holder, unit, lon, lat = holder[order], unit[order], lon[order], lat[order]
    seat_of = np.full(n + len(bare), -1, dtype=np.int32)
    seat_of_unit = np.full(n_units, -1, dtype=np.int32)
    if not len(holder):
        nothing = np.empty(0)
        seats = Seats(np.empty(0, dtype=np.int32), nothing, nothing)
        return _Seating(seats, seat_of, seat_of_unit, np.empty(0, dtype=bool))
    tree = cKDTree(planes.lay_apart(unit, lon, lat))
    one, other = tree.query_pairs(_same_point_m(), output_type="ndarray").T
    size = (len(holder), len(holder))
    _, group = connected_components(coo_array((np.ones(len(one)), (one, other)), size))
    _, first, nth = np.unique(group, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    seat_of[holder] = rank[nth]
    seat_of_unit[bare] = seat_of[n:]
    head = np.sort(first)
    per_unit = np.bincount(unit[head], minlength=n_units)
    has_surveyed = np.zeros(n_units, dtype=bool)
    has_surveyed[placed.unit[placed.is_surveyed & in_area]] = True
    stands_for_unit = (per_unit[unit[head]] == 1) & ~has_surveyed[unit[head]]
    seats = Seats(unit[head], lon[head], lat[head])
    return _Seating(seats, seat_of[:n], seat_of_unit, stands_for_unit)


def _middle(shape: Geometries) -> tuple[Floats, Floats]:
    inner = shapely.point_on_surface(shape)
    return shapely.get_x(inner), shapely.get_y(inner)


@cache
def _same_point_m() -> float:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return float(tomllib.loads(text)["same_point_m"])


def _shared(booths: Booths, placed: Standing, seating: _Seating) -> tuple[Texts, list[Finding]]:
    shares_with = np.full(len(booths), "", dtype=object)
    seated = np.flatnonzero(seating.seat >= 0)
    size = np.bincount(seating.seat[seated], minlength=len(seating.seats))
    first: dict[int, int] = {}
    has_place = placed.has_place
    found = []
    for at in seated[size[seating.seat[seated]] > 1]:
        own = int(seating.seat[at])
        head = first.setdefault(own, int(at))
        shares_with[at] = booths.booth_id[head]
        # Of those without place it is said already that they share their unit.
        if head == at or not has_place[at]:
            continue
        message = tr_n(
            "the booth stands where {booth} does (row {row}): {n} booth has this one area",
            "the booth stands where {booth} does (row {row}): {n} booths share one area",
            int(size[own]),
            booth=booths.booth_id[head],
            row=head + 1,
        )
        found.append(Finding(int(at) + 1, "booth_shared_point", message))
    return shares_with, found


def _overlaps(booths: Booths, placed: Standing, is_surveyed: Bools) -> list[Finding]:
    """Return surveyed areas that overlap, the largest overlap first."""
    empty = np.full(len(booths), "", dtype=object)
    as_units = Units(booths.booth_id, booths.name, booths.population, empty, empty, placed.surveyed)
    ground = lay_out(as_units, np.arange(1, len(booths) + 1))
    if ground is None or not is_surveyed.any():
        return []
    pairs = find_overlaps(ground)
    pairs = pairs.take(np.argsort(-pairs.area_m2, kind="stable").astype(np.int32))
    found = []
    for i, shape in enumerate(outlines(pairs.common)):
        one, other = int(pairs.one[i]), int(pairs.other[i])
        message = tr(
            "the surveyed areas of {one} and {other} overlap by {area}; both are kept as they are",
            one=ground.label(one),
            other=ground.label(other),
            area=forms.area(float(pairs.area_m2[i])),
        )
        found.append(Finding(int(ground.rows[one]), "booth_overlap", message, shape=shape))
    return found


def _landless(units: Units, placed: Standing, shape: Geometries, has_area: Bools) -> list[Finding]:
    """Return booths of a unit that have no area, though they or their unit might give one."""
    is_drawn = ~np.asarray(shapely.is_missing(shape), dtype=bool)
    landless = (placed.unit >= 0) & ~has_area
    landless[landless] &= placed.has_place[landless] | ~is_drawn[placed.unit[landless]]
    found = []
    for at in np.flatnonzero(landless):
        unit = int(placed.unit[at])
        message = (
            tr(
                "{unit} has no polygon, so its booth has no area; import its border",
                unit=label(units, unit),
            )
            if not is_drawn[unit]
            else tr(
                "no ground of {unit} is left that is nearest to the booth, so it has no area; "
                "correct its place or its unit",
                unit=label(units, unit),
            )
        )
        found.append(Finding(int(at) + 1, "booth_without_area", message))
    return found


def _unsurveyed(
    units: Units, placed: Standing, shape: Geometries, geometry: Geometries
) -> list[Finding]:
    """Return units with ground in no booth: what is derived fills its unit, surveys may not."""
    if not placed.is_surveyed.any():
        return []
    return unsurveyed_findings(units, unsurveyed_ground(shape, geometry, placed.unit))


def _units_without(units: Units, bare: Indices) -> list[Finding]:
    return [
        Finding(
            0,
            "unit_without_booths",
            tr(
                "{unit} has no booth; containment there is planned on the whole unit",
                unit=label(units, int(at)),
            ),
        )
        for at in bare
    ]
