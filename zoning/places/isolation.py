"""Booths divided into isolation units and the rest, so that each part is delineated as a booth.

The parts of a booth fill it exactly: borders of booths and isolation units are noded
together and the faces between them are shared out, so no ground is lost or doubled
and the neighbours know every new corner. What lies in no isolation unit stays with
the rest, which is the stricter side: there a case contains all of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import cKDTree

from zoning.model import Finding, Floats, Geometries, Indices, Texts
from zoning.places.carving import Plan, plan_isolation

# Nodes lie on this grid, as those of derived booths do: far below what would change an area.
_NODE_GRID_DEG = 1e-12
# From here on the grid can't let a border meet another that it doesn't meet.
_NEAR_DEG = 1e-9


@dataclass(frozen=True)
class Parts:
    """Booths, or what is left of them, in their order; behind these n their isolation units.

    Attributes
    ----------
    part_id : Texts
        The booth's code, or `<booth_id>/<isolation_id>`.
    booth : Indices
        Position of the booth; ascending from 0 for the first n.
    isolation : Indices
        Position of the isolation unit; -1 for a booth or the rest of one.
    cells : Geometries
        Ground in WGS84 degrees; None where there is none.
    sharing : Indices
        Number of the ground: parts on one ground have one fate.
    findings : tuple of Finding
        Row = position of the isolation unit + 1. None rejects: a booth that isn't divided is
        contained as a whole.
    """

    part_id: Texts
    booth: Indices
    isolation: Indices
    cells: Geometries
    sharing: Indices
    findings: tuple[Finding, ...]

    def __len__(self) -> int:
        return len(self.part_id)

    def of_cases(self, booth: Indices, lon: Floats, lat: Floats) -> Indices:
        """Return the part of each case, -1 for one in no booth, shape (k,).

        Parameters
        ----------
        booth : Indices
            Booth of the case by its code or else its coordinates, -1 for none, shape (k,).
        lon, lat : Floats
            WGS84 degrees, NaN where unknown. A case inside an isolation unit of its booth falls
            to it; one on its border, or known by the booth's code alone, to the rest.
        """
        part = np.array(booth, dtype=np.int32)
        split = np.flatnonzero(self.isolation >= 0)
        where = np.flatnonzero(np.isin(booth, self.booth[split]) & np.isfinite(lon + lat))
        if not len(where):
            return part
        points = shapely.points(lon[where], lat[where])
        case, nth = shapely.STRtree(self.cells[split]).query(points, predicate="within")
        is_own = self.booth[split[nth]] == booth[where[case]]
        part[where[case[is_own]]] = split[nth[is_own]]
        return part


def carve(
    booth_id: Texts,
    cells: Geometries,
    sharing: Indices,
    isolation_id: Texts,
    shapes: Geometries,
    named: Texts,
) -> Parts:
    """Return booths divided into isolation units and the rest.

    Parameters
    ----------
    booth_id : Texts
        Unique codes, shape (n,).
    cells : Geometries
        Their ground, valid, in WGS84 degrees, shape (n,); None where there is none.
    sharing : Indices
        Number of a booth's ground, shape (n,): those with one number are divided alike.
    isolation_id : Texts
        Unique codes, shape (m,). Where two isolation units overlap, the smaller code has the
        ground.
    shapes : Geometries
        Their polygons, valid, in WGS84 degrees, shape (m,).
    named : Texts
        Booth that each is said to lie in, shape (m,): only that one is divided. Empty: every
        booth that it reaches into is.

    Returns
    -------
    Parts
        Cells of booths that touch an isolation unit may have more corners than before, on the
        same lines.
    """
    _, first, inverse = np.unique(sharing, return_index=True, return_inverse=True)
    ground_of = inverse.astype(np.int32)
    ground = cells[first]
    plan = plan_isolation(booth_id, ground, ground_of, isolation_id, shapes, named)
    divided, pieces = _divide(ground, shapes, plan)
    n, n_grounds = len(booth_id), len(ground)
    rest = divided[ground_of]
    rest[[cell is None for cell in cells]] = None
    own = {(g, i): nth for nth, (g, i) in enumerate(pieces)}
    members: dict[int, list[int]] = defaultdict(list)
    for at, g in enumerate(ground_of):
        members[int(g)].append(at)
    split = sorted((at, i) for g, i in own for at in members[g])
    number = [n_grounds + own[int(ground_of[at]), i] for at, i in split]
    shape = np.full(len(split), None, dtype=object)
    for nth, (at, i) in enumerate(split):
        shape[nth] = pieces[int(ground_of[at]), i]
    part_id = [f"{booth_id[at]}/{isolation_id[i]}" for at, i in split]
    return Parts(
        part_id=np.array([*booth_id, *part_id], dtype=object),
        booth=np.array([*range(n), *(at for at, _ in split)], dtype=np.int32),
        isolation=np.array([-1] * n + [i for _, i in split], dtype=np.int32),
        cells=np.concatenate([rest, shape]),
        sharing=np.array([*ground_of, *number], dtype=np.int32),
        findings=plan.findings,
    )


def _divide(
    ground: Geometries, shapes: Geometries, plan: Plan
) -> tuple[Geometries, dict[tuple[int, int], shapely.Geometry]]:
    """Return the rest of each ground, and the piece of each (ground, isolation unit) planned."""
    divided = ground.copy()
    if not plan.pairs:
        return divided, {}
    used = np.array(sorted({i for _, i in plan.pairs}))
    # Neighbours that the border of an isolation unit meets get its corners too.
    beside = shapely.STRtree(ground).query(shapes[used], predicate="dwithin", distance=_NEAR_DEG)
    near = np.unique(beside[1])
    lines = np.concatenate(
        [
            shapely.get_parts(shapely.boundary(ground[near])),
            shapely.get_parts(shapely.boundary(shapes[used])),
        ]
    )
    noded = _as_drawn(shapely.union_all(lines, grid_size=_NODE_GRID_DEG), ground[near])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inner = shapely.point_on_surface(faces)
    face, nth = shapely.STRtree(ground[near]).query(inner, predicate="intersects")
    in_face, in_nth = shapely.STRtree(shapes[used]).query(inner, predicate="intersects")
    inside: dict[int, set[int]] = defaultdict(set)
    for f, i in zip(in_face, used[in_nth], strict=True):
        inside[int(f)].add(int(i))
    faces_of: dict[tuple[int, int], list[int]] = defaultdict(list)
    for f, g in zip(face, near[nth], strict=True):
        owner = next((i for i in plan.of_ground(int(g)) if i in inside[int(f)]), -1)
        faces_of[int(g), owner].append(int(f))
    joined = {key: _joined(faces[own]) for key, own in faces_of.items()}
    for (g, i), area in joined.items():
        if i < 0:
            divided[g] = area
    return divided, {key: area for key, area in sorted(joined.items()) if key[1] >= 0}


def _as_drawn(noded: shapely.Geometry, drawn: Geometries) -> shapely.Geometry:
    """Return lines with the corners that booths have had before, which the grid may have moved.

    Booths further off share these corners and aren't noded anew.
    """
    corners = np.unique(shapely.get_coordinates(drawn), axis=0)
    tree = cKDTree(corners)

    def put_back(xy: Floats) -> Floats:
        off, nearest = tree.query(xy)
        is_old = np.asarray(off <= _NODE_GRID_DEG)[:, np.newaxis]
        return np.where(is_old, corners[nearest], xy)

    lines: shapely.Geometry = shapely.transform(noded, put_back)
    return lines


def _joined(faces: Geometries) -> shapely.Geometry:
    joined: shapely.Geometry = faces[0] if len(faces) == 1 else shapely.coverage_union_all(faces)
    return joined
