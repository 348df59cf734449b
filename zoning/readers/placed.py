"""Shapes of a file made fit for use: areas or points, on the globe, valid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Geometries, Ints, RowAccount
from zoning.places.areas import as_areas
from zoning.places.repair import repair_areas
from zoning.readers.fields import Part
from zoning.readers.shape_file import ShapeFile

REPAIRED = "geometry_repaired"


def placed_shapes(
    path: Path, part: Part, opened: ShapeFile, crs: str, *, takes_points: bool = False
) -> Geometries | None:
    """Return valid shapes; one that is no area, lies nowhere or can't be repaired rejects its row.

    Parameters
    ----------
    path : Path
        The file, for messages.
    part : Part
        Its rows, which get the findings.
    opened : ShapeFile
        Its shapes.
    crs : str
        System they are in.
    takes_points : bool
        Whether a single point is good too.

    Raises
    ------
    InputError
        If no system is known, or the numbers contradict it.
    """
    if opened.geometry is None:
        return None
    geometry, changed = as_areas(opened.geometry, part.row, takes_points=takes_points)
    part.add(changed)
    is_told = opened.is_crs_told or crs != opened.crs
    is_off = check_crs(path, geometry, crs, is_told=is_told)
    part.note(
        is_off,
        "coordinates_impossible",
        lambda _: tr("its coordinates lie off the globe; correct them, or remove the row"),
    )
    if is_off.any():
        geometry = geometry.copy()
        geometry[is_off] = None
    geometry, changed = repair_areas(geometry, part.row, crs)
    part.add(changed)
    return geometry


def with_repaired(account: RowAccount, taken: Ints) -> RowAccount:
    """Return an account that counts the rows taken after a repair of their shape."""
    repaired = {finding.row for finding in account.findings if finding.code == REPAIRED}
    return replace(account, repaired=len(repaired & set(taken.tolist())))


def check_crs(path: Path, geometry: Geometries, crs: str, *, is_told: bool = True) -> Bools:
    """Refuse shapes without a coordinate system, or whose numbers contradict it.

    Returns
    -------
    Bools
        Shape (n,): single shapes off the globe in a file of degrees; the rest of it is good.

    Raises
    ------
    CrsError
        If the numbers of most shapes contradict the system.
    InputError
        If no system is known.
    """
    box = shapely.bounds(geometry)
    has_place = np.isfinite(box).all(axis=1)
    is_off: Bools = np.zeros(len(geometry), dtype=bool)
    if not has_place.any():
        return is_off
    if not crs:
        raise InputError(
            tr(
                "{file} doesn't say which coordinate system it is in; "
                "export it with its system (a shapefile with its .prj), or say --crs EPSG:n.",
                file=path,
            )
        )
    if crs_guard.is_degrees(crs):
        fits = ((box >= (-180, -90, -180, -90)) & (box <= (180, 90, 180, 90))).all(axis=1)
        off: Bools = np.logical_and(has_place, ~fits)
        if 2 * off.sum() < has_place.sum():
            is_off = off
    west, south = box[has_place & ~is_off, :2].min(axis=0)
    east, north = box[has_place & ~is_off, 2:].max(axis=0)
    if not is_told and not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(
            tr(
                "{file} doesn't say which coordinate system it is in. For GeoJSON that means "
                "degrees, but its coordinates run from {west}, {south} to {east}, {north}: they "
                "look like metres, of EPSG:3857 or a UTM zone perhaps. Say --crs EPSG:n, or export "
                "it again with its system.",
                file=path,
                west=f"{west:.0f}",
                south=f"{south:.0f}",
                east=f"{east:.0f}",
                north=f"{north:.0f}",
            )
        )
    crs_guard.refuse_contradiction(np.array([west, south, east, north]), crs, path)
    return is_off
