"""Nine wards of four booths each as files, about 1 km wide, with cases by booth."""

from __future__ import annotations

import json
from pathlib import Path

WARD_DEG = 0.01
LON, LAT = 88.3, 22.5


def ward_ids() -> list[str]:
    return [f"W{n}" for n in range(1, 10)]


def write_places(folder: Path, *, without_booths: tuple[str, ...] = ()) -> None:
    """Write `wards.geojson` and `booths.csv`: booth `W1-a` stands in the first quarter of W1."""
    features, booths = [], ["booth_id,unit_id,lon,lat,population"]
    for n, ward in enumerate(ward_ids()):
        x, y = LON + WARD_DEG * (n % 3), LAT + WARD_DEG * (n // 3)
        ring = [[x, y], [x + WARD_DEG, y], [x + WARD_DEG, y + WARD_DEG], [x, y + WARD_DEG], [x, y]]
        features.append(
            {
                "type": "Feature",
                "properties": {"unit_id": ward, "name": f"Ward {n + 1}", "population": 20000},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
        if ward in without_booths:
            continue
        for key, (dx, dy) in {"a": (1, 1), "b": (3, 1), "c": (1, 3), "d": (3, 3)}.items():
            lon, lat = x + WARD_DEG * dx / 4, y + WARD_DEG * dy / 4
            booths.append(f"{ward}-{key},{ward},{lon:.6f},{lat:.6f},5000")
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "wards.geojson").write_text(json.dumps(collection))
    (folder / "booths.csv").write_text("\n".join(booths) + "\n")


def write_cases(path: Path, rows: list[tuple[str, str, int]]) -> Path:
    """Write cases: (booth or ward, day, how many)."""
    lines = ["unit_id,booth_id,confirmed_on,count"]
    for place, day, count in rows:
        ward, _, booth = place.partition("-")
        lines.append(f"{'' if booth else ward},{place if booth else ''},{day},{count}")
    path.write_text("\n".join(lines) + "\n")
    return path
