"""The zones that a draft would put in force: its run's, and what officers decided otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.model import Texts, Units, Zone
from zoning.places.hierarchy import units_below
from zoning.rules.rulebook import load_rule
from zoning.store.boundaries import read_units
from zoning.store.orders import list_orders, units_of_order, zones_in_force
from zoning.store.results import load_run
from zoning.workflow.draft import Draft
from zoning.workflow.floors import below_floor, floors_at


@dataclass(frozen=True, eq=False)
class DecidedZones:
    """What an order on zones declares, n units.

    Attributes
    ----------
    unit_id, zone : Texts
        Sorted by unit, shape (n,).
    proposed, before : dict of str to str
        What the rule said of each unit, and what is in force when the order takes effect.
    edition : Units
        Units of all levels.
    """

    unit_id: Texts
    zone: Texts
    proposed: dict[str, str]
    before: dict[str, str]
    edition: Units


def decided_zones(session: Session, draft: Draft, effective_at: datetime) -> DecidedZones:
    """Return the zones that a draft would put in force at a moment.

    A unit that the rule leaves unclassified changes nothing in force, so it isn't in the order
    unless an officer decided it; neither is one outside those that the draft is limited to. Where
    an order that is superseded speaks of such a unit, its zone in force is declared again: nothing
    falls out of force unsaid.

    Raises
    ------
    OrderError
        If an override names a unit or zone that there isn't.
    """
    assert draft.run_id is not None
    result = load_run(session, draft.run_id)
    edition = read_units(session, draft.edition_id)
    known = [level.key for level in load_rule(result.rule_id).zones]
    proposed = dict(zip(result.unit_id.tolist(), result.zone.tolist(), strict=True))
    wanted = _wanted(draft, edition, proposed)
    standing = zones_in_force(session, effective_at)
    before = dict(zip(standing.unit_id.tolist(), standing.zone.tolist(), strict=True))
    decided = {u: z for u, z in proposed.items() if u in wanted and z != Zone.UNCLASSIFIED}
    for override in draft.content.overrides:
        if override.area_id not in proposed:
            raise OrderError(
                tr(
                    "The draft decides on {unit}, which its run didn't judge; take it out.",
                    unit=override.area_id,
                )
            )
        if override.decided not in known:
            raise OrderError(
                tr(
                    "{zone} is no zone for {unit}; choose one of {known}.",
                    zone=override.decided or tr("Nothing"),
                    unit=override.area_id,
                    known=", ".join(known),
                )
            )
        decided[override.area_id] = override.decided
    for unit in _falling_out(session, draft, before):
        decided.setdefault(unit, before[unit])
    units = sorted(decided)
    return DecidedZones(
        np.array(units, dtype=object),
        np.array([decided[unit] for unit in units], dtype=object),
        proposed,
        before,
        edition,
    )


def refused_zones(
    session: Session, draft: Draft, decided: DecidedZones, effective_at: datetime, at: datetime
) -> Iterator[str]:
    """Yield why zones may not be put in force: below a floor, or relaxed too early."""
    zone = dict(zip(decided.unit_id.tolist(), decided.zone.tolist(), strict=True))
    overrides = {override.area_id: override for override in draft.content.overrides}
    floors = floors_at(session, effective_at, at)
    yield from below_floor(floors, decided.edition, zone, overrides, at)


def _wanted(draft: Draft, edition: Units, proposed: dict[str, str]) -> frozenset[str]:
    if not draft.content.area_ids:
        return frozenset(proposed)
    wanted: set[str] = set()
    for code in draft.content.area_ids:
        below = units_below(code, edition)
        if not below & proposed.keys():
            raise OrderError(
                tr(
                    "The draft is limited to {unit}, where its run judged no unit; take it out.",
                    unit=code,
                )
            )
        wanted |= below
    return frozenset(wanted)


def _falling_out(session: Session, draft: Draft, before: dict[str, str]) -> Iterator[str]:
    numbers = set(draft.content.supersedes)
    for record in list_orders(session) if numbers else ():
        if record.order.number in numbers:
            unit_id, _ = units_of_order(session, record.order_id)
            yield from (unit for unit in unit_id.tolist() if unit in before)
