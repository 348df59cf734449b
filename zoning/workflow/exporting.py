"""Zones in force as files: what officers hand on, and what everybody may have."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np

from zoning.clock import IST
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import (
    ExportedBooths,
    ExportedUnits,
    ExportedZones,
    Geometries,
    Texts,
    Units,
    Zone,
)
from zoning.rules.rulebook import load_rule
from zoning.settings import Settings
from zoning.store.engine import Store
from zoning.store.imports import list_imports
from zoning.store.orders import ZonesInForce, zones_in_force
from zoning.store.results import list_runs
from zoning.workflow.divided import in_force
from zoning.workflow.ground import GroundShelf
from zoning.workflow.present import Present, present
from zoning.workflow.since import zones_since
from zoning.workflow.weighing import DrawnZones, draw_zones
from zoning.writers.zone_export import ExportAbout, Face, ZoneExport, public_face
from zoning.writers.zone_files import WrittenZones, write_zones


def export_zones(
    store: Store,
    settings: Settings,
    shelf: GroundShelf,
    out: Path,
    form: str,
    at: datetime,
    face: Face = Face.PUBLIC,
) -> WrittenZones:
    """Write units, booths and containment zones in force.

    Parameters
    ----------
    store : Store
        The database.
    settings : Settings
        For the rule set where no run names one.
    shelf : GroundShelf
        Where grounds are kept.
    out : Path
        The file.
    form : str
        One of `writers.zone_files.FORMS`.
    at : datetime
        The moment of which it tells.
    face : Face
        Whether figures are left out, as they are for the public.

    Raises
    ------
    SeemanaError
        If nothing is known, or the file can't be written; nothing is left behind then.
    """
    export = official_export(store, settings, shelf, at)
    return write_zones(export if face is Face.OFFICIAL else public_face(export), out, form)


def official_export(
    store: Store, settings: Settings, shelf: GroundShelf, at: datetime
) -> ZoneExport:
    """Return what is in force at a moment, with the figures for officers."""
    with store.reading() as session:
        now = present(session, shelf, at)
        zones = draw_zones(session, now, in_force(now), settings.self_delineating_ids)
        standing = zones_in_force(session, at)
        run = next((r for r in list_runs(session) if r.computed_at <= at), None)
        rule = load_rule(settings.default_rule if run is None else run.rule_id)
        zone, since = zones_since(session, standing, now.units, at)
        known = {level.key for level in rule.zones}
        numbers = sorted({*standing.orders, *now.standing.orders})
        about = ExportAbout(
            title=tr("Zones in force on {moment}", moment=forms.moment(at)),
            as_of=at.astimezone(IST),
            rule=rule.id,
            policy=now.policy.id,
            edition=now.edition.file_name,
            orders=tuple(numbers),
            levels=tuple(reversed(rule.zones)),
            is_fictional=any(r.mapping.get("is_fictional") for r in list_imports(session)),
        )
        units = ExportedUnits(
            unit_id=now.units.unit_id,
            name=now.units.name,
            level=now.units.level,
            zone=np.array([z if z in known else Zone.UNCLASSIFIED.value for z in zone], object),
            in_force_since=since,
            order_number=_numbers(standing, now.units),
            geometry=_shapes(now.units),
        )
        return ZoneExport(about, units, _booths(now), _zones(now, zones), Face.OFFICIAL)


def _booths(now: Present) -> ExportedBooths:
    table = now.ground.table
    return ExportedBooths(
        booth_id=table.booth_id,
        name=table.name,
        unit_id=table.unit_id,
        category=now.category,
        watch=now.is_watched,
        provenance=table.provenance,
        zone_id=now.zone_id,
        geometry=now.ground.cells,
        needs_survey=now.needs_survey,
    )


def _zones(now: Present, zones: DrawnZones) -> ExportedZones:
    weighed = zones.weighed.zones
    number = dict(zip(now.standing.booths.zone_id, now.standing.number, strict=True))
    return ExportedZones(
        zone_id=zones.divided.zone_id,
        opened_on=zones.opened_on,
        order_number=np.array([number.get(z, "") for z in zones.divided.zone_id], dtype=object),
        unit_ids=np.array([";".join(units) for units in zones.unit_ids] + [None], object)[:-1],
        perimeter_m=zones.perimeter_m,
        geometry=zones.areas,
        buffer_geometry=zones.buffers,
        n_booths=weighed.n_booths_a,
        population=weighed.population_a,
        households=weighed.households_a,
    )


def _numbers(standing: ZonesInForce, units: Units) -> Texts:
    number = dict(zip(standing.unit_id, standing.number, strict=True))
    return np.array([number.get(unit, "") for unit in units.unit_id], dtype=object)


def _shapes(units: Units) -> Geometries:
    return np.full(len(units), None, dtype=object) if units.geometry is None else units.geometry
