"""What was in force at a moment, and what differs between two: places, from, to, by which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.access import Action
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Texts
from zoning.store.engine import Store
from zoning.store.order_booths import CategoriesInForce, categories_in_force
from zoning.store.orders import OrderRecord, ZonesInForce, zones_in_force
from zoning.workflow.actor import Who, require_somewhere


@dataclass(frozen=True, eq=False)
class InForce:
    """What was in force at a moment.

    Attributes
    ----------
    at : datetime
        The moment.
    zones : ZonesInForce
        Of units.
    booths : CategoriesInForce
        Of booths.
    """

    at: datetime
    zones: ZonesInForce
    booths: CategoriesInForce

    @property
    def orders(self) -> dict[str, OrderRecord]:
        """Return the orders behind it, by number."""
        return {**self.zones.orders, **self.booths.orders}


@dataclass(frozen=True, eq=False)
class ChangedPlaces:
    """Places in which something else is in force, sorted by code, shape (m,) each.

    Attributes
    ----------
    code : Texts
        Unit or booth.
    before, after : Texts
        Zone or category; empty for none.
    number_before, number : Texts
        Order that said so before, and that says so after; empty where none does.
    """

    code: Texts
    before: Texts
    after: Texts
    number_before: Texts
    number: Texts

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, eq=False)
class InForceChange:
    """What differs between two moments.

    Attributes
    ----------
    before, after : InForce
        At each.
    units, booths : ChangedPlaces
        Where it differs.
    """

    before: InForce
    after: InForce
    units: ChangedPlaces
    booths: ChangedPlaces


def in_force_at(session: Session, at: datetime) -> InForce:
    """Return what was in force at a moment, in an open transaction."""
    return InForce(at, zones_in_force(session, at), categories_in_force(session, at))


def in_force_change(
    store: Store, before_at: datetime, after_at: datetime, who: Who
) -> InForceChange:
    """Return what differs between two moments.

    Orders are public, so this is of the whole state for whoever may enter.

    Raises
    ------
    InputError
        If the moments are in the wrong order.
    AccessError
        If zones aren't for this person.
    """
    require_somewhere(who, Action.SEE_ZONES)
    if before_at > after_at:
        raise InputError(tr("The first moment lies after the second; exchange them."))
    with store.reading() as session:
        before, after = in_force_at(session, before_at), in_force_at(session, after_at)
    units = changed_places(
        (before.zones.unit_id, before.zones.zone, before.zones.number),
        (after.zones.unit_id, after.zones.zone, after.zones.number),
    )
    one, other = before.booths, after.booths
    booths = changed_places(
        (one.booths.booth_id, one.booths.category, one.number),
        (other.booths.booth_id, other.booths.category, other.number),
    )
    return InForceChange(before, after, units, booths)


def changed_places(
    before: tuple[Texts, Texts, Texts], after: tuple[Texts, Texts, Texts]
) -> ChangedPlaces:
    """Return the places of which another zone or category is in force.

    Parameters
    ----------
    before, after : tuple of Texts
        Codes, each once; what is in force there; number of the order that says so.
    """
    every = np.union1d(before[0].astype(str), after[0].astype(str))
    value, number = _on(every, before)
    value_after, number_after = _on(every, after)
    is_changed = value != value_after
    code: Texts = every[is_changed].astype(object)
    return ChangedPlaces(
        code,
        value[is_changed],
        value_after[is_changed],
        number[is_changed],
        number_after[is_changed],
    )


def _on(every: Texts, side: tuple[Texts, Texts, Texts]) -> tuple[Texts, Texts]:
    """Return value and order of each code, empty where there is none."""
    codes, values, numbers = side
    place = np.searchsorted(every, codes.astype(str))
    value = np.full(len(every), "", dtype=object)
    number = np.full(len(every), "", dtype=object)
    value[place] = [cell or "" for cell in values]
    number[place] = numbers
    return value, number
