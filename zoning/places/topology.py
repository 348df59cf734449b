"""Shared borders as arcs: each line between two units is kept and sent once.

A junction is a vertex where more or fewer than two border segments meet. Rings
are cut at junctions; what lies between two of them is one arc, whichever unit it
was read from. The result is TopoJSON with quantised coordinates, drawn by the
browser and cached for as long as the edition lives.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from zoning.errors import CrsError, InputError
from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Floats, Geometries, Ints, Units

# Part of every key, so that a change of the form below never meets an old file.
FORM = "1"
GRID = 1 << 20
VERTEX_BUDGET = 130_000
# Tolerances in degrees, about 5 m to 700 m; the first that fits the budget is taken.
TOLERANCES = (5e-5, 1e-4, 2e-4, 4e-4, 8e-4, 1.6e-3, 3.2e-3, 6.4e-3)
SAMPLE_UNITS = 400


@dataclass(frozen=True)
class Arcs:
    """Arc topology of a coverage.

    Attributes
    ----------
    lines : list of ndarray
        Integer grid coordinates, one array of shape (k, 2) an arc.
    rings : list of list of int
        Arcs of each ring; `~i` stands for arc `i` walked backwards.
    """

    lines: list[npt.NDArray[np.int64]]
    rings: list[list[int]]


def content_key(units: Units) -> str:
    """Return the hash of an edition: its geometry, codes and names."""
    digest = hashlib.sha256(FORM.encode())
    for text in (units.unit_id, units.name):
        digest.update("\x1f".join(map(str, text)).encode())
        digest.update(b"\x1e")
    if units.geometry is not None:
        for shape in shapely.to_wkb(units.geometry):
            digest.update(shape or b"")
    return digest.hexdigest()[:32]


def _polygons(units: Units) -> Geometries:
    if units.geometry is None:
        raise InputError(
            tr("These units have no geometry, so no map can be drawn: import their boundaries.")
        )
    if units.crs != WGS84:
        raise CrsError(
            tr("The map needs {wanted}, and these units are in {crs}.", wanted=WGS84, crs=units.crs)
        )
    return units.geometry


def _vertices(geometry: Geometries) -> int:
    return int(shapely.get_num_coordinates(geometry).sum())


def simplify_to_budget(
    geometry: Geometries, budget: int = VERTEX_BUDGET
) -> tuple[Geometries, float]:
    """Simplify a coverage together, so that neighbours stay joined.

    Parameters
    ----------
    geometry : Geometries
        Polygons in degrees, shape (n,); None where a unit has no area.
    budget : int
        Vertices wanted at most, counted once a unit.

    Returns
    -------
    Geometries
        The polygons as they are where they fit the budget.
    float
        The tolerance used, in degrees; 0 where none was.

    Notes
    -----
    A unit that would vanish keeps its own outline. The tolerance is chosen on
    a sample: simplifying a state at every rung would take a minute.
    """
    shapes = geometry.copy()
    shapes[shapely.is_empty(geometry)] = None
    present = np.flatnonzero(~shapely.is_missing(shapes))
    total = _vertices(shapes[present])
    if total <= budget or not len(present):
        return shapes, 0.0
    sample = present[:: max(1, len(present) // SAMPLE_UNITS)]
    share = budget / total
    tolerance = TOLERANCES[-1]
    for step in TOLERANCES:
        kept = _vertices(shapely.coverage_simplify(shapes[sample], step))
        if kept <= share * _vertices(shapes[sample]):
            tolerance = step
            break
    simplified = shapely.coverage_simplify(shapes[present], tolerance)
    lost = shapely.is_empty(simplified) | (shapely.area(simplified) <= 0)
    result = shapes.copy()
    result[present] = np.where(lost, shapes[present], simplified)
    return result, tolerance


def _ring_vertices(
    geometry: Geometries,
) -> tuple[Ints, Floats, list[tuple[int, int]]]:
    """Return ring number and coordinates of every vertex, and (unit, polygon) a ring."""
    parts, unit_of_part = shapely.get_parts(geometry, return_index=True)
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, unit_of_part = shapely.orient_polygons(parts[is_area]), unit_of_part[is_area]
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    coordinates, ring_of_vertex = shapely.get_coordinates(rings, return_index=True)
    owners = [(int(unit_of_part[p]), int(p)) for p in part_of_ring]
    return ring_of_vertex.astype(np.int64), coordinates, owners


def cut_arcs(ring_of: Ints, xy: npt.NDArray[np.int64], n_rings: int) -> Arcs:
    """Cut rings at their junctions into arcs that neighbours share.

    Parameters
    ----------
    ring_of : Ints
        Ring of each vertex, ascending, shape (n,).
    xy : ndarray of int64
        Closed rings on the integer grid, shape (n, 2).
    n_rings : int
        Number of rings, also those that fell together to a point.
    """
    code = xy[:, 0] * (GRID * 2) + xy[:, 1]
    repeats = np.r_[False, (code[1:] == code[:-1]) & (ring_of[1:] == ring_of[:-1])]
    ring_of, xy, code = ring_of[~repeats], xy[~repeats], code[~repeats]
    _, vertex = np.unique(code, return_inverse=True)
    n = int(vertex.max()) + 1 if len(vertex) else 0

    joined = np.flatnonzero(ring_of[1:] == ring_of[:-1])
    a, b = vertex[joined], vertex[joined + 1]
    edges = np.unique(np.minimum(a, b) * n + np.maximum(a, b))
    degree = np.bincount(np.r_[edges // n, edges % n], minlength=n) if n else np.zeros(0, int)
    is_junction = (degree != 2)[vertex]

    lines: list[npt.NDArray[np.int64]] = []
    rings: list[list[int]] = [[] for _ in range(n_rings)]
    known: dict[tuple[int, int], int] = {}
    bounds = np.searchsorted(ring_of, np.arange(n_rings + 1))
    for ring in range(n_rings):
        start, stop = int(bounds[ring]), int(bounds[ring + 1]) - 1
        if stop - start < 3:
            continue
        cuts = np.flatnonzero(is_junction[start:stop])
        # A ring without a junction begins at its least vertex, so that an
        # enclave and the hole around it become the same arc.
        first = int(cuts[0]) if len(cuts) else int(np.argmin(vertex[start:stop]))
        order = start + np.roll(np.arange(stop - start), -first)
        order = np.r_[order, order[0]]
        ends = [*(cuts - first).tolist(), stop - start] if len(cuts) else [0, stop - start]
        for i, j in pairwise(ends):
            piece = order[i : j + 1]
            # An arc is known by its first edge from either end.
            head = int(vertex[piece[0]] * n + vertex[piece[1]])
            tail = int(vertex[piece[-1]] * n + vertex[piece[-2]])
            if (head, tail) in known:
                rings[ring].append(known[head, tail])
            elif (tail, head) in known:
                rings[ring].append(~known[tail, head])
            else:
                known[head, tail] = len(lines)
                rings[ring].append(len(lines))
                lines.append(xy[piece])
    return Arcs(lines, rings)


def _label_points(geometry: Geometries) -> Floats:
    """Return a point inside each unit's largest part; NaN without geometry."""
    centre = shapely.centroid(geometry)
    is_inside = shapely.contains_properly(geometry, centre)
    inner = np.where(is_inside, centre, shapely.point_on_surface(geometry))
    return np.column_stack([shapely.get_x(inner), shapely.get_y(inner)])


