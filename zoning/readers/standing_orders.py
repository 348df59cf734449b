"""Orders already in force, as a department brings them: lists of booths or units, or polygons.

Every row is taken, rejected with a reason, or listed as unlocated. Text that can't be
tied to a place is never guessed.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Geometries, RowAccount, StandingOrders, Texts
from zoning.places.order_places import OrderPlaces
from zoning.readers.fields import Part, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.order_entries import OrderEntries, read_entries
from zoning.readers.order_repeats import settle_orders
from zoning.readers.order_terms import OrderTerms, read_terms, texts_of
from zoning.readers.placed import placed_shapes, with_repaired
from zoning.readers.shape_file import ShapeFile
from zoning.readers.vector import open_shapes

COLUMNS = (
    "number",
    "booth_id",
    "constituency",
    "part_number",
    "unit_id",
    "unit_name",
    "category",
    "zone",
    "effective_on",
    "review_on",
    "expires_on",
    "zone_name",
    "act",
    "reason",
    "signatory",
    "remark",
)
# One of them, or a polygon, says where an order lies.
PLACES = ("booth_id", "part_number", "unit_id", "unit_name")
REMARKS = ("zone_name", "act", "reason", "signatory", "remark")


def read_standing_orders(
    path: Path, mapping: Mapping, places: OrderPlaces, at: datetime, crs: str = ""
) -> tuple[StandingOrders, RowAccount]:
    """Return the orders of a file, one entry a place, and the account of its rows.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet, or any vector file whose polygons are the places.
    mapping : Mapping
        Names and forms where they aren't ours.
    places : OrderPlaces
        Booths and units that can be named, with the decisions on their names.
    at : datetime
        The present; an order that isn't in force yet, or no more, is taken and told.
    crs : str
        System that overrides what the file says.

    Raises
    ------
    InputError
        If the file can't be read, or tells no number, no day of effect, or no place.
    CrsError
        If its numbers contradict its coordinate system.
    """
    opened = open_shapes(path, mapping, "orders", COLUMNS)
    names = opened.table.column_names
    found = resolve(path, names, COLUMNS, mapping)
    told = {**found, **mapping.constants}
    need(path, names, told, "number", "effective_on", kind="orders")
    if opened.geometry is None and not set(PLACES) & told.keys():
        raise InputError(
            tr(
                "{file} tells no place of its orders: it has no polygons, and none of {columns}; "
                "its columns are {names}. Name one in a mapping file: [orders.columns] "
                'booth_id = "...".',
                file=path,
                columns=", ".join(PLACES),
                names=", ".join(names),
            )
        )
    part = Part(opened.sheet, found, mapping)
    terms = read_terms(part, at)
    geometry = _polygons(path, part, opened, crs or opened.crs)
    entries = read_entries(part, places, geometry)
    settle_orders(part, terms, entries, _content(part, geometry))
    orders = _table(part, terms, entries.take(~part.rejected[entries.of]), geometry)
    return orders, with_repaired(part.account(), np.unique(orders.row))


def _polygons(path: Path, part: Part, opened: ShapeFile, crs: str) -> Geometries | None:
    geometry = placed_shapes(path, part, opened, crs)
    if geometry is None or shapely.is_missing(geometry).all():
        return None
    geometry = crs_guard.to_wgs84(geometry, crs)
    geometry = geometry.copy()
    geometry[shapely.is_empty(geometry)] = None
    return geometry


def _content(part: Part, geometry: Geometries | None) -> list[Texts]:
    """Return every column of the rows as texts, their shapes too."""
    content = [texts_of(part, name) for name in COLUMNS]
    if geometry is not None:
        content.append(np.asarray(shapely.to_wkb(geometry), dtype=object))
    return content


def _table(
    part: Part, terms: OrderTerms, entries: OrderEntries, geometry: Geometries | None
) -> StandingOrders:
    of = entries.of
    return StandingOrders(
        row=part.row[of],
        number=terms.number[of],
        booth_id=entries.booth_id,
        unit_id=entries.unit_id,
        is_partly=entries.is_partly,
        place=entries.place,
        category=terms.category[of],
        zone=terms.zone[of],
        effective_at=terms.effective_at[of],
        review_on=terms.review_on[of],
        expires_on=terms.expires_on[of],
        geometry=None if geometry is None else geometry[of],
        **{name: texts_of(part, name)[of] for name in REMARKS},
    )
