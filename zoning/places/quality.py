"""The quality of boundaries in plain words, each fault with its place on the map."""

from __future__ import annotations

import numpy as np

from zoning.model import WGS84, Finding, Ints, Units
from zoning.places.attributes import name_findings, parent_findings, population_findings
from zoning.places.coverage import find_overlaps, gap_findings, overlap_findings
from zoning.places.drawn import lay_out
from zoning.places.slivers import Codeless, part_findings, sliver_findings
from zoning.places.stray import stray_findings
from zoning.places.twins import is_twin, twin_findings


def inspect_units(
    units: Units,
    rows: Ints,
    known_parents: frozenset[str] = frozenset(),
    codeless: Codeless | None = None,
) -> tuple[Finding, ...]:
    """Return what is wrong with units that were taken; none of it rejects a row.

    Parameters
    ----------
    units : Units
        In WGS84, valid polygons, shape (n,); None where a unit has none.
    rows : Ints
        Their rows in the file, shape (n,); 0 for one that isn't in it.
    known_parents : frozenset of str
        Codes of units known from elsewhere.
    codeless : Codeless, optional
        Shapes of rows that were refused for want of a code.

    Returns
    -------
    tuple of Finding
        Sums of the file (row 0) first, then by row. Units are compared with those of their own
        level only: a ward lies in its district by design.

    Raises
    ------
    ValueError
        If the units aren't in WGS84, which is a fault of the caller.
    """
    if units.crs != WGS84:
        raise ValueError(units.crs)
    found = [
        *population_findings(units, rows),
        *name_findings(units, rows),
        *parent_findings(units, rows, known_parents),
    ]
    for level in np.unique(units.level.astype(str)):
        of_level = units.level.astype(str) == level
        ground = lay_out(units.take(of_level), rows[of_level])
        if ground is None:
            continue
        overlaps = find_overlaps(ground)
        twin = is_twin(overlaps)
        found += [
            *twin_findings(ground, overlaps.take(twin)),
            *overlap_findings(ground, overlaps.take(~twin)),
            *gap_findings(ground),
            *sliver_findings(ground, codeless),
            *part_findings(ground),
            *stray_findings(ground),
        ]
    return tuple(sorted(found, key=lambda finding: finding.row))
