"""Divide the zones of a run into affected, buffer and clean, as known at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import numpy as np
import shapely
from sqlalchemy.orm import Session

from zoning import clock
from zoning.judgement.containment import Lineage, contiguous
from zoning.judgement.delineate import ZONES, Delineation, delineate
from zoning.judgement.policy import DEFAULT, Policy, load_policy
from zoning.model import Category, Indices, Ints, Texts, Units, Zone
from zoning.rules.rulebook import Rule
from zoning.store.booths import read_booths
from zoning.store.delineations import (
    BoothCategories,
    NewDelineation,
    ZoneEvents,
    save_delineation,
)
from zoning.store.editions import BOOTH_LEVEL, Edition, edition_in_force
from zoning.store.imports import get_import
from zoning.store.isolation import read_isolation
from zoning.store.order_booths import CategoriesInForce
from zoning.workflow.booth_counts import BoothCounts, booth_cube, read_counts
from zoning.workflow.facts import PlacedCases
from zoning.workflow.ground import Ground, GroundShelf, GroundSource
from zoning.workflow.zone_naming import name_zones


@dataclass(frozen=True, eq=False)
class Delineated:
    """What a policy says of a ground on a day.

    Attributes
    ----------
    ground : Ground
        Booths, n.
    policy : Policy
        The policy applied.
    buffer_m : float
        Width of the buffer in metres.
    on : np.datetime64
        The day.
    result : Delineation
        The categories.
    counts : BoothCounts
        The cases behind them.
    label : Indices
        Number of the group of touching A booths that each lies in, -1 for none, shape (n,).
    """

    ground: Ground
    policy: Policy
    buffer_m: float
    on: np.datetime64
    result: Delineation
    counts: BoothCounts
    label: Indices


def ground_in_force(
    session: Session,
    shelf: GroundShelf,
    edition: Edition,
    units: Units,
    at: datetime,
    policy: Policy,
) -> tuple[Ground, int | None]:
    """Return the ground of an edition with the booths in force, and the edition of these.

    Isolation units divide booths where the policy names an authority that may close less.

    Parameters
    ----------
    session : Session
        An open transaction.
    shelf : GroundShelf
        Where grounds are kept.
    edition : Edition
        Of the units.
    units : Units
        Those judged.
    at : datetime
        The booths in force then.
    policy : Policy
        What governs.
    """
    booths = edition_in_force(session, at, level=BOOTH_LEVEL)
    identities = [_identity(session, e) for e in (edition, booths) if e is not None]
    isolation = None
    if policy.allows_isolation_units:
        told = read_isolation(session, at)
        isolation = told.take(told.in_force(clock.today_ist(at)))
        # By what was drawn: a file brought in again may bear the same codes.
        drawn = shapely.to_wkb(isolation.geometry, hex=True)
        parts = zip(isolation.isolation_id, isolation.booth_id, drawn, strict=True)
        identities += [" ".join(part) for part in parts]

    def read() -> GroundSource:
        listed = None if booths is None else read_booths(session, booths.edition_id)
        return GroundSource(units, listed, isolation)

    ground = shelf.ground("\n".join(identities), read)
    return ground, None if booths is None else booths.edition_id


def divides(rule: Rule) -> bool:
    """Return whether the zones of a rule divide into categories: only the colours do."""
    return {level.key for level in rule.zones} <= {zone.value for zone in ZONES}


def policy_for(policy_id: str, standing: CategoriesInForce) -> Policy:
    """Return the policy asked for; by default the memo's own, or what it names for later.

    Raises
    ------
    RuleError
        If there is no such policy.
    """
    policy = load_policy(policy_id or DEFAULT)
    is_first = bool(policy_id) or not len(standing.affected())
    return policy if is_first else load_policy(policy.once_in_force)


def delineate_on(
    ground: Ground,
    zone: Texts,
    placed: PlacedCases,
    policy: Policy,
    buffer_m: float,
    on: np.datetime64,
    held: Texts,
    *,
    is_trial: bool = False,
) -> Delineated:
    """Return what a policy says of a ground on a day.

    Parameters
    ----------
    ground : Ground
        Booths, n.
    zone : Texts
        Zone of each unit judged, shape (n_units,).
    placed : PlacedCases
        Cases as known.
    policy : Policy
        What makes a booth affected.
    buffer_m : float
        Width of the buffer in metres.
    on : np.datetime64
        The day.
    held : Texts
        Booths that are A by an order in force.
    is_trial : bool
        Whether a width of the buffer is only tried out.
    """
    table, n_units = ground.table, len(zone)
    cube = booth_cube(placed, ground, n_units, on, policy.history_days)
    counts = read_counts(cube, ground, n_units, policy)
    is_ordered = np.isin(table.booth_id.astype(str), held.astype(str))
    zone_of_booth = np.append(zone, Zone.UNCLASSIFIED.value)[table.unit_index]
    on_ground = of_ground(counts.affecting, table.sharing)
    reach = partial(ground.reached_from, reach_m=policy.reach(buffer_m), is_kept=not is_trial)

    result = delineate(
        zone_of_booth, on_ground, table.unit_index, counts.unplaced, reach, is_ordered
    )
    is_a = result.category == Category.AFFECTED.value
    label = contiguous(is_a, ground.within(policy.touching_m), table.sharing)
    return Delineated(ground, policy, buffer_m, on, result, counts, label)


def of_ground(cases: Ints, sharing: Indices) -> Ints:
    """Return the cases on the ground of each booth, those of booths that share it too."""
    on_ground: Ints = np.bincount(sharing, weights=cases)[sharing].astype(np.int64)
    return on_ground


def zones_of(
    session: Session, delineated: Delineated, standing: CategoriesInForce
) -> tuple[Texts, Lineage]:
    """Return the containment zone of each booth, empty for none, and what became of the zones.

    Parameters
    ----------
    session : Session
        An open transaction.
    delineated : Delineated
        The categories.
    standing : CategoriesInForce
        What is in force now.
    """
    booth_id, on = delineated.ground.table.booth_id, as_date(delineated.on)
    return name_zones(session, booth_id, delineated.label, standing, on)


def save(
    session: Session,
    delineated: Delineated,
    run_id: int,
    booth_edition_id: int | None,
    standing: CategoriesInForce,
    *,
    at: datetime,
    who: str,
) -> int:
    """Keep a delineation with its zones, and return its number."""
    table, result = delineated.ground.table, delineated.result
    zone_id, lineage = zones_of(session, delineated, standing)
    booths = BoothCategories(
        booth_id=table.booth_id,
        unit_id=table.unit_id,
        category=result.category,
        provenance=table.provenance,
        zone_id=zone_id,
        is_watched=result.watch,
        needs_survey=result.needs_survey,
        is_held=result.is_held,
        affecting=delineated.counts.affecting,
        last_case_on=delineated.counts.last_case_on,
    )
    new = NewDelineation(
        run_id,
        booth_edition_id,
        delineated.policy.id,
        delineated.buffer_m,
        delineated.ground.key,
        at,
        who,
    )
    return save_delineation(session, new, booths, _events(lineage))


def as_date(day: np.datetime64) -> date:
    """Return a day of an array, which is there, as Python has it."""
    there = day.astype("datetime64[D]").item()
    assert isinstance(there, date)
    return there


def _events(lineage: Lineage) -> ZoneEvents:
    events = lineage.events
    opened = dict(zip(lineage.zone_id, lineage.opened_on, strict=True))
    nat = np.datetime64("NaT", "D")
    return ZoneEvents(
        kind=np.array([e.kind.value for e in events], dtype=object),
        zone_id=np.array([e.zone_id for e in events], dtype=object),
        opened_on=np.array([opened.get(e.zone_id, nat) for e in events], dtype="datetime64[D]"),
        from_ids=tuple(e.from_ids for e in events),
        into_ids=tuple(e.into_ids for e in events),
        n_before=np.array([e.n_before for e in events], dtype=np.int64),
        n_after=np.array([e.n_after for e in events], dtype=np.int64),
    )


def _identity(session: Session, edition: Edition) -> str:
    """Return what tells an edition from every other, in any database."""
    imported_at = get_import(session, edition.import_id).imported_at
    return f"{edition.edition_id} {edition.content_hash} {imported_at.isoformat()}"
