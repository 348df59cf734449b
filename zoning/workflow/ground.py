"""The ground that is delineated: every booth's area, its unit, its neighbours.

It changes with an edition of units or booths and never in between, so it is made once
and kept. The hourly path reads columns and lists of neighbours and no shape; shapes are
read when somebody asks for them.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from threading import RLock

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning.cache.keeping import Keep, keep_in_memory, keep_on_disk
from zoning.model import Bools, Booths, Geometries, Indices, IsolationUnits, Texts, Units
from zoning.places.arcs import CoverageArcs, coverage_arcs
from zoning.places.booth_areas import Provenance, booth_areas
from zoning.places.isolation import carve
from zoning.places.locate import Locator, build_locator
from zoning.places.neighbours import Neighbours, neighbours_within, pairs_within, within_of
from zoning.workflow.ground_files import (
    GroundTable,
    pack_cells,
    pack_table,
    unpack_cells,
    unpack_table,
)

# Raised when what is kept changes its form or its meaning.
FORM = 6
KEPT_GROUNDS = 4
CELLS = "cells"
STAND_IN = "/unit"
"""Ending of the code of a row that stands for a unit without booths."""


@dataclass(frozen=True, eq=False)
class GroundSource:
    """What a ground is made of.

    Attributes
    ----------
    units : Units
        The units judged, with areas.
    booths : Booths or None
        Their booths; each unit without any gets a row of its own.
    isolation : IsolationUnits or None
        What divides booths.
    """

    units: Units
    booths: Booths | None
    isolation: IsolationUnits | None = None


Source = Callable[[], GroundSource]
"""Reads what a ground is made of."""


@dataclass(frozen=True, eq=False)
class Ground:
    """Booths and, where a unit has none, the unit itself; n rows.

    Attributes
    ----------
    key : str
        Content hash: the same key is the same ground.
    table : GroundTable
        Everything of it but shapes.
    """

    key: str
    table: GroundTable
    _source: Source = field(repr=False)
    _keep: Keep = field(repr=False)
    _reached: dict[float, Neighbours] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.table.booth_id)

    @cached_property
    def cells(self) -> Geometries:
        """Return the area of each row in WGS84, shape (n,); None where there is none."""
        packed = self._keep(
            _key(self.key, CELLS), lambda: pack_cells(make_ground(self._source())[1])
        )
        return unpack_cells(packed, self.table.sharing)

    @cached_property
    def metric(self) -> str:
        """Return the metric system in which its distances are true."""
        return crs_guard.local_equidistant(self.cells)

    @cached_property
    def cells_metric(self) -> Geometries:
        """Return the areas in metres, shape (n,)."""
        return crs_guard.to_metric(self.cells, self.metric)

    def within(self, reach_m: float) -> Neighbours:
        """Return which areas lie within a distance of each other, from edge to edge."""
        if reach_m not in self._reached:
            packed = self._keep(
                _key(self.key, f"within {reach_m!r}"),
                lambda: neighbours_within(self.cells_metric, reach_m).to_bytes(),
            )
            self._reached[reach_m] = Neighbours.from_bytes(packed)
        return self._reached[reach_m]

    def reached_from(self, is_source: Bools, reach_m: float, *, is_kept: bool) -> Bools:
        """Return which areas lie within a distance of a source, sources left out; shape (n,).

        Parameters
        ----------
        is_source : Bools
            Shape (n,).
        reach_m : float
            Distance from edge to edge in metres.
        is_kept : bool
            Whether the list of neighbours is worth keeping, as that of a buffer in force is; a
            width somebody tries out is measured from the sources alone.
        """
        if is_kept or reach_m in self._reached:
            return self.within(reach_m).reached_from(is_source) & ~is_source
        return within_of(self.cells_metric, is_source, reach_m)

    def pairs_from(self, source_group: Indices, reach_m: float, *, is_kept: bool) -> Indices:
        """Return which areas each group of sources reaches, shape (2, m).

        See `reached_from` and `places.neighbours.pairs_within`.
        """
        if is_kept or reach_m in self._reached:
            return self.within(reach_m).pairs_from(source_group)
        return pairs_within(self.cells_metric, source_group, reach_m)

    @cached_property
    def arcs(self) -> CoverageArcs | None:
        """Return what joins its areas quickly; None where they are no valid coverage."""

        def find() -> bytes:
            arcs = coverage_arcs(self.cells)
            return b"" if arcs is None else arcs.to_bytes()

        packed = self._keep(_key(self.key, "arcs"), find)
        return CoverageArcs.from_bytes(packed) if packed else None

    @cached_property
    def locator(self) -> Locator:
        """Return what finds the booth of a point; on a border the smallest unit, then booth."""
        table = self.table
        order = np.lexsort((table.booth_id.astype(str), table.unit_id.astype(str)))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        keys: Texts = np.array([f"{nth:09d}" for nth in rank], dtype=object)
        return build_locator(self.cells, keys, len(self))


class GroundShelf:
    """The grounds of one process.

    Parameters
    ----------
    folder : Path or None
        Where they are kept on disk; None for in memory alone.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._keep = keep_in_memory() if folder is None else keep_on_disk(folder / "ground")
        self._grounds: OrderedDict[str, Ground] = OrderedDict()
        self._lock = RLock()

    def ground(self, identity: str, source: Source) -> Ground:
        """Return the ground of a pair of editions.

        Parameters
        ----------
        identity : str
            Text that differs where the editions do.
        source : callable
            Reads them; called only if the ground isn't kept.
        """
        key = _key(identity, f"form {FORM}")
        with self._lock:
            if key not in self._grounds:
                packed = self._keep(key, lambda: self._made(key, source))
                self._grounds[key] = Ground(key, unpack_table(packed), source, self._keep)
                while len(self._grounds) > KEPT_GROUNDS:
                    self._grounds.popitem(last=False)
            self._grounds.move_to_end(key)
            return self._grounds[key]

    def _made(self, key: str, source: Source) -> bytes:
        table, cells = make_ground(source())
        self._keep(_key(key, CELLS), lambda: pack_cells(cells))
        return pack_table(table)


