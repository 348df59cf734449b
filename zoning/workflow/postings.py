"""What somebody may at a moment, by the roster; and in whose part who sits at this machine acts."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Holding, Officer, Posting, Role, Standing, is_statewide, of_role
from zoning.errors import AccessError
from zoning.i18n.catalogue import tr
from zoning.places.hierarchy import units_below
from zoning.settings import Settings
from zoning.store.boundaries import read_units
from zoning.store.editions import edition_in_force
from zoning.store.engine import Store
from zoning.store.officers import KeptPosting, read_officers, read_postings
from zoning.workflow.actor import Actor, local_user

KEPT_AREAS = 512


@dataclass(frozen=True)
class SignedIn:
    """An officer of the roster with the postings held today."""

    officer: Officer
    postings: tuple[KeptPosting, ...]


class _Areas:
    """Areas of an edition, so that a rerun of a page doesn't read thousands of units."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[object, ...], frozenset[str]] = OrderedDict()

    def below(self, store: Store, session: Session, unit_id: str, at: datetime) -> frozenset[str]:
        """Return a unit and all below it in the edition in force; empty where there is none."""
        edition = edition_in_force(session, at)
        if edition is None:
            return frozenset()
        key = (store.where, edition.edition_id, edition.content_hash, unit_id)
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = units_below(unit_id, read_units(session, edition.edition_id))
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > KEPT_AREAS:
                    self._kept.popitem(last=False)
        return found


_AREAS = _Areas()


def find_officer(store: Store, email: str, at: datetime) -> SignedIn | None:
    """Return the officer with an address of sign-in; None if nobody on the roster has it.

    Somebody without a posting today is on the roster and may nothing.
    """
    wanted = email.strip().casefold()
    with store.reading() as session:
        officers = read_officers(session, at)
        officer = next((o for o in officers.values() if o.email == wanted), None)
        if officer is None or not wanted:
            return None
        today = clock.today_ist(at)
        held = [
            p
            for p in read_postings(session, at)
            if p.posting.person_id == officer.person_id and p.posting.holds_on(today)
        ]
    return SignedIn(officer, tuple(held))


def officer_actor(
    store: Store, settings: Settings, signed_in: SignedIn, posting_id: int | None, at: datetime
) -> Actor:
    """Return who acts where an officer has chosen one of the postings held, None for the first.

    Raises
    ------
    AccessError
        If the posting isn't one that the officer holds today.
    """
    if not signed_in.postings:
        raise AccessError(
            tr(
                "{name} is on the roster and holds no post today; ask whoever keeps the roster.",
                name=signed_in.officer.name,
            )
        )
    chosen = {p.posting_id: p.posting for p in signed_in.postings}
    posting = signed_in.postings[0].posting if posting_id is None else chosen.get(posting_id)
    if posting is None:
        raise AccessError(
            tr("{name} doesn't hold this post today; choose another.", name=signed_in.officer.name)
        )
    with store.reading() as session:
        holding = _holding(store, session, settings, posting, at)
    name = f"{signed_in.officer.name} ({signed_in.officer.person_id}, {posting.role.value})"
    area = None if holding.area is None else (posting.area_unit_id,)
    return Actor(name, Standing((holding,)), area)


def local_actor(
    store: Store, settings: Settings, role: Role, area_unit_id: str, at: datetime
) -> Actor:
    """Return who acts where nobody signs in: the person at this machine, in the part of a role.

    Raises
    ------
    AccessError
        If the role needs an area and none is chosen.
    """
    user = local_user()
    if role is Role.LOCAL:
        return Actor(user)
    if is_statewide(role):
        return Actor(f"{user} ({role.value})", of_role(role))
    if not area_unit_id:
        raise AccessError(tr("Choose the area as well: this role answers for one."))
    posting = Posting(user, role, area_unit_id, "", clock.today_ist(at))
    with store.reading() as session:
        holding = _holding(store, session, settings, posting, at)
    return Actor(f"{user} ({role.value})", Standing((holding,)), (area_unit_id,))


def _holding(
    store: Store, session: Session, settings: Settings, posting: Posting, at: datetime
) -> Holding:
    if is_statewide(posting.role):
        return Holding(posting.role, None, posting.subject)
    area = _AREAS.below(store, session, posting.area_unit_id, at)
    delineating: frozenset[str] = frozenset().union(
        *(_AREAS.below(store, session, code, at) for code in settings.self_delineating_ids)
    )
    return Holding(posting.role, area, posting.subject, area & delineating)
