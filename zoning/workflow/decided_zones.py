"""The zones that a draft would put in force: its run's, and what officers decided otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.model import Texts, Units, Zone
from zoning.places.hierarchy import units_below
from zoning.store.orders import list_orders, units_of_order
from zoning.workflow.draft import Draft
from zoning.workflow.floors import below_floor, floors_at
from zoning.workflow.proposed_zones import basis_of_run, unit_changes


@dataclass(frozen=True, eq=False)
class DecidedZones:
    """What an order on zones declares, n units.

    Attributes
    ----------
    unit_id, zone : Texts
        Sorted by unit, shape (n,).
    edition : Units
        Units of all levels.
    """

    unit_id: Texts
    zone: Texts
    edition: Units


def decided_zones(session: Session, draft: Draft, effective_at: datetime) -> DecidedZones:
    """Return the zones that a draft would put in force at a moment.

    They are those of `proposed_zones`: what the run tightens, what it may relax by now, and what is
    in force where neither; and what officers decided otherwise. A unit of which nothing is known
    isn't in the order, for that changes nothing; neither is one outside those that the draft is
    limited to, unless an order that speaks of it is superseded: nothing falls out of force unsaid.

    Raises
    ------
    OrderError
        If an override names a unit or zone that there isn't.
    InputError
        If the run judged other boundaries than those in force.
    """
    assert draft.run_id is not None
    basis = basis_of_run(session, draft.run_id, effective_at)
    found = unit_changes(session, basis, effective_at)
    known = set(found.unit_id.tolist())
    _refuse_overrides(draft, known, [level.key for level in basis.rule.zones])
    zones = found.to_order(draft.content.overrides)
    wanted = _wanted(draft, basis.everything, known)
    wanted |= {override.area_id for override in draft.content.overrides}
    wanted |= set(_falling_out(session, draft))
    decided = {
        unit: zone
        for unit, zone in zip(found.unit_id.tolist(), zones.tolist(), strict=True)
        if unit in wanted and zone != Zone.UNCLASSIFIED
    }
    units = sorted(decided)
    return DecidedZones(
        np.array(units, dtype=object),
        np.array([decided[unit] for unit in units], dtype=object),
        basis.everything,
    )


def refused_zones(
    session: Session, draft: Draft, decided: DecidedZones, effective_at: datetime, at: datetime
) -> Iterator[str]:
    """Yield why zones may not be put in force: milder than a floor, without a concurrence."""
    zone = dict(zip(decided.unit_id.tolist(), decided.zone.tolist(), strict=True))
    overrides = {override.area_id: override for override in draft.content.overrides}
    floors = floors_at(session, effective_at, at)
    yield from below_floor(floors, decided.edition, zone, overrides, at)


def _refuse_overrides(draft: Draft, units: AbstractSet[str], levels: Sequence[str]) -> None:
    for override in draft.content.overrides:
        if override.area_id not in units:
            raise OrderError(
                tr(
                    "The draft decides on {unit}, which its run didn't judge; take it out.",
                    unit=override.area_id,
                )
            )
        if override.decided not in levels:
            raise OrderError(
                tr(
                    "{zone} is no zone for {unit}; choose one of {known}.",
                    zone=override.decided or tr("Nothing"),
                    unit=override.area_id,
                    known=", ".join(levels),
                )
            )


def _wanted(draft: Draft, edition: Units, judged: AbstractSet[str]) -> set[str]:
    if not draft.content.area_ids:
        return set(judged)
    wanted: set[str] = set()
    for code in draft.content.area_ids:
        below = units_below(code, edition)
        if not below & judged:
            raise OrderError(
                tr(
                    "The draft is limited to {unit}, where its run judged no unit; take it out.",
                    unit=code,
                )
            )
        wanted |= below
    return wanted


def _falling_out(session: Session, draft: Draft) -> Iterator[str]:
    numbers = set(draft.content.supersedes)
    for record in list_orders(session) if numbers else ():
        if record.order.number in numbers:
            yield from units_of_order(session, record.order_id)[0].tolist()
