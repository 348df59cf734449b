"""The roster as it was known at a moment: officers, postings, and when these ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from zoning.access import Officer, Posting, Role
from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.store import audit
from zoning.store.imports import ImportKind, visible_imports
from zoning.store.tables import OfficerRow, PostingEndRow, PostingRow


@dataclass(frozen=True)
class KeptPosting:
    """A posting with its number."""

    posting_id: int
    posting: Posting


def add_officers(
    session: Session,
    officers: Iterable[Officer],
    *,
    at: datetime,
    who: str,
    import_id: int | None = None,
) -> None:
    """Write officers, or what is new about known ones."""
    session.add_all(
        OfficerRow(
            import_id=import_id,
            person_id=officer.person_id,
            name=officer.name,
            email=officer.email,
            known_at=at,
            known_by=who,
        )
        for officer in officers
    )
    session.flush()


def add_postings(
    session: Session,
    postings: Iterable[Posting],
    *,
    at: datetime,
    who: str,
    import_id: int | None = None,
) -> tuple[int, ...]:
    """Write postings and return their numbers."""
    rows = [
        PostingRow(
            import_id=import_id,
            person_id=posting.person_id,
            role=posting.role.value,
            area_unit_id=posting.area_unit_id,
            subject=posting.subject,
            from_on=posting.from_on,
            to_on=posting.to_on,
            is_acting=posting.is_acting,
            successor_of=posting.successor_of,
            known_at=at,
            known_by=who,
        )
        for posting in postings
    ]
    session.add_all(rows)
    session.flush()
    for row in rows:
        detail = {"person": row.person_id, "role": row.role, "area": row.area_unit_id}
        entry = audit.AuditEntry(at, who, "posting.add", f"postings/{row.id}", detail)
        audit.append(session, entry)
    return tuple(row.id for row in rows)


def end_posting(session: Session, posting_id: int, to_on: date, *, at: datetime, who: str) -> None:
    """Tell the last day of a posting.

    Raises
    ------
    StoreError
        If there is no such posting, it has ended by then, or begins only later.
    """
    kept = get_posting(session, posting_id, at)
    posting = kept.posting
    if posting.to_on is not None and posting.to_on <= to_on:
        raise StoreError(
            tr(
                "Posting {id} ends on {day} already.",
                id=posting_id,
                day=posting.to_on.isoformat(),
            )
        )
    if to_on < posting.from_on:
        raise StoreError(
            tr(
                "Posting {id} begins on {first}; it can't end on {day}, before that.",
                id=posting_id,
                first=posting.from_on.isoformat(),
                day=to_on.isoformat(),
            )
        )
    session.add(PostingEndRow(posting_id=posting_id, to_on=to_on, known_at=at, known_by=who))
    session.flush()
    detail = {"person": posting.person_id, "to": to_on.isoformat()}
    audit.append(
        session, audit.AuditEntry(at, who, "posting.end", f"postings/{posting_id}", detail)
    )


def get_posting(session: Session, posting_id: int, known_at: datetime) -> KeptPosting:
    """Return one posting as known at a moment.

    Raises
    ------
    StoreError
        If there is none of this number.
    """
    for kept in read_postings(session, known_at):
        if kept.posting_id == posting_id:
            return kept
    raise StoreError(tr("There is no posting {id}: “zoning officers” lists them.", id=posting_id))


def read_postings(session: Session, known_at: datetime) -> tuple[KeptPosting, ...]:
    """Return the postings known at a moment, ended ones too, in the order of their numbers."""
    ends = session.scalars(
        select(PostingEndRow).where(PostingEndRow.known_at <= known_at).order_by(PostingEndRow.id)
    )
    ended = {end.posting_id: end.to_on for end in ends}
    rows = session.scalars(
        select(PostingRow)
        .where(PostingRow.known_at <= known_at, _counts(session, PostingRow.import_id, known_at))
        .order_by(PostingRow.id)
    )
    return tuple(
        KeptPosting(row.id, replace(_posting(row), to_on=ended.get(row.id, row.to_on)))
        for row in rows
    )


def read_officers(session: Session, known_at: datetime) -> dict[str, Officer]:
    """Return the officers known at a moment, by person."""
    rows = session.scalars(
        select(OfficerRow)
        .where(OfficerRow.known_at <= known_at, _counts(session, OfficerRow.import_id, known_at))
        .order_by(OfficerRow.id)
    )
    return {row.person_id: Officer(row.person_id, row.name, row.email) for row in rows}


def _counts(session: Session, import_id: object, known_at: datetime) -> ColumnElement[bool]:
    visible = visible_imports(session, ImportKind.ROSTER, known_at)
    return or_(import_id.is_(None), import_id.in_(visible))  # type: ignore[attr-defined]


def _posting(row: PostingRow) -> Posting:
    return Posting(
        row.person_id,
        Role(row.role),
        row.area_unit_id,
        row.subject,
        row.from_on,
        row.to_on,
        row.is_acting,
        row.successor_of,
    )
