"""What became of each containment zone from one delineation to the next.

Every zone that was open before or is open after has exactly one event, and the
events name both ways whence booths came and whither they went: the lineage is
whole through any merging and splitting at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """What became of a zone.

    `OPENED`, `CLOSED` and `MERGED` begin or end an id: a merged zone has ended, its booths are in
    others. A zone that took booths of another and goes on has `GREW` or `CHANGED`, with
    `from_ids`. `SPLIT` goes on too, and left booths to others, named in `into_ids`.
    """

    OPENED = "opened"
    GREW = "grew"
    SHRANK = "shrank"
    CHANGED = "changed"
    SPLIT = "split"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    CLOSED = "closed"


# With these an id ends, and never comes back.
ENDINGS = (EventKind.MERGED, EventKind.CLOSED)


@dataclass(frozen=True)
class ZoneEvent:
    """What became of one zone.

    Attributes
    ----------
    kind : EventKind
        In one word.
    zone_id : str
        The zone.
    from_ids : tuple of str
        Other zones of before some of whose booths are now in this one, sorted; for one that
        opened, those it is a part of.
    into_ids : tuple of str
        Other zones that some of its booths of before are now in, sorted.
    n_before, n_after : int
        Its booths; 0 before it opened and after it ended.
    n_vanished : int
        Those of its booths of before that the present edition of booths doesn't have: that they
        are no longer affected is no news of the disease. A zone closed by nothing else has
        `n_vanished` equal to `n_before`.
    """

    kind: EventKind
    zone_id: str
    from_ids: tuple[str, ...]
    into_ids: tuple[str, ...]
    n_before: int
    n_after: int
    n_vanished: int = 0


def id_order(zone_id: str) -> tuple[str, int, str]:
    """Return a key that sorts zone ids by day and serial: the 1000th comes after the 999th."""
    day, _, serial = zone_id.rpartition("-")
    return (day, len(serial), serial)


def zone_events(
    before: Mapping[str, AbstractSet[str]],
    after: Mapping[str, AbstractSet[str]],
    present: AbstractSet[str],
) -> tuple[ZoneEvent, ...]:
    """Return one event for each zone that was or is open, by id.

    Parameters
    ----------
    before, after : mapping of str to set of str
        Booths of each open zone, by its id; no booth is in two of one side.
    present : set of str
        All booths of the present edition, in whatever category.
    """
    now_in = {booth: zone_id for zone_id, booths in after.items() for booth in booths}
    into: dict[str, set[str]] = {
        zone_id: {now_in[booth] for booth in booths if booth in now_in} - {zone_id}
        for zone_id, booths in before.items()
    }
    whence: dict[str, set[str]] = {zone_id: set() for zone_id in after}
    for zone_id, others in into.items():
        for other in others:
            whence[other].add(zone_id)
    nothing: AbstractSet[str] = frozenset()
    return tuple(
        ZoneEvent(
            kind=_kind(before.get(zone_id), after.get(zone_id), bool(into.get(zone_id))),
            zone_id=zone_id,
            from_ids=tuple(sorted(whence.get(zone_id, ()), key=id_order)),
            into_ids=tuple(sorted(into.get(zone_id, ()), key=id_order)),
            n_before=len(before.get(zone_id, nothing)),
            n_after=len(after.get(zone_id, nothing)),
            n_vanished=len(before.get(zone_id, nothing) - present),
        )
        for zone_id in sorted(before.keys() | after.keys(), key=id_order)
    )


def _kind(
    before: AbstractSet[str] | None, after: AbstractSet[str] | None, has_left: bool
) -> EventKind:
    if before is None:
        return EventKind.OPENED
    if after is None:
        return EventKind.MERGED if has_left else EventKind.CLOSED
    if has_left:
        return EventKind.SPLIT
    if before == after:
        return EventKind.UNCHANGED
    if before < after:
        return EventKind.GREW
    return EventKind.SHRANK if after < before else EventKind.CHANGED
