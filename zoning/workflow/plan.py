"""How a file is to be taken in, what it is held against, and the import that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from zoning.model import Level, RowAccount
from zoning.readers.mapping import Mapping
from zoning.readers.preview import Known
from zoning.store.engine import Store
from zoning.store.imports import ImportKind
from zoning.workflow import follow_up_imports, imports
from zoning.workflow.facility_imports import import_facilities
from zoning.workflow.ground import GroundShelf
from zoning.workflow.officers import import_roster, known_roster
from zoning.workflow.present import present
from zoning.workflow.standing_orders import import_orders, places_of_orders
from zoning.workflow.taking import ImportOrder


@dataclass(frozen=True)
class Plan:
    """How a file is to be taken in.

    Attributes
    ----------
    kind : str
        An `ImportKind` value.
    mapping : Mapping
        How it is read.
    level : str
        For boundaries: of units that don't say theirs.
    crs : str
        For files that draw shapes: the system overriding the file's.
    valid_from : datetime or None
        For boundaries: since when they hold; now if None.
    is_held : bool
        For boundaries: whether they wait for a switch.
    feed_id : str
        For cases and tests: the feed they come from; empty for none.
    reported_through : date or None
        For cases: the day through which they are complete; the last day in the file if None.
    """

    kind: str
    mapping: Mapping
    level: str = Level.WARD.value
    crs: str = ""
    valid_from: datetime | None = None
    is_held: bool = False
    feed_id: str = ""
    reported_through: date | None = None


def take_planned(store: Store, order: ImportOrder, plan: Plan, grounds: GroundShelf) -> RowAccount:
    """Take a file in as it was planned.

    Parameters
    ----------
    store : Store
        The database.
    order : ImportOrder
        The file, and who asks when.
    plan : Plan
        How.
    grounds : GroundShelf
        Where grounds are kept, for kinds that lie in booths.

    Raises
    ------
    SeemanaError
        If nothing of it can be used, or it was taken in before; nothing is written then.
    """
    return _TAKE[ImportKind(plan.kind)](store, order, plan, grounds)


def known_for(store: Store, plan: Plan, grounds: GroundShelf, at: datetime) -> Known:
    """Return what a file is held against at a moment, beside the present.

    Raises
    ------
    InputError
        If no boundaries are known, and such files lie in them.
    """
    kind = ImportKind(plan.kind)
    if kind is ImportKind.ORDERS:
        with store.reading() as session:
            places = places_of_orders(session, present(session, grounds, at))
        return Known(places=places, crs=plan.crs)
    if kind is ImportKind.ROSTER:
        with store.reading() as session:
            return Known(roster=known_roster(session, at))
    return Known(crs=plan.crs)


_TAKE: dict[ImportKind, Callable[[Store, ImportOrder, Plan, GroundShelf], RowAccount]] = {
    ImportKind.BOUNDARIES: lambda store, order, plan, _: imports.import_boundaries(
        store, order, plan.level, plan.crs, valid_from=plan.valid_from, is_held=plan.is_held
    ),
    ImportKind.BOOTHS: lambda store, order, plan, _: imports.import_booths(store, order, plan.crs),
    ImportKind.CASES: lambda store, order, plan, _: imports.import_cases(
        store, order, plan.reported_through
    ),
    ImportKind.OUTCOMES: lambda store, order, *_: imports.import_outcomes(store, order),
    ImportKind.TESTS: lambda store, order, *_: imports.import_tests(store, order),
    ImportKind.FACILITIES: lambda store, order, *_: import_facilities(store, order),
    ImportKind.ORDERS: lambda store, order, plan, grounds: import_orders(
        store, order, grounds, plan.crs
    ),
    ImportKind.ROUNDS: lambda store, order, *_: follow_up_imports.import_rounds(store, order),
    ImportKind.CONTACTS: lambda store, order, *_: follow_up_imports.import_contacts(store, order),
    ImportKind.SAMPLES: lambda store, order, *_: follow_up_imports.import_samples(store, order),
    ImportKind.ISOLATION: lambda store, order, plan, grounds: follow_up_imports.import_isolation(
        store, order, grounds, plan.crs
    ),
    ImportKind.ROSTER: lambda store, order, *_: import_roster(store, order),
}
