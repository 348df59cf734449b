"""Two districts with booths, two containment zones in force, and what their order directs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.officers import settle
from tests.store.grid_files import LAT, LON, WARD_DEG, write_cases
from zoning import clock
from zoning.orders.paper import Commander, Direction, Gate
from zoning.store.delineations import delineation_of_run, load_delineation
from zoning.store.order_booths import DeclaredBooths, insert_booths_of_order
from zoning.store.orders import NewOrder, publish_first_order
from zoning.workflow.decisions import Containing, propose
from zoning.workflow.imports import import_booths, import_cases
from zoning.workflow.sealing_papers import content_of, seal_papers
from zoning.workflow.taking import ImportOrder

WHO, RULE = "tester", "mohfw-2020-05-17"
TEXTS = (
    "Set barricades and a gate register at both gates",
    "Deliver rations to every house of the zone",
    "Send the daily report of the zone",
    "Keep shops in the buffer at a quarter of their strength",
)


def write_booths(folder: Path) -> Path:
    """Write four booths in each of W0 to W8; `W1-a` stands in the first quarter of W1."""
    lines = ["booth_id,unit_id,lon,lat,population"]
    for n in range(9):
        x, y = LON + WARD_DEG * (n % 3), LAT + WARD_DEG * (n // 3)
        for key, (dx, dy) in {"a": (1, 1), "b": (3, 1), "c": (1, 3), "d": (3, 3)}.items():
            lon, lat = x + WARD_DEG * dx / 4, y + WARD_DEG * dy / 4
            lines.append(f"W{n}-{key},W{n},{lon:.6f},{lat:.6f},5000")
    file = folder / "booths.csv"
    file.write_text("\n".join(lines) + "\n")
    return file


def fill(store, folder: Path, at: datetime) -> str:
    """Bring two districts in, put zones of W1 (in N, in C) and W5 (in S) in force; the number."""
    settle(store, at)
    import_booths(store, ImportOrder(write_booths(folder), at, WHO))
    on = clock.today_ist(at)
    rows = [("W1-a", str(on), 4), ("W5-a", str(on), 4)]
    import_cases(store, ImportOrder(write_cases(folder / "cases.csv", rows), at, WHO))
    return put_in_force(store, on, at)


def put_in_force(store, on: date, at: datetime) -> str:
    """Propose the zones of a day, publish them with directions; return the order's number."""
    made = propose(store, RULE, on, at, WHO, Containing())
    order = NewOrder(f"Z-{on:%Y%m%d}-{made.run_id}", "Zones of the day", "Act", "Reason", WHO, at)
    content = replace(content_of(order), **said(on, at))
    with store.transaction() as session:
        drawn = delineation_of_run(session, made.run_id)
        order_id = publish_first_order(
            session, order, made.run_id, at=at, who=WHO, delineation_id=drawn.delineation_id
        )
        booths = load_delineation(session, drawn.delineation_id)
        declared = DeclaredBooths(booths.booth_id, booths.unit_id, booths.category, booths.zone_id)
        insert_booths_of_order(session, order_id, declared)
        seal_papers(session, order_id, content, (), (), at)
    return order.number


def said(on: date, at: datetime) -> dict[str, object]:
    """Return what the order directs."""
    west, east = f"CZ-{on:%Y%m%d}-001", f"CZ-{on:%Y%m%d}-002"
    offices = ("B.D.O. and Municipal Commissioner", "SDO, BDOs", "Incident Commander", "All")
    due = at + timedelta(hours=6)
    return {
        "directions": tuple(
            Direction(text, office, due if n == 0 else None)
            for n, (text, office) in enumerate(zip(TEXTS, offices, strict=True))
        ),
        "gates": (
            Gate(west, "Main road", "06:00 to 10:00"),
            Gate(west, "Hospital lane", "", is_medical_exit=True),
            Gate(east, "Canal bridge", "07:00 to 09:00"),
        ),
        "commanders": (
            Commander("A. Sen", "Incident Commander", "+91 33 2222 0001", (west,)),
            Commander("B. Roy", "Incident Commander", "033-2222-0002", (east,)),
        ),
    }
