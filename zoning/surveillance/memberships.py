"""Which booths each containment zone had when."""

from __future__ import annotations

from dataclasses import dataclass

from zoning.model import Days, Texts


@dataclass(frozen=True)
class Memberships:
    """Which booths a containment zone had when, arrays of shape (m,).

    A zone keeps its id when it grows, merges or shrinks; so a row told of a zone speaks of
    the booths that it had on that day.

    Attributes
    ----------
    zone_id, booth_id : Texts
        The zone, and a booth of it.
    since, until : Days
        First day, and first day no more; NaT in `until` while it lasts.
    """

    zone_id: Texts
    booth_id: Texts
    since: Days
    until: Days
