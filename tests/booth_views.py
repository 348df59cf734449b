"""Views of booths: drawn from a seed, or of the real cells beside the checkout.

Used by the unit, screen and browser tests and by the map benchmark; never by the product.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from layers.booth_view import BoothView, ZoneOutlines, ground_key
from layers.view import MapView
from tests.synthetic import synthetic_view, texts
from zoning.crs import local_equidistant, to_metric
from zoning.model import Booths, Units
from zoning.places.booth_areas import booth_areas
from zoning.places.neighbours import neighbours_within
from zoning.readers.booths import read_booths
from zoning.readers.mapping import Mapping
from zoning.readers.units import read_units

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PANCHAYATS = DATA / "west-bengal" / "gram_panchayats_derived.gpkg"
HABITATIONS = DATA / "west-bengal" / "habitations.csv.gz"
WARDS = DATA / "bengaluru" / "wards_198.geojson"
STATIONS = DATA / "bengaluru" / "booth_polygons.geojson"
TODAY = np.datetime64("2020-05-18")
BUFFER_M = 500.0


def _points_inside(units: Units, per_unit: float, rng: np.random.Generator) -> Booths:
    """Draw stations in each unit; every 20th stands where the one before it does."""
    want = np.maximum(1, rng.poisson(per_unit, len(units)))
    tries = 12 * want
    west, south, east, north = shapely.bounds(units.geometry).T
    owner = np.repeat(np.arange(len(units)), tries)
    at = rng.uniform(size=(len(owner), 2))
    lon = west[owner] + at[:, 0] * (east - west)[owner]
    lat = south[owner] + at[:, 1] * (north - south)[owner]
    shapely.prepare(units.geometry)
    inside = shapely.contains_xy(units.geometry[owner], lon, lat)
    owner, lon, lat = owner[inside], lon[inside], lat[inside]
    nth = np.arange(len(owner)) - np.searchsorted(owner, owner)
    keep = nth < want[owner]
    owner, lon, lat = owner[keep], lon[keep], lat[keep]
    twin = np.flatnonzero((np.arange(len(owner)) % 20 == 19) & (np.diff(owner, prepend=-1) == 0))
    lon[twin], lat[twin] = lon[twin - 1], lat[twin - 1]
    n = len(owner)
    return Booths(
        booth_id=texts(f"B{i + 1:05d}" for i in range(n)),
        unit_id=units.unit_id[owner],
        name=texts(
            f"{units.name[u]} Primary School, room {i % 4 + 1}" for i, u in enumerate(owner)
        ),
        population=np.full(n, np.nan),
        geometry=shapely.points(lon, lat),
    )


def delineated(view: MapView, booths: Booths, share: float = 0.05, seed: int = 5) -> MapView:
    """Give a view booths with invented categories: clusters of A, a buffer, zones round them."""
    rng = np.random.default_rng(seed)
    areas = booth_areas(booths, view.units)
    cells, unit = areas.geometry, areas.unit_index
    zone = np.append(view.zone, "unclassified")[unit]
    metric = to_metric(cells, local_equidistant(cells))
    near = neighbours_within(metric, BUFFER_M)
    touching = neighbours_within(metric, 1.0)
    is_open = zone != "green"
    seeds = is_open & (rng.uniform(size=len(cells)) < share / 3)
    affected = is_open & (
        seeds | (touching.reached_from(seeds) & (rng.uniform(size=len(cells)) < 0.4))
    )
    # Booths on one ground have one fate.
    _, ground = np.unique(shapely.to_wkb(cells), return_inverse=True)
    affected = (np.bincount(ground, affected)[ground] > 0) & is_open
    reached = near.reached_from(affected) & ~affected
    category = texts(
        np.select([affected, reached & is_open, is_open], ["A", "B", "C"], "").tolist()
    )
    unseen = is_open & np.isin(unit, rng.choice(len(view.units), max(1, len(view.units) // 40)))
    category[unseen] = "A"
    affected = category == "A"
    zone_id, zones = _zones(cells, affected, category == "B", touching, near, rng)
    provenance = areas.provenance.astype(str).astype(object)
    provenance[(unit >= 0) & (unit % 9 == 4) & (provenance == "derived")] = "surveyed"
    return replace(
        view,
        booths=BoothView(
            ground_key=ground_key(booths.booth_id, cells),
            booth_id=booths.booth_id,
            name=booths.name,
            unit_id=np.append(view.units.unit_id, "")[unit].astype(object),
            cells=cells,
            category=category,
            watch=reached & ~is_open,
            needs_survey=unseen | (zone == "unclassified"),
            provenance=provenance,
            zone_id=zone_id,
            zones=zones,
            since=TODAY - rng.integers(0, 20, len(cells)).astype("timedelta64[D]"),
        ),
    )


def _zones(cells, affected, buffered, touching, near, rng):
    n = len(cells)
    of = np.repeat(np.arange(n), np.diff(touching.first))
    joined = affected[of] & affected[touching.index]
    graph = coo_array((np.ones(joined.sum()), (of[joined], touching.index[joined])), (n, n))
    _, group = connected_components(graph)
    groups, member = np.unique(group[affected], return_inverse=True)
    opened = TODAY - rng.integers(0, 25, len(groups)).astype("timedelta64[D]")
    label = texts(f"CZ-{str(d).replace('-', '')}-{i % 1000:03d}" for i, d in enumerate(opened))
    label = texts(f"{t}{'' if i < 1000 else f'.{i // 1000}'}" for i, t in enumerate(label))
    zone_id = np.full(n, "", dtype=object)
    zone_id[affected] = label[member]
    rows = np.flatnonzero(affected)
    order = np.argsort(member, kind="stable")
    cuts = np.searchsorted(member[order], np.arange(len(groups) + 1))
    geometry, buffers = (np.full(len(groups), None, dtype=object) for _ in range(2))
    for i in range(len(groups)):
        own = rows[order[cuts[i] : cuts[i + 1]]]
        around = np.unique(
            np.concatenate([near.index[near.first[r] : near.first[r + 1]] for r in own])
        )
        geometry[i] = shapely.union_all(cells[own])
        around = around[buffered[around]]
        if len(around):
            buffers[i] = shapely.union_all(cells[around])
    return zone_id, ZoneOutlines(label, label, opened, geometry, buffers)


def synthetic_booths(n_units: int = 144, per_unit: float = 8.0, **changes) -> MapView:
    """Draw a full view with booths."""
    view = synthetic_view(n_units, **changes)
    return delineated(view, _points_inside(view.units, per_unit, np.random.default_rng(3)))


def with_changed_booths(view: MapView, n: int) -> MapView:
    """Make the first `n` booths that are C into B, or back where there are too few."""
    booths = view.booths
    category = booths.category.copy()
    rows = np.flatnonzero(category == "C")[:n]
    category[rows] = "B"
    return replace(view, booths=replace(booths, category=category))


def real_view(place: str) -> MapView:
    """Return the real ground of `west-bengal` or `bengaluru` under invented cases."""
    if place == "west-bengal":
        names = {"unit_id": "gp_id", "name": "name"}
        units, _ = read_units(PANCHAYATS, Mapping(columns=names), "gram_panchayat")
        told = {"unit_id": "gp_id", "booth_id": "habitation_id", "lon": "lon", "lat": "lat"}
        booths, _ = read_booths(HABITATIONS, Mapping(columns=told | {"name": "name"}))
    else:
        names = {"unit_id": "WARD_NO", "name": "WARD_NAME"}
        units, _ = read_units(WARDS, Mapping(columns=names), "ward")
        told = {"booth_id": "PSCode", "name": "PS_Name"}
        booths, _ = read_booths(STATIONS, Mapping(columns=told))
    return delineated(synthetic_view(len(units), units=units), booths)


def booths_in_rows(units: list[str], *, side: float = 0.05, twins: bool = False) -> BoothView:
    """Draw booths `b1`, `b2`, ... side by side, all C; `twins`: two and two have one square."""
    n = len(units)
    cells = np.empty(n, dtype=object)
    for i in range(n):
        if twins and i % 2:
            cells[i] = cells[i - 1]
        else:
            cells[i] = shapely.box(88 + i * side, 22, 88 + (i + 1) * side, 22 + side)
    ids = texts(f"b{i + 1}" for i in range(n))
    nothing = texts([""] * n)
    none = np.empty(0, dtype=object)
    return BoothView(
        ground_key=ground_key(ids, cells),
        booth_id=ids,
        name=nothing,
        unit_id=texts(units),
        cells=cells,
        category=texts(["C"] * n),
        watch=np.zeros(n, dtype=bool),
        needs_survey=np.zeros(n, dtype=bool),
        provenance=texts(["derived"] * n),
        zone_id=nothing,
        zones=ZoneOutlines(none, none, np.empty(0, dtype="datetime64[D]"), none, none),
    )


@cache
def drawn_view(n_units: int, booths: str) -> MapView:
    """Draw a view with so many booths a unit, none for "0", or of a real ground by its name.

    Kept by the process: a script that Streamlit runs anew keeps nothing.
    """
    if not booths.replace(".", "").isdecimal():
        return real_view(booths)
    return synthetic_booths(n_units, float(booths)) if float(booths) else synthetic_view(n_units)
