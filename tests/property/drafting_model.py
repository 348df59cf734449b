"""A plain model of drafts and orders, against which the real ones are held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from tests.institution import SHELF
from zoning.access import Role
from zoning.orders.chain import verify
from zoning.orders.draft import DraftKind
from zoning.orders.state import NEXT_STATES, OrderState
from zoning.store.audit_links import read_links
from zoning.store.order_booths import booths_of_order, categories_in_force
from zoning.store.orders import list_orders, units_of_order, zones_in_force
from zoning.store.tables import Base
from zoning.workflow import drafting
from zoning.workflow.sealing import seal

STATE, NORTH, SOUTH = "", "N", "S"
OFFICERS = (
    (Role.LOCAL, ""),
    (Role.STATE_HEALTH, ""),
    (Role.HOME, ""),
    (Role.DISTRICT_MAGISTRATE, "N"),
    (Role.DISTRICT_MAGISTRATE, "S"),
    (Role.COMMISSIONER, "C"),
    (Role.NODAL_ADM, "N"),
    (Role.CMOH, "N"),
    (Role.CMOH, "S"),
)
# Who may do what with a draft of an area; the machine itself may do everything.
DRAFTERS = {
    STATE: {(Role.STATE_HEALTH, "")},
    NORTH: {(Role.DISTRICT_MAGISTRATE, "N"), (Role.NODAL_ADM, "N"), (Role.STATE_HEALTH, "")},
    SOUTH: {(Role.DISTRICT_MAGISTRATE, "S"), (Role.STATE_HEALTH, "")},
}
APPROVERS = {
    STATE: {(Role.STATE_HEALTH, "")},
    NORTH: {(Role.DISTRICT_MAGISTRATE, "N")},
    SOUTH: {(Role.DISTRICT_MAGISTRATE, "S")},
}
ANSWERERS = {
    "home": {STATE: {(Role.HOME, "")}},
    "police": {area: {(Role.HOME, ""), *DRAFTERS[area]} for area in (NORTH, SOUTH)},
    "health": {NORTH: {(Role.CMOH, "N")}, SOUTH: {(Role.CMOH, "S")}},
}
SIGNS = {
    STATE: "state_health",
    NORTH: "district_magistrate-n",
    SOUTH: "district_magistrate-s",
}
SIGNED = ("orders", "order_units", "order_booths", "order_parts", "order_annexes")
GROWING = ("draft_versions", "drafts", "consultations", "consultation_answers", "audit")
END_OF_ORDER = {"status", "ended_at"}


@dataclass
class Known:
    """A draft as the model knows it."""

    area: str
    state: OrderState = OrderState.DRAFT
    version: int = 1
    waiting: set[str] = field(default_factory=set)

    def may(self, who: tuple[Role, str], *groups: dict[str, set[tuple[Role, str]]]) -> bool:
        return who[0] is Role.LOCAL or any(who in group[self.area] for group in groups)

    @property
    def offices(self) -> set[str]:
        return {"home"} if self.area == STATE else {"police", "health"}


@dataclass(frozen=True)
class Declared:
    """What one order said when it was published."""

    number: str
    published_at: datetime
    effective_at: datetime
    expires_at: datetime | None
    units: dict[str, str]
    booths: dict[str, str]

    def stands(self, at: datetime, ended_at: datetime | None) -> bool:
        ends = [moment for moment in (self.expires_at, ended_at) if moment is not None]
        return self.effective_at <= at and all(at < end for end in ends)


def in_force(declared: list[Declared], ended: dict[str, datetime | None], at: datetime):
    """Return zone by unit and category by booth, the later order over the earlier."""
    zones: dict[str, str] = {}
    booths: dict[str, str] = {}
    for one in sorted(declared, key=lambda d: (d.effective_at, d.published_at, d.number)):
        if one.stands(at, ended[one.number]):
            zones |= one.units
            booths |= one.booths
    return zones, booths


def really_in_force(store, at):
    with store.reading() as session:
        zones = zones_in_force(session, at)
        booths = categories_in_force(session, at).booths
    return (
        dict(zip(zones.unit_id.tolist(), zones.zone.tolist(), strict=True)),
        dict(zip(booths.booth_id.tolist(), booths.category.tolist(), strict=True)),
    )


def declared_by(store, number) -> Declared:
    with store.reading() as session:
        record = next(r for r in list_orders(session) if r.order.number == number)
        unit_id, zone = units_of_order(session, record.order_id)
        booths = booths_of_order(session, record.order_id)
    return Declared(
        number,
        record.published_at,
        record.order.effective_at,
        record.order.expires_at,
        dict(zip(unit_id.tolist(), zone.tolist(), strict=True)),
        dict(zip(booths.booth_id.tolist(), booths.category.tolist(), strict=True)),
    )


def ends_of(store) -> dict[str, datetime | None]:
    with store.reading() as session:
        return {r.order.number: r.ended_at for r in list_orders(session)}


def rows_of(store) -> dict[tuple[object, ...], str]:
    """Return every row that never changes, by table and key."""
    found = {}
    with store.reading() as session:
        for name in (*SIGNED, *GROWING):
            table = Base.metadata.tables[name]
            keys = [column.name for column in table.primary_key]
            for row in session.execute(table.select()).mappings():
                told = {k: v for k, v in row.items() if (name, k) not in _ENDS}
                found[(name, *(row[key] for key in keys))] = repr(told)
    return found


_ENDS = {("orders", name) for name in END_OF_ORDER}


def assert_versions_are_lawful(store, at) -> None:
    for draft in drafting.list_drafts(store, "checker", at):
        versions = drafting.history(store, draft.draft_id, "checker", at)
        assert [v.version for v in versions] == list(range(1, len(versions) + 1))
        for before, after in pairwise(versions):
            is_step = after.state in NEXT_STATES[before.state]
            assert is_step or (before.state is after.state is OrderState.DRAFT)


def assert_chain_holds(store) -> None:
    with store.reading() as session:
        assert verify(read_links(session)).broken is None


def sealed(store, booth, at, who):
    return seal(store, SHELF, [booth], "cluster", at, who, self_delineating={"C"})


def kind_of(area: str) -> DraftKind:
    return DraftKind.ZONES if area == STATE else DraftKind.CATEGORIES
