"""Deviations, the relaxations that were withdrawn because of them, and those given back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base, UtcMoment


class DeviationRow(Base):
    """One offence against the measures, as it was seen."""

    __tablename__ = "deviations"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text, index=True)
    booth_id: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    premises: Mapped[str] = mapped_column(Text)
    activity: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    # Section of the Disaster Management Act, 2005, or another law.
    offence: Mapped[str] = mapped_column(Text)
    happened_at: Mapped[datetime] = mapped_column(UtcMoment)
    at: Mapped[datetime] = mapped_column(UtcMoment)
    by: Mapped[str] = mapped_column(Text)


class WithdrawalRow(Base):
    """A relaxation taken back: for one premises at once, for an activity in an area as well."""

    __tablename__ = "withdrawals"

    id: Mapped[int] = mapped_column(primary_key=True)
    deviation_id: Mapped[int] = mapped_column(ForeignKey("deviations.id"), index=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    scope: Mapped[str] = mapped_column(Text)
    # For a scope of `area`: the unit, of any level, in which the activity is closed.
    unit_id: Mapped[str] = mapped_column(Text, index=True)
    premises: Mapped[str] = mapped_column(Text)
    activity: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    effective_at: Mapped[datetime] = mapped_column(UtcMoment)
    review_at: Mapped[datetime] = mapped_column(UtcMoment)
    at: Mapped[datetime] = mapped_column(UtcMoment)
    by: Mapped[str] = mapped_column(Text)


class RestorationRow(Base):
    """The end of a withdrawal."""

    __tablename__ = "restorations"

    withdrawal_id: Mapped[int] = mapped_column(ForeignKey("withdrawals.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    effective_at: Mapped[datetime] = mapped_column(UtcMoment)
    at: Mapped[datetime] = mapped_column(UtcMoment)
    by: Mapped[str] = mapped_column(Text)
