"""Booths as the map shows them: category, ground, and the zones drawn round the affected.

Nothing in it is a count, so the public may see all of it: category, order and dates.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import shapely

from zoning.judgement.delineate import NO_CATEGORY
from zoning.model import Bools, Category, Days, Geometries, Texts
from zoning.places.booth_areas import Provenance

CATEGORIES = (*(category.value for category in Category), NO_CATEGORY)
PROVENANCES = (*(known.value for known in Provenance), "")


@dataclass(frozen=True, eq=False)
class ZoneOutlines:
    """Containment zones in force, k of them.

    Attributes
    ----------
    zone_id, label : Texts
        Stable code; what is written on the map.
    opened_on : Days
        First day; NaT where unknown.
    geometry : Geometries
        The affected area (A) in WGS84; None where it has no ground.
    buffer_geometry : Geometries
        The buffer round it (B); may be None.
    """

    zone_id: Texts
    label: Texts
    opened_on: Days
    geometry: Geometries
    buffer_geometry: Geometries

    def __post_init__(self) -> None:
        lengths = {len(getattr(self, column.name)) for column in fields(self)}
        if len(lengths) != 1:
            raise ValueError(f"outlines of zones hold arrays of {sorted(lengths)}")
        if len(set(self.zone_id)) != len(self.zone_id):
            raise ValueError("a containment zone is drawn twice")

    def __len__(self) -> int:
        return len(self.zone_id)


@dataclass(frozen=True, eq=False)
class BoothView:
    """Booths of one edition, n of them, and what holds for each now.

    Two views are the same only if they are one object: keep one for as long as
    nothing in it changes, because what is derived from it is kept with it.

    Attributes
    ----------
    ground_key : str
        `ground_key` of codes and cells: names the edition of the ground.
    booth_id, name, unit_id : Texts
        Unique codes; names may be empty; unit of each, empty for none.
    cells : Geometries
        Ground in WGS84; None where there is none. Booths at one point share one object.
    category : Texts
        'A', 'B', 'C', or empty in a green unit.
    watch, needs_survey : Bools
        Near an A in a green unit; the category stands in for knowledge.
    provenance : Texts
        How the ground is known: a `Provenance`, or empty.
    zone_id : Texts
        Containment zone that the booth lies in, else empty.
    zones : ZoneOutlines
        The zones that `zone_id` names.
    since : Days or None
        First day of the category; NaT where unknown. None where no day is told.

    Raises
    ------
    ValueError
        If arrays differ in length, a code repeats, or a value is none of its kind.
    """

    ground_key: str
    booth_id: Texts
    name: Texts
    unit_id: Texts
    cells: Geometries
    category: Texts
    watch: Bools
    needs_survey: Bools
    provenance: Texts
    zone_id: Texts
    zones: ZoneOutlines
    since: Days | None = None

    def __post_init__(self) -> None:
        lengths = {
            len(getattr(self, column.name))
            for column in fields(self)
            if column.name not in ("ground_key", "zones") and getattr(self, column.name) is not None
        }
        if len(lengths) != 1:
            raise ValueError(f"a view of {len(self)} booths holds arrays of {sorted(lengths)}")
        if len(self.row_of) != len(self):
            raise ValueError("a booth's code repeats")
        for column, known in (
            (self.category, CATEGORIES),
            (self.provenance, PROVENANCES),
            (self.zone_id, ("", *self.zones.zone_id)),
        ):
            if unknown := set(column) - set(known):
                raise ValueError(f"{sorted(map(str, unknown))[:3]} is none of {known[:9]}")

    def __len__(self) -> int:
        return len(self.booth_id)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Return the position of each booth by its code."""
        return {str(code): i for i, code in enumerate(self.booth_id)}

    @cached_property
    def zone_row_of(self) -> dict[str, int]:
        """Return the position of each containment zone by its code."""
        return {str(code): i for i, code in enumerate(self.zones.zone_id)}


def ground_key(booth_id: Texts, cells: Geometries) -> str:
    """Return the hash of codes and cells, the edition of the ground; costs 0.4 s a state.

    Parameters
    ----------
    booth_id : Texts
        Codes, shape (n,).
    cells : Geometries
        Ground in WGS84, None where there is none, shape (n,).
    """
    digest = hashlib.sha256("\x1f".join(map(str, booth_id)).encode())
    for shape in shapely.to_wkb(cells):
        digest.update(b"\x1e")
        digest.update(shape or b"")
    return digest.hexdigest()[:32]


def has_ground(cells: Geometries) -> Bools:
    """Return which booths have ground that can be drawn, shape (n,)."""
    there: Bools = ~(shapely.is_missing(cells) | shapely.is_empty(cells))
    return there & np.isin(
        shapely.get_type_id(cells),
        [shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON],
    )
