"""The containment screen over nine wards of four booths, run without a browser."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta

from streamlit.testing.v1 import AppTest

from tests.store.grid_files import write_cases, write_places
from zoning.access import Role
from zoning.access.standing import Holding, Standing
from zoning.settings import Settings
from zoning.store.engine import open_store
from zoning.workflow.actor import Actor
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.decisions import Containing, propose, publish
from zoning.workflow.ground import GroundShelf
from zoning.workflow.imports import import_booths, import_boundaries, import_cases
from zoning.workflow.taking import ImportOrder
from zoning.workflow.uploads import UploadShelf
from zoning.workflow.zone_desk import ZoneDesk

RULE = "mohfw-2020-05-17"
START = datetime(2020, 5, 1, 6, tzinfo=UTC)
WHO = "officer"


def moment(days):
    """Return a moment so many days after 1 May 2020, 11:30 IST."""
    return START + timedelta(days=days)


class Clock:
    """A clock that a test sets."""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at


def open_desk(folder, template, role=Role.LOCAL, at=None):
    """Open a desk over an empty database."""
    file = folder / "seemana.db"
    if not file.exists():
        shutil.copy(template, file)
    data = DataDesk(
        open_store(f"sqlite:///{file}"),
        Settings(var_dir=folder),
        UploadShelf(folder),
        Actor(WHO, Standing((Holding(role),))),
        clock=Clock(at or moment(11)),
    )
    return ZoneDesk(data, GroundShelf())


def bring_places(desk, folder, changes=()):
    """Bring in nine wards with their booths on 1 May; changes: (file, text, what stands there)."""
    write_places(folder)
    for name, old, new in changes:
        file = folder / name
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))
    store = desk.data.store
    import_boundaries(store, ImportOrder(folder / "wards.geojson", START, WHO), "ward")
    import_booths(store, ImportOrder(folder / "booths.csv", START, WHO))


def bring_cases(desk, folder, rows, at, through=None):
    """Bring in cases: (booth or ward, day, how many)."""
    file = write_cases(folder / f"cases-{at:%m%d%H%M}.csv", rows)
    import_cases(desk.data.store, ImportOrder(file, at, WHO), through)


def put_in_force(desk, on, at):
    """Propose the categories of a day and put them in force."""
    made = propose(desk.data.store, RULE, date.fromisoformat(on), at, WHO, Containing())
    publish(desk.data.store, at + timedelta(minutes=5), WHO, made.run_id)


def fill(desk, folder, more=(), changes=()):
    """Two zones, of W5 and W1, in force since 11 May; seen on 12 May."""
    bring_places(desk, folder, changes)
    rows = [("W5-a", "2020-05-10", 4), ("W1-a", "2020-05-10", 4)]
    bring_cases(desk, folder, [*rows, *more], moment(10))
    put_in_force(desk, "2020-05-10", moment(10.1))
    return desk


def pass_time(desk, folder):
    """Let 35 days go by with one case, elsewhere; all is reported through 14 June."""
    bring_cases(desk, folder, [("W9-d", "2020-06-01", 1)], moment(45), date(2020, 6, 14))
    desk.data.clock.at = moment(45.1)
    return desk


def page(desk):
    """Run the page; the desk comes through the function's arguments."""
    from screens import containment

    containment.containment_page(desk)


def visit(desk, **query):
    """Open the page at an address."""
    test = AppTest.from_function(page, args=(desk,), default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = str(value)
    return test.run()
