"""Booths of a booth edition: in and out as whole columns."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import shapely
from sqlalchemy.orm import Session

from zoning.model import Booths, Texts
from zoning.store.cells import texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.editions import BOOTH_LEVEL, add_edition, get_edition
from zoning.store.tables import BoothRow


def insert_booths(session: Session, import_id: int, booths: Booths, valid_from: datetime) -> int:
    """Write a new booth edition and return its id; lists change between elections."""
    edition_id = add_edition(session, import_id, (BOOTH_LEVEL,), valid_from)
    geometry = np.full(len(booths), None, dtype=object)
    if booths.geometry is not None:
        geometry = np.asarray(shapely.force_2d(booths.geometry), dtype=object)
    insert_columns(
        session,
        BoothRow,
        {
            "edition_id": edition_id,
            "booth_id": booths.booth_id,
            "unit_id": booths.unit_id,
            "name": booths.name,
            "population": booths.population,
            "constituency": _told(booths.constituency, len(booths)),
            "part_number": _told(booths.part_number, len(booths)),
            "geometry": geometry,
        },
    )
    return edition_id


def read_booths(session: Session, edition_id: int) -> Booths:
    """Read the booths of an edition, in the order of their file.

    Raises
    ------
    StoreError
        If there is no such edition.
    """
    get_edition(session, edition_id)
    names = (
        *("booth_id", "unit_id", "name", "population"),
        *("constituency", "part_number", "geometry"),
    )
    read = read_columns(session, BoothRow, names, BoothRow.edition_id == edition_id, ("id",))
    has_geometry = bool((~shapely.is_missing(read["geometry"])).any())
    return Booths(
        booth_id=read["booth_id"],
        unit_id=texts(read["unit_id"]),
        name=texts(read["name"]),
        population=read["population"],
        geometry=read["geometry"] if has_geometry else None,
        constituency=_if_told(read["constituency"]),
        part_number=_if_told(read["part_number"]),
    )


def _told(cells: Texts | None, n: int) -> Texts:
    return np.full(n, "", dtype=object) if cells is None else cells


def _if_told(cells: Texts) -> Texts | None:
    told = texts(cells)
    return told if (told != "").any() else None
