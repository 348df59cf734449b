"""Surveillance: cases, outcomes and tests as their files told them, and who reports them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base, UtcMoment


class CaseRow(Base):
    """One line of a case file; `located_unit_id` or `unlocated_reason` is ours."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "ix_cases_case_id",
            "case_id",
            sqlite_where=text("case_id is not null"),
            postgresql_where=text("case_id is not null"),
        ),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[str | None] = mapped_column(Text)
    confirmed_on: Mapped[date] = mapped_column(Date)
    count: Mapped[int]
    outcome: Mapped[str | None] = mapped_column(Text)
    outcome_on: Mapped[date | None] = mapped_column(Date)
    is_imported: Mapped[bool]
    is_institutional: Mapped[bool]
    unit_id: Mapped[str | None] = mapped_column(Text)
    detected_unit_id: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    booth_id: Mapped[str | None] = mapped_column(Text)
    lon: Mapped[float | None] = mapped_column(Double)
    lat: Mapped[float | None] = mapped_column(Double)
    located_unit_id: Mapped[str | None] = mapped_column(Text)
    unlocated_reason: Mapped[str | None] = mapped_column(Text)


class CasePlaceRow(Base):
    """Where a person put one case; the newest row of a case counts."""

    __tablename__ = "case_places"
    __table_args__ = (
        ForeignKeyConstraint(["import_id", "row"], ["cases.import_id", "cases.row"]),
        Index("ix_case_places_import_id", "import_id", "row"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int]
    row: Mapped[int]
    unit_id: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UtcMoment)
    decided_by: Mapped[str] = mapped_column(Text)


class NameDecisionRow(Base):
    """Which unit a text names, as a person decided; the newest row of a text counts."""

    __tablename__ = "name_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text, index=True)
    within: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UtcMoment)
    decided_by: Mapped[str] = mapped_column(Text)


class OutcomeRow(Base):
    """How a case ended, told after the case itself."""

    __tablename__ = "outcomes"

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[str] = mapped_column(Text, index=True)
    outcome: Mapped[str | None] = mapped_column(Text)
    outcome_on: Mapped[date | None] = mapped_column(Date)


class FeedRow(Base):
    """Who reports for which units how often; the newest row of a feed counts."""

    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[str] = mapped_column(Text, index=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    rhythm_days: Mapped[int]
    scope: Mapped[list[str]] = mapped_column(JSON)
    is_closed: Mapped[bool]
    known_at: Mapped[datetime] = mapped_column(UtcMoment)
    known_by: Mapped[str] = mapped_column(Text)


class TestsRow(Base):
    """Samples tested in one unit on one day."""

    __tablename__ = "tests"
    __table_args__ = (CheckConstraint("tests >= 0 and positives >= 0", name="not_negative"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_id: Mapped[str | None] = mapped_column(Text)
    tested_on: Mapped[date] = mapped_column(Date)
    tests: Mapped[int]
    positives: Mapped[int]
