"""Facilities: in as whole columns, out as each told last."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.model import Bools, Facilities, Ints, Texts
from zoning.store.cells import texts
from zoning.store.columns import insert_columns, read_columns
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.tables import FacilityRow, ImportRow

_TEXTS = ("facility_id", "name", "kind", "category", "phone", "address", "unit_id")
_AS_THEY_ARE = tuple(
    field.name for field in fields(Facilities) if field.name not in (*_TEXTS, "lon", "lat")
)


def insert_facilities(session: Session, import_id: int, facilities: Facilities) -> None:
    """Write the facilities of an import; `row` is unique in it."""
    has_point = ~(np.isnan(facilities.lon) | np.isnan(facilities.lat))
    geometry = np.full(len(facilities), None, dtype=object)
    geometry[has_point] = shapely.points(facilities.lon[has_point], facilities.lat[has_point])
    insert_columns(
        session,
        FacilityRow,
        {name: getattr(facilities, name) for name in (*_TEXTS, *_AS_THEY_ARE)}
        | {"import_id": import_id, "geometry": geometry},
    )


def read_facilities(session: Session, known_at: datetime) -> Facilities:
    """Read the facilities known at a moment, each as it told last.

    The last is the one with the latest `updated_at`; a row that doesn't tell
    its time counts as of its import, and stays without a time.
    """
    import_ids = visible_imports(session, ImportKind.FACILITIES, known_at)
    names = ("import_id", "geometry", *_TEXTS, *_AS_THEY_ARE)
    read = read_columns(
        session, FacilityRow, names, FacilityRow.import_id.in_(import_ids), ("import_id", "row")
    )
    imported_at = dict(
        session.execute(
            select(ImportRow.id, ImportRow.imported_at).where(ImportRow.id.in_(import_ids))
        ).all()
    )
    told_at = read["updated_at"].copy()
    is_untold = np.isnat(told_at)
    told_at[is_untold] = np.array(
        [imported_at[int(i)].replace(tzinfo=None) for i in read["import_id"][is_untold]],
        dtype="datetime64[s]",
    )
    is_last = _is_last(read["facility_id"], told_at, read["import_id"])
    read = {name: values[is_last] for name, values in read.items()}
    told: dict[str, Any] = {name: read[name] for name in _AS_THEY_ARE}
    told |= {name: texts(read[name]) for name in _TEXTS}
    return Facilities(
        **told, lon=shapely.get_x(read["geometry"]), lat=shapely.get_y(read["geometry"])
    )


def _is_last(
    facility_id: Texts, told_at: np.ndarray[tuple[int], np.dtype[np.datetime64]], import_id: Ints
) -> Bools:
    """Return which row of each facility told last; one without a code is always its own."""
    codes, _ = pd.factorize(facility_id)
    order = np.lexsort((np.arange(len(codes)), import_id, told_at, codes))
    is_last = np.ones(len(codes), dtype=np.bool_)
    followed = codes[order[:-1]] == codes[order[1:]]
    is_last[order[:-1][followed & (codes[order[:-1]] >= 0)]] = False
    return is_last
