"""Booth files: polling stations as points or areas, or a list of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning.i18n.catalogue import tr
from zoning.model import Booths, Geometries, RowAccount, Texts
from zoning.readers import columns
from zoning.readers.fields import Part, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.placed import placed_shapes, with_repaired
from zoning.readers.vector import open_shapes

COLUMNS = (
    "booth_id",
    "constituency",
    "part_number",
    "unit_id",
    "name",
    "population",
    "lon",
    "lat",
)
PARTS = ("constituency", "part_number")


def read_booths(path: Path, mapping: Mapping, crs: str = "") -> tuple[Booths, RowAccount]:
    """Return the booths of a file and the account of its rows.

    A booth is named by `booth_id`, or by Assembly constituency and part number.

    Raises
    ------
    InputError
        If the file can't be read or has no `booth_id`.
    CrsError
        If its numbers contradict its coordinate system.
    """
    opened = open_shapes(path, mapping, "booths")
    found = resolve(path, opened.table.column_names, COLUMNS, mapping)
    told = {**found, **mapping.constants}
    if not set(PARTS) <= told.keys():
        need(path, opened.table.column_names, told, "booth_id", kind="booths")
    part = Part(opened.sheet, found, mapping)
    constituency, part_number = (_texts(part, name) for name in PARTS)
    booth_id = _named(_texts(part, "booth_id"), constituency, part_number)
    part.note(
        booth_id == "",
        "booth_missing",
        lambda _: tr("booth_id is empty; name the booth, or its constituency and part number"),
    )
    used = crs or opened.crs
    geometry = placed_shapes(path, part, opened, used, takes_points=True)
    if geometry is not None and not shapely.is_missing(geometry).all():
        geometry = crs_guard.to_wgs84(geometry, used)
    elif {"lon", "lat"} <= found.keys():
        geometry = _points(part)
    if geometry is not None:
        part.note(
            (shapely.is_missing(geometry) | shapely.is_empty(geometry)) & ~part.rejected,
            "coordinates_missing",
            lambda _: tr("the booth has no place; it is listed and not drawn"),
            rejects=False,
        )
    unit_id, name = _texts(part, "unit_id"), _texts(part, "name")
    population = np.full(len(part), np.nan)
    people = part.column("population")
    if people is not None:
        population = columns.floats(people)[0]
    _note_repeats(part, booth_id, (unit_id, name, population.astype(str)), geometry)
    keep = ~part.rejected
    booths = Booths(
        booth_id=booth_id[keep],
        unit_id=unit_id[keep],
        name=name[keep],
        population=population[keep],
        geometry=None if geometry is None else geometry[keep],
        constituency=constituency[keep] if "constituency" in told else None,
        part_number=part_number[keep] if "part_number" in told else None,
    )
    return booths, with_repaired(part.account(), part.row[keep])


def _note_repeats(
    part: Part, booth_id: Texts, told: tuple[Any, ...], geometry: Geometries | None
) -> None:
    """Reject rows of a booth that stands in an earlier row; the same row again loses nothing."""
    _, first, nth = np.unique(booth_id.astype(str), return_index=True, return_inverse=True)
    earlier = first[nth]
    repeated = (earlier != np.arange(len(part))) & (booth_id != "") & ~part.rejected
    is_same = repeated.copy()
    for texts in told:
        is_same &= texts == texts[earlier]
    if geometry is not None:
        outline = shapely.to_wkb(geometry)
        is_same &= outline == outline[earlier]
    part.note(
        is_same,
        "row_identical",
        lambda i: tr("the same row again for booth {booth}; it counts once", booth=booth_id[i]),
    )
    part.note(
        repeated & ~is_same,
        "booth_repeated",
        lambda i: tr("booth_id {booth} stands in an earlier row too", booth=booth_id[i]),
    )


def _named(booth_id: Texts, constituency: Texts, part_number: Texts) -> Texts:
    """Return the key of each booth: its own, else constituency and part number."""
    by_parts = np.array(
        [f"{a}/{b}" if a and b else "" for a, b in zip(constituency, part_number, strict=True)],
        dtype=object,
    )
    return np.where(booth_id == "", by_parts, booth_id).astype(object)


def _texts(part: Part, name: str) -> Texts:
    coded = part.coded(name)
    return np.full(len(part), "", dtype=object) if coded is None else columns.spread(coded)


def _points(part: Part) -> Geometries:
    lon, lat = (
        columns.floats(column)[0]
        for column in (part.column("lon"), part.column("lat"))
        if column is not None
    )
    geometry = np.full(len(part), None, dtype=object)
    known = ~(np.isnan(lon) | np.isnan(lat) | ((lon == 0) & (lat == 0)))
    geometry[known] = shapely.points(lon[known], lat[known])
    return geometry
