"""Whatever a file holds as shapes, to polygons: what isn't an area is dropped and said."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import GeometryType

from zoning.i18n.catalogue import marked, tr, tr_n
from zoning.model import Finding, Geometries, Ints

KINDS: dict[int, str] = {
    GeometryType.POINT: marked("a point"),
    GeometryType.LINESTRING: marked("a line"),
    GeometryType.LINEARRING: marked("a line"),
    GeometryType.MULTIPOINT: marked("a set of points"),
    GeometryType.MULTILINESTRING: marked("a set of lines"),
}
OTHER_KIND = marked("a collection of points and lines")
AREAS = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)
MISSING = -1


def as_areas(
    geometry: Geometries, rows: Ints, *, takes_points: bool = False
) -> tuple[Geometries, tuple[Finding, ...]]:
    """Return polygons and multipolygons, and what had to be dropped for it.

    Parameters
    ----------
    geometry : Geometries
        Shapes of any kind, shape (n,); None where a row has none.
    rows : Ints
        Their rows in the file, shape (n,).
    takes_points : bool
        Whether a single point is good too, as for a polling station.

    Returns
    -------
    tuple of Geometries and tuple of Finding
        Without heights and empty parts, None where nothing is left; a finding for each row
        changed (`geometry_repaired`) or refused (`geometry_not_area`, which rejects).
    """
    found: list[Finding] = []
    geometry = _without_heights(geometry, found)
    kind = shapely.get_type_id(geometry)
    if takes_points:
        kind = np.where(kind == GeometryType.POINT, GeometryType.POLYGON, kind)
    is_area = np.isin(kind, AREAS)
    if not (is_area | (kind == MISSING)).all():
        geometry = geometry.copy()
        for i in np.flatnonzero(~is_area & (kind != MISSING)):
            geometry[i] = _areas_of(geometry[i], int(rows[i]), found)
    return _without_empty_parts(geometry, rows, found), tuple(found)


def kind_in_words(kind: int) -> str:
    """Return what a shape that is no area is, such as `a point`, by its number in GEOS."""
    return tr(KINDS.get(kind, OTHER_KIND))


def _without_heights(geometry: Geometries, found: list[Finding]) -> Geometries:
    n = int((shapely.has_z(geometry) | shapely.has_m(geometry)).sum())
    if not n:
        return geometry
    found.append(
        Finding(
            0,
            "z_dropped",
            tr_n(
                "{n} shape has heights (Z) or measures (M); they are dropped",
                "{n} shapes have heights (Z) or measures (M); they are dropped",
                n,
            ),
        )
    )
    flat: Geometries = shapely.force_2d(geometry)
    return flat


def _areas_of(shape: shapely.Geometry, row: int, found: list[Finding]) -> shapely.Geometry | None:
    """Return the areas within a shape that is none itself, or None if there are none."""
    if shapely.is_empty(shape):
        return None
    parts = _single_parts(shape)
    is_area = shapely.get_type_id(parts) == GeometryType.POLYGON
    if not is_area.any():
        message = tr(
            "its geometry is {kind}, not an area; draw its polygon, or remove the row",
            kind=kind_in_words(int(shapely.get_type_id(shape))),
        )
        found.append(Finding(row, "geometry_not_area", message, rejects=True))
        return None
    message = tr(
        "its geometry is a collection: its areas are kept ({kept}), its points and lines are "
        "dropped ({dropped})",
        kept=int(is_area.sum()),
        dropped=int((~is_area).sum()),
    )
    found.append(Finding(row, "geometry_repaired", message))
    areas = parts[is_area]
    joint: shapely.Geometry = areas[0] if len(areas) == 1 else shapely.multipolygons(areas)
    return joint


def _single_parts(shape: shapely.Geometry) -> Geometries:
    parts = shapely.get_parts(np.array([shape], dtype=object))
    while np.isin(shapely.get_type_id(parts), [4, 5, 6, 7]).any():
        parts = shapely.get_parts(parts)
    kept: Geometries = parts[~shapely.is_empty(parts)]
    return kept


def _without_empty_parts(geometry: Geometries, rows: Ints, found: list[Finding]) -> Geometries:
    several = np.flatnonzero(shapely.get_type_id(geometry) == GeometryType.MULTIPOLYGON)
    parts, owner = shapely.get_parts(geometry[several], return_index=True)
    empty = shapely.is_empty(parts)
    if not empty.any():
        return geometry
    geometry = geometry.copy()
    for nth in np.unique(owner[empty]):
        left = parts[(owner == nth) & ~empty]
        n = int((empty & (owner == nth)).sum())
        geometry[several[nth]] = shapely.multipolygons(left) if len(left) else None
        if len(left):
            message = tr_n(
                "{n} of its parts is empty and is dropped",
                "{n} of its parts are empty and are dropped",
                n,
            )
            found.append(Finding(int(rows[several[nth]]), "geometry_repaired", message))
    return geometry
