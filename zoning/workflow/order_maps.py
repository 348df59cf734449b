"""The map of an order: its own zones on the ground of its own edition, whatever holds by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy.orm import Session

from zoning.judgement.policy import DEFAULT, load_policy
from zoning.model import Category, Texts, Units, Zone
from zoning.places.placing import index_of
from zoning.store.boundaries import read_units
from zoning.store.delineations import get_delineation
from zoning.store.editions import get_edition
from zoning.store.order_booths import CategoriesInForce
from zoning.workflow.booth_map import outlines
from zoning.workflow.containment import ground_in_force
from zoning.workflow.declared import Declared
from zoning.workflow.ground import GroundShelf
from zoning.workflow.places import judged_units
from zoning.workflow.present import Present

if TYPE_CHECKING:
    from layers.booth_view import ZoneOutlines
    from zoning.writers.papers.map_layers import MapLayers


def map_layers(session: Session, shelf: GroundShelf, told: Declared) -> MapLayers | None:
    """Return what the map of an order is drawn from; None where there is nothing to draw.

    Where it declares zones of units, these units; else all units of its edition as outlines, with
    its containment zones upon them.
    """
    from zoning.writers.papers.map_layers import MapLayers

    units = judged_units(read_units(session, told.edition_id))
    if units.geometry is None:
        return None
    zones = zones_drawn(session, shelf, told, units)
    if zones is None and not len(told.unit_id):
        return None
    said = np.append(told.zone, "")[index_of(units.unit_id, told.unit_id)]
    is_own = said != "" if len(told.unit_id) else np.ones(len(units), dtype=bool)
    zone: Texts = np.where(said == "", Zone.UNCLASSIFIED.value, said).astype(object)
    empty = np.empty(0, dtype=object)
    areas, buffers, label = (
        (empty, empty, empty)
        if zones is None
        else (zones.geometry, zones.buffer_geometry, zones.zone_id)
    )
    kinds = [Category.AFFECTED.value] * len(areas) + [Category.BUFFER.value] * len(buffers)
    return MapLayers(
        units=units.geometry[is_own],
        unit_zone=zone[is_own],
        unit_label=units.name[is_own],
        areas=np.concatenate([areas, buffers]),
        area_category=np.array([*kinds, None], object)[:-1],
        area_label=np.concatenate([label, np.full(len(buffers), "", dtype=object)]),
        source=get_edition(session, told.edition_id).file_name,
    )


def zones_drawn(
    session: Session, shelf: GroundShelf, told: Declared, units: Units
) -> ZoneOutlines | None:
    """Return the containment zones that an order itself declares; None where it declares none.

    Drawn on the booths that were in force when it was published.
    """
    if not (told.booths.category == Category.AFFECTED.value).any():
        return None
    edition = get_edition(session, told.edition_id)
    how = None if told.delineation_id is None else get_delineation(session, told.delineation_id).new
    policy = load_policy(DEFAULT if how is None else how.policy_id)
    governing = load_policy(policy.once_in_force)
    ground, booth_edition_id = ground_in_force(
        session, shelf, edition, units, told.published_at, governing
    )
    n = len(told.booths.booth_id)
    own = Present(
        at=told.published_at,
        edition=edition,
        everything=units,
        units=units,
        ground=ground,
        booth_edition_id=booth_edition_id,
        standing=CategoriesInForce(told.booths, np.full(n, told.order.number, dtype=object), {}),
        zone=np.full(len(units), Zone.UNCLASSIFIED.value, dtype=object),
        policy=policy,
        buffer_m=policy.default_m if how is None else how.buffer_m,
        delineation_id=told.delineation_id,
        _session=session,
    )
    return outlines(own)
