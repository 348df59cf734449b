"""Notices: who is told of orders, and what still has to be told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base, UtcMoment


class SubscriptionRow(Base):
    """One receiver of notices; closed ones are kept and marked.

    `unit_ids` is None where the receiver is told of every order.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        # One address is told everything once.
        Index(
            "ix_subscriptions_address",
            "kind",
            "address",
            unique=True,
            sqlite_where=text("closed_at is null"),
            postgresql_where=text("closed_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    unit_ids: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    language: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcMoment)
    created_by: Mapped[str] = mapped_column(Text)
    closed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    closed_by: Mapped[str | None] = mapped_column(Text)


class OutboxRow(Base):
    """One notice of one order to one receiver, written with the order.

    `next_try_at` is also a lease: whoever tries moves it on before trying, so that nobody else
    tries meanwhile, and somebody does once they have died. `key` is said to the receiver.
    """

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("order_id", "subscription_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id"), index=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcMoment)
    next_try_at: Mapped[datetime] = mapped_column(UtcMoment, index=True)
    tries: Mapped[int]
    sent_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    last_error: Mapped[str | None] = mapped_column(Text)
