"""Categories of a ground with the zones they make: in force, or thought of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.judgement.policy import Policy
from zoning.model import Bools, Category, Indices, Texts
from zoning.workflow.booth_counts import BoothCounts, booth_cube, read_counts
from zoning.workflow.present import Present


@dataclass(frozen=True, eq=False)
class Divided:
    """Categories of a ground, in force or thought of, shape (n,).

    Attributes
    ----------
    policy : Policy
        By which they were drawn.
    buffer_m : float
        Width of the buffer in metres.
    category, watch, needs_survey
        As in `judgement.delineate.Delineation`.
    label : Indices
        Zone of each A booth, -1 for any other.
    zone_id : Texts
        Of each zone, shape (k,).
    counts : BoothCounts
        The cases behind them.
    """

    policy: Policy
    buffer_m: float
    category: Texts
    watch: Bools
    needs_survey: Bools
    label: Indices
    zone_id: Texts
    counts: BoothCounts


def in_force(now: Present) -> Divided:
    """Return what is in force, with the cases known now."""
    is_a = now.category == Category.AFFECTED.value
    # A booth put in force without a zone, as orders of before may be, is a zone of its own.
    zone = np.where(now.zone_id == "", now.ground.table.booth_id, now.zone_id).astype(str)
    zone_id, nth = np.unique(zone[is_a], return_inverse=True)
    label = np.full(len(now.ground), -1, dtype=np.int32)
    label[is_a] = nth
    on = np.datetime64(now.on, "D")
    policy = now.governing
    cube = booth_cube(now.placed, now.ground, len(now.units), on, policy.history_days)
    counts = read_counts(cube, now.ground, len(now.units), policy)
    return Divided(
        now.policy,
        now.buffer_m,
        now.category,
        now.is_watched,
        now.needs_survey,
        label,
        zone_id.astype(object),
        counts,
    )
