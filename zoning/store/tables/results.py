"""Judgement: what a rule said of every unit, as known at a moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base, UtcMoment


class RuleRunRow(Base):
    """One application of one rule set to one edition on one day."""

    __tablename__ = "rule_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[str] = mapped_column(Text)
    on_day: Mapped[date] = mapped_column(Date)
    known_at: Mapped[datetime] = mapped_column(UtcMoment)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    reported_through: Mapped[date | None] = mapped_column(Date)
    computed_at: Mapped[datetime] = mapped_column(UtcMoment)
    computed_by: Mapped[str] = mapped_column(Text)
    parameter_names: Mapped[list[str]] = mapped_column(JSON)


class RuleResultRow(Base):
    """What one run says of one unit; `position` keeps the order of the units."""

    __tablename__ = "rule_results"

    run_id: Mapped[int] = mapped_column(ForeignKey("rule_runs.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_id: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(Text)
    zone_worst: Mapped[str] = mapped_column(Text)
    confirmed_total: Mapped[int]
    active: Mapped[int]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    doubling_state: Mapped[str] = mapped_column(Text)
    surge: Mapped[bool]
    last_case_on: Mapped[date | None] = mapped_column(Date)
    reported_through: Mapped[date | None] = mapped_column(Date)
    flags: Mapped[list[str]] = mapped_column(JSON)
    explanation: Mapped[str | None] = mapped_column(Text)
