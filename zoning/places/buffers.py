"""Which booths lie in the buffer of which containment zone: the nearness, told zone by zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from zoning.model import Bools, Geometries, Indices


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


def buffer_pairs(
    labels: Indices, is_buffer: Bools, cells_metric: Geometries, reach_m: float
) -> BufferPairs:
    """Return which buffer booths lie within reach of which zone.

    Parameters
    ----------
    labels : Indices
        Zone of each affected booth, shape (n,); -1 for any other.
    is_buffer : Bools
        Booths of category B, shape (n,).
    cells_metric : Geometries
        From where distances are measured, in a metric system, shape (n,): the same as those that
        the delineation saw, so that each B is in some buffer.
    reach_m : float
        Largest distance from edge to edge, in metres, as the policy's `reach` gives it.
    """
    near = np.flatnonzero(is_buffer & (labels < 0))
    inside = np.flatnonzero(labels >= 0).astype(np.int32)
    shapely.prepare(cells_metric)
    tree = shapely.STRtree(cells_metric[near])
    found = [
        np.unique(tree.query(cells_metric[own], predicate="dwithin", distance=reach_m)[1])
        for own in booths_of_zones(labels[inside], inside, int(labels.max(initial=-1)) + 1)
    ]
    booth = near[np.concatenate(found)] if found else near[:0]
    zone = np.repeat(np.arange(len(found)), [len(own) for own in found])
    return BufferPairs(zone.astype(np.int32), booth.astype(np.int32))


def booths_of_zones(zone: Indices, booth: Indices, n_zones: int) -> list[Indices]:
    """Return the booths of each zone, from pairs of positions of shape (m,)."""
    if not n_zones:
        return []
    ends = np.cumsum(np.bincount(zone, minlength=n_zones))
    return np.split(booth[np.argsort(zone, kind="stable")], ends[:-1])