def build_topology(units: Units) -> dict[str, Any]:
    """Return the units as TopoJSON, simplified to what a screen can show.

    Parameters
    ----------
    units : Units
        Units in WGS84 degrees; one without geometry stays in the list, so that
        the order of units is the order of every other answer.

    Returns
    -------
    dict
        `Topology` of the TopoJSON format 1.0 with one object, `units`; each
        geometry has `id`, and as properties `name` and `at`, the place of its
        letter on the grid. The member `form` says which form this is.

    Raises
    ------
    InputError
        If there is no geometry at all.
    CrsError
        If the units aren't in WGS84.

    References
    ----------
    M. Bostock and C. Metcalf, The TopoJSON Format Specification, 2015.
    """
    shapes, tolerance = simplify_to_budget(_polygons(units))
    ring_of, degrees, owners = _ring_vertices(shapes)
    if not len(degrees):
        raise InputError(tr("None of these units has an area, so no map can be drawn."))
    low, high = degrees.min(axis=0), degrees.max(axis=0)
    # Digits finer than a tenth of what simplifying moved would only cost bytes.
    step = np.maximum(np.maximum(high - low, 1e-9) / (GRID - 1), tolerance / 10)
    arcs = cut_arcs(ring_of, np.rint((degrees - low) / step).astype(np.int64), len(owners))

    labels = np.nan_to_num(np.rint((_label_points(shapes) - low) / step), nan=-1).astype(int)
    polygons: list[dict[int, list[list[int]]]] = [{} for _ in range(len(units))]
    for (unit, part), ring in zip(owners, arcs.rings, strict=True):
        if ring:
            polygons[unit].setdefault(part, []).append(ring)
    geometries = [
        {
            "type": "MultiPolygon",
            "id": str(units.unit_id[i]),
            "properties": {"name": str(units.name[i]), "at": labels[i].tolist()},
            "arcs": list(parts.values()),
        }
        for i, parts in enumerate(polygons)
    ]
    return {
        "type": "Topology",
        "form": FORM,
        "bbox": [*low.tolist(), *high.tolist()],
        "transform": {"scale": step.tolist(), "translate": low.tolist()},
        "objects": {"units": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": _steps(arcs.lines),
    }


def _steps(lines: list[npt.NDArray[np.int64]]) -> list[list[list[int]]]:
    """Return each line as its first point and the way from each point to the next."""
    if not lines:
        return []
    # All at once: a chunk of booths has thousands of lines of a few points.
    ends = np.cumsum([len(line) for line in lines])
    points = np.concatenate(lines)
    steps = np.diff(points, axis=0, prepend=0)
    steps[ends[:-1]] = points[ends[:-1]]
    rows = steps.tolist()
    return [rows[i:j] for i, j in pairwise([0, *ends.tolist()])]


def encode_topology(topology: dict[str, Any]) -> bytes:
    """Return the compact JSON text of a topology."""
    return json.dumps(topology, separators=(",", ":"), ensure_ascii=False).encode()
