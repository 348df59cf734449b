"""What neighbouring authorities are asked to order on their own ground, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.store.tables import NeighbourAnswerRow, NeighbourRequestRow


@dataclass(frozen=True)
class NeighbourRequest:
    """One request, with its newest answer.

    Attributes
    ----------
    request_id : int
        Its number; 0 before it is written.
    draft_id, order_id : int or None
        What it is linked to.
    authority_unit_id : str
        Who is asked: a district, or a corporation; empty where nobody knows whose ground it is.
    unit_ids, booth_ids : tuple of str
        The ground.
    zone_id, category : str
        The containment zone, and what is asked for: `A` or `B`.
    about : str
        In words, without a count.
    asked_at, answer_by : datetime
        Since when, and until when.
    asked_by : str
        By whom.
    answer : str
        `agrees` or `declines`; empty while there is none.
    note, order_number : str
        In words, and the neighbour's own order.
    answered_at : datetime or None
        When.
    answered_by : str
        By whom.
    """

    request_id: int
    draft_id: int | None
    order_id: int | None
    authority_unit_id: str
    unit_ids: tuple[str, ...]
    booth_ids: tuple[str, ...]
    zone_id: str
    category: str
    about: str
    asked_at: datetime
    asked_by: str
    answer_by: datetime
    answer: str = ""
    note: str = ""
    order_number: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""


def add_requests(
    session: Session, requests: Sequence[NeighbourRequest]
) -> tuple[NeighbourRequest, ...]:
    """Write requests and return them with their numbers."""
    rows = [
        NeighbourRequestRow(
            draft_id=one.draft_id,
            order_id=one.order_id,
            authority_unit_id=one.authority_unit_id,
            unit_ids=list(one.unit_ids),
            booth_ids=list(one.booth_ids),
            zone_id=one.zone_id,
            category=one.category,
            about=one.about,
            asked_at=one.asked_at,
            asked_by=one.asked_by,
            answer_by=one.answer_by,
        )
        for one in requests
    ]
    session.add_all(rows)
    session.flush()
    return tuple(replace(one, request_id=row.id) for one, row in zip(requests, rows, strict=True))


def add_neighbour_answer(
    session: Session,
    request_id: int,
    answer: str,
    note: str,
    order_number: str,
    *,
    at: datetime,
    who: str,
) -> None:
    """Write an answer; the newest one counts."""
    session.add(
        NeighbourAnswerRow(
            request_id=request_id,
            answer=answer,
            note=note,
            order_number=order_number,
            at=at,
            by=who,
        )
    )
    session.flush()


def read_requests(session: Session, order_id: int | None = None) -> tuple[NeighbourRequest, ...]:
    """Return all requests, or those of one order, in the order of asking."""
    query = select(NeighbourRequestRow).order_by(NeighbourRequestRow.id)
    if order_id is not None:
        query = query.where(NeighbourRequestRow.order_id == order_id)
    answers = session.scalars(select(NeighbourAnswerRow).order_by(NeighbourAnswerRow.id))
    newest = {row.request_id: row for row in answers}
    return tuple(_request(row, newest.get(row.id)) for row in session.scalars(query))


def _request(row: NeighbourRequestRow, answer: NeighbourAnswerRow | None) -> NeighbourRequest:
    asked = NeighbourRequest(
        row.id,
        row.draft_id,
        row.order_id,
        row.authority_unit_id,
        tuple(row.unit_ids),
        tuple(row.booth_ids),
        row.zone_id,
        row.category,
        row.about,
        row.asked_at,
        row.asked_by,
        row.answer_by,
    )
    if answer is None:
        return asked
    return replace(
        asked,
        answer=answer.answer,
        note=answer.note,
        order_number=answer.order_number,
        answered_at=answer.at,
        answered_by=answer.by,
    )
