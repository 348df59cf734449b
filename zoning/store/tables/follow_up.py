"""Follow-up: house rounds, contacts and samples of a booth or zone; alarms that were answered.

A row says what was told at a moment; the newest of each thing counts.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base, UtcMoment


class HouseRoundRow(Base):
    """How many houses of an area a round has visited."""

    __tablename__ = "house_rounds"

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    area_id: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date] = mapped_column(Date)
    houses_total: Mapped[int]
    houses_visited: Mapped[int]


class ContactRow(Base):
    """How far the follow-up of one contact is; a code, never a name."""

    __tablename__ = "contacts"

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    contact_id: Mapped[str] = mapped_column(Text)
    area_id: Mapped[str] = mapped_column(Text)
    last_exposure_on: Mapped[date | None] = mapped_column(Date)
    told_on: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]


class SampleRow(Base):
    """Samples taken in an area on a day, and how many results have come."""

    __tablename__ = "samples"

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    area_id: Mapped[str] = mapped_column(Text)
    taken_on: Mapped[date] = mapped_column(Date)
    samples: Mapped[int]
    results: Mapped[int]


class AlarmAnswerRow(Base):
    """Who answered the first case of a unit, and when."""

    __tablename__ = "alarm_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text, index=True)
    answered_at: Mapped[datetime] = mapped_column(UtcMoment)
    answered_by: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
