"""The categories that a draft would put in force in one jurisdiction, and why it may not."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.judgement.containment import contiguous
from zoning.model import Bools, Category, Indices, Level, Texts, Units, Zone
from zoning.orders.draft import DraftKind, Override
from zoning.places.hierarchy import units_below
from zoning.places.placing import index_of
from zoning.store.delineations import get_delineation, load_delineation
from zoning.store.order_booths import DeclaredBooths, categories_in_force
from zoning.store.orders import OrderKind
from zoning.workflow.actor import Who
from zoning.workflow.draft import Draft, without_delineating
from zoning.workflow.ground import GroundShelf
from zoning.workflow.present import Present, present
from zoning.workflow.starting import delineating_of, zones_to_divide
from zoning.workflow.zone_naming import name_zones

_A = Category.AFFECTED.value


@dataclass(frozen=True, eq=False)
class DecidedBooths:
    """What an order on categories declares, and what is drawn beyond its jurisdiction.

    Attributes
    ----------
    declared : DeclaredBooths
        Booths of the own jurisdiction.
    now : Present
        The ground, n booths, as it is.
    category : Texts
        Category of each booth of the ground, drawn or decided; empty for none, shape (n,).
    zone_id : Texts
        Containment zone of each, empty for none, shape (n,).
    is_own : Bools
        Whether it lies in the own jurisdiction, shape (n,).
    own_units : frozenset of str or None
        Units of the own jurisdiction; None for the whole state.
    reach_m : float
        Up to which distance from an A a booth lies in its buffer.
    corporations : frozenset of str
        Those whose Commissioner delineates, as far as is known.
    """

    declared: DeclaredBooths
    now: Present
    category: Texts
    zone_id: Texts
    is_own: Bools
    own_units: frozenset[str] | None
    reach_m: float
    corporations: frozenset[str]


def decided_booths(
    session: Session,
    shelf: GroundShelf,
    draft: Draft,
    effective_at: datetime,
    at: datetime,
    who: Who,
    self_delineating: AbstractSet[str],
) -> DecidedBooths:
    """Return the categories that a draft would put in force at a moment.

    A booth that is A by an order stays A: only a release takes it out. One that is A by a
    provisional sealing alone is what this decides on, so an override may say otherwise.

    Raises
    ------
    OrderError
        If the ground has changed since it was drawn, a zone in force isn't the one that was
        divided, or an override names a booth that there isn't, of another's jurisdiction, one
        that only a release takes out of A, or one of two that stand on the same ground.
    """
    now = present(session, shelf, at)
    table = now.ground.table
    delineating = delineating_of(who, self_delineating, now.everything)
    own_units = own_jurisdiction(draft, now.everything, delineating)
    is_own = np.ones(len(table.booth_id), dtype=bool)
    if own_units is not None:
        is_own = np.isin(table.unit_id.astype(str), sorted(own_units))
    drawn, zone_id = _drawn(session, draft, now, is_own)
    standing = categories_in_force(session, effective_at, without=(OrderKind.SEALING,))
    held = standing.affected().astype(str)
    is_held = np.isin(table.booth_id.astype(str), held)
    category = np.where(is_held & is_own, _A, drawn).astype(object)
    reach_m = _reach_m(session, draft, now)
    row = index_of(np.array([o.area_id for o in draft.content.overrides], object), table.booth_id)
    for override, at_row in zip(draft.content.overrides, row.tolist(), strict=True):
        _refuse_override(override, at_row, is_own, is_held)
        category[at_row] = override.decided
    opened = (category == _A) & (zone_id == "")
    if opened.any():
        # What lies near a booth that an officer closes is its buffer, decided or not.
        near = now.ground.reached_from(category == _A, reach_m=reach_m, is_kept=False)
        near[row] = False
        category[near & (category == Category.CLEAN.value)] = Category.BUFFER.value
        zone_id = _named(session, now, category)
    _refuse_parted(category, table.sharing, table.booth_id, row)
    zone_id = np.where(category == _A, zone_id, "").astype(object)
    said = is_own & _wanted(draft, now, is_own)
    if draft.delineation_id is None:
        said &= np.isin(np.arange(len(category)), row)
    declared = DeclaredBooths(
        table.booth_id[said], table.unit_id[said], category[said], zone_id[said]
    )
    if not said.any():
        raise OrderError(
            tr(
                "{name} would declare nothing: no booth of its jurisdiction is known; bring the "
                "booths in first.",
                name=draft.name,
            )
        )
    is_corporation = now.everything.level == Level.CORPORATION.value
    corporations = delineating & set(now.everything.unit_id[is_corporation].tolist())
    return DecidedBooths(declared, now, category, zone_id, is_own, own_units, reach_m, corporations)


def own_jurisdiction(
    draft: Draft, everything: Units, delineating: frozenset[str]
) -> frozenset[str] | None:
    """Return the units for which a draft decides; None for the whole state.

    That is its area without the corporations in it whose Commissioner delineates.
    """
    if not draft.area_unit_id:
        return None
    below = units_below(draft.area_unit_id, everything)
    return without_delineating(below, draft.area_unit_id, delineating)


def refused_booths(
    session: Session, draft: Draft, decided: DecidedBooths, effective_at: datetime
) -> Iterator[str]:
    """Yield for which units the booths were drawn from another zone than the one in force."""
    if draft.delineation_id is None or draft.run_id is None:
        return
    said = load_delineation(session, draft.delineation_id)
    # Only in a green unit a booth has no category.
    drawn_green = set(said.unit_id[said.category == ""].tolist())
    units = decided.now.units
    zone = zones_to_divide(session, draft.run_id, units, effective_at)
    is_green = dict(zip(units.unit_id.tolist(), (zone == Zone.GREEN.value).tolist(), strict=True))
    is_all_a = dict.fromkeys(said.unit_id.tolist(), True)
    for unit, category in zip(said.unit_id.tolist(), said.category.tolist(), strict=True):
        is_all_a[unit] &= category == _A
    for unit in dict.fromkeys(decided.declared.unit_id.tolist()):
        if unit not in is_green or is_all_a.get(unit, True):
            continue
        if is_green[unit] != (unit in drawn_green):
            yield tr(
                "The zone of {unit} in force isn't the one that the draft was drawn from; start a "
                "new draft, which is drawn from the zones in force.",
                unit=unit,
            )


def _drawn(session: Session, draft: Draft, now: Present, is_own: Bools) -> tuple[Texts, Texts]:
    """Return the category and zone of each booth of the ground as they were drawn."""
    table = now.ground.table
    if draft.delineation_id is None:
        return now.category.copy(), now.zone_id.copy()
    said = load_delineation(session, draft.delineation_id)
    row = index_of(table.booth_id, said.booth_id)
    if (row[is_own] < 0).any() or np.isin(
        said.unit_id.astype(str), np.unique(table.unit_id[is_own].astype(str))
    ).sum() != is_own.sum():
        raise OrderError(
            tr(
                "Booths or boundaries have changed since {name} was drawn; start a new draft.",
                name=draft.name,
            )
        )
    return np.append(said.category, "")[row], np.append(said.zone_id, "")[row]


def _reach_m(session: Session, draft: Draft, now: Present) -> float:
    buffer_m = now.buffer_m
    if draft.delineation_id is not None:
        buffer_m = get_delineation(session, draft.delineation_id).new.buffer_m
    return now.governing.reach(buffer_m)


def _wanted(draft: Draft, now: Present, is_own: Bools) -> Bools:
    if draft.kind is DraftKind.SEALING or not draft.content.area_ids:
        return is_own
    wanted: set[str] = set()
    for code in draft.content.area_ids:
        below = units_below(code, now.everything)
        if not below:
            raise OrderError(
                tr("The draft is limited to {unit}, which no unit is; take it out.", unit=code)
            )
        wanted |= below
    found: Bools = np.isin(now.ground.table.unit_id.astype(str), sorted(wanted))
    return found


def _refuse_override(override: Override, row: int, is_own: Bools, is_held: Bools) -> None:
    booth = override.area_id
    if row < 0:
        raise OrderError(tr("No booth has the code {booth}; take it out.", booth=booth))
    if not is_own[row]:
        raise OrderError(
            tr(
                "Booth {booth} lies in another's jurisdiction; its authority is asked on "
                "publication and makes its own order. Take it out.",
                booth=booth,
            )
        )
    known = [category.value for category in Category]
    if override.decided not in known:
        raise OrderError(
            tr(
                "{category} is no category for {booth}; choose one of {known}.",
                category=override.decided or tr("Nothing"),
                booth=booth,
                known=", ".join(known),
            )
        )
    if is_held[row] and override.decided != _A:
        raise OrderError(
            tr(
                "Booth {booth} is in Category A by an order and leaves it only by an order of "
                "release; take it out of the draft, and release it with “zoning containment "
                "release” once it is due.",
                booth=booth,
            )
        )


def _refuse_parted(category: Texts, sharing: Indices, booth_id: Texts, rows: Indices) -> None:
    for row in rows.tolist():
        same = np.flatnonzero(sharing == sharing[row])
        for other in same[category[same] != category[row]].tolist():
            raise OrderError(
                tr(
                    "Booths {one} and {other} stand on the same ground and share one category; "
                    "decide the same for both.",
                    one=booth_id[row],
                    other=booth_id[other],
                )
            )


def _named(session: Session, now: Present, category: Texts) -> Texts:
    ground = now.ground
    touching = ground.within(now.governing.touching_m)
    label = contiguous(category == _A, touching, ground.table.sharing)
    on = clock.today_ist(now.at)
    zone_id, _ = name_zones(session, ground.table.booth_id, label, now.standing, on)
    return zone_id
