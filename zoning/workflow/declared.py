"""What an order declares, as its paper needs it: head, units and booths, what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from zoning.model import Texts
from zoning.store.order_booths import DeclaredBooths, booths_of_order
from zoning.store.orders import NewOrder, OrderKind, OrderRecord, units_of_order


@dataclass(frozen=True, eq=False)
class Declared:
    """What an order, or a draft of one, declares.

    Attributes
    ----------
    order : NewOrder
        Its head.
    kind : OrderKind
        What it is about.
    edition_id : int
        Of the units.
    run_id, delineation_id : int or None
        What it rests on.
    published_at : datetime
        When it was published; of a draft the present.
    unit_id, zone : Texts
        Zones of units, shape (n,).
    booths : DeclaredBooths
        Categories of booths.
    """

    order: NewOrder
    kind: OrderKind
    edition_id: int
    run_id: int | None
    delineation_id: int | None
    published_at: datetime
    unit_id: Texts
    zone: Texts
    booths: DeclaredBooths

    def units_named(self) -> list[str]:
        """Return the units that it speaks of, and those of its booths, sorted."""
        return sorted({str(u) for u in (*self.unit_id, *self.booths.unit_id) if u})


def declared_by(session: Session, record: OrderRecord) -> Declared:
    """Return what an order declares that is in the books."""
    unit_id, zone = units_of_order(session, record.order_id)
    return Declared(
        record.order,
        record.kind,
        record.edition_id,
        record.run_id,
        record.delineation_id,
        record.published_at,
        unit_id,
        zone,
        booths_of_order(session, record.order_id),
    )
