"""The ground of booths in chunks: whole units side by side, some 1,500 booths each.

A browser asks for the chunks in view and keeps them for ever. Categories travel
apart, one character a booth in the order of the chunks.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import shapely

from layers.booth_view import BoothView, has_ground
from zoning.model import Floats, Geometries, Ints, Texts, Units
from zoning.places.topology import build_topology

# Part of every key, so that a change of the form below never meets an old file.
FORM = "1"
BOOTHS_A_CHUNK = 1_500
# A median cell is about eight pixels wide on the screen from the zoom at which cells are drawn.
CELL_PX = 8
EARLIEST_ZOOM, LATEST_ZOOM = 11.0, 13.0
EQUATOR_PX = 256


@dataclass(frozen=True, eq=False)
class BoothGround:
    """How the booths of a view are laid in chunks.

    Attributes
    ----------
    key : str
        Hash of everything the chunks are made from.
    order : Ints
        Rows of the view with ground, in the order of the chunks, shape (m,).
    place : Ints
        Position of each row in that order; -1 without ground. Shape (n,).
    starts : Ints
        First position of each chunk, and m at the end.
    bounds : Floats
        West, south, east, north of each chunk, degrees, shape (c, 4).
    from_zoom : float
        Zoom from which cells are drawn.
    """

    key: str
    order: Ints
    place: Ints
    starts: Ints
    bounds: Floats
    from_zoom: float

    @property
    def n_chunks(self) -> int:
        """Return how many chunks there are."""
        return len(self.bounds)

    def index(self) -> bytes:
        """Return which chunks there are and where, as JSON text."""
        return _json(
            {
                "starts": self.starts.tolist(),
                "bounds": np.round(self.bounds, 5).tolist(),
                "fromZoom": self.from_zoom,
            }
        )


_grounds: WeakKeyDictionary[BoothView, BoothGround] = WeakKeyDictionary()


def booth_ground(view: BoothView) -> BoothGround:
    """Return how the booths of a view are laid in chunks, computed once in its life."""
    ground = _grounds.get(view)
    if ground is None:
        ground = _grounds[view] = _lay_out(view)
    return ground


def _lay_out(view: BoothView) -> BoothGround:
    drawn = np.flatnonzero(has_ground(view.cells))
    cells = view.cells[drawn]
    bounds = shapely.bounds(cells).reshape(-1, 4)
    middle = (bounds[:, :2] + bounds[:, 2:]) / 2
    # A unit is never cut, so that its border is known within one chunk. A booth of none stands
    # for itself.
    alone = np.array([f"\x00{code}" for code in view.booth_id[drawn]], dtype=object)
    unit = np.where(view.unit_id[drawn] == "", alone, view.unit_id[drawn]).astype(str)
    _, unit_of, size = np.unique(unit, return_inverse=True, return_counts=True)
    at = np.column_stack([np.bincount(unit_of, middle[:, axis]) / size for axis in (0, 1)])
    at[:, 0] *= np.cos(np.radians(at[:, 1].mean())) if len(at) else 1.0
    chunks = _halved(np.arange(len(size)), at, size)
    nth_unit = np.empty(len(size), dtype=np.int64)
    nth_unit[np.concatenate(chunks) if chunks else []] = np.arange(len(size))
    # Booths that share their ground stand together: their cell is drawn once.
    inside = np.lexsort((drawn, _first_alike(cells), nth_unit[unit_of]))
    order = drawn[inside]
    starts = np.cumsum([0, *(int(size[chunk].sum()) for chunk in chunks)])
    place = np.full(len(view), -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    laid = bounds[inside]
    return BoothGround(
        key=_key(view),
        order=order,
        place=place,
        starts=starts,
        bounds=np.array(
            [
                [*laid[i:j, :2].min(axis=0), *laid[i:j, 2:].max(axis=0)]
                for i, j in pairwise(starts.tolist())
            ]
        ).reshape(-1, 4),
        from_zoom=_from_zoom(cells, middle),
    )


def _halved(units: Ints, at: Floats, size: Ints) -> list[Ints]:
    """Return groups of neighbouring units with no more than a chunk's booths, where units allow."""
    if len(units) == 0:
        return []
    if len(units) == 1 or size[units].sum() <= BOOTHS_A_CHUNK:
        return [units]
    spread = np.ptp(at[units], axis=0)
    along = units[np.argsort(at[units, int(np.argmax(spread))], kind="stable")]
    so_far = np.cumsum(size[along])
    cut = int(np.clip(np.searchsorted(so_far, so_far[-1] / 2) + 1, 1, len(along) - 1))
    return [*_halved(along[:cut], at, size), *_halved(along[cut:], at, size)]


