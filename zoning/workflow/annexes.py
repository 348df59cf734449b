"""The sealed annex of an order: who may open it, each opening in the audit, and proving a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from zoning.access import Action, allowed
from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.orders.annex import verify_annex
from zoning.store import audit
from zoning.store.engine import Store
from zoning.store.order_lookup import find_order
from zoning.store.order_parts import annex_of_order, parts_of_order
from zoning.store.orders import OrderKind, OrderRecord
from zoning.workflow.actor import Who, require_units, standing_of
from zoning.workflow.declared import declared_by
from zoning.workflow.kind_rights import CONTAINMENT


@dataclass(frozen=True)
class SealedAnnex:
    """The annex of an order, byte for byte, with the hash that its paper prints."""

    number: str
    sealed: bytes
    printed: str


@dataclass(frozen=True)
class Verified:
    """What comparing a file with an order found.

    Attributes
    ----------
    number : str
        The order.
    printed, of_file : str
        The hash on the paper, and that of the file.
    is_same : bool
        Whether the file is the annex.
    is_kept_whole : bool
        Whether the annex in the books still has the printed hash.
    """

    number: str
    printed: str
    of_file: str
    is_same: bool
    is_kept_whole: bool


def may_see_annex(session: Session, record: OrderRecord, who: Who) -> bool:
    """Return whether somebody may open the annex of an order."""
    units = _units_told(session, record) or [""]
    standing = standing_of(who)
    return all(allowed(standing, Action.SEE_ANNEX, unit or None, CONTAINMENT) for unit in units)


def open_annex(store: Store, number: str, at: datetime, who: Who) -> SealedAnnex:
    """Return the annex of an order; the audit tells who opened it, before anything is shown.

    Raises
    ------
    AccessError
        If the order speaks of ground on which it isn't theirs to see: one annex is one file, so
        the whole of it must be.
    OrderError
        If there is no such order, or it has no annex.
    """
    with store.transaction() as session:
        record = find_order(session, number)
        by = require_units(who, Action.SEE_ANNEX, _units_told(session, record), CONTAINMENT)
        sealed, stored = (
            annex_of_order(session, record.order_id),
            parts_of_order(session, record.order_id),
        )
        if sealed is None or stored is None:
            raise OrderError(_no_annex(number))
        audit.append_read(
            session,
            at=at,
            who=by,
            subject=f"orders/{record.order_id}/annex",
            detail={"number": number, "bytes": len(sealed)},
        )
    return SealedAnnex(number, sealed, stored.annex_sha256)


def verify_file(store: Store, data: bytes, number: str) -> Verified:
    """Return whether a file is the annex whose hash an order prints; nothing of it is told.

    Raises
    ------
    OrderError
        If there is no such order, or it prints no hash.
    """
    with store.reading() as session:
        record = find_order(session, number)
        stored = parts_of_order(session, record.order_id)
        kept = annex_of_order(session, record.order_id)
    if stored is None or kept is None:
        raise OrderError(_no_annex(number))
    return Verified(
        number,
        stored.annex_sha256,
        sha256(data).hexdigest(),
        verify_annex(data, stored.annex_sha256),
        verify_annex(kept, stored.annex_sha256),
    )


def _units_told(session: Session, record: OrderRecord) -> list[str]:
    """Return the units of which an annex tells; none of them is the whole state."""
    if record.kind is OrderKind.ZONES:
        # The run behind it judged every unit, also those that it leaves as they are.
        return []
    return declared_by(session, record).units_named()


def _no_annex(number: str) -> str:
    return tr(
        "Order {number} has no sealed annex here: it was brought in by a file, or published "
        "before annexes were kept.",
        number=number,
    )
