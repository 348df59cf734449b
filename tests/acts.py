"""Two districts in the middle of their work, and every act on it with who may do it where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tests.institution import (
    ON,
    SHELF,
    approved,
    moment,
    proposed,
    published,
    said,
)
from tests.store import samples
from tests.store.samples import coded
from zoning.access import Role
from zoning.errors import AccessError
from zoning.orders.draft import DraftKind
from zoning.store.cases import insert_cases
from zoning.store.deviations import NewDeviation
from zoning.store.feeds import NewFeed
from zoning.store.floors import NewFloor
from zoning.store.imports import ImportKind, begin, finish, list_imports
from zoning.store.neighbour_requests import NeighbourRequest, add_requests
from zoning.workflow import deviations, drafting
from zoning.workflow.escalating import list_escalations, raise_due
from zoning.workflow.feeds import put_feed
from zoning.workflow.floors import set_floor

AT = moment(5)
LATE = moment(30)
"""When what was asked at `AT` is late."""
OWN, FOREIGN = "own", "foreign"
DISTRICT = {OWN: "N", FOREIGN: "S"}
UNIT = {OWN: "W2", FOREIGN: "W5"}


@dataclass
class World:
    """What lies in each place, by number or code."""

    folder: Path
    drafts: dict[str, dict[str, int]]
    orders: dict[str, str]
    deviations: dict[str, int]
    withdrawals: dict[str, str]
    requests: dict[str, int]
    imports: dict[str, int]
    affected: dict[str, str]
    zones_draft: int
    floor: int
    escalation: int


def feed(unit, feed_id=""):
    return NewFeed(feed_id or f"feed-{unit}", "A feed", ImportKind.CASES, 1, (unit,))


def build(store, folder):
    """Fill a database; return what lies where."""
    proposed(store, folder)
    _bring(store)
    published(store, approved(store))
    drafts: dict[str, dict[str, int]] = {}
    for place, district in DISTRICT.items():
        kind, how = DraftKind.CATEGORIES, {"area_unit_id": district, "shelf": SHELF}
        draft = approved(store, kind, content=said(f"DM/{district}"), **how)
        published(store, draft)
        begun = drafting.start(store, kind, AT, "tester", content=said(f"B/{district}"), **how)
        sent = drafting.start(store, kind, AT, "tester", content=said(f"C/{district}"), **how)
        drafting.send(store, sent.draft_id, 1, AT, "tester")
        ready = approved(store, kind, content=said(f"D/{district}"), **how)
        drafts[place] = {
            "begun": begun.draft_id,
            "asked": sent.draft_id,
            "ready": ready.draft_id,
        }
    zones = drafting.start(store, DraftKind.ZONES, AT, "tester", content=said("Z/9"))
    floor = set_floor(store, NewFloor("W2", "orange", "Home", "H/1", AT, None), AT, "tester")
    found = {}
    for place, unit in UNIT.items():
        new = NewDeviation(
            unit_id=unit,
            activity="markets_and_shops",
            evidence="photograph 12",
            offence="DMA-51-b",
            happened_at=moment(4),
            premises=f"Shop of {unit}",
        )
        found[place] = deviations.record(store, new, AT, "tester")
    withdrawn = {
        place: deviations.withdraw_premises(store, one, "seen", AT, "tester").number
        for place, one in found.items()
    }
    raise_due(store, LATE)
    with store.reading() as session:
        imports = {r.file_name: r.import_id for r in list_imports(session, ImportKind.CASES)}
    return World(
        folder,
        drafts,
        {place: f"DM/{district}" for place, district in DISTRICT.items()},
        found,
        withdrawn,
        dict(zip(DISTRICT, _ask(store), strict=True)),
        {place: imports[f"cases of {unit}"] for place, unit in UNIT.items()},
        {OWN: "W3-d", FOREIGN: "W4-b"},
        zones.draft_id,
        floor,
        list_escalations(store, "tester", LATE)[0].escalation_id,
    )


def _bring(store):
    """Let each district bring in a case of a ward, and one without a ward; and feeds."""
    for place, unit in UNIT.items():
        new = samples.new_import(ImportKind.CASES, f"c-{unit}", moment(1))
        area = (DISTRICT[place],)
        new = replace(new, file_name=f"cases of {unit}", area_unit_ids=area)
        with store.transaction() as session:
            import_id = begin(session, new)
            cases = replace(
                samples.plain_cases(2),
                confirmed_on=np.full(2, "2020-05-16", "datetime64[D]"),
                unit_id=coded(unit, f"Nowhere {unit}"),
                case_id=samples.words(f"{unit}-1", f"{unit}-2"),
            )
            insert_cases(session, import_id, cases, coded(unit, ""))
            finish(session, import_id, samples.account(2))
        put_feed(store, feed(unit, f"known-{unit}"), moment(2), "tester")


def _ask(store):
    """Ask each district for an order of its own, on behalf of nobody's draft."""
    with store.transaction() as session:
        asked = [
            NeighbourRequest(
                *(0, None, None, district, (UNIT[place],), ()),
                *("CZ-20200518-001", "B", "A buffer", AT, "tester", LATE),
            )
            for place, district in DISTRICT.items()
        ]
        return [one.request_id for one in add_requests(session, asked)]


def has(found, is_there):
    """Refuse where what is looked for isn't in what somebody is shown."""
    if not is_there(found):
        raise AccessError("not shown")


def next_day():
    return ON + timedelta(days=1)


def day_before():
    return date(2020, 5, 17)


Act = Callable[..., object]
ALL = frozenset(Role) - {Role.PUBLIC}
STATE = frozenset({Role.HOME, Role.STATE_HEALTH, Role.LOCAL})
