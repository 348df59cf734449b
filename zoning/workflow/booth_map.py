"""Booths as the map shows them: what is in force on their ground, without any count."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from pathlib import Path
from threading import Lock

import numpy as np
from sqlalchemy.orm import Session

from layers.booth_view import BoothView, ZoneOutlines, ground_key
from zoning.judgement.zone_codes import opened_on
from zoning.model import Category, Days, Geometries, Indices
from zoning.places.buffers import BufferPairs
from zoning.places.dissolve import dissolve
from zoning.places.perimeters import buffer_areas, zone_areas
from zoning.places.placing import index_of
from zoning.store.zone_history import zone_history
from zoning.workflow.ground import Ground, shelf_of
from zoning.workflow.present import Present, present

KEPT_VIEWS = 4
_KEPT: OrderedDict[tuple[object, ...], BoothView] = OrderedDict()
_LOCK = Lock()


def booth_view(session: Session, cache_dir: Path, at: datetime) -> BoothView | None:
    """Return the booths with what is in force at a moment; None where no order speaks of booths.

    The same object comes back for as long as no order changes: what the map derives from it
    is kept with it.

    Parameters
    ----------
    session : Session
        An open transaction.
    cache_dir : Path
        Where grounds are kept.
    at : datetime
        The moment.
    """
    now = present(session, shelf_of(cache_dir), at)
    if not len(now.standing.number):
        return None
    key = (now.ground.key, now.delineation_id, tuple(now.standing.orders))
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    view = _view(session, now)
    with _LOCK:
        _KEPT[key] = view
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
    zone, booth = ground.within(now.policy.reach(now.buffer_m)).pairs_from(label)
    booth, first = np.unique(booth, return_index=True)
    is_buffer = now.category[booth] == Category.BUFFER.value
    pairs = BufferPairs(zone[first][is_buffer], booth[is_buffer])
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
