"""Decisions: orders, and what they declare of units, booths and areas."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import SRID, Base, UtcMoment


class OrderRow(Base):
    """One order; triggers refuse to change what was signed, only its end is told later."""

    __tablename__ = "orders"
    __table_args__ = (
        # Orders of before, brought in by a file, may be taken back and brought in again.
        Index(
            "ix_orders_number",
            "number",
            unique=True,
            sqlite_where=text("import_id is null"),
            postgresql_where=text("import_id is null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    act: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("rule_runs.id"))
    delineation_id: Mapped[int | None] = mapped_column(ForeignKey("delineations.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
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


class OrderBoothRow(Base):
    """The category that one order declares for one booth; empty where it declares none."""

    __tablename__ = "order_booths"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    booth_id: Mapped[str] = mapped_column(Text, primary_key=True)
    unit_id: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(Text)
    zone_id: Mapped[str | None] = mapped_column(Text)


class OrderAreaRow(Base):
    """An area as an order drew it, where it didn't name booths."""

    __tablename__ = "order_areas"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(Text)
    geometry: Mapped[Any] = mapped_column(
        Geometry("GEOMETRY", srid=SRID, spatial_index=False), nullable=True
    )
