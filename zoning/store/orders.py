"""Orders: published once, in one transaction, and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.model import Texts, Zone
from zoning.orders.in_force import PublishedOrder, in_force
from zoning.orders.state import OrderState
from zoning.store import audit
from zoning.store.columns import insert_columns, read_columns
from zoning.store.results import get_run
from zoning.store.tables import OrderRow, OrderUnitRow, RuleResultRow


@dataclass(frozen=True)
class NewOrder:
    """What a signatory puts their name to.

    Attributes
    ----------
    number, title, act, reason, signatory : str
        As printed; `number` is unique.
    effective_at : datetime
        When it takes effect, with offset.
    review_at, expires_at : datetime or None
        When it is looked at again; when it no longer stands.
    """

    number: str
    title: str
    act: str
    reason: str
    signatory: str
    effective_at: datetime
    review_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True)
class OrderRecord:
    """One order as it is stored, without its units."""

    order_id: int
    order: NewOrder
    status: OrderState
    run_id: int
    edition_id: int
    published_at: datetime
    published_by: str
    ended_at: datetime | None


@dataclass(frozen=True)
class ZonesInForce:
    """The zone in force in each unit that an order speaks of.

    Attributes
    ----------
    unit_id, zone, number : Texts
        Unit, its zone, and the number of the order that says so; shape (n,).
    orders : dict of str to OrderRecord
        The orders behind it, by number.
    """

    unit_id: Texts
    zone: Texts
    number: Texts
    orders: dict[str, OrderRecord]

    def __len__(self) -> int:
        return len(self.unit_id)


def publish_first_order(
    session: Session, order: NewOrder, run_id: int, *, at: datetime, who: str
) -> int:
    """Publish the zones that a run proposes and return the id of the order.

    A unit that the run leaves unclassified isn't in the order: unclassified
    changes nothing in force.

    Raises
    ------
    OrderError
        If the number is taken, the times contradict each other, or the run
        classified no unit.
    StoreError
        If there is no such run.
    """
    run = get_run(session, run_id)
    if session.scalar(select(OrderRow.id).where(OrderRow.number == order.number)) is not None:
        raise OrderError(
            tr("There already is an order {number}: give another number.", number=order.number)
        )
    read = read_columns(
        session, RuleResultRow, ("unit_id", "zone"), RuleResultRow.run_id == run_id, ("position",)
    )
    is_classified = read["zone"] != Zone.UNCLASSIFIED
    if not is_classified.any():
        raise OrderError(
            tr(
                "Run {id} classified no unit, so order {number} would declare nothing: "
                "import newer cases and propose again.",
                id=run_id,
                number=order.number,
            )
        )
    # Refuses times that contradict each other.
    PublishedOrder(order.number, frozenset(), at, order.effective_at, order.expires_at)
    row = OrderRow(
        number=order.number,
        title=order.title,
        act=order.act,
        reason=order.reason,
        status=OrderState.PUBLISHED.value,
        run_id=run_id,
        edition_id=run.edition_id,
        published_at=at,
        published_by=who,
        effective_at=order.effective_at,
        review_at=order.review_at,
        expires_at=order.expires_at,
        signatory=order.signatory,
    )
    session.add(row)
    session.flush()
    insert_columns(
        session,
        OrderUnitRow,
        {
            "order_id": row.id,
            "unit_id": read["unit_id"][is_classified],
            "zone": read["zone"][is_classified],
        },
    )
    detail = {"number": order.number, "run": run_id, "units": int(is_classified.sum())}
    audit.append(session, audit.AuditEntry(at, who, "order.publish", f"orders/{row.id}", detail))
    return row.id


def list_orders(session: Session) -> tuple[OrderRecord, ...]:
    """Return every order, the one that takes effect last first."""
    query = select(OrderRow).order_by(OrderRow.effective_at.desc(), OrderRow.id.desc())
    return tuple(_record(row) for row in session.scalars(query))


def zones_in_force(session: Session, at: datetime) -> ZonesInForce:
    """Return the zones in force at a moment; units without a standing order are absent."""
    records = {record.order_id: record for record in list_orders(session)}
    standing = [i for i, record in records.items() if _published(record).stands(at)]
    read = read_columns(
        session,
        OrderUnitRow,
        ("order_id", "unit_id", "zone"),
        OrderUnitRow.order_id.in_(standing),
        ("order_id", "unit_id"),
    )
    areas: dict[int, dict[str, str]] = {order_id: {} for order_id in standing}
    for order_id, unit_id, zone in zip(*read.values(), strict=True):
        areas[int(order_id)][unit_id] = zone
    by_number = {records[i].order.number: i for i in standing}
    found = in_force((_published(records[i], frozenset(areas[i])) for i in standing), at)
    units = sorted(found)
    numbers = [found[unit_id].order_id for unit_id in units]
    zones = [areas[by_number[n]][u] for u, n in zip(units, numbers, strict=True)]
    return ZonesInForce(
        unit_id=np.array(units, dtype=object),
        zone=np.array(zones, dtype=object),
        number=np.array(numbers, dtype=object),
        orders={number: records[by_number[number]] for number in sorted(set(numbers))},
    )


def _published(record: OrderRecord, area_ids: frozenset[str] = frozenset()) -> PublishedOrder:
    return PublishedOrder(
        order_id=record.order.number,
        area_ids=area_ids,
        published_at=record.published_at,
        effective_at=record.order.effective_at,
        expires_at=record.order.expires_at,
        ended_at=record.ended_at,
    )


def _record(row: OrderRow) -> OrderRecord:
    order = NewOrder(
        row.number,
        row.title,
        row.act,
        row.reason,
        row.signatory,
        row.effective_at,
        row.review_at,
        row.expires_at,
    )
    return OrderRecord(
        row.id,
        order,
        OrderState(row.status),
        row.run_id,
        row.edition_id,
        row.published_at,
        row.published_by,
        row.ended_at,
    )
