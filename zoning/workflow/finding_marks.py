"""Where on the map the findings of a file are: by their own shape, or by what their row says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import shapely

from layers.marks import Mark
from zoning import crs as crs_guard
from zoning.errors import SeemanaError
from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Finding, Geometries, Ints, RowAccount, Texts, Units
from zoning.readers import columns
from zoning.readers.fields import form_of
from zoning.readers.mapping import Mapping
from zoning.readers.preview import COLUMNS
from zoning.readers.tables import column_names, read_sheets
from zoning.readers.vector import open_shapes
from zoning.store.engine import Store
from zoning.workflow.file_rows import HOLDS_SHAPES, row_numbers
from zoning.workflow.places import units_in_force

MAX_MARKS = 5_000


@dataclass(frozen=True)
class MarkedFindings:
    """The findings of a file as marks on the units they belong to.

    Attributes
    ----------
    units : Geometries or None
        Outlines in WGS84: of the file itself where it holds units, else of those in force.
    marks : tuple of Mark
        Their numbers are positions in the account's findings.
    left_out : int
        Findings that have a place and are more than can be looked at one by one.
    """

    units: Geometries | None
    marks: tuple[Mark, ...]
    left_out: int


@dataclass(frozen=True)
class _Places:
    """Where rows of a file say they are: a shape, or None."""

    row: Ints
    shape: Geometries

    def of(self, row: int) -> shapely.Geometry | None:
        at = int(np.searchsorted(self.row, row))
        return self.shape[at] if at < len(self.row) and self.row[at] == row else None


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


def mark_findings(store: Store, asked: Asked, account: RowAccount, at: datetime) -> MarkedFindings:
    """Return the findings of a file that have a place, as many as a map can show.

    Parameters
    ----------
    store : Store
        For the units in force.
    asked : Asked
        The file that was read.
    account : RowAccount
        What was found.
    at : datetime
        The present.
    """
    with store.reading() as session:
        present = units_in_force(session, at)
    units = None if present is None else present[1]
    rows = np.unique([finding.row for finding in account.findings if not finding.shape])
    outlines, places = _places(asked, units, rows)
    marks: list[Mark] = []
    left_out = 0
    for number, finding in enumerate(account.findings):
        shape = _own_shape(finding)
        if shape is None and places is not None:
            shape = places.of(finding.row)
        if shape is None:
            continue
        if len(marks) < MAX_MARKS:
            marks.append(_mark(number, finding, shape))
        else:
            left_out += 1
    return MarkedFindings(outlines, tuple(marks), left_out)


def mark_recorded(store: Store, account: RowAccount, at: datetime) -> MarkedFindings:
    """Return the findings of an import that have a shape of their own; its file is gone.

    Parameters
    ----------
    store : Store
        For the units in force, as outlines.
    account : RowAccount
        What was found.
    at : datetime
        The present.
    """
    shapes = [(number, f, _own_shape(f)) for number, f in enumerate(account.findings)]
    marks = [_mark(number, f, shape) for number, f, shape in shapes if shape is not None]
    if not marks:
        return MarkedFindings(None, (), 0)
    with store.reading() as session:
        present = units_in_force(session, at)
    outlines = None if present is None else present[1].geometry
    return MarkedFindings(outlines, tuple(marks[:MAX_MARKS]), max(len(marks) - MAX_MARKS, 0))


def _mark(number: int, finding: Finding, shape: shapely.Geometry) -> Mark:
    title = tr("Row {row}", row=finding.row) if finding.row else tr("The file as a whole")
    return Mark(number, title, finding.message, finding.rejects, shape)


def _own_shape(finding: Finding) -> shapely.Geometry | None:
    if not finding.shape:
        return None
    return _drawable(shapely.from_wkt(finding.shape, on_invalid="ignore"))


def _drawable(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    """Return a shape unless nothing of it lies on the globe."""
    if shape is None or shapely.is_empty(shape):
        return None
    west, south, east, north = shapely.bounds(shape)
    is_on_globe = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return shape if is_on_globe else None


def _places(
    asked: Asked, units: Units | None, wanted: Ints
) -> tuple[Geometries | None, _Places | None]:
    """Return outlines for orientation, and where the rows asked for are."""
    in_force = None if units is None else units.geometry
    try:
        if asked.section in HOLDS_SHAPES:
            opened = open_shapes(asked.file, asked.mapping, asked.section)
            if opened.geometry is not None:
                degrees = crs_guard.to_wgs84(opened.geometry, asked.crs or opened.crs or WGS84)
                shapes = np.array([_drawable(shape) for shape in degrees], dtype=object)
                areas = shapely.get_type_id(shapes) >= shapely.GeometryType.POLYGON
                places = _Places(row_numbers(opened.sheet), shapes)
                return (shapes if areas.any() else in_force), places
        return in_force, _of_table(asked, units, wanted)
    except SeemanaError:
        # What is wrong with the file is among its findings; then they have no place.
        return in_force, None


def _of_table(asked: Asked, units: Units | None, wanted: Ints) -> _Places | None:
    form = form_of(asked.mapping, COLUMNS[asked.section])
    theirs = {ours: asked.mapping.columns.get(ours, ours) for ours in ("unit_id", "lon", "lat")}
    names = [name for name in column_names(asked.file, form) if name in theirs.values()]
    if not names:
        return None
    rows: list[Ints] = []
    shapes: list[Geometries] = []
    for sheet in read_sheets(asked.file, names, form):
        row = row_numbers(sheet)
        at = np.flatnonzero(np.isin(row, wanted))
        if not len(at):
            continue
        table = sheet.table.take(at)
        shape = np.full(len(at), None, dtype=object)
        if theirs["unit_id"] in names and units is not None and units.geometry is not None:
            shape = _by_unit(columns.spread(columns.texts(table.column(theirs["unit_id"]))), units)
        if {theirs["lon"], theirs["lat"]} <= set(names):
            lon, lat = (columns.floats(table.column(theirs[axis]))[0] for axis in ("lon", "lat"))
            known = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
            known &= (lon != 0) | (lat != 0)
            shape[known] = shapely.points(lon[known], lat[known])
        rows.append(row[at])
        shapes.append(shape)
    return _Places(np.concatenate(rows), np.concatenate(shapes)) if rows else None


def _by_unit(unit_id: Texts, units: Units) -> Geometries:
    assert units.geometry is not None
    shape = dict(zip(units.unit_id, units.geometry, strict=True))
    return np.array([shape.get(unit) for unit in unit_id], dtype=object)
