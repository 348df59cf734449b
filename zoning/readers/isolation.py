"""Isolation units inside booths: polygons, each with the authority that allows to draw it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning.i18n.catalogue import tr
from zoning.model import Geometries, Ints, IsolationUnits, RowAccount, Texts
from zoning.readers.fields import Part, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.needed_days import needed_days
from zoning.readers.order_terms import texts_of
from zoning.readers.periods import last_days
from zoning.readers.placed import placed_shapes, with_repaired
from zoning.readers.repeats import settle_repeats
from zoning.readers.shape_file import ShapeFile
from zoning.readers.vector import open_shapes

COLUMNS = ("isolation_id", "booth_id", "authority", "from_on", "to_on")


def read_isolation(
    path: Path, mapping: Mapping, crs: str = ""
) -> tuple[IsolationUnits, RowAccount]:
    """Return the isolation units of a file and the account of its rows.

    Parameters
    ----------
    path : Path
        Vector file or GeoParquet with polygons.
    mapping : Mapping
        Names and forms where they aren't ours.
    crs : str
        System that overrides what the file says.

    Raises
    ------
    InputError
        If the file can't be read, or has no `isolation_id`, `authority` or `from_on`.
    CrsError
        If its numbers contradict its coordinate system.
    """
    opened = open_shapes(path, mapping, "isolation", COLUMNS)
    names = opened.table.column_names
    found = resolve(path, names, COLUMNS, mapping)
    told = {**found, **mapping.constants}
    need(path, names, told, "isolation_id", "authority", "from_on", kind="isolation")
    part = Part(opened.sheet, found, mapping)
    isolation_id, booth_id = texts_of(part, "isolation_id"), texts_of(part, "booth_id")
    part.note(
        isolation_id == "",
        "isolation_missing",
        lambda _: tr("isolation_id is empty; give the isolation unit a code"),
    )
    authority = texts_of(part, "authority")
    part.note(
        authority == "",
        "authority_missing",
        lambda _: tr(
            "authority is empty: memo 177-CS cordons the entire unit, the booth, and less than a "
            "booth needs a citation of what allows it; give the order or guideline"
        ),
    )
    from_on = needed_days(part, "from_on", None, "isolation")
    to_on = last_days(part, from_on, _ends_too_early)
    geometry = _areas(path, part, opened, crs or opened.crs)
    keep = settle_repeats(
        part,
        [_number(isolation_id)],
        [
            _number(booth_id),
            _number(authority),
            from_on.astype(np.int64),
            to_on.astype(np.int64),
            _number(np.asarray(shapely.to_wkb(geometry, hex=True), dtype=object)),
        ],
        lambda i: tr("isolation unit {code}", code=isolation_id[i]),
    )
    units = IsolationUnits(
        part.row[keep],
        isolation_id[keep],
        booth_id[keep],
        authority[keep],
        from_on[keep],
        to_on[keep],
        geometry[keep],
    )
    return units, with_repaired(part.account(), units.row)


def _number(texts: Texts) -> Ints:
    return np.unique(texts.astype(str), return_inverse=True)[1].astype(np.int64)


def _ends_too_early(end: np.datetime64, begin: np.datetime64) -> str:
    return tr(
        "the isolation unit ends on {end}, before it begins on {begin}; correct one of them",
        end=end,
        begin=begin,
    )


def _areas(path: Path, part: Part, opened: ShapeFile, crs: str) -> Geometries:
    geometry = placed_shapes(path, part, opened, crs)
    if geometry is None:
        geometry = np.full(len(part), None, dtype=object)
    part.note(
        (shapely.is_missing(geometry) | shapely.is_empty(geometry)) & ~part.rejected,
        "isolation_undrawn",
        lambda _: tr(
            "the isolation unit has no polygon, so the whole booth is contained; draw it, or "
            "remove the row"
        ),
    )
    return crs_guard.to_wgs84(geometry, crs) if crs else geometry
