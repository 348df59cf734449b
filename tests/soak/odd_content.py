"""What files of each kind hold, before anything in them is put in disorder."""

from __future__ import annotations

import random
from typing import Any

N_ROWS = 24

Columns = dict[str, list[Any]]


def _cases(dice: random.Random) -> Columns:
    return {
        "case_id": [f"C{i}" for i in range(N_ROWS)],
        "confirmed_on": [f"2020-05-{i % 18 + 1:02d}" for i in range(N_ROWS)],
        "unit_id": [str(i % 4) for i in range(N_ROWS)],
        "booth_id": [f"B{i % 5}" for i in range(N_ROWS)],
        "lon": [f"{88.3 + i % 7 / 100:.4f}" for i in range(N_ROWS)],
        "lat": [f"{22.5 + i % 7 / 100:.4f}" for i in range(N_ROWS)],
        "count": [str(dice.choice([1, 1, 2])) for _ in range(N_ROWS)],
        "outcome": [dice.choice(["", "recovered", "died"]) for _ in range(N_ROWS)],
        "outcome_on": [dice.choice(["", "2020-05-18"]) for _ in range(N_ROWS)],
        "imported": [dice.choice(["yes", "no", ""]) for _ in range(N_ROWS)],
    }


def _outcomes(dice: random.Random) -> Columns:
    return {
        "case_id": [f"C{i}" for i in range(N_ROWS)],
        "outcome": [dice.choice(["recovered", "died"]) for _ in range(N_ROWS)],
        "outcome_on": [f"2020-05-{i % 18 + 1:02d}" for i in range(N_ROWS)],
    }


def _tests(dice: random.Random) -> Columns:
    return {
        "unit_id": [str(i % 4) for i in range(N_ROWS)],
        "on": [f"2020-05-{i % 18 + 1:02d}" for i in range(N_ROWS)],
        "tests": [str(dice.randrange(20, 90)) for _ in range(N_ROWS)],
        "positives": [str(dice.randrange(20)) for _ in range(N_ROWS)],
    }


def _facilities(dice: random.Random) -> Columns:
    return {
        "facility_id": [f"H{i}" for i in range(N_ROWS)],
        "name": [f"Hospital {i}" for i in range(N_ROWS)],
        "kind": [dice.choice(["hospital", "ambulance", "oxygen"]) for _ in range(N_ROWS)],
        "phone": [f"033 2{i:07d}" for i in range(N_ROWS)],
        "lon": [f"{88.3 + i % 7 / 100:.4f}" for i in range(N_ROWS)],
        "lat": [f"{22.5 + i % 7 / 100:.4f}" for i in range(N_ROWS)],
        "beds_total": [str(dice.randrange(400)) for _ in range(N_ROWS)],
        "beds_vacant": [str(dice.randrange(40)) for _ in range(N_ROWS)],
        "oxygen_hours": ["7.5"] * N_ROWS,
        "updated_at": ["2020-05-18T05:10:00+05:30"] * N_ROWS,
    }


def _units(dice: random.Random) -> Columns:
    return {
        "unit_id": [str(i) for i in range(N_ROWS)],
        "name": [dice.choice(["বেলেঘাটা", "Tala", 'O\'Brien, "north"']) for _ in range(N_ROWS)],
        "population": [str(dice.randrange(1, 90_000)) for _ in range(N_ROWS)],
        "level": ["ward"] * N_ROWS,
        "parent_id": ["KMC"] * N_ROWS,
    }


def _booths(dice: random.Random) -> Columns:
    return {
        "booth_id": [f"B{i}" for i in range(N_ROWS)],
        "unit_id": [str(i % 4) for i in range(N_ROWS)],
        "name": [f"School {i}" for i in range(N_ROWS)],
        "population": [str(dice.randrange(1, 2_000)) for _ in range(N_ROWS)],
        "lon": [f"{88.3 + i % 7 / 100:.4f}" for i in range(N_ROWS)],
        "lat": [f"{22.5 + i % 7 / 100:.4f}" for i in range(N_ROWS)],
    }


def _indicators(dice: random.Random) -> Columns:
    return {
        "unit_id": [str(i) for i in range(N_ROWS)],
        "active_per_lakh": [f"{dice.random() * 40:.2f}" for _ in range(N_ROWS)],
        "doubling_days": [dice.choice(["inf", "12.5", ""]) for _ in range(N_ROWS)],
        "cfr_percent": ["2.5"] * N_ROWS,
    }


def _zones(dice: random.Random) -> Columns:
    units = _units(dice)
    units["zone"] = [dice.choice(["red", "orange", "green", "unclassified"]) for _ in range(N_ROWS)]
    return units | {"zone_worst": list(units["zone"]), "active": ["3"] * N_ROWS}


CONTENT = {
    "cases": _cases,
    "outcomes": _outcomes,
    "tests": _tests,
    "facilities": _facilities,
    "units": _units,
    "zones": _zones,
    "booths": _booths,
    "indicators": _indicators,
}
KINDS = tuple(CONTENT)
