"""What people decided about places, with who and when: for the list in which it is reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.store.tables import CasePlaceRow, NameDecisionRow


@dataclass(frozen=True)
class Decision:
    """One decision: about a text, or about one case.

    Attributes
    ----------
    decided_at : datetime
        When.
    decided_by : str
        By whom.
    unit_id : str
        The unit; empty where a text names none of ours, or a case was put back.
    text : str
        The text decided about; empty for a case.
    import_id, row : int or None
        The case decided about; None for a text.
    reason : str
        On what the place of a case rests; empty for a text.
    """

    decided_at: datetime
    decided_by: str
    unit_id: str
    text: str = ""
    import_id: int | None = None
    row: int | None = None
    reason: str = ""


def list_decisions(session: Session) -> tuple[Decision, ...]:
    """Return all decisions about places, the newest first, also those that others replaced."""
    about_texts = [
        Decision(row.decided_at, row.decided_by, row.unit_id, text=row.text)
        for row in session.scalars(select(NameDecisionRow).order_by(NameDecisionRow.id))
    ]
    about_cases = [
        Decision(
            row.decided_at,
            row.decided_by,
            row.unit_id or "",
            import_id=row.import_id,
            row=row.row,
            reason=row.reason,
        )
        for row in session.scalars(select(CasePlaceRow).order_by(CasePlaceRow.id))
    ]
    return tuple(
        sorted(about_texts + about_cases, key=lambda decision: decision.decided_at, reverse=True)
    )
