"""Decisions: orders and the zones they declare."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base, UtcMoment


class OrderRow(Base):
    """One order; triggers refuse to change what was signed, only its end is told later."""

    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    act: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    run_id: Mapped[int] = mapped_column(ForeignKey("rule_runs.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    published_at: Mapped[datetime] = mapped_column(UtcMoment)
    published_by: Mapped[str] = mapped_column(Text)
    effective_at: Mapped[datetime] = mapped_column(UtcMoment)
    review_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    expires_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    signatory: Mapped[str] = mapped_column(Text)


class OrderUnitRow(Base):
    """The zone that one order declares for one unit."""

    __tablename__ = "order_units"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text, primary_key=True)
    zone: Mapped[str] = mapped_column(Text)
