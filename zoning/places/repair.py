"""Polygons that break the rules of geometry: repaired, saying what changed, or refused.

A faulty outline can be read in two ways: by its rings (inside the outer and
outside the inner ones) or by its lines (what an odd number of them encloses).
Where both give nearly the same area the reading by rings is taken; where they
don't, nobody can tell what was meant and the shape is refused. How near is
near lies in `quality.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.errors import GEOSException

from zoning import crs as crs_guard
from zoning.i18n import forms
from zoning.i18n.catalogue import marked, tr, tr_n
from zoning.model import Bools, Finding, Floats, Geometries, Ints, Texts
from zoning.places.cuts import load_cuts

# GEOS's names of what is wrong, in our words.
FAULTS: dict[str, str] = {
    "Self-intersection": marked("its outline crosses itself"),
    "Ring Self-intersection": marked("its outline touches itself"),
    "Hole lies outside shell": marked("a hole lies outside its outline"),
    "Holes are nested": marked("a hole lies inside another hole"),
    "Interior is disconnected": marked("a hole cuts it apart"),
    "Nested shells": marked("one of its parts lies inside another"),
    "Duplicate Rings": marked("a ring is drawn twice"),
    "Too few points in geometry component": marked("a ring has too few different points"),
}
OTHER_FAULT = marked("its outline is faulty")


@dataclass(frozen=True)
class _Faulty:
    """Invalid polygons with both readings; areas in m2."""

    by_ring: Geometries
    area_drawn_m2: Floats
    by_ring_m2: Floats
    by_line_m2: Floats
    fault: list[str]
    at: Geometries


def repair_areas(
    geometry: Geometries, rows: Ints, crs: str
) -> tuple[Geometries, tuple[Finding, ...]]:
    """Return valid polygons, and what was changed or refused.

    Parameters
    ----------
    geometry : Geometries
        Polygons and multipolygons in `crs`, shape (n,); None where a row has none.
    rows : Ints
        Their rows in the file, shape (n,).
    crs : str
        System of the coordinates.

    Returns
    -------
    tuple of Geometries and tuple of Finding
        None where a shape is refused; one finding for each invalid shape: `geometry_repaired`,
        or `geometry_refused` or `coordinates_not_finite`, which reject. Each carries the place
        of the fault.

    References
    ----------
    OGC 06-103r4, Simple feature access, 6.1.11: rules of a valid polygon. M. Davis, GEOS
    `MakeValid` and `GeometryFixer`: the two readings.
    """
    invalid = np.flatnonzero(~(shapely.is_valid(geometry) | shapely.is_missing(geometry)))
    if not len(invalid):
        return geometry, ()
    geometry = geometry.copy()
    finite = _is_finite(geometry[invalid])
    found = [
        Finding(
            int(rows[i]),
            "coordinates_not_finite",
            tr("a coordinate of its outline is no finite number; correct it, or remove the row"),
            rejects=True,
        )
        for i in invalid[~finite]
    ]
    geometry[invalid[~finite]] = None
    faulty = invalid[finite]
    if len(faulty):
        both = _read_both_ways(geometry[faulty], crs)
        refused = _is_refused(both)
        geometry[faulty] = both.by_ring
        geometry[faulty[refused]] = None
        found += [
            _finding(both, nth, int(rows[i]), is_refused=bool(refused[nth]))
            for nth, i in enumerate(faulty)
        ]
    return geometry, tuple(found)


def _is_finite(geometry: Geometries) -> Bools:
    xy, owner = shapely.get_coordinates(geometry, return_index=True)
    finite = np.ones(len(geometry), dtype=bool)
    finite[owner[~np.isfinite(xy).all(axis=1)]] = False
    return finite


def _read_both_ways(geometry: Geometries, crs: str) -> _Faulty:
    by_ring, by_line = geometry.copy(), geometry.copy()
    for i, shape in enumerate(geometry):
        try:
            by_ring[i] = shapely.make_valid(shape, method="structure", keep_collapsed=False)
            by_line[i] = shapely.make_valid(shape)
        except GEOSException:
            by_ring[i], by_line[i] = shapely.Polygon(), shapely.Polygon()
    drawn = crs_guard.to_wgs84(geometry, crs)
    metric = crs_guard.local_equal_area(drawn)

    def area_m2(shapes: Geometries) -> Floats:
        flat: Floats = shapely.area(crs_guard.to_metric(crs_guard.to_wgs84(shapes, crs), metric))
        return np.abs(flat)

    fault, at = _faults(geometry)
    return _Faulty(
        by_ring,
        area_m2(geometry),
        area_m2(by_ring),
        area_m2(by_line),
        fault,
        crs_guard.to_wgs84(at, crs),
    )


def _faults(geometry: Geometries) -> tuple[list[str], Geometries]:
    """Return what is wrong with each, in words, and where."""
    reasons: Texts = shapely.is_valid_reason(geometry)
    words, points = [], []
    for reason in reasons:
        name, _, place = str(reason).partition("[")
        numbers = [float(n) for n in re.findall(r"[-+.\deE]+", place)]
        words.append(tr(FAULTS.get(name.strip(), OTHER_FAULT)))
        points.append(shapely.Point(numbers[:2]) if len(numbers) > 1 else shapely.Point())
    return words, np.array(points, dtype=object)


def _is_refused(both: _Faulty) -> Bools:
    larger = np.maximum(both.by_ring_m2, both.by_line_m2)
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.abs(both.by_ring_m2 - both.by_line_m2) / larger
    # Neither area nor a number of it is refused as well: no comparison is true for NaN.
    return ~(apart <= load_cuts().readings_share) | ~(both.by_ring_m2 > 0)


def _finding(both: _Faulty, nth: int, row: int, *, is_refused: bool) -> Finding:
    at = both.at[nth]
    where = "" if at.is_empty else f"{at.x:.5f}, {at.y:.5f}"
    after, drawn = both.by_ring_m2[nth], both.area_drawn_m2[nth]
    if is_refused and not both.by_line_m2[nth] > 0:
        message = tr(
            "{fault} ({where}) and it encloses no area; draw it again, or remove the row",
            fault=both.fault[nth],
            where=where,
        )
    elif is_refused:
        message = tr(
            "{fault} ({where}); it can be read as {one} or as {other}, so it isn't repaired: "
            "correct it, or remove the row",
            fault=both.fault[nth],
            where=where,
            one=forms.area(after),
            other=forms.area(both.by_line_m2[nth]),
        )
    else:
        n = int(shapely.get_num_geometries(both.by_ring[nth]))
        message = tr_n(
            "{fault} ({where}); repaired: {n} part, its area is {area}, changed by {change}",
            "{fault} ({where}); repaired: {n} parts, its area is {area}, changed by {change}",
            n,
            fault=both.fault[nth],
            where=where,
            area=forms.area(after),
            change=forms.area(abs(after - drawn)),
        )
    return Finding(
        row,
        "geometry_refused" if is_refused else "geometry_repaired",
        message,
        rejects=is_refused,
        shape="" if at.is_empty else shapely.to_wkt(at, rounding_precision=7),
    )
