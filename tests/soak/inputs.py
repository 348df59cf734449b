"""Files to take in, each another from its number: nothing of them is real.

A square of `SIDE` x `SIDE` wards of a hundredth of a degree, from 88.3 E, 22.5 N.
"""

from __future__ import annotations

import json
from pathlib import Path

SIDE = 20
WEST, SOUTH, STEP = 88.3, 22.5, 0.01
N_CASES = 6_000
N_FACILITIES = 2_000
KINDS = ("hospital", "ambulance", "oxygen", "desk")


def ward_file(path: Path, number: int) -> Path:
    features = []
    for i in range(SIDE * SIDE):
        west, south = WEST + i % SIDE * STEP, SOUTH + i // SIDE * STEP
        east, north = west + STEP, south + STEP
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "unit_id": f"W{i}",
                    "name": f"Ward {i} of list {number}",
                    "population": 20_000 + number,
                },
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def case_file(path: Path, number: int, n: int = N_CASES) -> Path:
    rows = (
        f"F{number}-{i},2020-05-{i % 18 + 1:02d},W{(i * 7 + number) % (SIDE * SIDE)}\n"
        for i in range(n)
    )
    path.write_text("case_id,confirmed_on,unit_id\n" + "".join(rows))
    return path


def facility_file(path: Path, number: int, n: int = N_FACILITIES) -> Path:
    rows = (
        f"H{i},Facility {i} of list {number},{KINDS[i % len(KINDS)]},"
        f"{WEST + i % 190 / 1000:.3f},{SOUTH + i % 170 / 1000:.3f}\n"
        for i in range(n)
    )
    path.write_text("facility_id,name,kind,lon,lat\n" + "".join(rows))
    return path


def booth_file(path: Path) -> Path:
    """Write a station in the middle of each ward."""
    rows = (
        f"B{i},W{i},{WEST + (i % SIDE + 0.5) * STEP:.4f},{SOUTH + (i // SIDE + 0.5) * STEP:.4f}\n"
        for i in range(SIDE * SIDE)
    )
    path.write_text("booth_id,unit_id,lon,lat\n" + "".join(rows))
    return path
