"""Small units, cases and tests for tests: a 3 x 3 grid of wards.

7 8 9
4 5 6     each ward is one degree wide; ward 5 spans (1, 1) to (2, 2)
1 2 3
"""

from __future__ import annotations

from datetime import date

import numpy as np
import shapely

from zoning.model import OUTCOME_CODES, Cases, Coded, Tests, Units

ON = date(2020, 5, 18)


def grid_units(population: float = 10_000.0, level: str = "ward") -> Units:
    boxes = [shapely.box(x, y, x + 1, y + 1) for y in range(3) for x in range(3)]
    return table_units(dict.fromkeys([str(n) for n in range(1, 10)], population), level, boxes)


def table_units(
    population: dict[str, float], level: str = "ward", geometry: list[object] | None = None
) -> Units:
    n = len(population)
    return Units(
        unit_id=np.array(list(population), dtype=object),
        name=np.array([f"Ward {unit}" for unit in population], dtype=object),
        population=np.array(list(population.values()), dtype=float),
        level=np.full(n, level, dtype=object),
        parent_id=np.full(n, "", dtype=object),
        geometry=None if geometry is None else np.array(geometry, dtype=object),
    )


def coded(texts: list[str]) -> Coded:
    values = list(dict.fromkeys(texts))
    codes = np.array([values.index(t) if t else -1 for t in texts], dtype=np.int32)
    return Coded(codes, np.array(values, dtype=object))


def cases_of(rows: list[dict[str, object]]) -> Cases:
    """Build cases from rows of `unit`, `ago` (days before `ON`) and optional other fields."""
    day = np.datetime64(ON, "D")

    def days(key: str) -> np.ndarray:
        return np.array(
            [np.datetime64("NaT") if r.get(key) is None else day - int(r[key]) for r in rows],
            dtype="datetime64[D]",
        )

    return Cases(
        row=np.arange(1, len(rows) + 1),
        confirmed_on=days("ago"),
        count=np.array([r.get("count", 1) for r in rows], dtype=np.int64),
        outcome=np.array([OUTCOME_CODES[str(r.get("outcome", ""))] for r in rows], dtype=np.int8),
        outcome_on=days("outcome_ago"),
        is_imported=np.array([bool(r.get("imported")) for r in rows], dtype=bool),
        is_institutional=np.array([bool(r.get("institutional")) for r in rows], dtype=bool),
        unit_id=coded([str(r.get("unit", "")) for r in rows]),
    )


def samples_of(rows: list[tuple[str, int, int, int]]) -> Tests:
    """Build tests from (unit, days before `ON`, tests, positives)."""
    day = np.datetime64(ON, "D")
    return Tests(
        row=np.arange(1, len(rows) + 1),
        unit_id=coded([r[0] for r in rows]),
        on=np.array([day - r[1] for r in rows], dtype="datetime64[D]"),
        tests=np.array([r[2] for r in rows], dtype=np.int64),
        positives=np.array([r[3] for r in rows], dtype=np.int64),
    )
