"""Booths as the map shows them: what is in force on their ground, without any count."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from pathlib import Path
from threading import Lock

import numpy as np
from sqlalchemy.orm import Session

from layers.booth_payload import payload_of
from layers.booth_view import BoothView, ZoneOutlines, ground_key
from zoning.judgement.policy import DEFAULT, load_policy
from zoning.judgement.zone_codes import opened_on
from zoning.model import Category, Days, Geometries, Indices
from zoning.places.buffers import BufferPairs, buffer_pairs
from zoning.places.dissolve import dissolve
from zoning.places.perimeters import buffer_areas, zone_areas
from zoning.places.placing import index_of
from zoning.store.delineations import get_delineation
from zoning.store.editions import Edition
from zoning.store.order_booths import orders_of_booths
from zoning.store.zone_history import zone_history
from zoning.workflow.ground import Ground, shelf_of
from zoning.workflow.named_ground import name_ground
from zoning.workflow.present import Present, present

Name = tuple[str, ...]
"""Of booths: the same name is the same view."""

KEPT_VIEWS = 4
_KEPT: OrderedDict[Name, BoothView] = OrderedDict()
_LOCK = Lock()
# Two that ask at once must not both spend the seconds.
_MAKING = Lock()


def name_booths(session: Session, edition: Edition, at: datetime) -> Name | None:
    """Return what tells the booths of a moment from any others; None where no order speaks of them.

    Costs a few small queries, so that a page can ask whether its booths are ready.

    Parameters
    ----------
    session : Session
        An open transaction.
    edition : Edition
        Of the units.
    at : datetime
        The moment.
    """
    orders = orders_of_booths(session, at)
    if not orders:
        return None
    drawn = [order.delineation_id for order in orders if order.delineation_id is not None]
    policy_id = get_delineation(session, max(drawn)).new.policy_id if drawn else DEFAULT
    policy = load_policy(load_policy(policy_id).once_in_force)
    ground = name_ground(session, edition, at, policy)
    said = (f"{order.order.number} {order.published_at.isoformat()}" for order in orders)
    return (str(session.get_bind()), ground.identity, *said)


def kept_booths(name: Name) -> BoothView | None:
    """Return booths that were made before; None where they aren't kept."""
    with _LOCK:
        if name in _KEPT:
            _KEPT.move_to_end(name)
        return _KEPT.get(name)


def make_booths(session: Session, cache_dir: Path, at: datetime, name: Name) -> BoothView:
    """Return the booths with what is in force at a moment, with all that is sent of them.

    Takes seconds for a state: a quarter of a minute where its ground is new.

    Parameters
    ----------
    session : Session
        An open transaction.
    cache_dir : Path
        Where grounds are kept.
    at : datetime
        The moment.
    name : Name
        `name_booths` of the same transaction.
    """
    with _MAKING:
        kept = kept_booths(name)
        if kept is not None:
            return kept
        view = _view(session, present(session, shelf_of(cache_dir), at))
        # Before it is kept: whoever finds it waits for nothing.
        payload_of(view, is_public=True)
    with _LOCK:
        _KEPT[name] = view
        while len(_KEPT) > KEPT_VIEWS:
            _KEPT.popitem(last=False)
    return view


def _view(session: Session, now: Present) -> BoothView:
    table, cells = now.ground.table, now.ground.cells
    return BoothView(
        ground_key=ground_key(table.booth_id, cells),
        booth_id=table.booth_id,
        name=table.name,
        unit_id=table.unit_id,
        cells=cells,
        category=now.category,
        watch=now.is_watched,
        needs_survey=now.needs_survey,
        provenance=table.provenance,
        zone_id=now.zone_id,
        zones=outlines(now),
        since=_since(session, now),
    )


def outlines(now: Present) -> ZoneOutlines:
    """Return the containment zones in force with their ground and buffer."""
    ground = now.ground
    zone_id, nth = np.unique(now.zone_id.astype(str), return_inverse=True)
    none = int("" in zone_id[:1])
    label = (nth - none).astype(np.int32)
    zone_id = zone_id[none:].astype(object)
    # On a map a booth in the buffer of several zones is drawn once, with the first.
    reached = ground.pairs_from(label, now.policy.reach(now.buffer_m), is_kept=True)
    near = buffer_pairs(label, now.category == Category.BUFFER.value, reached)
    booth, first = np.unique(near.booth, return_index=True)
    pairs = BufferPairs(near.zone[first], booth)
    geometry, buffers = _areas(ground, label, pairs, len(zone_id))
    opened = [np.datetime64(opened_on(zone) or "NaT", "D") for zone in zone_id]
    return ZoneOutlines(
        zone_id=zone_id,
        label=zone_id,
        opened_on=np.array(opened, dtype="datetime64[D]"),
        geometry=geometry,
        buffer_geometry=buffers,
    )


def _areas(
    ground: Ground, label: Indices, pairs: BufferPairs, n_zones: int
) -> tuple[Geometries, Geometries]:
    """Return the ground of each zone and of its buffer, shape (k,) each."""
    if ground.arcs is None:
        # Surveyed areas that overlap; see `zone_ground`.
        return zone_areas(label, ground.cells), buffer_areas(label, pairs, ground.cells)
    kind = label.astype(np.int64)
    kind[pairs.booth] = n_zones + pairs.zone
    areas = dissolve(ground.arcs, kind, 2 * n_zones)
    return areas[:n_zones], areas[n_zones:]


def _since(session: Session, now: Present) -> Days:
    """Return since when each A booth is in A by order; NaT for any other."""
    since = np.full(len(now.ground), np.datetime64("NaT"), dtype="datetime64[D]")
    told = zone_history(session, now.at).since
    row = index_of(np.array(list(told), dtype=object), now.ground.table.booth_id)
    days = np.array(list(told.values()), dtype="datetime64[D]")
    since[row[row >= 0]] = days[row >= 0]
    return since
