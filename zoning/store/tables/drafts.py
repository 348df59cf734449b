"""Drafts of orders, version by version; consultations, requests to neighbours, floors, delays.

Every row is a step that somebody took at a moment and stays as it was written; two officers who
write the same next version can't both succeed, for its number is the key.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zoning.store.tables.base import Base, UtcMoment


class DraftRow(Base):
    """What an order is drafted from: its kind, run, delineation, and for which units."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("rule_runs.id"))
    delineation_id: Mapped[int | None] = mapped_column(ForeignKey("delineations.id"))
    # Unit of the officer who answers for it; empty for the whole state.
    area_unit_id: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcMoment)
    started_by: Mapped[str] = mapped_column(Text)


class DraftVersionRow(Base):
    """One version of a draft: the state it is in, and all that it says."""

    __tablename__ = "draft_versions"

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(Text)
    step: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    at: Mapped[datetime] = mapped_column(UtcMoment)
    by: Mapped[str] = mapped_column(Text)


class ConsultationRow(Base):
    """An office that is asked about a version of a draft."""

    __tablename__ = "consultations"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    version: Mapped[int]
    office: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcMoment)
    asked_by: Mapped[str] = mapped_column(Text)
    answer_by: Mapped[datetime] = mapped_column(UtcMoment)


class ConsultationAnswerRow(Base):
    """What an office answered; the newest answer counts."""

    __tablename__ = "consultation_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    answer: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UtcMoment)
    by: Mapped[str] = mapped_column(Text)


class NeighbourRequestRow(Base):
    """What a neighbouring authority is asked to order on its own ground."""

    __tablename__ = "neighbour_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"), index=True)
    authority_unit_id: Mapped[str] = mapped_column(Text)
    unit_ids: Mapped[list[str]] = mapped_column(JSON)
    booth_ids: Mapped[list[str]] = mapped_column(JSON)
    zone_id: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcMoment)
    asked_by: Mapped[str] = mapped_column(Text)
    answer_by: Mapped[datetime] = mapped_column(UtcMoment)


class NeighbourAnswerRow(Base):
    """What the neighbour answered, with its own order where it made one."""

    __tablename__ = "neighbour_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("neighbour_requests.id"), index=True)
    answer: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    order_number: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcMoment)
    by: Mapped[str] = mapped_column(Text)


class FloorRow(Base):
    """The mildest zone that a higher authority allows in a unit, from when to when.

    A row that names another in `ends_floor_id` ends that one at its own `valid_from`.
    """

    __tablename__ = "floors"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text, index=True)
    zone: Mapped[str] = mapped_column(Text)
    authority: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[datetime] = mapped_column(UtcMoment)
    valid_to: Mapped[datetime | None] = mapped_column(UtcMoment)
    ends_floor_id: Mapped[int | None] = mapped_column(ForeignKey("floors.id"))
    known_at: Mapped[datetime] = mapped_column(UtcMoment)
    known_by: Mapped[str] = mapped_column(Text)


class EscalationRow(Base):
    """Something that wasn't done in time, and to whom it was passed on; once for each matter."""

    __tablename__ = "escalations"
    __table_args__ = (UniqueConstraint("kind", "matter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    matter: Mapped[str] = mapped_column(Text)
    area_unit_id: Mapped[str] = mapped_column(Text)
    to_role: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime] = mapped_column(UtcMoment)
    raised_at: Mapped[datetime] = mapped_column(UtcMoment)


class EscalationAnswerRow(Base):
    """What was done about it."""

    __tablename__ = "escalation_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalations.id"), index=True)
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcMoment)
    by: Mapped[str] = mapped_column(Text)
