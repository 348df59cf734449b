"""Which areas lie within a distance of each other, from edge to edge, in metres.

Two ways to one answer: a list of all neighbours, worth keeping while the areas
stay the same; and the nearest source of each area, for one question whose cost
doesn't grow with the distance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from zoning.model import Bools, Geometries, Indices
from zoning.places.packing import pack_arrays, unpack_arrays


@dataclass(frozen=True)
class Neighbours:
    """Neighbours of each area as compressed rows; an area is no neighbour of itself.

    Attributes
    ----------
    first : npt.NDArray[np.int64]
        Shape (n + 1,): where the neighbours of each area begin in `index`.
    index : Indices
        Positions of the neighbours, ascending for each area.
    """

    first: npt.NDArray[np.int64]
    index: Indices

    def to_bytes(self) -> bytes:
        """Return the lists as bytes, to be kept under a hash of the areas and the distance."""
        return pack_arrays({"first": self.first, "index": self.index})

    @classmethod
    def from_bytes(cls, packed: bytes) -> Neighbours:
        """Return lists that were kept.

        Raises
        ------
        StoreError
            If the bytes are damaged.
        """
        return cls(**unpack_arrays(packed, ("first", "index")))  # type: ignore[arg-type]

    def reached_from(self, is_source: Bools) -> Bools:
        """Return which areas are a neighbour of a source, shape (n,)."""
        reached = np.zeros(len(self.first) - 1, dtype=bool)
        of = np.repeat(is_source, np.diff(self.first))
        reached[self.index[of]] = True
        return reached

    def pairs_from(self, source_group: Indices) -> Indices:
        """Return which areas each group of sources reaches; see `pairs_within`."""
        index = np.flatnonzero(source_group >= 0)
        count = self.first[index + 1] - self.first[index]
        nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        reached = self.index[np.repeat(self.first[index], count) + nth]
        return _distinct_pairs(np.repeat(source_group[index], count), reached, source_group)


def neighbours_within(cells_metric: Geometries, reach_m: float) -> Neighbours:
    """Return the neighbours of all areas; the list is the same from both sides.

    Parameters
    ----------
    cells_metric : Geometries
        Areas in a metric system, shape (n,); None and empty ones have no neighbour.
    reach_m : float
        Largest distance from edge to edge, in metres; areas that overlap are at 0.
    """
    n = len(cells_metric)
    shapely.prepare(cells_metric)
    pairs = shapely.STRtree(cells_metric).query(cells_metric, predicate="dwithin", distance=reach_m)
    left, right = pairs[:, pairs[0] != pairs[1]]
    order = np.lexsort((right, left))
    first = np.append(0, np.cumsum(np.bincount(left, minlength=n)))
    return Neighbours(first.astype(np.int64), right[order].astype(np.int32))


def within_of(cells_metric: Geometries, is_source: Bools, reach_m: float) -> Bools:
    """Return which areas lie within a distance of a source, sources left out.

    Parameters
    ----------
    cells_metric : Geometries
        Areas in a metric system, shape (n,); None and empty ones are reached by none.
    is_source : Bools
        Areas from which the distance is measured, shape (n,).
    reach_m : float
        Largest distance from edge to edge, in metres; at least above 0.
    """
    reached = np.zeros(len(cells_metric), dtype=bool)
    others = np.flatnonzero(~is_source)
    if not is_source.any() or not len(others):
        return reached
    # The search ends a little further out, the comparison is exact.
    (asked, _), distance_m = shapely.STRtree(cells_metric[is_source]).query_nearest(
        cells_metric[others], max_distance=2 * reach_m, return_distance=True, all_matches=False
    )
    reached[others[asked[distance_m <= reach_m]]] = True
    return reached


def pairs_within(cells_metric: Geometries, source_group: Indices, reach_m: float) -> Indices:
    """Return which areas each group of sources reaches, for a distance without a list.

    Parameters
    ----------
    cells_metric : Geometries
        Areas in a metric system, shape (n,); None and empty ones are reached by none.
    source_group : Indices
        Group of which each area is a source, from 0, shape (n,); -1 for no source.
    reach_m : float
        Largest distance from edge to edge, in metres.

    Returns
    -------
    Indices
        Shape (2, m): group, and an area that isn't of this group and within the distance of one
        of its sources; each pair once, by group and area.
    """
    index = np.flatnonzero(source_group >= 0)
    cells = cells_metric[index]
    shapely.prepare(cells)
    source, reached = shapely.STRtree(cells_metric).query(
        cells, predicate="dwithin", distance=reach_m
    )
    return _distinct_pairs(source_group[index[source]], reached, source_group)


def _distinct_pairs(
    group: Indices, reached: npt.NDArray[np.integer], source_group: Indices
) -> Indices:
    n = len(source_group)
    is_foreign = source_group[reached] != group
    key = np.sort(group[is_foreign].astype(np.int64) * n + reached[is_foreign])
    key = key[np.diff(key, prepend=-1) != 0]
    return np.stack([key // n, key % n]).astype(np.int32)
