"""Any past day's zones as they were known at any later moment, and what differs between two.

Nothing is stored for this: facts keep when they became known, so the answer is
computed anew and is the same each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Classification, Units
from zoning.rules.rulebook import load_rule
from zoning.store.engine import Store
from zoning.store.imports import ImportRecord, list_imports
from zoning.workflow.judging import judge
from zoning.workflow.places import judged_units, units_in_force


@dataclass(frozen=True)
class KnownZones:
    """What a rule says of a day, from what was known at a moment.

    Attributes
    ----------
    known_at : datetime
        The moment.
    units : Units
        The units judged, n.
    result : Classification
        What the rule says of them.
    """

    known_at: datetime
    units: Units
    result: Classification


@dataclass(frozen=True)
class Difference:
    """What two moments say differently of one day.

    Attributes
    ----------
    earlier, later : KnownZones
        What was known at each.
    arrived, undone : tuple of ImportRecord
        Imports that became known, or were taken back, between them.
    changed : tuple of str
        Units of which any figure or the zone differs.
    """

    earlier: KnownZones
    later: KnownZones
    arrived: tuple[ImportRecord, ...]
    undone: tuple[ImportRecord, ...]
    changed: tuple[str, ...]


def zones_known(store: Store, rule_id: str, on: date | None, known_at: datetime) -> KnownZones:
    """Return what a rule says of a day, from what was known at a moment.

    Raises
    ------
    InputError
        If no boundaries were known then.
    """
    with store.reading() as session:
        return zones_known_in(session, rule_id, on, known_at)


def difference(
    store: Store, rule_id: str, on: date, earlier_at: datetime, later_at: datetime
) -> Difference:
    """Return what became different about a day between two moments, and by which imports.

    Raises
    ------
    InputError
        If no boundaries were known at one of them, or they are in the wrong order.
    """
    if earlier_at > later_at:
        raise InputError(tr("The first moment lies after the second; exchange them."))
    with store.reading() as session:
        earlier = zones_known_in(session, rule_id, on, earlier_at)
        later = zones_known_in(session, rule_id, on, later_at)
        records = list_imports(session)
    return Difference(
        earlier,
        later,
        arrived=tuple(r for r in records if earlier_at < r.imported_at <= later_at),
        undone=tuple(
            r for r in records if r.undone_at is not None and earlier_at < r.undone_at <= later_at
        ),
        changed=changed_units(earlier.result, later.result),
    )


def zones_known_in(
    session: Session, rule_id: str, on: date | None, known_at: datetime
) -> KnownZones:
    """Return what a rule says of a day, from what was known at a moment, in an open transaction.

    Raises
    ------
    InputError
        If no boundaries were known then.
    """
    present = units_in_force(session, known_at)
    if present is None:
        raise InputError(
            tr("No boundaries were known then: run “zoning import boundaries FILE” first.")
        )
    result = judge(session, present[1], load_rule(rule_id), on, known_at)
    return KnownZones(known_at, judged_units(present[1]), result)


def changed_units(earlier: Classification, later: Classification) -> tuple[str, ...]:
    """Return the units of which any figure or the zone differs, in the order of their codes."""
    before, after = _figures(earlier), _figures(later)
    units = sorted(before.keys() | after.keys())
    return tuple(unit for unit in units if before.get(unit) != after.get(unit))


def _figures(result: Classification) -> dict[str, tuple[Any, ...]]:
    """Return all that is said of each unit, in a form that can be compared."""
    columns = [result.zone, result.zone_worst, result.confirmed_total, result.active, result.surge]
    for parameter in result.parameters.values():
        # Not known equals not known, which NaN doesn't.
        value = np.where(np.isnan(parameter.value), -1.0, parameter.value)
        columns += [value, parameter.class_]
    return {
        str(unit): tuple(cells)
        for unit, *cells in zip(result.unit_id, *(c.tolist() for c in columns), strict=True)
    }