@cache
def shelf_of(folder: Path) -> GroundShelf:
    """Return the shelf that all of this process share for a cache folder."""
    return GroundShelf(folder)


def make_ground(source: GroundSource) -> tuple[GroundTable, Geometries]:
    """Return the rows of a ground and their areas, n."""
    units, booths = source.units, source.booths
    if booths is None or not len(booths):
        nothing = np.empty(0, dtype=object)
        booths = Booths(nothing, nothing, nothing, np.empty(0))
    areas = booth_areas(booths, units)
    bare = areas.bare
    cells = np.concatenate([areas.geometry, areas.bare_geometry])
    is_drawn = ~shapely.is_missing(cells)
    provenance = np.concatenate(
        [areas.provenance, np.where(is_drawn[len(booths) :], Provenance.UNIT, "")]
    )
    booth_id = np.concatenate([booths.booth_id, [u + STAND_IN for u in units.unit_id[bare]]])
    head = np.where(areas.shares_with == "", booths.booth_id, areas.shares_with)
    _, sharing = np.unique(
        np.concatenate([head, booth_id[len(booths) :]]).astype(str), return_inverse=True
    )
    table = GroundTable(
        booth_id=booth_id.astype(object),
        name=np.concatenate([booths.name, units.name[bare]]).astype(object),
        unit_id=_unit_ids(booths, areas.unit_index, units, bare),
        provenance=provenance.astype(str).astype(object),
        unit_index=np.concatenate([areas.unit_index, bare]).astype(np.int32),
        sharing=sharing.astype(np.int32),
        parent=np.arange(len(booth_id), dtype=np.int32),
        population=np.concatenate([booths.population, units.population[bare]]),
        is_stand_in=np.arange(len(booth_id)) >= len(booths),
        findings=areas.findings,
    )
    if source.isolation is None or not len(source.isolation):
        return table, cells
    return _divided(table, cells, source.isolation)


def _divided(
    table: GroundTable, cells: Geometries, isolation: IsolationUnits
) -> tuple[GroundTable, Geometries]:
    """Return a ground whose isolation units are rows of their own, behind the booths."""
    parts = carve(
        table.booth_id,
        cells,
        table.sharing,
        isolation.isolation_id,
        isolation.geometry,
        isolation.booth_id,
    )
    is_part = parts.isolation >= 0
    return (
        replace(
            table,
            booth_id=parts.part_id,
            name=table.name[parts.booth],
            unit_id=table.unit_id[parts.booth],
            provenance=np.where(is_part, Provenance.SURVEYED.value, table.provenance[parts.booth]),
            unit_index=table.unit_index[parts.booth],
            sharing=parts.sharing,
            parent=parts.booth,
            # Nobody counted the people of a lane; the rest keeps those of the booth.
            population=np.where(is_part, np.nan, table.population[parts.booth]),
            is_stand_in=table.is_stand_in[parts.booth] & ~is_part,
        ),
        parts.cells,
    )


def _unit_ids(booths: Booths, unit_index: Indices, units: Units, bare: Indices) -> Texts:
    found = np.append(units.unit_id, "")[unit_index]
    named = np.where(unit_index < 0, booths.unit_id, found)
    return np.concatenate([named, units.unit_id[bare]]).astype(object)


def _key(identity: str, part: str) -> str:
    return hashlib.sha256(f"{identity}\n{part}".encode()).hexdigest()