def _first_alike(cells: Geometries) -> Ints:
    """Return the position of the first cell of the same shape, for each cell.

    By content: which cells are one object may differ from one process to the next.
    """
    first: dict[bytes, int] = {}
    return np.array(
        [first.setdefault(shape, i) for i, shape in enumerate(shapely.to_wkb(cells))],
        dtype=np.int64,
    )


def _from_zoom(cells: Geometries, middle: Floats) -> float:
    if not len(cells):
        return EARLIEST_ZOOM
    # Degrees of longitude are a map's own unit of width, so no metre is needed.
    shrink = np.cos(np.radians(np.median(middle[:, 1])))
    side = float(np.sqrt(np.median(shapely.area(cells)) / shrink))
    zoom = np.log2(CELL_PX * 360 / (EQUATOR_PX * max(side, 1e-9)))
    return float(np.clip(np.round(4 * zoom) / 4, EARLIEST_ZOOM, LATEST_ZOOM))


def _key(view: BoothView) -> str:
    digest = hashlib.sha256(f"{FORM}\x1e{view.ground_key}".encode())
    for text in (view.booth_id, view.name, view.unit_id):
        digest.update(b"\x1e" + "\x1f".join(map(str, text)).encode())
    return digest.hexdigest()[:32]


def chunk(view: BoothView, ground: BoothGround, nth: int) -> bytes:
    """Return one chunk as JSON text.

    Parameters
    ----------
    view : BoothView
        The booths.
    ground : BoothGround
        `booth_ground` of the view.
    nth : int
        Number of the chunk, from 0.

    Returns
    -------
    bytes
        TopoJSON with one geometry a cell, and as further members: `booths` with the code, name
        and cell of each booth; `units` with the code of each unit; `unitOf` with the position of
        each cell's unit in it; `borders` with the arcs of each unit's border.
    """
    rows = ground.order[ground.starts[nth] : ground.starts[nth + 1]]
    head, cell_of = np.unique(_first_alike(view.cells[rows]), return_inverse=True)
    heads = rows[head]
    units, unit_of = np.unique(view.unit_id[heads].astype(str), return_inverse=True)
    topology = build_topology(_as_units(view, heads))
    return _json(
        {
            **topology,
            "booths": {
                "id": view.booth_id[rows].tolist(),
                "name": view.name[rows].tolist(),
                "cell": cell_of.tolist(),
            },
            "units": units.tolist(),
            "unitOf": unit_of.tolist(),
            "borders": _borders(topology, unit_of.tolist(), len(units)),
        }
    )


def _as_units(view: BoothView, heads: Ints) -> Units:
    blank: Texts = np.full(len(heads), "", dtype=object)
    return Units(
        unit_id=view.booth_id[heads],
        name=blank,
        population=np.full(len(heads), np.nan),
        level=blank,
        parent_id=blank,
        geometry=view.cells[heads],
    )


def _borders(topology: dict[str, Any], unit_of: list[int], n_units: int) -> list[list[int]]:
    """Return the arcs of each unit's border: those that no two of its cells share."""
    users: defaultdict[int, list[int]] = defaultdict(list)
    for unit, geometry in zip(unit_of, topology["objects"]["units"]["geometries"], strict=True):
        for polygon in geometry["arcs"]:
            for ring in polygon:
                for arc in ring:
                    users[arc if arc >= 0 else ~arc].append(unit)
    borders: list[list[int]] = [[] for _ in range(n_units)]
    for arc, around in users.items():
        for unit in set(around):
            if around.count(unit) == 1:
                borders[unit].append(arc)
    return borders


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
