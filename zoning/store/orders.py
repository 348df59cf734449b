"""Orders: published once, in one transaction, and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
from zoning.store.tables import ImportRow, OrderRow, OrderUnitRow, RuleResultRow


class OrderKind(StrEnum):
    """What an order is about.

    `ZONES` declares zones, and may declare what they divide into; `CATEGORIES` declares the
    booths of one jurisdiction; `SEALING` closes booths for a day; `RELEASE` takes booths out of
    Category A; `STANDING` was in force before and came by a file.
    """

    ZONES = "zones"
    CATEGORIES = "categories"
    SEALING = "sealing"
    RELEASE = "release"
    STANDING = "standing"


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
class OrderSource:
    """What an order rests on: its kind, edition, and the run, delineation or import behind it."""

    kind: OrderKind
    edition_id: int
    run_id: int | None = None
    delineation_id: int | None = None
    import_id: int | None = None


@dataclass(frozen=True)
class OrderRecord:
    """One order as it is stored, without its units."""

    order_id: int
    order: NewOrder
    status: OrderState
    kind: OrderKind
    run_id: int | None
    delineation_id: int | None
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
    session: Session,
    order: NewOrder,
    run_id: int,
    *,
    at: datetime,
    who: str,
    delineation_id: int | None = None,
    decided: tuple[Texts, Texts] | None = None,
) -> int:
    """Publish the zones that a run proposes and return the id of the order.

    A unit that the run leaves unclassified isn't in the order: unclassified
    changes nothing in force. Where something is in force, `decided` says what each unit is to
    have: units and their zones, shape (m,) each.

    Raises
    ------
    OrderError
        If the number is taken, the times contradict each other, or the run
        classified no unit.
    StoreError
        If there is no such run.
    """
    run = get_run(session, run_id)
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
    order_id = add_order(
        session,
        order,
        OrderSource(OrderKind.ZONES, run.edition_id, run_id, delineation_id),
        at=at,
        who=who,
    )
    units, zones = decided or (read["unit_id"][is_classified], read["zone"][is_classified])
    insert_units_of_order(session, order_id, units, zones)
    detail = {"number": order.number, "run": run_id, "units": len(units)}
    audit.append(session, audit.AuditEntry(at, who, "order.publish", f"orders/{order_id}", detail))
    return order_id


def add_order(
    session: Session, order: NewOrder, source: OrderSource, *, at: datetime, who: str
) -> int:
    """Write the head of an order and return its id; what it declares follows.

    Raises
    ------
    OrderError
        If the number is taken, or the times contradict each other.
    """
    # Only an order of before, whose file was taken back, may come again.
    if any(
        record.kind is not OrderKind.STANDING or record.ended_at is None
        for record in list_orders(session, order.number)
    ):
        raise OrderError(
            tr("There already is an order {number}: give another number.", number=order.number)
        )
    # Refuses times that contradict each other.
    PublishedOrder(order.number, frozenset(), at, order.effective_at, order.expires_at)
    row = OrderRow(
        number=order.number,
        title=order.title,
        act=order.act,
        reason=order.reason,
        status=OrderState.PUBLISHED.value,
        kind=source.kind.value,
        run_id=source.run_id,
        delineation_id=source.delineation_id,
        import_id=source.import_id,
        edition_id=source.edition_id,
        published_at=at,
        published_by=who,
        effective_at=order.effective_at,
        review_at=order.review_at,
        expires_at=order.expires_at,
        signatory=order.signatory,
    )
    session.add(row)
    session.flush()
    return row.id


def insert_units_of_order(session: Session, order_id: int, unit_id: Texts, zone: Texts) -> None:
    """Write the zones that an order declares, shape (n,) each."""
    insert_columns(session, OrderUnitRow, {"order_id": order_id, "unit_id": unit_id, "zone": zone})


def units_of_order(session: Session, order_id: int) -> tuple[Texts, Texts]:
    """Return the units that an order speaks of, sorted, and their zones."""
    names = ("unit_id", "zone")
    read = read_columns(session, OrderUnitRow, names, OrderUnitRow.order_id == order_id, names)
    return read["unit_id"], read["zone"]


def list_orders(session: Session, number: str | None = None) -> tuple[OrderRecord, ...]:
    """Return every order, or those of one number, the one that takes effect last first.

    One brought in by a file ends when that import is undone.
    """
    query = (
        select(OrderRow, ImportRow.undone_at)
        .outerjoin(ImportRow, ImportRow.id == OrderRow.import_id)
        .order_by(OrderRow.effective_at.desc(), OrderRow.id.desc())
    )
    if number is not None:
        query = query.where(OrderRow.number == number)
    return tuple(_record(row, undone_at) for row, undone_at in session.execute(query))


def stands(record: OrderRecord, at: datetime) -> bool:
    """Return whether an order is published, has taken effect and hasn't ended at a moment."""
    return _published(record).stands(at)


def zones_in_force(session: Session, at: datetime) -> ZonesInForce:
    """Return the zones in force at a moment; units without a standing order are absent."""
    records = {record.order_id: record for record in list_orders(session)}
    standing = [i for i, record in records.items() if stands(record, at)]
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


def _record(row: OrderRow, undone_at: datetime | None) -> OrderRecord:
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
    ends = [moment for moment in (row.ended_at, undone_at) if moment is not None]
    return OrderRecord(
        row.id,
        order,
        OrderState(row.status),
        OrderKind(row.kind),
        row.run_id,
        row.delineation_id,
        row.edition_id,
        row.published_at,
        row.published_by,
        min(ends, default=None),
    )
