"""Small files of a city, with the faults that real ones have."""

from __future__ import annotations

import json

NAMES = ("Kempegowda", "Chowdeswari", "Atturu", "Jakkur", "Thanisandra", "Byatarayanapura")


def wards() -> bytes:
    """Six wards in two rows; the last has no code, the second overlaps the first by 30 m."""

    def ring(i):
        west, south = 77.55 + (i % 3) * 0.01, 13.1 + (i // 3) * 0.01
        east, north = west + 0.01, south + 0.01
        west -= 0.0003 if i == 1 else 0
        return [[west, south], [east, south], [east, north], [west, north], [west, south]]

    features = [
        {
            "type": "Feature",
            "properties": {
                "WARD_NO": f"{i + 1}.0" if i < 5 else None,
                "WARD_NAME": f"{name} Ward",
                "POP_TOTAL": 20_000 + 500 * i,
            },
            "geometry": {"type": "Polygon", "coordinates": [ring(i)]},
        }
        for i, name in enumerate(NAMES)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def cases() -> bytes:
    """Forty rows: one day that isn't in the calendar, a ward misspelt, days read both ways."""
    lines = ["Containment Zone ID,Ward Number,Date of identification,Positive cases"]
    for i in range(40):
        ward = "Atturru" if i in (7, 8) else str(i % 5 + 1)
        day = "31-02-2020" if i == 3 else f"{i % 9 + 1:02d}-0{i % 3 + 5}-2020"
        lines.append(f"Y-A-{1000 + i},{ward},{day},{i % 4 + 1}")
    return "\n".join(lines).encode()
