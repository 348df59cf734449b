"""Containment zones on the ground with what they cost: of what is in force, or of a what-if."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from sqlalchemy.orm import Session

from zoning import crs as crs_guard
from zoning.judgement.consents import Consent, consents
from zoning.judgement.consequences import Weighed, weigh
from zoning.judgement.jurisdictions import jurisdictions_of
from zoning.judgement.zone_codes import opened_on
from zoning.judgement.zone_figures import BoothFigures, UnitFigures
from zoning.model import Category, Days, FacilityKind, Floats, Geometries, Indices, Ints
from zoning.places.buffers import BufferPairs, buffer_pairs
from zoning.places.drawn import label as unit_label
from zoning.places.perimeters import buffer_areas, perimeters
from zoning.store.facilities import read_facilities
from zoning.workflow.divided import Divided
from zoning.workflow.ground import Ground
from zoning.workflow.part import Part, divided_part
from zoning.workflow.present import Present
from zoning.workflow.zone_ground import zone_ground


@dataclass(frozen=True, eq=False)
class DrawnZones:
    """Containment zones, k, and the ground they lie on, n.

    Attributes
    ----------
    ground : Ground
        Booths.
    divided : Divided
        Categories and zones.
    opened_on : Days
        NaT for a zone of a what-if.
    pairs : BufferPairs
        Which B booths lie in the buffer of which zones.
    weighed : Weighed
        People, houses, workers, cases, hospitals, warnings.
    consents : tuple of Consent
        Lines that are crossed.
    n_beyond : Ints
        Affected booths of each zone outside the part that is drawn, shape (k,): its figures are
        of the booths inside.
    """

    ground: Ground
    divided: Divided
    opened_on: Days
    pairs: BufferPairs
    weighed: Weighed
    consents: tuple[Consent, ...]
    n_beyond: Ints

    def __len__(self) -> int:
        return len(self.divided.zone_id)

    @cached_property
    def areas(self) -> Geometries:
        """Return the ground of each zone in WGS84, shape (k,); None where it has none."""
        return zone_ground(self.ground, self.divided.label, len(self))

    @cached_property
    def buffers(self) -> Geometries:
        """Return the buffer of each zone in WGS84, shape (k,); None where it has none."""
        # Of two zones they may share ground, so that they are no partition to be joined at once.
        return buffer_areas(self.divided.label, self.pairs, self.ground.cells, len(self))

    @cached_property
    def perimeter_m(self) -> Floats:
        """Return the whole line to be guarded around each zone, shape (k,)."""
        metric = crs_guard.to_metric(self.areas, self.ground.metric)
        return perimeters(metric, self.divided.policy.touching_m).total_m

    @property
    def unit_ids(self) -> tuple[tuple[str, ...], ...]:
        """Return the units that each zone lies in."""
        units: list[set[str]] = [set() for _ in range(len(self))]
        rows = np.flatnonzero(self.divided.label >= 0)
        for at, unit in zip(self.divided.label[rows], self.ground.table.unit_id[rows], strict=True):
            units[at].add(unit)
        return tuple(tuple(sorted(found - {""})) for found in units)


def draw_zones(
    session: Session,
    now: Present,
    divided: Divided,
    self_delineating: AbstractSet[str],
    part: Part | None = None,
) -> DrawnZones:
    """Return the zones of what is in force or thought of, with what they cost.

    Parameters
    ----------
    session : Session
        An open transaction.
    now : Present
        What is known.
    divided : Divided
        Categories and zones.
    self_delineating : set of str
        Codes of the corporations whose Commissioner delineates.
    part : Part or None
        What is drawn and weighed of it; all if None. Zones are made of the whole ground, and
        whose consent they need is told of the whole: booths and their people are public.
    """
    ground, table = now.ground, now.ground.table
    reach_m = divided.policy.reach(divided.buffer_m)
    in_force_m = now.policy.reach(now.buffer_m)
    pairs = buffer_pairs(
        divided.label,
        divided.category == Category.BUFFER.value,
        ground.pairs_from(divided.label, reach_m, is_kept=reach_m == in_force_m),
    )
    parents = jurisdictions_of(now.units, now.everything, self_delineating)
    needed = consents(divided.label, pairs, table.unit_index, table.population, parents)
    hospitals = _hospitals(session, now)
    n_beyond = np.zeros(len(divided.zone_id), dtype=np.int64)
    if part is not None:
        inside = divided_part(divided, pairs, part)
        divided, pairs, n_beyond = inside.divided, inside.pairs, inside.n_beyond
        place = {int(zone): at for at, zone in enumerate(inside.kept)}
        needed = tuple(replace(c, zone=place[c.zone]) for c in needed if c.zone in place)
        hospitals = hospitals[np.append(part.booths, False)[hospitals]]
    days = [np.datetime64(opened_on(zone) or "NaT", "D") for zone in divided.zone_id]
    return DrawnZones(
        ground,
        divided,
        np.array(days, dtype="datetime64[D]"),
        pairs,
        _weighed(now, divided, pairs, hospitals),
        needed,
        n_beyond,
    )


def _weighed(now: Present, divided: Divided, pairs: BufferPairs, hospitals: Indices) -> Weighed:
    table, counts = now.ground.table, divided.counts
    booths = BoothFigures(
        table.population,
        counts.affecting,
        table.unit_index,
        table.sharing,
        divided.needs_survey,
        table.provenance,
    )
    units = UnitFigures(
        np.array([unit_label(now.units, i) for i in range(len(now.units))], dtype=object),
        np.full(len(now.units), np.nan),
        counts.affecting_by_unit,
    )
    return weigh(divided.label, pairs, booths, units, hospitals, n_zones=len(divided.zone_id))


def _hospitals(session: Session, now: Present) -> Indices:
    facilities = read_facilities(session, now.at)
    is_hospital = facilities.kind == FacilityKind.HOSPITAL.value
    has_place = is_hospital & np.isfinite(facilities.lon) & np.isfinite(facilities.lat)
    return now.ground.locator.locate(facilities.lon[has_place], facilities.lat[has_place])
