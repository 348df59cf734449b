"""What was signed beside the head of an order: directions, gates, commanders; the sealed annex."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base, UtcMoment


class OrderPartRow(Base):
    """All that an order says beyond its head and its areas, and the hash of its annex."""

    __tablename__ = "order_parts"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    annex_sha256: Mapped[str] = mapped_column(Text)


class OrderAnnexRow(Base):
    """The annex of an order, byte for byte as it was sealed."""

    __tablename__ = "order_annexes"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)


class TaskReportRow(Base):
    """How far a direction of an order is done; the newest report counts."""

    __tablename__ = "task_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    # Place of the direction in the order, from 0.
    position: Mapped[int]
    # Area of who reports; others have the same direction to do in theirs.
    area_unit_id: Mapped[str | None] = mapped_column(Text)
    is_done: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcMoment)
    by: Mapped[str] = mapped_column(Text)
