"""Containment: what a policy said of every booth, and how its zones came to be."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import JSON, Date, Double, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import SRID, Base, UtcMoment


class DelineationRow(Base):
    """One application of a policy to the zones of one run of a rule."""

    __tablename__ = "delineations"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("rule_runs.id"), index=True)
    booth_edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"))
    policy_id: Mapped[str] = mapped_column(Text)
    buffer_m: Mapped[float] = mapped_column(Double)
    ground_key: Mapped[str] = mapped_column(Text)
    computed_at: Mapped[datetime] = mapped_column(UtcMoment)
    computed_by: Mapped[str] = mapped_column(Text)


class DelineationBoothRow(Base):
    """What one delineation says of one booth; `position` keeps the order of the booths."""

    __tablename__ = "delineation_booths"

    delineation_id: Mapped[int] = mapped_column(ForeignKey("delineations.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    booth_id: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(Text)
    is_watched: Mapped[bool]
    needs_survey: Mapped[bool]
    is_held: Mapped[bool]
    affecting: Mapped[int]
    last_case_on: Mapped[date | None] = mapped_column(Date)
    provenance: Mapped[str | None] = mapped_column(Text)
    zone_id: Mapped[str | None] = mapped_column(Text)


class ZoneEventRow(Base):
    """What became of one containment zone from one delineation to the next."""

    __tablename__ = "zone_events"

    delineation_id: Mapped[int] = mapped_column(ForeignKey("delineations.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text)
    zone_id: Mapped[str] = mapped_column(Text, index=True)
    opened_on: Mapped[date | None] = mapped_column(Date)
    from_ids: Mapped[list[str]] = mapped_column(JSON)
    into_ids: Mapped[list[str]] = mapped_column(JSON)
    n_before: Mapped[int]
    n_after: Mapped[int]


class IsolationRow(Base):
    """A part of a booth that is cordoned alone, by a cited authority."""

    __tablename__ = "isolation_units"

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    isolation_id: Mapped[str] = mapped_column(Text)
    booth_id: Mapped[str | None] = mapped_column(Text)
    authority: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date | None] = mapped_column(Date)
    to_on: Mapped[date | None] = mapped_column(Date)
    geometry: Mapped[Any] = mapped_column(
        Geometry("GEOMETRY", srid=SRID, spatial_index=False), nullable=True
    )
