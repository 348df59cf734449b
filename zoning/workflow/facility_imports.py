"""Take files of facilities into the store."""

from __future__ import annotations

import numpy as np
import shapely

from zoning.model import RowAccount, Units
from zoning.readers.facilities import GLOBE, Box, read_facilities
from zoning.store.engine import Store
from zoning.store.facilities import insert_facilities
from zoning.store.imports import ImportKind
from zoning.workflow.own_facts import own_facilities
from zoning.workflow.places import AREA_MARGIN_DEGREES, units_in_force
from zoning.workflow.taking import ImportOrder, Taking, take


def import_facilities(store: Store, order: ImportOrder) -> RowAccount:
    """Take in hospitals, ambulances and desks."""
    with store.reading() as session:
        present = units_in_force(session, order.at)
    area = _area(present[1]) if present else GLOBE
    taking = Taking(
        ImportKind.FACILITIES,
        lambda mapping: read_facilities(order.file, mapping, order.at, area),
        lambda session, import_id, facilities: insert_facilities(session, import_id, facilities),
        own=own_facilities(order, present[1] if present else None),
    )
    return take(store, order, taking)


def _area(units: Units) -> Box:
    if units.geometry is None:
        return GLOBE
    west, south, east, north = (float(v) for v in shapely.total_bounds(units.geometry))
    if not np.isfinite([west, south, east, north]).all():
        return GLOBE
    margin = AREA_MARGIN_DEGREES
    return west - margin, south - margin, east + margin, north + margin
