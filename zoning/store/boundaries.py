"""Units of an edition: in and out as whole columns."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import shapely
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from zoning.errors import CrsError, InputError
from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Geometries, Texts, Units
from zoning.store.cells import texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.editions import add_edition, get_edition
from zoning.store.spatial import holds_point
from zoning.store.tables import UnitRow


def insert_edition(
    session: Session,
    import_id: int,
    units: Units,
    valid_from: datetime,
    *,
    is_held: bool = False,
) -> int:
    """Write a new edition with its units and return its id.

    Parameters
    ----------
    session : Session
        An open transaction.
    import_id : int
        The import that brings it.
    units : Units
        Units in WGS84, their codes unique; polygons, or no geometry at all.
    valid_from : datetime
        Since when these boundaries hold.
    is_held : bool
        Whether the edition waits for a switch; else it is in force from `valid_from`.

    Raises
    ------
    CrsError
        If the geometry isn't in WGS84.
    InputError
        If a unit's geometry is no area.
    """
    levels = tuple(sorted(set(units.level.tolist())))
    edition_id = add_edition(session, import_id, levels, valid_from, is_held=is_held)
    geometry = np.full(len(units), None, dtype=object)
    if units.geometry is not None:
        if units.crs != WGS84:
            raise CrsError(
                tr(
                    "The units are in {crs}, the database keeps {stored}: convert them first.",
                    crs=units.crs,
                    stored=WGS84,
                )
            )
        geometry = _as_multipolygons(units.geometry, units.unit_id)
    insert_columns(
        session,
        UnitRow,
        {
            "edition_id": edition_id,
            "unit_id": units.unit_id,
            "name": units.name,
            "level": units.level,
            "parent_id": units.parent_id,
            "population": units.population,
            "lgd_code": [""] * len(units) if units.lgd_code is None else units.lgd_code,
            "names": _packed_names(units),
            "geometry": geometry,
        },
    )
    return edition_id


def read_units(session: Session, edition_id: int, level: str | None = None) -> Units:
    """Read the units of an edition, in the order of their file.

    Parameters
    ----------
    session : Session
        An open transaction.
    edition_id : int
        The edition; an undone one answers too.
    level : str, optional
        Only units of this level, one of the edition's own.

    Raises
    ------
    StoreError
        If there is no such edition.
    InputError
        If the edition has no unit of the level.
    """
    edition = get_edition(session, edition_id)
    where = UnitRow.edition_id == edition_id
    if level is not None:
        if level not in edition.levels:
            raise InputError(
                tr(
                    "{file} has no units of the level {level}; it has: {levels}.",
                    file=edition.file_name,
                    level=level,
                    levels=", ".join(edition.levels),
                )
            )
        where = and_(where, UnitRow.level == level)
    names = (
        *("unit_id", "name", "population", "level", "parent_id"),
        *("lgd_code", "names", "geometry"),
    )
    read = read_columns(session, UnitRow, names, where, ("id",))
    has_geometry = bool((~shapely.is_missing(read["geometry"])).any())
    lgd_code = texts(read["lgd_code"])
    return Units(
        unit_id=read["unit_id"],
        name=texts(read["name"]),
        population=read["population"],
        level=read["level"],
        parent_id=texts(read["parent_id"]),
        geometry=read["geometry"] if has_geometry else None,
        lgd_code=lgd_code if (lgd_code != "").any() else None,
        names=_unpacked_names(read["names"]),
    )


def unit_at(
    session: Session, edition_id: int, lon: float, lat: float, level: str | None = None
) -> str | None:
    """Return the unit that holds a point; on a border the smallest code, outside None."""
    query = (
        select(UnitRow.unit_id)
        .where(UnitRow.edition_id == edition_id, holds_point(session, UnitRow, lon, lat))
        .order_by(UnitRow.unit_id)
    )
    if level is not None:
        query = query.where(UnitRow.level == level)
    return session.scalars(query.limit(1)).first()


def _packed_names(units: Units) -> list[dict[str, str] | None]:
    """Return the names of each unit by language tag, None where it has only the one."""
    return [
        {tag: str(names[i]) for tag, names in units.names.items() if names[i]} or None
        for i in range(len(units))
    ]


def _unpacked_names(packed: Texts) -> dict[str, Texts]:
    tags = sorted({tag for names in packed if names for tag in names})
    return {
        tag: np.array([(names or {}).get(tag, "") for names in packed], dtype=object)
        for tag in tags
    }


def _as_multipolygons(geometry: Geometries, unit_id: Texts) -> Geometries:
    flat = np.asarray(shapely.force_2d(geometry), dtype=object)
    kind = shapely.get_type_id(flat)
    is_polygon = kind == shapely.GeometryType.POLYGON
    is_wrong = ~(is_polygon | (kind == shapely.GeometryType.MULTIPOLYGON) | (kind == -1))
    if is_wrong.any():
        first = int(np.flatnonzero(is_wrong)[0])
        raise InputError(
            tr(
                "Unit {unit} is no area but a {kind}: a unit needs a polygon.",
                unit=unit_id[first],
                kind=flat[first].geom_type,
            )
        )
    at = np.flatnonzero(is_polygon)
    flat[at] = shapely.multipolygons(flat[at], indices=np.arange(len(at)))
    return flat
