"""Map views of any size, drawn from a seed: a coverage with wiggly shared borders.

Used by the unit, screen and browser tests and by the map benchmark; never by the product.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np
import shapely

from layers.view import (
    FacilityStatus,
    KeyFigure,
    LegendLevel,
    MapView,
    OrderInForce,
    ParameterWords,
)
from zoning.model import Classification, Facilities, Parameter, Units
from zoning.places.topology import content_key

AS_OF = datetime(2020, 5, 18, 5, 10, tzinfo=UTC)
SYLLABLES = ("ba", "bel", "bon", "cha", "dar", "dum", "gar", "hal", "kan", "mor", "nal", "pur")


def texts(values) -> np.ndarray:
    return np.array(list(values), dtype=object)


def _wiggle(xy: np.ndarray, size: float) -> np.ndarray:
    """Move points by a field of the place alone, so that shared borders stay shared."""
    moved = xy.copy()
    for octave in range(6):
        k = 2 * np.pi * 2.1**octave / (3 * size)
        reach = size * 0.1 / 2.5**octave
        x, y = xy[:, 0], xy[:, 1]
        moved[:, 0] += reach * np.sin(k * y + 1.7 * octave + np.sin(k * x * 0.7))
        moved[:, 1] += reach * np.cos(k * x - 0.9 * octave + np.sin(k * y * 0.6))
    return moved


@cache
def synthetic_units(n: int = 144, seed: int = 7, span: float | None = None) -> Units:
    """Draw `n` units around 22.6 N, 88.4 E; vertices every 30th of a unit."""
    rng = np.random.default_rng(seed)
    span = span or (0.35 if n < 1000 else 4.5)
    columns = int(np.ceil(np.sqrt(n)))
    grid = np.stack(np.meshgrid(np.arange(columns), np.arange(columns)), -1).reshape(-1, 2)
    sites = (grid[:n] + 0.5 + rng.uniform(-0.38, 0.38, (n, 2))) / columns
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=shapely.box(0, 0, 1, 1))
    )
    inside = shapely.intersection(cells, shapely.box(0, 0, 1, 1))
    order = shapely.STRtree(inside).query(shapely.points(sites), predicate="intersects")
    by_site = np.empty(n, dtype=int)
    by_site[order[0]] = order[1]
    dense = shapely.segmentize(inside[by_site], 1 / columns / 30)
    size = 1 / columns
    shapes = shapely.transform(dense, lambda xy: _wiggle(xy, size) * span + (88.2, 22.4))
    shapes = shapely.set_precision(shapes, 1e-6, mode="pointwise")
    ids = texts(f"U{i + 1:04d}" for i in range(n))
    names = texts("".join(rng.choice(SYLLABLES, rng.integers(2, 4))).capitalize() for _ in range(n))
    return Units(
        unit_id=ids,
        name=names,
        population=rng.integers(8_000, 60_000, n).astype(float),
        level=texts(["ward"] * n),
        parent_id=texts([""] * n),
        geometry=shapes,
    )


def synthetic_facilities(n: int, units: Units, seed: int = 11) -> FacilityStatus:
    rng = np.random.default_rng(seed)
    centres = shapely.get_coordinates(shapely.point_on_surface(units.geometry))
    at = centres[rng.integers(0, len(centres), n)]
    kinds = texts(rng.choice(["hospital", "ambulance"], n, p=[0.6, 0.4]))
    minutes = rng.choice([70, 400, 3000], n, p=[0.6, 0.25, 0.15])
    told = np.datetime64(AS_OF.replace(tzinfo=None), "s") - minutes.astype("timedelta64[m]")
    total = np.where(kinds == "hospital", rng.integers(20, 400, n), np.nan).astype(float)
    empty = texts([""] * n)
    facilities = Facilities(
        row=np.arange(1, n + 1),
        facility_id=texts(f"F{i + 1:03d}" for i in range(n)),
        name=texts(
            f"{'Sadar Hospital' if k == 'hospital' else 'Ambulance'} {i + 1}"
            for i, k in enumerate(kinds)
        ),
        kind=kinds,
        category=texts("government" if k == "hospital" else "BLS" for k in kinds),
        phone=texts(f"00000 {i:05d}" for i in range(n)),
        address=empty,
        unit_id=empty,
        lon=at[:, 0],
        lat=at[:, 1],
        beds_total=total,
        beds_vacant=np.floor(total * rng.uniform(0, 0.6, n)),
        oxygen_beds_total=np.floor(total * 0.4),
        oxygen_beds_vacant=np.floor(total * 0.1),
        oxygen_hours=np.full(n, np.nan),
        updated_at=told,
    )
    state = texts(np.where(minutes < 120, "fresh", np.where(minutes < 1440, "due", "stale")))
    words = texts(
        f"updated {m // 60} h {m % 60} min ago: {s}" for m, s in zip(minutes, state, strict=True)
    )
    return FacilityStatus(facilities=facilities, freshness=state, words=words)


def _classification(units: Units, zone: np.ndarray, rng) -> Classification:
    n = len(units)
    scale = np.select([zone == "red", zone == "orange"], [60.0, 12.0], 0.0)
    active = np.floor(rng.uniform(0.4, 1.6, n) * scale).astype(np.int64)
    per_lakh = active / units.population * 1e5
    nan = np.full(n, np.nan)

    def parameter(value, critical, desirable, numerator, denominator):
        class_ = np.select(
            [np.isnan(value), value > critical, value <= desirable],
            ["not_computable", "critical", "desirable"],
            "intermediate",
        )
        return Parameter(
            value=value,
            class_=texts(class_),
            counts=value > critical,
            numerator=numerator,
            denominator=denominator,
            low=value * 0.8,
            high=value * 1.2,
        )

    tests = rng.integers(20, 900, n).astype(float)
    positives = np.minimum(active + 1.0, tests)
    doubling = np.where(active > 0, rng.uniform(5, 40, n), np.inf)
    return Classification(
        rule_id="mohfw-2020-05-17",
        on=np.datetime64("2020-05-18"),
        reported_through=np.datetime64("2020-05-17"),
        unit_id=units.unit_id,
        name=units.name,
        zone=zone,
        zone_worst=zone,
        confirmed_total=active * 3,
        active=active,
        parameters={
            "active_per_lakh": parameter(per_lakh, 15, 0, active.astype(float), units.population),
            "doubling_days": replace(
                parameter(doubling, 1e9, 28, active * 2.0, active * 1.0),
                class_=texts(np.where(doubling < 14, "critical", "desirable")),
            ),
            "cfr_percent": parameter(
                np.where(active > 5, 2.4, np.nan), 6, 1, active * 0.02, active
            ),
            "positivity_percent": parameter(positives / tests * 100, 6, 2, positives, tests),
            "tests_per_lakh": replace(
                parameter(nan, 200, 65, nan, nan), class_=texts(["not_supplied"] * n)
            ),
        },
        doubling_state=texts(np.where(active > 0, "computed", "infinite")),
        surge=np.zeros(n, dtype=bool),
        last_case_on=np.full(n, np.datetime64("2020-05-16")),
        flags=tuple(() for _ in range(n)),
        explanation=texts(
            f"{z}: {v:.1f} active per lakh (critical above 15) and doubling in {d:.1f} days"
            for z, v, d in zip(zone, per_lakh, doubling, strict=True)
        ),
    )


LEVELS = (
    LegendLevel("red", "Red", "At least two parameters are critical."),
    LegendLevel("orange", "Orange", "Neither red nor green."),
    LegendLevel("green", "Green", "No active case and none reported in 21 days."),
)

PARAMETERS = (
    ParameterWords(
        "active_per_lakh", "Active per lakh", "", 1, "critical above 15, desirable 0", True
    ),
    ParameterWords(
        "doubling_days", "Doubling time", "days", 1, "critical below 14, desirable above 28", True
    ),
    ParameterWords("cfr_percent", "Case fatality", "%", 1, "critical above 6, desirable below 1"),
    ParameterWords(
        "positivity_percent", "Positivity", "%", 1, "critical above 6, desirable below 2"
    ),
    ParameterWords(
        "tests_per_lakh", "Tests per lakh", "", 0, "critical below 65, desirable above 200"
    ),
)


def synthetic_view(
    n: int = 144, seed: int = 7, facilities: int = 40, units: Units | None = None, **changes
) -> MapView:
    """Draw a full view for staff, of other units if given; `changes` replace its fields."""
    is_drawn = units is None
    units = units or synthetic_units(n, seed)
    rng = np.random.default_rng(seed + 1)
    centre = shapely.get_coordinates(shapely.centroid(units.geometry))
    away = np.linalg.norm(centre - np.quantile(centre, 0.42, axis=0), axis=1)
    score = away / away.max() + rng.uniform(-0.16, 0.16, n)
    zone = texts(
        np.select([score < 0.2, score < 0.52, score < 0.97], ["red", "orange", "green"], "x")
    )
    zone[zone == "x"] = "unclassified"
    if is_drawn and n <= 200:
        units.name[3] = "<b>Bold</b> & Sons"
    since = np.datetime64("2020-05-18") - rng.integers(0, 30, n).astype("timedelta64[D]")
    red = int((zone == "red").sum())
    view = MapView(
        edition_key=content_key(units),
        units=units,
        zone=zone,
        in_force_since=since,
        levels=LEVELS,
        rule_id="mohfw-2020-05-17",
        rule_title="Union Health Secretary's letter, 17 May 2020",
        headline=f"{red} of {n} wards are red; data to 17 May 2020, 1 feed late.",
        key_figures=(
            KeyFigure("Red", f"{red}"),
            KeyFigure("Orange", f"{int((zone == 'orange').sum())}"),
            KeyFigure("Green", f"{int((zone == 'green').sum())}"),
            KeyFigure("Active cases", "1,284", "in 7 days: up 212"),
        ),
        data_through=date(2020, 5, 17),
        as_of=AS_OF,
        order=OrderInForce("177-CS/12", AS_OF - timedelta(days=3), date(2020, 5, 25), None),
        parameters=PARAMETERS,
        notes=("Tests per lakh: not supplied.",),
        classification=_classification(units, zone, rng),
        facilities=synthetic_facilities(facilities, units),
        is_fictional=True,
    )
    return replace(view, **changes)


def public(view: MapView) -> MapView:
    """Reduce a view to what anyone may see."""
    return replace(
        view, is_public=True, classification=None, facilities=None, key_figures=(), notes=()
    )


def with_changed_zones(view: MapView, n: int) -> MapView:
    """Recolour the first `n` units by one step."""
    step = {"red": "orange", "orange": "green", "green": "orange", "unclassified": "red"}
    zone = view.zone.copy()
    zone[:n] = [step[z] for z in zone[:n]]
    since = view.in_force_since.copy()
    since[:n] = np.datetime64("2020-05-18")
    return replace(view, zone=zone, in_force_since=since)
