"""What changed between two moments, on its ground: outlines, names, places of booths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import shapely
from sqlalchemy.orm import Session

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Floats, Texts, Units, Zone
from zoning.places.placing import index_of
from zoning.rules.rulebook import load_rule
from zoning.store.booths import read_booths
from zoning.store.editions import BOOTH_LEVEL, edition_in_force
from zoning.store.engine import Store
from zoning.store.results import get_run
from zoning.workflow.actor import Who
from zoning.workflow.in_force_then import InForce, InForceChange, in_force_change
from zoning.workflow.places import judged_units, units_in_force


@dataclass(frozen=True, eq=False)
class ChangedGround:
    """What changed, and where it lies.

    Attributes
    ----------
    change : InForceChange
        What.
    units : Units
        The units of the later moment, n.
    zone : Texts
        In force in each then, shape (n,); `unclassified` where no order says one.
    levels : tuple of str
        Zones of the rule behind it, most severe first.
    booth_places : Floats
        Longitude and latitude of each booth that changed, shape (m, 2); NaN where unknown.
    names : mapping of str to str
        Of units and of the booths that changed, by code.
    """

    change: InForceChange
    units: Units
    zone: Texts
    levels: tuple[str, ...]
    booth_places: Floats
    names: Mapping[str, str]


def changed_ground(
    store: Store, default_rule: str, before_at: datetime, after_at: datetime, who: Who
) -> ChangedGround:
    """Return what changed between two moments, on the ground of the later one.

    Parameters
    ----------
    store : Store
        The database.
    default_rule : str
        Rule set where no order in force names one.
    before_at, after_at : datetime
        The moments.
    who : str or Actor
        Who looks; orders are public, so it is of the whole state.

    Raises
    ------
    InputError
        If the moments are in the wrong order, or no boundaries were known.
    AccessError
        If zones aren't for this person.
    """
    change = in_force_change(store, before_at, after_at, who)
    with store.reading() as session:
        found = units_in_force(session, after_at)
        if found is None:
            raise InputError(
                tr("No boundaries were known then: run “zoning import boundaries FILE” first.")
            )
        units = judged_units(found[1])
        places, booth_names = _booths(session, change.booths.code, after_at)
        rule = load_rule(rule_of(session, change.after, default_rule))
    zones = change.after.zones
    place = index_of(units.unit_id, zones.unit_id)
    return ChangedGround(
        change,
        units,
        np.append(zones.zone, Zone.UNCLASSIFIED.value)[place],
        tuple(level.key for level in reversed(rule.zones)),
        places,
        {**dict(zip(units.unit_id.tolist(), units.name.tolist(), strict=True)), **booth_names},
    )


def rule_of(session: Session, in_force: InForce, default_rule: str) -> str:
    """Return the rule behind the zones in force: of the order that took effect last."""
    runs = [r for r in in_force.zones.orders.values() if r.run_id is not None]
    latest = max(runs, key=lambda r: (r.order.effective_at, r.order_id), default=None)
    if latest is None or latest.run_id is None:
        return default_rule
    return get_run(session, latest.run_id).rule_id


def _booths(session: Session, codes: Texts, at: datetime) -> tuple[Floats, dict[str, str]]:
    """Return places (m, 2) and names of booths, as the edition in force tells them."""
    places = np.full((len(codes), 2), np.nan)
    edition = edition_in_force(session, at, level=BOOTH_LEVEL)
    if edition is None or not len(codes):
        return places, {}
    booths = read_booths(session, edition.edition_id)
    row = index_of(codes, booths.booth_id)
    names = {
        str(code): str(booths.name[at]) for code, at in zip(codes, row, strict=True) if at >= 0
    }
    if booths.geometry is not None:
        shapes = np.append(booths.geometry, np.array([None], dtype=object))[row]
        has_place = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        inside = shapely.point_on_surface(shapes[has_place])
        places[has_place] = shapely.get_coordinates(inside)
    return places, names
