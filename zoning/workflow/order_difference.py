"""What two orders declare differently: zones of units, categories of booths, ground of zones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from zoning.model import Category, Geometries, Texts, Units
from zoning.places.placing import index_of
from zoning.store.boundaries import read_units
from zoning.store.orders import OrderRecord
from zoning.workflow.declared import Declared, declared_by
from zoning.workflow.ground import GroundShelf
from zoning.workflow.order_maps import zones_drawn
from zoning.workflow.places import judged_units


@dataclass(frozen=True, eq=False)
class Changed:
    """What changes, row by row; empty where one of the two says nothing.

    Attributes
    ----------
    code, name, unit_id : Texts
        Unit or booth, its name, the unit it lies in; shape (n,).
    before, after : Texts
        What each order says.
    """

    code: Texts
    name: Texts
    unit_id: Texts
    before: Texts
    after: Texts

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, eq=False)
class DrawnSide:
    """One of the two on a map.

    Attributes
    ----------
    zone : Texts
        Zone of each unit drawn, empty where the order names none; shape (n,).
    areas, buffers : Geometries
        Its containment zones and their buffers, WGS84.
    """

    zone: Texts
    areas: Geometries
    buffers: Geometries


@dataclass(frozen=True, eq=False)
class OrderDifference:
    """Two orders beside each other.

    Attributes
    ----------
    one, other : OrderRecord
        The earlier and the later.
    units, booths : Changed
        What they say differently.
    drawn : Units
        Units that are drawn, of the later order's edition.
    before, after : DrawnSide
        Each of the two upon these.
    has_other_ground : bool
        Whether they were made on different editions of boundaries.
    """

    one: OrderRecord
    other: OrderRecord
    units: Changed
    booths: Changed
    drawn: Units
    before: DrawnSide
    after: DrawnSide
    has_other_ground: bool


def order_difference(
    session: Session, shelf: GroundShelf, one: OrderRecord, other: OrderRecord
) -> OrderDifference:
    """Return what two orders declare differently; the one that takes effect first comes first."""
    pair = sorted((one, other), key=lambda r: (r.order.effective_at, r.order_id))
    told = [declared_by(session, record) for record in pair]
    units = judged_units(read_units(session, pair[1].edition_id))
    sides = [_side(session, shelf, declared, units) for declared in told]
    return OrderDifference(
        pair[0],
        pair[1],
        _units(told[0], told[1], units),
        _booths(told[0], told[1], units),
        units,
        sides[0],
        sides[1],
        pair[0].edition_id != pair[1].edition_id,
    )


def _side(session: Session, shelf: GroundShelf, told: Declared, units: Units) -> DrawnSide:
    own = judged_units(read_units(session, told.edition_id))
    zones = None if own.geometry is None else zones_drawn(session, shelf, told, own)
    nothing = np.empty(0, dtype=object)
    return DrawnSide(
        np.append(told.zone, "")[index_of(units.unit_id, told.unit_id)].astype(object),
        nothing if zones is None else zones.geometry,
        nothing if zones is None else zones.buffer_geometry,
    )


def _units(one: Declared, other: Declared, units: Units) -> Changed:
    code = np.union1d(one.unit_id.astype(str), other.unit_id.astype(str)).astype(object)
    before, after = (np.append(t.zone, "")[index_of(code, t.unit_id)] for t in (one, other))
    # A unit of which the later order doesn't speak keeps what it has: that is no change.
    is_changed = (before != after) & (after != "")
    name = np.append(units.name, "")[index_of(code, units.unit_id)]
    return Changed(
        *(column[is_changed].astype(object) for column in (code, name, code)),
        *(column[is_changed].astype(object) for column in (before, after)),
    )


def _booths(one: Declared, other: Declared, units: Units) -> Changed:
    both = (one.booths, other.booths)
    code = np.union1d(*(b.booth_id.astype(str) for b in both)).astype(object)
    at = [index_of(code, b.booth_id) for b in both]
    before, after = (np.append(b.category, "")[i] for b, i in zip(both, at, strict=True))
    unit = np.where(
        at[1] >= 0,
        np.append(other.booths.unit_id, "")[at[1]],
        np.append(one.booths.unit_id, "")[at[0]],
    )
    # A booth that only now comes into C is one of thousands, and loses nothing by it.
    is_quiet = (at[0] < 0) & np.isin(after.astype(str), ("", Category.CLEAN.value))
    is_changed = (before != after) & (at[1] >= 0) & ~is_quiet
    name = np.append(units.name, "")[index_of(unit, units.unit_id)]
    return Changed(
        *(column[is_changed].astype(object) for column in (code, name, unit, before, after))
    )
