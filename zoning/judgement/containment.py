"""Containment zones: contiguous groups of affected booths, and the ids that stay with them.

In one sentence: affected booths that touch, or share ground, are one zone; from
one delineation to the next an id stays with the group that has most of its booths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from zoning.errors import InputError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.judgement.zone_codes import zone_code
from zoning.judgement.zone_events import ZoneEvent, id_order, zone_events
from zoning.model import Bools, Days, Indices, Texts
from zoning.places.neighbours import Neighbours


@dataclass(frozen=True)
class KnownZone:
    """An open zone as it was at the last delineation.

    Attributes
    ----------
    zone_id : str
        Its id, such as `CZ-20200804-001`.
    opened_on : date
        Day it was opened.
    booth_ids : frozenset of str
        Its affected booths, as the edition of that day named them.
    """

    zone_id: str
    opened_on: date
    booth_ids: frozenset[str]


@dataclass(frozen=True)
class Lineage:
    """Ids of the zones of one day, in the order of their labels, and what became of each.

    Attributes
    ----------
    zone_id : Texts
        Id of each label, shape (k,).
    opened_on : Days
        Day on which each was opened, shape (k,).
    events : tuple of ZoneEvent
        One for each zone that was or is open, by id.
    """

    zone_id: Texts
    opened_on: Days
    events: tuple[ZoneEvent, ...]

    def of_booths(self, labels: Indices) -> Texts:
        """Return the zone of each booth, shape (n,); empty where it is in none."""
        zone_of: Texts = np.append(self.zone_id, "")[labels]
        return zone_of

    def known(self, labels: Indices, booth_id: Texts) -> tuple[KnownZone, ...]:
        """Return the zones as the next delineation takes them, in the order of the labels."""
        members = _members(labels, booth_id)
        return tuple(
            KnownZone(str(zone_id), opened_on, members[at])
            for at, (zone_id, opened_on) in enumerate(
                zip(self.zone_id, self.opened_on.tolist(), strict=True)
            )
        )


def contiguous(is_affected: Bools, touching: Neighbours, sharing: Indices) -> Indices:
    """Return which group of touching affected booths each one belongs to.

    Parameters
    ----------
    is_affected : Bools
        Booths of category A, shape (n,).
    touching : Neighbours
        Which booths touch, within the policy's `touching_m`, of n booths.
    sharing : Indices
        Number of each booth's ground, shape (n,); those of one ground are together whether or
        not `touching` says so.

    Returns
    -------
    Indices
        Labels from 0 in the order in which the groups begin among the booths, shape (n,); -1
        for a booth that isn't affected.
    """
    n = len(is_affected)
    one = np.repeat(np.arange(n), np.diff(touching.first))
    both = is_affected[one] & is_affected[touching.index]
    affected = np.flatnonzero(is_affected)
    _, head, nth = np.unique(sharing[affected], return_index=True, return_inverse=True)
    left = np.concatenate([one[both], affected])
    right = np.concatenate([touching.index[both], affected[head][nth]])
    size = (n, n)
    _, group = connected_components(
        coo_array((np.ones(len(left)), (left, right)), size), directed=False
    )
    labels = np.full(n, -1, dtype=np.int32)
    _, first, of_group = np.unique(group[affected], return_index=True, return_inverse=True)
    labels[affected] = np.argsort(np.argsort(first))[of_group]
    return labels


def carry_on(
    labels: Indices, booth_id: Texts, known: Sequence[KnownZone], used_serials: int, on: date
) -> Lineage:
    """Return the id of each group: that of a zone it goes on from, else a new one.

    Parameters
    ----------
    labels : Indices
        Group of each booth, shape (n,), as `contiguous` returns them; -1 for none.
    booth_id : Texts
        Unique codes, shape (n,).
    known : sequence of KnownZone
        Zones open at the last delineation, without a booth in common.
    used_serials : int
        How many ids have been given already for `on`, closed ones too: 0 for the first
        delineation of a day.
    on : date
        Day judged.

    Returns
    -------
    Lineage
        The same whatever the order of the booths, each id with its group.

    Raises
    ------
    InputError
        If a known zone was opened after `on`: its past can't be drawn from its future.
    ValueError
        If a new id is one that a known zone has: `used_serials` was wrong.

    Notes
    -----
    Of all overlaps between known zones and groups the largest, in booths, hands down its id
    first; then the next whose id and group are both free. Ties go to the zone opened first, the
    smaller id, the group with the smaller first `booth_id`. Groups left without get the next
    serials of the day, in the order of their first `booth_id`.

    A zone is known by the codes of its booths. Where the edition of booths has changed since,
    a code that is gone overlaps nothing: its zone may lose its id, or close, though nothing
    happened on the ground. Events count such booths as `n_vanished`; who has a crosswalk of
    the editions puts the new codes into `known` first.
    """
    _refuse_later(known, on)
    members = _members(labels, booth_id)
    first_booth = [min(booths) for booths in members]
    heir = _inherit(labels, booth_id, known, first_booth)
    zone_ids, opened = [""] * len(members), [on] * len(members)
    for at, zone in heir.items():
        zone_ids[at], opened[at] = zone.zone_id, zone.opened_on
    serial = used_serials
    for at in sorted(range(len(members)), key=first_booth.__getitem__):
        if at not in heir:
            serial += 1
            zone_ids[at] = zone_code(on, serial)
    before = {zone.zone_id: zone.booth_ids for zone in known}
    taken = {zone_ids[at] for at in range(len(members)) if at not in heir} & before.keys()
    if taken:
        raise ValueError(f"{used_serials} ids used on {on}, but {min(taken)} is known")
    after = dict(zip(zone_ids, members, strict=True))
    return Lineage(
        zone_id=np.array([*zone_ids, None], dtype=object)[:-1],
        opened_on=np.array(opened, dtype="datetime64[D]"),
        events=zone_events(before, after, set(booth_id.tolist())),
    )


def _refuse_later(known: Sequence[KnownZone], on: date) -> None:
    later = max(known, key=lambda zone: zone.opened_on, default=None)
    if later is not None and later.opened_on > on:
        raise InputError(
            tr(
                "The containment zone {zone} was opened on {opened}, after {on}, the day to be "
                "delineated; give a day from then on.",
                zone=later.zone_id,
                opened=forms.day(later.opened_on),
                on=forms.day(on),
            )
        )


def _members(labels: Indices, booth_id: Texts) -> list[frozenset[str]]:
    """Return the booths of each label."""
    inside = np.flatnonzero(labels >= 0)
    if not len(inside):
        return []
    order = inside[np.argsort(labels[inside], kind="stable")]
    ends = np.cumsum(np.bincount(labels[inside]))
    return [frozenset(part.tolist()) for part in np.split(booth_id[order], ends[:-1])]


def _inherit(
    labels: Indices, booth_id: Texts, known: Sequence[KnownZone], first_booth: Sequence[str]
) -> dict[int, KnownZone]:
    """Return which groups go on from a known zone, by label."""
    inside = labels >= 0
    label_of = dict(zip(booth_id[inside].tolist(), labels[inside].tolist(), strict=True))
    overlaps = []
    for zone in known:
        shared = Counter(label_of[booth] for booth in zone.booth_ids if booth in label_of)
        for at, n_booths in shared.items():
            rank = (-n_booths, zone.opened_on, id_order(zone.zone_id), first_booth[at])
            overlaps.append((rank, at, zone))
    heir: dict[int, KnownZone] = {}
    given: set[str] = set()
    for _, at, zone in sorted(overlaps, key=lambda overlap: overlap[0]):
        if at not in heir and zone.zone_id not in given:
            heir[at] = zone
            given.add(zone.zone_id)
    return heir
