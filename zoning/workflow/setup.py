"""Set the database up, fill it with the demonstration, and start the service."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import numpy as np
import shapely
from sqlalchemy.orm import Session

from zoning import clock
from zoning.demo.district import Demo
from zoning.demo.files import FOLDER, load_district
from zoning.errors import StoreError
from zoning.i18n.catalogue import tr
from zoning.model import Booths, Coded, RowAccount
from zoning.places.placing import REASONS
from zoning.rules.rulebook import load_rule
from zoning.settings import Settings
from zoning.store.booths import insert_booths
from zoning.store.boundaries import insert_edition
from zoning.store.cases import insert_cases
from zoning.store.editions import list_editions
from zoning.store.engine import Store, open_store, upgrade
from zoning.store.facilities import insert_facilities
from zoning.store.imports import ImportKind, NewImport, begin, finish
from zoning.store.orders import NewOrder
from zoning.store.row_security import roles_work
from zoning.store.tests import insert_tests
from zoning.workflow.decisions import Containing, propose_in, publish_run
from zoning.workflow.facts import placers_for
from zoning.workflow.ground import GroundShelf
from zoning.workflow.places import judged_units

DEMO_AUTHOR = "demonstration"
REVIEW_DAYS = 7


def set_up(settings: Settings) -> Store:
    """Create the database or bring it to this version, and open it.

    Raises
    ------
    StoreError
        If the database is down, can't be written or is newer than the program.
    """
    store = open_store(settings.store_url, is_new=True)
    upgrade(store)
    return store


def lacks_roles(store: Store) -> bool:
    """Return whether a shared database couldn't be given the roles that keep areas apart."""
    if store.engine.dialect.name != "postgresql":
        return False
    with store.reading() as session:
        return not roles_work(session)


def is_empty(store: Store, at: datetime) -> bool:
    """Return whether no boundaries are known."""
    with store.reading() as session:
        return not list_editions(session, at)


def load_demonstration(store: Store, settings: Settings, at: datetime) -> int:
    """Load the fictional district, dated as of now, and put its zones in force.

    Returns
    -------
    int
        Number of units judged.

    Raises
    ------
    StoreError
        If the database holds boundaries already: fiction and fact are never mixed.
    """
    if not is_empty(store, at):
        raise StoreError(
            tr(
                "{where} holds boundaries already; load the demonstration into an empty database "
                "(set ZONING_VAR_DIR to another folder).",
                where=store.where,
            )
        )
    demo = load_district(FOLDER, clock.today_ist(at) - timedelta(days=1), at)
    rule = load_rule(settings.default_rule)
    with store.transaction() as session:
        _insert_places(session, demo, at)
        _insert_facts(session, demo, at)
        containing = Containing(GroundShelf(settings.cache_dir))
        made = propose_in(session, rule, demo.last_day, containing, at=at, who=DEMO_AUTHOR)
        publish_run(session, _order(demo, at), made.run_id, at=at, who=DEMO_AUTHOR)
    return len(made.result)


def _insert_places(session: Session, demo: Demo, at: datetime) -> None:
    import_id = _begin(session, ImportKind.BOUNDARIES, "units.geojson", at)
    # Boundaries are older than the epidemic: a past day's map needs them too.
    insert_edition(session, import_id, demo.units, at - timedelta(days=365))
    finish(session, import_id, _all_taken(len(demo.units)))
    booths = Booths(
        booth_id=demo.booths.booth_id,
        unit_id=demo.booths.unit_id,
        name=demo.booths.name,
        population=demo.booths.population,
        geometry=np.asarray(shapely.points(demo.booths.lon, demo.booths.lat), dtype=object),
    )
    import_id = _begin(session, ImportKind.BOOTHS, "booths.csv", at)
    insert_booths(session, import_id, booths, at)
    finish(session, import_id, _all_taken(len(booths)))


def _insert_facts(session: Session, demo: Demo, at: datetime) -> None:
    units = judged_units(demo.units)
    placement = placers_for(session, units, at)(len(demo.cases)).place(demo.cases)
    reasons = Coded(placement.reason.astype(np.int32) - 1, np.array(REASONS[1:], dtype=object))
    through = np.datetime64(demo.last_day, "D")
    import_id = _begin(session, ImportKind.CASES, "cases.parquet", at)
    located = Coded(placement.unit_index, units.unit_id)
    insert_cases(session, import_id, demo.cases, located, reasons)
    finish(session, import_id, _all_taken(len(demo.cases)), through)
    import_id = _begin(session, ImportKind.TESTS, "tests.parquet", at)
    insert_tests(session, import_id, demo.tests)
    finish(session, import_id, _all_taken(len(demo.tests)), through)
    import_id = _begin(session, ImportKind.FACILITIES, "facilities.csv", at)
    insert_facilities(session, import_id, demo.facilities)
    finish(session, import_id, _all_taken(len(demo.facilities)))


def _begin(session: Session, kind: ImportKind, file: str, at: datetime) -> int:
    content = hashlib.sha256((FOLDER / file).read_bytes()).hexdigest()
    return begin(session, NewImport(kind, file, content, at, DEMO_AUTHOR, {"is_fictional": True}))


def _all_taken(n: int) -> RowAccount:
    return RowAccount(n, n, 0)


def _order(demo: Demo, at: datetime) -> NewOrder:
    return NewOrder(
        number=f"FICTION-{demo.last_day:%Y%m%d}",
        title=tr("Zones of {district} (fictional)", district=demo.name),
        act=tr("None: a demonstration"),
        reason=tr("Demonstration of the default rule set"),
        signatory=demo.authority,
        effective_at=at,
        review_at=at + timedelta(days=REVIEW_DAYS),
    )
