"""Small files to delineate: four wards in a row, each of nine booths of about 100 m.

red  | orange | green | unclassified      booth r10 is column 1, row 0 of the red ward;
                                          letters r, o, g, u
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.running import Outcome, write, zoning

ZONES = ("red", "orange", "green", "unclassified")
ON = "2020-05-21"
WEST, SOUTH = 88.3, 22.5
# About 100 m each way at this latitude.
STEP = (0.000972, 0.000903)
SIDE = 3


def square(column: int, row: int, columns: int = 1, rows: int = 1) -> dict[str, Any]:
    """Return a rectangle of the grid as GeoJSON."""
    w, s = WEST + column * STEP[0], SOUTH + row * STEP[1]
    e, n = WEST + (column + columns) * STEP[0], SOUTH + (row + rows) * STEP[1]
    return {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]}


def collection(rows: Iterable[tuple[dict[str, object], Any]]) -> dict[str, Any]:
    """Return properties and shapes as GeoJSON."""
    features = [{"type": "Feature", "properties": told, "geometry": shape} for told, shape in rows]
    return {"type": "FeatureCollection", "features": features}


def zones(zone: Sequence[str] = ZONES) -> dict[str, Any]:
    """Return the wards R, O, G, U with their zones."""
    return collection(
        ({"unit_id": "ROGU"[nth], "zone": zone[nth]}, square(nth * SIDE, 0, SIDE, SIDE))
        for nth in range(len(zone))
    )


def booths(wards: int = 4, **more: dict[str, object]) -> dict[str, Any]:
    """Return the booths; `more` sets columns of single booths by their code."""
    rows = []
    for column in range(wards * SIDE):
        for row in range(SIDE):
            code = f"{'rogu'[column // SIDE]}{column % SIDE}{row}"
            rows.append(({"booth_id": code, **more.get(code, {})}, square(column, row)))
    return collection(rows)


def middle(column: int, row: int) -> tuple[float, float]:
    """Return the middle of a square."""
    return WEST + (column + 0.5) * STEP[0], SOUTH + (row + 0.5) * STEP[1]


def cases(*rows: dict[str, object]) -> str:
    """Return a case file; a row without a day is of the day before the one judged."""
    columns = ("confirmed_on", "unit_id", "booth_id", "lon", "lat", "outcome", "outcome_on")
    lines = [",".join(columns)]
    for row in rows:
        told = {"confirmed_on": "2020-05-20", **row}
        lines.append(",".join(str(told.get(column, "")) for column in columns))
    return "\n".join(lines) + "\n"


class Files:
    """The inputs in a folder, each of which a test may replace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "booths.csv"
        self.zones = write(folder / "zones.geojson", zones())
        self.booths = write(folder / "given.geojson", booths())
        self.cases = write(folder / "cases.csv", cases({"booth_id": "r00"}))

    def run(self, *more: object, on: str = ON) -> Outcome:
        """Run `zoning delineate --json`."""
        given = ("--zones", self.zones, "--booths", self.booths, "--cases", self.cases)
        return zoning("delineate", *given, "--on", on, "--out", self.out, "--json", *more)

    def told(self, *rows: dict[str, object], more: Sequence[object] = ()) -> dict[str, Any]:
        """Return the rows written for some cases, by booth."""
        write(self.cases, cases(*rows))
        outcome = self.run(*more)
        assert outcome.status == 0, outcome
        return self.written()

    def written(self) -> dict[str, Any]:
        with self.out.open(encoding="utf-8", newline="") as file:
            return {row["booth_id"]: row for row in csv.DictReader(file)}


def having(rows: dict[str, Any], column: str, value: str) -> set[str]:
    """Return the booths with a value in a column."""
    return {code for code, row in rows.items() if row[column] == value}


def of_ward(letter: str) -> set[str]:
    return {f"{letter}{column}{row}" for column in range(SIDE) for row in range(SIDE)}
