"""Where rows of a file say they are: by their shapes, a point, a unit, a booth or a zone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import shapely
from sqlalchemy.orm import Session

from zoning import crs as crs_guard
from zoning.errors import SeemanaError
from zoning.model import WGS84, Geometries, Ints, Texts, Units
from zoning.readers import columns
from zoning.readers.fields import Part, form_of, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.order_terms import texts_of
from zoning.readers.preview import COLUMNS
from zoning.readers.sheets import FileForm, Sheet
from zoning.readers.tables import column_names, read_sheets
from zoning.workflow.file_rows import HOLDS_SHAPES, open_rows, row_numbers
from zoning.workflow.finding_ground import ground_of, place_columns
from zoning.workflow.ground import GroundShelf
from zoning.workflow.places import units_in_force

UNIT_COLUMN = {"roster": "area_unit_id"}
"""Our column that names the unit of a row, where it isn't `unit_id`."""
DRAWS_UNITS = ("units", "booths")
"""Sections whose shapes are the map itself; others lie on the units in force."""


@dataclass(frozen=True)
class Places:
    """Where rows of a file say they are: a shape, or None."""

    row: Ints
    shape: Geometries

    def of(self, row: int) -> shapely.Geometry | None:
        """Return the shape of a row."""
        at = int(np.searchsorted(self.row, row))
        return self.shape[at] if at < len(self.row) and self.row[at] == row else None


@dataclass(frozen=True)
class _Finder:
    """Columns of a file that say where its rows are, and what reads them."""

    names: list[str]
    shapes_of: Callable[[Sheet], Geometries]


@dataclass(frozen=True)
class Asked:
    """A file and how it was read.

    Attributes
    ----------
    file : Path
        The file.
    mapping : Mapping
        Names and forms.
    section : str
        Section of a mapping file that speaks of this kind of file.
    crs : str
        System that overrides the file's; empty for the file's own.
    """

    file: Path
    mapping: Mapping
    section: str
    crs: str = ""


def places_of_rows(
    session: Session, asked: Asked, wanted: Ints, at: datetime, grounds: GroundShelf
) -> tuple[Geometries | None, Places | None]:
    """Return outlines for orientation in WGS84, and where the rows asked for are.

    Parameters
    ----------
    session : Session
        For the units and booths in force.
    asked : Asked
        The file.
    wanted : Ints
        Data rows.
    at : datetime
        The present.
    grounds : GroundShelf
        Where grounds are kept.
    """
    found = units_in_force(session, at)
    units = None if found is None else found[1]
    in_force = None if units is None else units.geometry
    try:
        if asked.section not in HOLDS_SHAPES:
            finder = _finder(
                session, asked, units, column_names(asked.file, _form(asked)), at, grounds
            )
            return in_force, _of_table(asked, finder, wanted)
        opened = open_rows(asked.file, asked.mapping, asked.section)
        row = row_numbers(opened.sheet)
        shapes = np.full(len(row), None, dtype=object)
        if opened.geometry is not None:
            degrees = crs_guard.to_wgs84(opened.geometry, asked.crs or opened.crs or WGS84)
            shapes = np.array([*map(drawable, degrees), None], dtype=object)[:-1]
        is_map = (shapely.get_type_id(shapes) >= shapely.GeometryType.POLYGON).any()
        if asked.section in DRAWS_UNITS and is_map:
            return shapes, Places(row, shapes)
        untold = np.flatnonzero(np.isin(row, wanted) & shapely.is_missing(shapes))
        if len(untold):
            finder = _finder(session, asked, units, opened.table.column_names, at, grounds)
            shapes[untold] = finder.shapes_of(_taken(opened.sheet, untold))
        return in_force, Places(row, shapes)
    except SeemanaError:
        # What is wrong with the file is among its findings; then they have no place.
        return in_force, None


def drawable(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    """Return a shape unless nothing of it lies on the globe."""
    if shape is None or shapely.is_empty(shape):
        return None
    west, south, east, north = shapely.bounds(shape)
    is_on_globe = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return shape if is_on_globe else None


def _form(asked: Asked) -> FileForm:
    return form_of(asked.mapping, COLUMNS[asked.section])


def _taken(sheet: Sheet, at: Ints) -> Sheet:
    return Sheet(1, sheet.table.take(at), (), row_numbers(sheet)[at])


def _of_table(asked: Asked, finder: _Finder, wanted: Ints) -> Places | None:
    if not finder.names:
        return None
    rows: list[Ints] = []
    shapes: list[Geometries] = []
    for sheet in read_sheets(asked.file, finder.names, _form(asked)):
        at = np.flatnonzero(np.isin(row_numbers(sheet), wanted))
        if len(at):
            part = _taken(sheet, at)
            rows.append(row_numbers(part))
            shapes.append(finder.shapes_of(part))
    return Places(np.concatenate(rows), np.concatenate(shapes)) if rows else None


def _finder(
    session: Session,
    asked: Asked,
    units: Units | None,
    names: list[str],
    at: datetime,
    grounds: GroundShelf,
) -> _Finder:
    """Return what finds rows by the columns that their kind of file has for places."""
    ours = place_columns(asked.section)
    if not ours:
        return _by_unit_or_point(asked, units, names)
    found = resolve(asked.file, names, COLUMNS[asked.section], asked.mapping)
    by_texts = ground_of(session, asked.section, at, grounds)

    def shapes_of(sheet: Sheet) -> Geometries:
        part = Part(sheet, found, asked.mapping)
        return by_texts([texts_of(part, name) for name in ours])

    return _Finder([found[name] for name in ours if name in found], shapes_of)


def _by_unit_or_point(asked: Asked, units: Units | None, names: list[str]) -> _Finder:
    unit_column = UNIT_COLUMN.get(asked.section, "unit_id")
    theirs = {ours: asked.mapping.columns.get(ours, ours) for ours in (unit_column, "lon", "lat")}
    names = [name for name in names if name in theirs.values()]

    def shapes_of(sheet: Sheet) -> Geometries:
        table = sheet.table
        shape = np.full(table.num_rows, None, dtype=object)
        if theirs[unit_column] in names and units is not None and units.geometry is not None:
            texts = columns.spread(columns.texts(table.column(theirs[unit_column])))
            shape = _by_unit(texts, units)
        if {theirs["lon"], theirs["lat"]} <= set(names):
            lon, lat = (columns.floats(table.column(theirs[axis]))[0] for axis in ("lon", "lat"))
            known = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
            known &= (lon != 0) | (lat != 0)
            shape[known] = shapely.points(lon[known], lat[known])
        return shape

    return _Finder(names, shapes_of)


def _by_unit(unit_id: Texts, units: Units) -> Geometries:
    assert units.geometry is not None
    shape = dict(zip(units.unit_id, units.geometry, strict=True))
    return np.array([*(shape.get(unit) for unit in unit_id), None], dtype=object)[:-1]
