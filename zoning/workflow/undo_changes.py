"""What taking an import back changes beside the figures of units: orders, register, roster."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
import shapely
from sqlalchemy.orm import Session

from zoning.store.follow_up import read_contacts, read_rounds, read_samples
from zoning.store.imports import ImportKind
from zoning.store.isolation import read_isolation
from zoning.store.officers import read_postings
from zoning.store.order_booths import categories_in_force
from zoning.store.orders import zones_in_force


class What(StrEnum):
    """What may change."""

    CATEGORIES = "categories"
    ZONES = "zones"
    ROUNDS = "rounds"
    CONTACTS = "contacts"
    SAMPLES = "samples"
    ISOLATION = "isolation"
    POSTINGS = "postings"


@dataclass(frozen=True)
class Changed:
    """What is otherwise, and of which booths, units, areas, isolation units or officers."""

    what: What
    codes: tuple[str, ...]


Standing = Mapping[What, Mapping[str, Hashable]]
"""By what may change, what stands under each code."""


def changes_of(kind: ImportKind) -> bool:
    """Return whether an import of a kind changes something else than figures of units."""
    return kind in _READ


def standing(session: Session, kind: ImportKind, at: datetime) -> Standing:
    """Return what stands at a moment of all that imports of a kind bring."""
    return _READ[kind](session, at)


def changed(before: Standing, after: Standing) -> tuple[Changed, ...]:
    """Return what differs between two moments, codes sorted; nothing where it is the same."""
    found = []
    for what, told in before.items():
        now = after[what]
        codes = sorted(c for c in told.keys() | now.keys() if told.get(c) != now.get(c))
        if codes:
            found.append(Changed(what, tuple(codes)))
    return tuple(found)


def _orders(session: Session, at: datetime) -> Standing:
    booths = categories_in_force(session, at).booths
    zones = zones_in_force(session, at)
    category = zip(booths.category.tolist(), booths.zone_id.tolist(), strict=True)
    return {
        What.CATEGORIES: dict(zip(booths.booth_id.tolist(), category, strict=True)),
        What.ZONES: dict(zip(zones.unit_id.tolist(), zones.zone.tolist(), strict=True)),
    }


def _rounds(session: Session, at: datetime) -> Standing:
    told = read_rounds(session, at)
    return {What.ROUNDS: _by_area(told.area_id, told.on, told.houses_total, told.houses_visited)}


def _contacts(session: Session, at: datetime) -> Standing:
    told = read_contacts(session, at)
    facts = (told.contact_id, told.told_on, told.last_exposure_on, told.status, told.attempts)
    return {What.CONTACTS: _by_area(told.area_id, *facts)}


def _samples(session: Session, at: datetime) -> Standing:
    told = read_samples(session, at)
    return {What.SAMPLES: _by_area(told.area_id, told.taken_on, told.samples, told.results)}


def _by_area(area_id: np.ndarray, *facts: np.ndarray) -> dict[str, Hashable]:
    rows: dict[str, list[tuple[str, ...]]] = {}
    for area, *row in zip(area_id, *(column.astype(str) for column in facts), strict=True):
        rows.setdefault(area, []).append(tuple(row))
    return {area: tuple(told) for area, told in rows.items()}


def _isolation(session: Session, at: datetime) -> Standing:
    units = read_isolation(session, at)
    facts = zip(
        units.booth_id.tolist(),
        units.from_on.astype(str).tolist(),
        units.to_on.astype(str).tolist(),
        shapely.to_wkb(units.geometry).tolist(),
        strict=True,
    )
    return {What.ISOLATION: dict(zip(units.isolation_id.tolist(), facts, strict=True))}


def _postings(session: Session, at: datetime) -> Standing:
    held: dict[str, list[Hashable]] = {}
    for kept in read_postings(session, at):
        held.setdefault(kept.posting.person_id, []).append(kept.posting)
    return {What.POSTINGS: {person: tuple(postings) for person, postings in held.items()}}


_READ: dict[ImportKind, Callable[[Session, datetime], Standing]] = {
    ImportKind.ORDERS: _orders,
    ImportKind.ROUNDS: _rounds,
    ImportKind.CONTACTS: _contacts,
    ImportKind.SAMPLES: _samples,
    ImportKind.ISOLATION: _isolation,
    ImportKind.ROSTER: _postings,
}
