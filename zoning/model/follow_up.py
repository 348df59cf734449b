"""The register of follow-up in containment: house rounds, contacts and samples; nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zoning.model.arrays import Days, Ints, Texts


class ContactStatus(StrEnum):
    """How the follow-up of a contact stands; only `COMPLETED` closes it by itself."""

    OPEN = "open"
    FOLLOWED = "followed"
    LOST = "lost"
    COMPLETED = "completed"


@dataclass(frozen=True)
class Rounds:
    """House-to-house rounds, one row an area and day.

    Attributes
    ----------
    row : Ints
        Data row in the file, from 1.
    area_id : Texts
        Booth, or containment zone; never empty.
    on : Days
        Day of the round.
    houses_total, houses_visited : Ints
        Houses of the area, at least 1; of these visited.
    """

    row: Ints
    area_id: Texts
    on: Days
    houses_total: Ints
    houses_visited: Ints

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True)
class Contacts:
    """Contacts under follow-up, one row a contact and day told; the latest day stands.

    Attributes
    ----------
    row : Ints
        Data row in the file, from 1.
    contact_id, area_id : Texts
        Key that tells nothing of the person; booth, or containment zone. Never empty.
    last_exposure_on : Days
        NaT where unknown, which keeps the contact open.
    told_on : Days
        Day of which the status is told.
    status : Texts
        A `ContactStatus` value.
    attempts : Ints
        Documented attempts to find a lost contact; 0 where none is told.
    """

    row: Ints
    contact_id: Texts
    area_id: Texts
    last_exposure_on: Days
    told_on: Days
    status: Texts
    attempts: Ints

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True)
class Samples:
    """Samples taken in containment, one row an area and day.

    Attributes
    ----------
    row : Ints
        Data row in the file, from 1.
    area_id : Texts
        Booth, or containment zone; never empty.
    taken_on : Days
        Day on which they were taken.
    samples, results : Ints
        Samples taken, and of these with a result; the rest is pending.
    """

    row: Ints
    area_id: Texts
    taken_on: Days
    samples: Ints
    results: Ints

    def __len__(self) -> int:
        return len(self.row)
