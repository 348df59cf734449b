"""What was signed beside the head of an order, and its annex: written once, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.orders.parts import OrderParts, parts_from_json, parts_to_json
from zoning.store.tables import OrderAnnexRow, OrderPartRow


@dataclass(frozen=True)
class StoredParts:
    """The parts of an order, and the hash of its annex that its paper prints."""

    parts: OrderParts
    annex_sha256: str


def insert_parts(session: Session, order_id: int, parts: OrderParts, sealed: bytes) -> str:
    """Write the parts of an order with its annex, and return the hash of the annex.

    Parameters
    ----------
    session : Session
        The transaction that publishes the order.
    order_id : int
        The order; a second writing is refused by the database.
    parts : OrderParts
        What was signed.
    sealed : bytes
        The annex in canonical JSON, kept byte for byte.
    """
    digest = sha256(sealed).hexdigest()
    session.add(OrderPartRow(order_id=order_id, content=parts_to_json(parts), annex_sha256=digest))
    session.add(OrderAnnexRow(order_id=order_id, sealed=sealed.decode("utf-8")))
    session.flush()
    return digest


def parts_of_order(session: Session, order_id: int) -> StoredParts | None:
    """Return what was signed beside the head of an order; None for one of before."""
    row = session.get(OrderPartRow, order_id)
    return None if row is None else StoredParts(parts_from_json(row.content), row.annex_sha256)


def annex_of_order(session: Session, order_id: int) -> bytes | None:
    """Return the annex of an order as it was sealed, byte for byte; None for one of before.

    Who asks must hold the right, and the read be told to the audit: see `workflow.annexes`.
    """
    sealed = session.scalar(select(OrderAnnexRow.sealed).where(OrderAnnexRow.order_id == order_id))
    return None if sealed is None else sealed.encode("utf-8")


def is_annex_kept(session: Session, order_id: int) -> bool:
    """Return whether the annex in the books has the hash that its paper prints; one without fits.

    Nothing of it is shown, so that anybody's proof may ask.
    """
    printed = session.scalar(
        select(OrderPartRow.annex_sha256).where(OrderPartRow.order_id == order_id)
    )
    kept = annex_of_order(session, order_id)
    if printed is None:
        return kept is None
    return kept is not None and sha256(kept).hexdigest() == printed


def annex_hashes(session: Session) -> dict[int, str]:
    """Return the printed hash of every order that has one, by the id of the order."""
    rows = session.execute(select(OrderPartRow.order_id, OrderPartRow.annex_sha256))
    return {row.order_id: row.annex_sha256 for row in rows}
