"""What leaves the product as one set of zones: units, booths, containment zones, a row each.

Columns of the public come first; those of officers only are None in a public export.
"""

from __future__ import annotations

from dataclasses import dataclass

from zoning.model.arrays import Bools, Days, Floats, Geometries, Ints, Texts


@dataclass(frozen=True)
class ExportedUnits:
    """Units with the colour that an order in force gave them.

    Attributes
    ----------
    unit_id, name, level : Texts
        Shape (n,), in the order of the edition.
    zone : Texts
        Level names of the rule, or `unclassified`.
    in_force_since : Days
        NaT where no order speaks of the unit.
    order_number : Texts
        Empty where no order speaks of the unit.
    geometry : Geometries
        Areas in WGS84; None where the edition has none.
    """

    unit_id: Texts
    name: Texts
    level: Texts
    zone: Texts
    in_force_since: Days
    order_number: Texts
    geometry: Geometries

    def __len__(self) -> int:
        return len(self.unit_id)


@dataclass(frozen=True)
class ExportedBooths:
    """Booths with their category.

    Attributes
    ----------
    booth_id, name, unit_id : Texts
        Shape (n,), in the order of the edition.
    category : Texts
        `Category` values; empty in green units.
    watch : Bools
        Whether a booth of a green unit lies within the buffer.
    provenance : Texts
        How the ground is known: `surveyed`, `derived`, `unit`, or empty.
    zone_id : Texts
        Containment zone that the booth belongs to, or empty.
    geometry : Geometries
        Areas in WGS84; None where there is no ground.
    needs_survey : Bools or None
        Whether the category stands in for knowledge; for officers.
    """

    booth_id: Texts
    name: Texts
    unit_id: Texts
    category: Texts
    watch: Bools
    provenance: Texts
    zone_id: Texts
    geometry: Geometries
    needs_survey: Bools | None = None

    def __len__(self) -> int:
        return len(self.booth_id)


@dataclass(frozen=True)
class ExportedZones:
    """Containment zones: contiguous groups of affected booths, each with its buffer.

    Attributes
    ----------
    zone_id : Texts
        Stable ids such as `CZ-20200804-001`, shape (n,).
    opened_on : Days
        NaT where it isn't told.
    order_number : Texts
        Empty where no order speaks of the zone.
    unit_ids : Texts
        Units that it lies in, joined by `;`.
    perimeter_m : Floats
        Length of the cordon in metres; NaN where unknown.
    geometry, buffer_geometry : Geometries
        The zone, and the buffer around it, in WGS84; None where there is no ground.
    n_booths : Ints or None
        Booths of the zone; for officers.
    population, households : Floats or None
        NaN where unknown; for officers.
    """

    zone_id: Texts
    opened_on: Days
    order_number: Texts
    unit_ids: Texts
    perimeter_m: Floats
    geometry: Geometries
    buffer_geometry: Geometries
    n_booths: Ints | None = None
    population: Floats | None = None
    households: Floats | None = None

    def __len__(self) -> int:
        return len(self.zone_id)
