"""What a receiver is told of an order: read when it is sent, for what is signed never changes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.model import Category, Zone
from zoning.model.notices import Notice, NoticeBooth, NoticeUnit
from zoning.rules.rulebook import load_rule
from zoning.store.imports import list_imports
from zoning.store.orders import OrderKind, OrderRecord, list_orders
from zoning.store.outbox import Claimed
from zoning.store.results import get_run
from zoning.store.tables import OrderBoothRow, OrderUnitRow, UnitRow

_CONTAINING = (Category.AFFECTED.value, Category.BUFFER.value)


@dataclass(frozen=True)
class _Area:
    """The units that a receiver asked about; empty for all."""

    asked: frozenset[str]
    parents: dict[str, str]

    def holds(self, unit_id: str) -> bool:
        """Return whether a unit is one of them, or lies in one."""
        seen: set[str] = set()
        while self.asked and unit_id and unit_id not in self.asked and unit_id not in seen:
            seen.add(unit_id)
            unit_id = self.parents.get(unit_id, "")
        return not self.asked or unit_id in self.asked


def notice_of(session: Session, claimed: Claimed, site_url: str) -> Notice:
    """Return what the receiver of a notice is told: public facts only.

    Parameters
    ----------
    session : Session
        An open transaction.
    claimed : Claimed
        Which order, and to whom.
    site_url : str
        Address of the public site; empty for none.
    """
    record = next(r for r in list_orders(session) if r.order_id == claimed.order_id)
    places = session.execute(
        select(UnitRow.unit_id, UnitRow.parent_id, UnitRow.name).where(
            UnitRow.edition_id == record.edition_id
        )
    ).all()
    names = {code: name or "" for code, _, name in places}
    area = _Area(frozenset(claimed.unit_ids), {code: parent or "" for code, parent, _ in places})
    order = record.order
    return Notice(
        key=claimed.key,
        number=order.number,
        title=order.title,
        order_kind=record.kind.value,
        published_at=record.published_at,
        effective_at=order.effective_at,
        review_at=order.review_at,
        expires_at=order.expires_at,
        url=site_url,
        is_fictional=any(r.mapping.get("is_fictional") for r in list_imports(session)),
        units=_units(session, record, names, area),
        booths=_booths(session, record, area),
    )


def _units(
    session: Session, record: OrderRecord, names: dict[str, str], area: _Area
) -> tuple[NoticeUnit, ...]:
    query = (
        select(OrderUnitRow.unit_id, OrderUnitRow.zone)
        .where(OrderUnitRow.order_id == record.order_id)
        .order_by(OrderUnitRow.unit_id)
    )
    labels = {zone.value: zone.value for zone in Zone}
    if record.run_id is not None:
        rule = load_rule(get_run(session, record.run_id).rule_id)
        labels |= {level.key: level.label for level in rule.zones}
    return tuple(
        NoticeUnit(code, names.get(code, ""), zone, labels.get(zone, zone))
        for code, zone in session.execute(query)
        if area.holds(code)
    )


def _booths(session: Session, record: OrderRecord, area: _Area) -> tuple[NoticeBooth, ...]:
    query = (
        select(OrderBoothRow.booth_id, OrderBoothRow.unit_id, OrderBoothRow.category)
        .where(OrderBoothRow.order_id == record.order_id)
        .order_by(OrderBoothRow.booth_id)
    )
    if record.kind is not OrderKind.RELEASE:
        # It speaks of all booths; what contains nobody needn't be told one by one.
        query = query.where(OrderBoothRow.category.in_(_CONTAINING))
    return tuple(
        NoticeBooth(booth, unit or "", category or "")
        for booth, unit, category in session.execute(query)
        if area.holds(unit or "")
    )
