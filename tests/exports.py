"""A small export for tests: four wards in a row, the first divided into booths.

W1 red     booths 1 (A), 2 (B), 3 (C), 4 (no ground)
W2 orange
W3 green   booth 5 (watch), 6 (no category)
W4 unclassified, without a boundary
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import shapely

from zoning.model import ExportedBooths, ExportedUnits, ExportedZones
from zoning.rules.rulebook import load_rule
from zoning.writers.zone_export import ExportAbout, Face, ZoneExport

AS_OF = datetime(2020, 8, 4, 6, 30, tzinfo=UTC)
SENTINEL = 7_654_321
BENGALI = "ওয়ার্ড ১ (কলকাতা)"
FORMULA = '=cmd|"/c calc"!A1'
MARKUP = 'Lane <b>85</b> & "158"'
ORDER = "177-CS/2020"


def texts(*values: str) -> np.ndarray:
    return np.array(values, dtype=object)


def days(*values: str) -> np.ndarray:
    return np.array([np.datetime64(v, "D") for v in values], dtype="datetime64[D]")


def shapes(*values: shapely.Geometry | None) -> np.ndarray:
    made = np.full(len(values), None, dtype=object)
    made[:] = values
    return made


def box(x: float, y: float, width: float = 0.02, height: float = 0.02) -> shapely.Polygon:
    # Clockwise: a writer has to turn it round.
    return shapely.box(88.3 + x, 22.5 + y, 88.3 + x + width, 22.5 + y + height, ccw=False)


def about(**changes: object) -> ExportAbout:
    rule = load_rule("mohfw-2020-05-17")
    made = ExportAbout(
        title="Zones of a district",
        as_of=AS_OF,
        rule=rule.id,
        policy="memo-177-cs-2020",
        edition="wards-2020",
        orders=(ORDER,),
        levels=tuple(reversed(rule.zones)),
        is_fictional=True,
        source="Made up",
        licence="CC0-1.0",
    )
    return replace(made, **changes)


def official_export() -> ZoneExport:
    ring = shapely.difference(box(-0.005, -0.005, 0.02, 0.02), box(0, 0, 0.01, 0.01))
    return ZoneExport(
        about=about(),
        units=ExportedUnits(
            unit_id=texts("W1", "W2", "W3", "W4"),
            name=texts(BENGALI, FORMULA, MARKUP, ""),
            level=texts(*["ward"] * 4),
            zone=texts("red", "orange", "green", "unclassified"),
            in_force_since=days("2020-08-01", "2020-08-02", "2020-08-02", "NaT"),
            order_number=texts(ORDER, ORDER, ORDER, ""),
            geometry=shapes(box(0, 0), box(0.02, 0), box(0.04, 0), None),
        ),
        booths=ExportedBooths(
            booth_id=texts("1", "2", "3", "4", "5", "6"),
            name=texts(BENGALI, *["School"] * 5),
            unit_id=texts("W1", "W1", "W1", "W1", "W3", "W3"),
            category=texts("A", "B", "C", "C", "", ""),
            watch=np.array([False, False, False, False, True, False]),
            needs_survey=np.array([False, False, False, True, False, False]),
            provenance=texts("surveyed", "derived", "derived", "", "derived", "derived"),
            zone_id=texts("CZ-20200801-001", "", "", "", "", ""),
            geometry=shapes(
                box(0, 0, 0.01, 0.01),
                box(0.01, 0, 0.01, 0.01),
                box(0, 0.01, 0.02, 0.01),
                None,
                box(0.04, 0, 0.01),
                box(0.05, 0, 0.01),
            ),
        ),
        zones=ExportedZones(
            zone_id=texts("CZ-20200801-001"),
            opened_on=days("2020-08-01"),
            order_number=texts(ORDER),
            unit_ids=texts("W1"),
            perimeter_m=np.array([4200.0]),
            geometry=shapes(box(0, 0, 0.01, 0.01)),
            buffer_geometry=shapes(ring),
            n_booths=np.array([SENTINEL]),
            population=np.array([float(SENTINEL)]),
            households=np.array([float(SENTINEL)]),
        ),
        face=Face.OFFICIAL,
    )


def empty_export() -> ZoneExport:
    """Return two wards under no order, without booths and zones; none of them is drawn."""
    nothing, no_days = texts(), days()
    return ZoneExport(
        about=about(orders=(), policy="", is_fictional=False),
        units=ExportedUnits(
            unit_id=texts("W1", "W2"),
            name=texts("One", "Two"),
            level=texts("ward", "ward"),
            zone=texts("unclassified", "unclassified"),
            in_force_since=days("NaT", "NaT"),
            order_number=texts("", ""),
            geometry=shapes(None, None),
        ),
        booths=ExportedBooths(
            nothing, nothing, nothing, nothing, np.zeros(0, dtype=bool), nothing, nothing, shapes()
        ),
        zones=ExportedZones(nothing, no_days, nothing, nothing, np.zeros(0), shapes(), shapes()),
    )
