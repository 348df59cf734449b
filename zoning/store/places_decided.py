"""What people decided about places: one case put in a unit, a text that names one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.places.matching import NameDecision
from zoning.store import audit
from zoning.store.tables import CasePlaceRow, CaseRow, NameDecisionRow


@dataclass(frozen=True)
class CasePlace:
    """The unit that a person put one case in.

    Attributes
    ----------
    import_id, row : int
        The case.
    unit_id : str
        The unit; empty where an earlier decision is taken back.
    reason : str
        On what it rests.
    """

    import_id: int
    row: int
    unit_id: str
    reason: str


def place_case(session: Session, place: CasePlace, *, at: datetime, who: str) -> None:
    """Put a case in a unit; the newest decision counts.

    Raises
    ------
    StoreError
        If there is no such case.
    """
    if session.get(CaseRow, (place.import_id, place.row)) is None:
        raise StoreError(
            tr(
                "Import {import_id} has no case in row {row}.",
                import_id=place.import_id,
                row=place.row,
            )
        )
    session.add(
        CasePlaceRow(
            import_id=place.import_id,
            row=place.row,
            unit_id=place.unit_id or None,
            reason=place.reason,
            decided_at=at,
            decided_by=who,
        )
    )
    session.flush()
    subject = f"imports/{place.import_id}/rows/{place.row}"
    detail = {"unit": place.unit_id, "reason": place.reason}
    audit.append(session, audit.AuditEntry(at, who, "case.place", subject, detail))


def name_unit(session: Session, name: NameDecision, *, at: datetime, who: str) -> None:
    """Remember which unit a text names; the newest decision on a text counts."""
    session.add(
        NameDecisionRow(
            text=name.text,
            within=name.within,
            unit_id=name.unit_id,
            decided_at=at,
            decided_by=who,
        )
    )
    session.flush()
    detail = {"text": name.text, "within": name.within, "unit": name.unit_id}
    audit.append(session, audit.AuditEntry(at, who, "name.decide", "names", detail))


def read_case_places(session: Session, known_at: datetime) -> dict[tuple[int, int], str]:
    """Return the unit of each case put somewhere by a person, by import and row."""
    rows = session.scalars(
        select(CasePlaceRow).where(CasePlaceRow.decided_at <= known_at).order_by(CasePlaceRow.id)
    )
    newest = {(row.import_id, row.row): row.unit_id or "" for row in rows}
    return {case: unit_id for case, unit_id in newest.items() if unit_id}


def read_name_decisions(session: Session, known_at: datetime) -> tuple[NameDecision, ...]:
    """Return what texts were decided to name, as known at a moment, in the order of time."""
    rows = session.scalars(
        select(NameDecisionRow)
        .where(NameDecisionRow.decided_at <= known_at)
        .order_by(NameDecisionRow.id)
    )
    return tuple(NameDecision(r.text, r.unit_id, r.within) for r in rows)
