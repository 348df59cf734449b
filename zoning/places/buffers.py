"""Which booths lie in the buffer of which containment zone: the nearness, told zone by zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.model import Bools, Indices


@dataclass(frozen=True)
class BufferPairs:
    """Which booths lie in the buffer of which zones; a booth may lie in several.

    Attributes
    ----------
    zone : Indices
        Position of the zone, shape (m,), ascending.
    booth : Indices
        Position of the booth, shape (m,); no pair is there twice.
    """

    zone: Indices
    booth: Indices


def buffer_pairs(labels: Indices, is_buffer: Bools, reached: Indices) -> BufferPairs:
    """Return which buffer booths lie within reach of which zone.

    Parameters
    ----------
    labels : Indices
        Zone of each affected booth, shape (n,); -1 for any other.
    is_buffer : Bools
        Booths of category B, shape (n,).
    reached : Indices
        Zones and the booths within reach of them, shape (2, m), as `Neighbours.pairs_from` or
        `pairs_within` tells them: from the same areas and with the same distance as the
        delineation, so that each B is in some buffer.
    """
    zone, booth = reached[:, (is_buffer & (labels < 0))[reached[1]]]
    return BufferPairs(zone, booth)


def booths_of_zones(zone: Indices, booth: Indices, n_zones: int) -> list[Indices]:
    """Return the booths of each zone, from pairs of positions of shape (m,)."""
    if not n_zones:
        return []
    ends = np.cumsum(np.bincount(zone, minlength=n_zones))
    return np.split(booth[np.argsort(zone, kind="stable")], ends[:-1])
