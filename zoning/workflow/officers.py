"""The roster: bring it in, see it, end and hand over postings, and what somebody may by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from zoning.access import (
    Action,
    Officer,
    Posting,
    leaves_empty,
    overlapping,
    role_word,
)
from zoning.errors import InputError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import RowAccount
from zoning.readers.roster import Roster, read_roster
from zoning.readers.roster_posts import KnownRoster
from zoning.store import officers as kept
from zoning.store.engine import Store
from zoning.store.imports import ImportKind
from zoning.store.officers import KeptPosting
from zoning.workflow.actor import Who, require
from zoning.workflow.places import units_in_force
from zoning.workflow.taking import ImportOrder, Taking, take


@dataclass(frozen=True)
class ListedPosting:
    """A posting with the officer who holds it."""

    posting_id: int
    posting: Posting
    officer: Officer


def import_roster(store: Store, order: ImportOrder) -> RowAccount:
    """Take a roster in: officers, and what they are posted to.

    Raises
    ------
    SeemanaError
        If no boundaries are known, nothing of the file can be used, or it isn't theirs to bring.
    """
    with store.reading() as session:
        known = known_roster(session, order.at)

    def write(session: Session, import_id: int, roster: Roster) -> None:
        who = require(order.who, Action.MANAGE_OFFICERS)
        # Somebody may have changed the roster since it was read.
        since = [p.posting for p in kept.read_postings(session, order.at)]
        for posting in roster.postings:
            _refuse_clash(posting, since)
        kept.add_officers(session, roster.officers, at=order.at, who=who, import_id=import_id)
        kept.add_postings(session, roster.postings, at=order.at, who=who, import_id=import_id)

    taking = Taking(
        ImportKind.ROSTER, lambda mapping: read_roster(order.file, mapping, known), write
    )
    return take(store, order, taking)


def known_roster(session: Session, at: datetime) -> KnownRoster:
    """Return what a file of the roster is held against at a moment.

    Raises
    ------
    InputError
        If no boundaries are known.
    """
    present = units_in_force(session, at)
    if present is None:
        raise InputError(
            tr(
                "There are no boundaries yet, and officers are posted to units: run “zoning "
                "import boundaries FILE” first."
            )
        )
    units = present[1]
    return KnownRoster(
        dict(zip(units.unit_id.tolist(), units.level.tolist(), strict=True)),
        kept.read_officers(session, at),
        tuple(p.posting for p in kept.read_postings(session, at)),
    )


def list_officers(store: Store, at: datetime, on: date | None = None) -> tuple[ListedPosting, ...]:
    """Return the postings known at a moment, those held on a day alone if one is named."""
    with store.reading() as session:
        officers = kept.read_officers(session, at)
        postings = kept.read_postings(session, at)
    return tuple(
        ListedPosting(p.posting_id, p.posting, officers[p.posting.person_id])
        for p in postings
        if p.posting.person_id in officers and (on is None or p.posting.holds_on(on))
    )


def end_posting(store: Store, posting_id: int, to_on: date, at: datetime, who: Who) -> KeptPosting:
    """Tell the last day of a posting whose post somebody else holds, or that may be empty.

    Raises
    ------
    InputError
        If the post would be left empty and may not be: hand it over instead.
    StoreError
        If there is no such posting, or it has ended by then.
    AccessError
        If it isn't theirs to change the roster.
    """
    with store.transaction() as session:
        by = require(who, Action.MANAGE_OFFICERS)
        old = kept.get_posting(session, posting_id, at)
        ended = replace(old.posting, to_on=to_on)
        others = _others(session, posting_id, at)
        if leaves_empty(ended, others):
            raise InputError(
                tr(
                    "The post of {role} in {area} may not stand empty: name who takes it over with "
                    "“zoning officers transfer {id} --to PERSON --from DAY”.",
                    role=role_word(ended.role),
                    area=ended.area_unit_id or tr("the whole state"),
                    id=posting_id,
                )
            )
        kept.end_posting(session, posting_id, to_on, at=at, who=by)
        return KeptPosting(posting_id, ended)


def transfer(
    store: Store,
    posting_id: int,
    successor: Officer,
    from_on: date,
    at: datetime,
    who: Who,
    *,
    is_acting: bool = False,
) -> KeptPosting:
    """Hand a post over in one transaction: it ends for one, and begins for the other next day.

    Parameters
    ----------
    store : Store
        The database.
    posting_id : int
        Posting that ends.
    successor : Officer
        Who takes over; a known officer is told by `person_id` alone.
    from_on : date
        First day of the successor; the day before is the last of the other.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom.
    is_acting : bool
        Whether the successor only acts in the post.

    Raises
    ------
    InputError
        If the successor isn't known and no name and address are given, or holds the post already.
    StoreError
        If there is no such posting, or it can't end then.
    AccessError
        If it isn't theirs to change the roster.
    """
    with store.transaction() as session:
        by = require(who, Action.MANAGE_OFFICERS)
        old = kept.get_posting(session, posting_id, at).posting
        _take_in(session, successor, at, by)
        last = from_on - timedelta(days=1)
        if old.to_on is None or old.to_on > last:
            kept.end_posting(session, posting_id, last, at=at, who=by)
        new = replace(
            old,
            person_id=successor.person_id,
            from_on=from_on,
            to_on=None,
            is_acting=is_acting,
            successor_of=old.person_id,
        )
        _refuse_clash(new, _others(session, posting_id, at))
        (new_id,) = kept.add_postings(session, (new,), at=at, who=by)
        return KeptPosting(new_id, new)


def _take_in(session: Session, officer: Officer, at: datetime, who: str) -> None:
    known = kept.read_officers(session, at)
    if officer.person_id in known and not officer.email:
        return
    email = officer.email.strip().casefold()
    if not officer.name.strip() or "@" not in email.strip("@"):
        raise InputError(
            tr(
                "{person} isn't on the roster; give the name and the e-mail address of the sign-in "
                "with --name and --email.",
                person=officer.person_id or tr("Nobody"),
            )
        )
    for other in known.values():
        if other.email == email and other.person_id != officer.person_id:
            raise InputError(
                tr(
                    "The address {email} is that of {person}; give each officer an address of "
                    "their own.",
                    email=email,
                    person=other.person_id,
                )
            )
    kept.add_officers(
        session, (Officer(officer.person_id, officer.name.strip(), email),), at=at, who=who
    )


def _others(session: Session, posting_id: int, at: datetime) -> list[Posting]:
    return [p.posting for p in kept.read_postings(session, at) if p.posting_id != posting_id]


def _refuse_clash(posting: Posting, others: Iterable[Posting]) -> None:
    other = overlapping(posting, others)
    if other is not None:
        raise InputError(
            tr(
                "{person} can't take the post of {role} from {day}: {other} holds it until {last}.",
                person=posting.person_id,
                role=role_word(posting.role),
                day=forms.day(posting.from_on),
                other=other.person_id,
                last=tr("no end") if other.to_on is None else forms.day(other.to_on),
            )
        )
