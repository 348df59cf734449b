"""The part of the ground that somebody answers for, and what of the categories lies in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from zoning.model import Bools, Indices, Ints, Texts
from zoning.places.buffers import BufferPairs
from zoning.workflow.booth_counts import BoothCounts
from zoning.workflow.divided import Divided
from zoning.workflow.present import Present


@dataclass(frozen=True, eq=False)
class Part:
    """Which units and booths somebody sees the figures of.

    Attributes
    ----------
    units : Bools
        Of the units judged, shape (n_units,).
    booths : Bools
        Of the ground, shape (n,); a booth of no unit is in nobody's part.
    """

    units: Bools
    booths: Bools


@dataclass(frozen=True, eq=False)
class DividedPart:
    """Categories and zones of a part; figures of elsewhere are taken out, not covered.

    Attributes
    ----------
    divided : Divided
        Of the part: booths elsewhere are in no category and no zone.
    pairs : BufferPairs
        Booths of the part in the buffers of the zones that are left.
    kept : Indices
        Position before of each zone that has a booth in the part, shape (k,).
    n_beyond : Ints
        Affected booths of each of these that lie elsewhere, shape (k,).
    """

    divided: Divided
    pairs: BufferPairs
    kept: Indices
    n_beyond: Ints


def part_of(now: Present, seen: frozenset[str] | None) -> Part | None:
    """Return the part of the ground in some units; None for all of it.

    Parameters
    ----------
    now : Present
        Units and their ground.
    seen : frozenset of str or None
        Codes of units of every level; None for all.
    """
    if seen is None:
        return None
    units = np.array([str(code) in seen for code in now.units.unit_id], dtype=np.bool_)
    return Part(units, np.append(units, False)[now.ground.table.unit_index])


def divided_part(divided: Divided, pairs: BufferPairs, part: Part) -> DividedPart:
    """Return what of categories and zones lies in a part.

    Parameters
    ----------
    divided : Divided
        Of the whole ground.
    pairs : BufferPairs
        Booths in the buffers of the zones, of the whole ground.
    part : Part
        What is kept.
    """
    is_near = part.booths[pairs.booth]
    label = np.where(part.booths, divided.label, -1)
    kept = np.unique(np.concatenate([label[label >= 0], pairs.zone[is_near]])).astype(np.int32)
    place = np.full(len(divided.zone_id) + 1, -1, dtype=np.int32)
    place[kept] = np.arange(len(kept))
    beyond = divided.label[~part.booths & (divided.label >= 0)]
    n_beyond = np.bincount(beyond, minlength=len(divided.zone_id))[kept]
    return DividedPart(
        replace(
            divided,
            category=np.where(part.booths, divided.category, "").astype(object),
            watch=divided.watch & part.booths,
            needs_survey=divided.needs_survey & part.booths,
            label=place[label],
            zone_id=_renumbered(divided.zone_id[kept]),
            counts=_counts(divided.counts, part),
        ),
        BufferPairs(place[pairs.zone[is_near]], pairs.booth[is_near]),
        kept,
        n_beyond.astype(np.int64),
    )


def _renumbered(zone_id: Texts) -> Texts:
    """Return the ids; what a what-if would open is counted in the part alone."""
    new = 0
    said = zone_id.copy()
    for at, code in enumerate(zone_id):
        if str(code).startswith("new-"):
            new += 1
            said[at] = f"new-{new}"
    return said


def _counts(counts: BoothCounts, part: Part) -> BoothCounts:
    return replace(
        counts,
        active=np.where(part.booths, counts.active, 0),
        affecting=np.where(part.booths, counts.affecting, 0),
        last_case_on=np.where(part.booths, counts.last_case_on, np.datetime64("NaT", "D")),
        unplaced=np.where(part.units, counts.unplaced, 0),
        affecting_by_unit=np.where(part.units, counts.affecting_by_unit, 0),
    )
