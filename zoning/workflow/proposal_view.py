"""A proposal on the map: what is in force, what would be, and which units change."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

import numpy as np

from layers.booth_view import BoothView, ZoneOutlines, ground_key
from layers.view import LegendLevel, MapView
from zoning.access import seen_units
from zoning.judgement.changes import NO_ZONE
from zoning.model import Classification, Texts
from zoning.places.placing import index_of
from zoning.workflow.actor import Who, standing_of
from zoning.workflow.map_seen import only_seen
from zoning.workflow.map_words import parameter_words
from zoning.workflow.proposal import Proposed
from zoning.workflow.proposed_booths import BoothChanges
from zoning.workflow.weighing import DrawnZones


class Look(StrEnum):
    """Which side of a proposal a map shows."""

    CHANGES = "changes"
    BEFORE = "before"
    AFTER = "after"


def zone_view(base: MapView, proposed: Proposed, zones: Texts, look: Look, who: Who) -> MapView:
    """Return the map of a proposal.

    Parameters
    ----------
    base : MapView
        The map of the present, of the same units.
    proposed : Proposed
        What would change in the units that are seen.
    zones : Texts
        Zone that each of those is to have, overrides counted, shape (n,).
    look : Look
        Which side.
    who : str or Actor
        Sees the figures of the own area alone.
    """
    result, rule = proposed.basis.result, proposed.basis.rule
    at = index_of(base.units.unit_id, proposed.units.unit_id)
    known = [level.key for level in rule.zones]
    before = _known(base.zone, known)
    after = np.append(_known(zones, known), NO_ZONE)[at]
    after = np.where(at < 0, before, after).astype(object)
    came_from = np.where(before != after, before, "").astype(object)
    view = replace(
        base,
        zone=before if look is Look.BEFORE else after,
        came_from=came_from if look is Look.CHANGES else None,
        levels=tuple(LegendLevel(z.key, z.label, z.meaning) for z in reversed(rule.zones)),
        rule_id=rule.id,
        rule_title=rule.title,
        parameters=parameter_words(rule, result),
        classification=_aligned(base, result),
        facilities=None,
        booths=None,
        is_seen=None,
    )
    seen = seen_units(standing_of(who))
    return view if seen is None else only_seen(view, seen)


def booths_view(base: MapView, booths: BoothChanges, zones: DrawnZones, look: Look) -> MapView:
    """Return the map of the categories of a proposal, on one of its sides.

    Parameters
    ----------
    base : MapView
        The map of the present.
    booths : BoothChanges
        What would change.
    zones : DrawnZones
        Containment zones of that side.
    look : Look
        `BEFORE`, or anything else for what would be.
    """
    table, cells = zones.ground.table, zones.ground.cells
    row = index_of(table.booth_id, booths.booth_id)
    is_before = look is Look.BEFORE
    said = booths.in_force if is_before else booths.proposed
    divided = zones.divided
    of_zone = np.append(divided.zone_id, "")[divided.label].astype(object)
    shown = BoothView(
        ground_key=ground_key(table.booth_id, cells),
        booth_id=table.booth_id,
        name=table.name,
        unit_id=table.unit_id,
        cells=cells,
        category=np.append(said, "")[row].astype(object),
        watch=divided.watch,
        needs_survey=divided.needs_survey,
        provenance=table.provenance,
        zone_id=of_zone,
        zones=ZoneOutlines(
            divided.zone_id, divided.zone_id, zones.opened_on, zones.areas, zones.buffers
        ),
    )
    return replace(base, booths=shown, facilities=None)


def _known(zone: Texts, levels: list[str]) -> Texts:
    """Return zones with those of another rule taken for unclassified, as a map has to."""
    return np.where(np.isin(zone.astype(str), levels), zone, NO_ZONE).astype(object)


def _aligned(base: MapView, result: Classification) -> Classification | None:
    is_same = result.unit_id.tolist() == base.units.unit_id.tolist()
    return result if is_same else None
