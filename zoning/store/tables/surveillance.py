"""Surveillance: cases and tests, as their files told them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Double, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base


class CaseRow(Base):
    """One line of a case file; `located_unit_id` or `unlocated_reason` is ours."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("count >= 0", name="count_not_negative"),
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
    booth_id: Mapped[str | None] = mapped_column(Text)
    lon: Mapped[float | None] = mapped_column(Double)
    lat: Mapped[float | None] = mapped_column(Double)
    located_unit_id: Mapped[str | None] = mapped_column(Text)
    unlocated_reason: Mapped[str | None] = mapped_column(Text)


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
