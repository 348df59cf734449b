"""Floors: the mildest zone that a higher authority allows in a unit and below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zoning.store.tables import FloorRow


@dataclass(frozen=True)
class NewFloor:
    """What a higher authority lays down.

    Attributes
    ----------
    unit_id : str
        For which unit with all below it.
    zone : str
        The mildest zone that is allowed.
    authority, reference : str
        Who laid it down, under which number.
    valid_from : datetime
        From when, with offset.
    valid_to : datetime or None
        First moment at which it no longer holds; None while open.
    """

    unit_id: str
    zone: str
    authority: str
    reference: str
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True)
class Floor:
    """A floor with its number and its end as known."""

    floor_id: int
    new: NewFloor
    known_at: datetime
    known_by: str

    def holds(self, at: datetime) -> bool:
        """Return whether it holds at a moment."""
        new = self.new
        return new.valid_from <= at and (new.valid_to is None or at < new.valid_to)


def add_floor(
    session: Session, new: NewFloor, *, at: datetime, who: str, ends_floor_id: int | None = None
) -> int:
    """Write a floor, or that another one ends at `valid_from`, and return its number."""
    row = FloorRow(
        unit_id=new.unit_id,
        zone=new.zone,
        authority=new.authority,
        reference=new.reference,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        ends_floor_id=ends_floor_id,
        known_at=at,
        known_by=who,
    )
    session.add(row)
    session.flush()
    return row.id


def read_floors(session: Session, known_at: datetime) -> tuple[Floor, ...]:
    """Return the floors known at a moment, with their ends; in the order of their numbers."""
    rows = session.scalars(
        select(FloorRow).where(FloorRow.known_at <= known_at).order_by(FloorRow.id)
    ).all()
    ends: dict[int, datetime] = {}
    for row in rows:
        if row.ends_floor_id is not None:
            known = ends.get(row.ends_floor_id, row.valid_from)
            ends[row.ends_floor_id] = min(known, row.valid_from)
    return tuple(
        Floor(row.id, _new(row, ends.get(row.id)), row.known_at, row.known_by)
        for row in rows
        if row.ends_floor_id is None
    )


def _new(row: FloorRow, ended_at: datetime | None) -> NewFloor:
    ends = [moment for moment in (row.valid_to, ended_at) if moment is not None]
    return NewFloor(
        row.unit_id, row.zone, row.authority, row.reference, row.valid_from, min(ends, default=None)
    )
