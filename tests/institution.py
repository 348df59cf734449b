"""Two districts and a corporation with booths, a proposal, and the officers who act on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import shapely

from tests.officers import actor, districts
from tests.store.grid_files import write_cases
from zoning.access import Role
from zoning.model import Booths
from zoning.orders.draft import DraftContent, DraftKind
from zoning.orders.paper import Commander, Gate
from zoning.settings import Settings
from zoning.store.booths import insert_booths
from zoning.store.boundaries import insert_edition
from zoning.store.imports import ImportKind, NewImport, begin, finish
from zoning.workflow import drafting
from zoning.workflow.consulting import answer
from zoning.workflow.decisions import propose
from zoning.workflow.ground import GroundShelf
from zoning.workflow.imports import import_cases
from zoning.workflow.taking import ImportOrder

START = datetime(2020, 5, 18, 6, 30, tzinfo=UTC)
ON = date(2020, 5, 18)
SETTINGS = Settings(self_delineating="C")
SHELF = GroundShelf()
RULE = "mohfw-2020-05-17"
CASES = [("W3-d", "2020-05-17", 13), ("W4-b", "2020-05-16", 2), ("W0-a", "2020-05-16", 2)]
COMMANDER = Commander("R. Das", "Block Development Officer", "033 0000 0001")
GATE = Gate("", "Main road", "6 to 20", is_medical_exit=True)
YEAR = timedelta(days=365)
OFFICES = {"home": Role.HOME, "police": Role.HOME, "health": Role.CMOH}
STATEWIDE = (Role.HOME, Role.STATE_HEALTH, Role.LOCAL)


def moment(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def booths() -> Booths:
    """Four booths a ward, `W3-d` in its last quarter."""
    wards = districts().take(np.arange(9))
    ids, units, points = [], [], []
    for ward, shape in zip(wards.unit_id, wards.geometry, strict=True):
        west, south, east, north = shape.bounds
        for key, (dx, dy) in {"a": (1, 1), "b": (3, 1), "c": (1, 3), "d": (3, 3)}.items():
            ids.append(f"{ward}-{key}")
            units.append(ward)
            x, y = west + (east - west) * dx / 4, south + (north - south) * dy / 4
            points.append(shapely.Point(x, y))
    n = len(ids)
    names = np.full(n, "", dtype=object)
    people = np.full(n, 5_000.0)
    geometry = np.array(points, dtype=object)
    return Booths(np.array(ids, object), np.array(units, object), names, people, geometry)


def bring_places(store, at=START):
    """Bring the districts and their booths in."""
    units = replace(districts(), population=np.where(np.arange(12) < 9, 20_000.0, 90_000.0))
    for kind, insert, table in (
        (ImportKind.BOUNDARIES, insert_edition, units),
        (ImportKind.BOOTHS, insert_booths, booths()),
    ):
        with store.transaction() as session:
            new = NewImport(kind, f"{kind}.csv", f"institution {kind}", at, "tester")
            import_id = begin(session, new)
            insert(session, import_id, table, at)
            finish(session, import_id, _account(len(table)))
    return store


def _account(n):
    from zoning.model import RowAccount

    return RowAccount(n, n, 0)


def bring_cases(store, folder, rows=CASES, at=None):
    moment_of = at or moment(1)
    file = write_cases(folder / f"cases-{moment_of:%d%H%M}.csv", list(rows))
    import_cases(store, ImportOrder(file, moment_of, "tester"), ON)


def proposed(store, folder, at=None):
    """Bring everything in and propose; return the run."""
    bring_places(store)
    bring_cases(store, folder)
    return propose(store, RULE, ON, at or moment(2), "tester").run_id


def officer(store, role, area="", at=None):
    """Return an officer of the roster; departments of the state have no area."""
    where = "" if role in STATEWIDE else area
    return actor(store, role, where, at=at or moment(3), settings=SETTINGS)


def said(number="HS/1", signatory="tester", **changes) -> DraftContent:
    content = DraftContent(
        number=number,
        title="Zones from 19 May",
        act="Disaster Management Act, 2005",
        reason="Prescribed parameters",
        signatory=signatory,
        commanders=(COMMANDER,),
        gates=(GATE,),
        review_at=None if "expires_at" in changes else START + YEAR,
    )
    return replace(content, **changes)


def answered(store, draft, at, who="tester", answers=None):
    """Let every office answer, agreeing unless told otherwise."""
    for one in drafting_offices(draft):
        given = (answers or {}).get(one, "agrees")
        note = "" if given == "agrees" else "as spoken"
        answer(store, draft.draft_id, one, given, note, "L/1", ON, at, who)


def drafting_offices(draft):
    return [office.office for office in draft.procedure.offices]


def approved(store, kind=DraftKind.ZONES, at=None, who="tester", content=None, **how):
    """Lead a draft up to its approval."""
    begins = at or moment(3)
    draft = drafting.start(store, kind, begins, who, **how)
    draft = drafting.save(store, draft.draft_id, 1, content or said(), begins, who)
    draft = drafting.send(store, draft.draft_id, draft.version, begins, who)
    answered(store, draft, begins, who)
    return drafting.approve(store, draft.draft_id, draft.version, begins, who)


def published(store, draft, at=None, who="tester", **how):
    return drafting.publish_draft(
        store,
        SHELF,
        draft.draft_id,
        draft.version,
        at or moment(3),
        who,
        self_delineating=SETTINGS.self_delineating_ids,
        **how,
    )
