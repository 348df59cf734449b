"""What is signed beside the head of an order is sealed in the transaction of publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from zoning.orders.draft import DraftContent, to_json
from zoning.store.consultations import Consultation
from zoning.store.neighbour_requests import NeighbourRequest
from zoning.store.tables import OrderPartRow


def seal_papers(
    session: Session,
    order_id: int,
    content: DraftContent,
    consultations: Sequence[Consultation],
    requests: Sequence[NeighbourRequest],
    at: datetime,
) -> None:
    """Keep what an order says beyond its head and its areas."""
    said = to_json(content) | {
        "consultations": [
            {
                "office": one.office,
                "answer": one.answer,
                "note": one.note,
                "reference": one.reference,
                "held_on": None if one.held_on is None else one.held_on.isoformat(),
            }
            for one in consultations
        ],
        "requests": [
            {
                "authority_unit_id": one.authority_unit_id,
                "zone_id": one.zone_id,
                "category": one.category,
                "about": one.about,
                "answer_by": one.answer_by.isoformat(),
            }
            for one in requests
        ],
        "sealed_at": at.isoformat(),
    }
    session.add(OrderPartRow(order_id=order_id, content=said, annex_sha256=""))
    session.flush()
