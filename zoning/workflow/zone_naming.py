"""Which containment zone each group of affected booths is: one that is known, or a new one."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from zoning.judgement.containment import KnownZone, Lineage, carry_on
from zoning.judgement.zone_codes import opened_on
from zoning.model import Indices, Texts
from zoning.store.delineations import latest_delineation, load_delineation, serials_given
from zoning.store.order_booths import CategoriesInForce


def name_zones(
    session: Session, booth_id: Texts, label: Indices, standing: CategoriesInForce, on: date
) -> tuple[Texts, Lineage]:
    """Return the containment zone of each booth, empty for none, and what became of the zones.

    A zone in force keeps its id; so does one that only the latest proposal knows.

    Parameters
    ----------
    session : Session
        An open transaction.
    booth_id : Texts
        Unique codes, shape (n,).
    label : Indices
        Group of each booth, -1 for none, shape (n,).
    standing : CategoriesInForce
        What is in force now.
    on : date
        The day on which new ones are opened.
    """
    members = _members(standing.booths.booth_id, standing.booths.zone_id)
    ordered = frozenset().union(*members.values())
    for zone_id, booths in _proposed(session).items():
        if zone_id not in members and booths - ordered:
            members[zone_id] = booths - ordered
    known = []
    for zone_id, booths in members.items():
        opened = opened_on(zone_id)
        # What is asked about a day of the past knows nothing of later zones.
        if opened is not None and opened <= on:
            known.append(KnownZone(zone_id, opened, booths))
    lineage = carry_on(label, booth_id, known, serials_given(session, on), on)
    return lineage.of_booths(label), lineage


def _proposed(session: Session) -> dict[str, frozenset[str]]:
    """Return the zones of the latest proposal with their booths."""
    latest = latest_delineation(session)
    if latest is None:
        return {}
    booths = load_delineation(session, latest.delineation_id)
    return _members(booths.booth_id, booths.zone_id)


def _members(booth_id: Texts, zone_id: Texts) -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = {}
    for booth, zone in zip(booth_id, zone_id, strict=True):
        if zone:
            members.setdefault(zone, set()).add(booth)
    return {zone: frozenset(booths) for zone, booths in members.items()}
