"""Two districts with their booths and containment zones: one in each, one across the line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.officers import settle
from tests.store.grid_files import LAT, LON, WARD_DEG, write_cases
from zoning.workflow.decisions import propose, publish
from zoning.workflow.imports import import_booths, import_cases
from zoning.workflow.taking import ImportOrder

RULE, WHO = "mohfw-2020-05-17", "tester"
START = datetime(2020, 5, 1, 6, tzinfo=UTC)
ACROSS = [("W3-b", "2020-05-10", 4), ("W4-a", "2020-05-10", 7)]
ALONE = [("W0-a", "2020-05-10", 2), ("W8-d", "2020-05-10", 3)]


def moment(days):
    return START + timedelta(days=days)


def bring_booths(store, folder, at=START):
    """Bring in four booths a ward: `W0-a` stands in its first quarter."""
    rows = ["booth_id,unit_id,lon,lat,population"]
    for n in range(9):
        x, y = LON + WARD_DEG * (n % 3), LAT + WARD_DEG * (n // 3)
        for key, (dx, dy) in {"a": (1, 1), "b": (3, 1), "c": (1, 3), "d": (3, 3)}.items():
            place = f"{x + WARD_DEG * dx / 4:.6f},{y + WARD_DEG * dy / 4:.6f}"
            rows.append(f"W{n}-{key},W{n},{place},5000")
    (folder / "booths.csv").write_text("\n".join(rows) + "\n")
    import_booths(store, ImportOrder(folder / "booths.csv", at, WHO))


def bring_cases(store, folder, rows, at, through=None):
    """Bring in cases: (booth or ward, day, how many)."""
    file = write_cases(folder / f"cases-{at:%m%d%H%M}.csv", rows)
    import_cases(store, ImportOrder(file, at, WHO), through)


def put_in_force(store, on, at):
    """Propose the categories of a day, put them in force and return the order."""
    made = propose(store, RULE, date.fromisoformat(on), at, WHO)
    return publish(store, at + timedelta(minutes=5), WHO, made.run_id)


def contain(store, folder):
    """Three zones in force since 11 May: of N, of S, and one across the line between them."""
    settle(store, START)
    bring_booths(store, folder)
    bring_cases(store, folder, [*ACROSS, *ALONE], moment(10))
    put_in_force(store, "2020-05-10", moment(10.1))
    return store
