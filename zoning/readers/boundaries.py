"""Units on their way into the database: in WGS84, with the report of their quality."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning.model import WGS84, Finding, Level, RowAccount, Units
from zoning.places.drawn import outlines
from zoning.places.quality import inspect_units
from zoning.places.slivers import Codeless
from zoning.readers.mapping import Mapping
from zoning.readers.units import UnitFile, read_unit_file


def read_boundaries(
    path: Path,
    mapping: Mapping,
    level: str = Level.WARD,
    crs: str = "",
    known_parents: frozenset[str] = frozenset(),
) -> tuple[Units, RowAccount]:
    """Return the units of a file in WGS84 and its account with the report of their quality.

    It takes and refuses what `read_units` takes and refuses, and looks at the units as
    neighbours too, which costs seconds for a state.

    Parameters
    ----------
    path : Path
        Vector file, GeoParquet, or CSV / XLSX / Parquet without geometry.
    mapping : Mapping
        Names where they aren't ours.
    level : str
        Level of units that don't say theirs.
    crs : str
        System that overrides what the file says.
    known_parents : frozenset of str
        Codes of units of upper levels that are known already; they are parents too.

    Raises
    ------
    InputError, CrsError
        As `read_units`.
    """
    file = read_unit_file(path, mapping, level, crs)
    units = file.units
    if units.geometry is not None:
        geometry = crs_guard.to_wgs84(units.geometry, units.crs)
        units = replace(units, geometry=geometry, crs=WGS84)
    codeless = Codeless.of(file.every, file.every_rows, file.every.unit_id == "")
    found = (
        *_with_places(file),
        *inspect_units(units, file.rows, known_parents, codeless),
    )
    ordered = tuple(sorted(found, key=lambda finding: finding.row))
    return units, replace(file.account, findings=ordered)


def _with_places(file: UnitFile) -> tuple[Finding, ...]:
    """Return what the reader found, with the shapes of refused rows: no other map shows them."""
    geometry = file.every.geometry
    findings = file.account.findings
    if geometry is None:
        return findings
    drawn = dict(zip(file.every_rows.tolist(), geometry, strict=True))
    rows = sorted({f.row for f in findings if f.rejects and not f.shape and drawn.get(f.row)})
    shapes = np.array([None, *(drawn[row] for row in rows)], dtype=object)[1:]
    if not rows or shapely.is_empty(shapes).all():
        return findings
    places = dict(zip(rows, outlines(crs_guard.to_wgs84(shapes, file.every.crs)), strict=True))
    return tuple(
        finding if finding.shape else replace(finding, shape=places.get(finding.row, ""))
        for finding in findings
    )
