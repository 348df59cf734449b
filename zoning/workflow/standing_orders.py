"""Take in the orders that were in force before: the starting state of a department."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np
import shapely
from sqlalchemy.orm import Session

from zoning import clock
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.judgement.containment import carry_on, contiguous
from zoning.model import Booths, Category, Finding, Indices, Ints, RowAccount, StandingOrders, Texts
from zoning.places.covering import booths_covered
from zoning.places.order_places import OrderPlaces
from zoning.places.placing import index_of
from zoning.readers.mapping import Mapping
from zoning.readers.standing_orders import read_standing_orders
from zoning.store.delineations import serials_given
from zoning.store.engine import Store
from zoning.store.imports import ImportKind
from zoning.store.order_areas import insert_areas_of_order
from zoning.store.order_booths import DeclaredBooths, insert_booths_of_order
from zoning.store.order_seal import seal_order
from zoning.store.orders import (
    NewOrder,
    OrderKind,
    OrderSource,
    add_order,
    insert_units_of_order,
)
from zoning.store.places_decided import read_name_decisions
from zoning.workflow.actor import name_of
from zoning.workflow.ground import Ground, GroundShelf
from zoning.workflow.present import Present, present
from zoning.workflow.taking import ImportOrder, Taking, take


@dataclass(frozen=True, eq=False)
class _Declared:
    """Which entry of a file declares what of which booth of the ground, k pairs."""

    entry: Ints
    row: Ints
    findings: tuple[Finding, ...]


def import_orders(
    store: Store, order: ImportOrder, shelf: GroundShelf, crs: str = ""
) -> RowAccount:
    """Take in orders already in force.

    Raises
    ------
    SeemanaError
        If no boundaries are known, an order of such a number stands already, or nothing of
        the file can be used.
    """
    with store.reading() as session:
        now = present(session, shelf, order.at)
        places = places_of_orders(session, now)
    ground = now.ground

    def read(mapping: Mapping) -> tuple[StandingOrders, RowAccount]:
        orders, account = read_standing_orders(order.file, mapping, places, order.at, crs)
        found = _booths_of(orders, ground).findings
        return orders, replace(account, findings=(*account.findings, *found))

    def write(session: Session, import_id: int, orders: StandingOrders) -> None:
        _write(session, import_id, orders, present(session, shelf, order.at), order)

    return take(store, order, Taking(ImportKind.ORDERS, read, write))


def places_of_orders(session: Session, now: Present) -> OrderPlaces:
    """Return the booths and units that an order can name at a moment."""
    return OrderPlaces(_booths(now.ground), now.units, read_name_decisions(session, now.at))


def _write(
    session: Session, import_id: int, orders: StandingOrders, now: Present, order: ImportOrder
) -> None:
    declared = _booths_of(orders, now.ground)
    zone_id = _zone_ids(session, orders, declared, now)
    heads = np.array(
        [f"{n}\n{t}" for n, t in zip(orders.number, orders.effective_at, strict=True)], object
    )
    source = OrderSource(OrderKind.STANDING, now.edition.edition_id, import_id=import_id)
    numbers: set[str] = set()
    for head in dict.fromkeys(heads):
        entries = np.flatnonzero(heads == head)
        new = _head(orders, int(entries[0]), numbers, order)
        numbers.add(new.number)
        order_id = add_order(session, new, source, at=order.at, who=name_of(order.who))
        insert_units_of_order(session, order_id, *_zones(orders, entries))
        is_own = np.isin(declared.entry, entries)
        row, first = np.unique(declared.row[is_own], return_index=True)
        category = orders.category[declared.entry[is_own][first]]
        table = now.ground.table
        is_a = category == Category.AFFECTED.value
        insert_booths_of_order(
            session,
            order_id,
            DeclaredBooths(
                table.booth_id[row],
                table.unit_id[row],
                category,
                np.where(is_a, zone_id[row], "").astype(object),
            ),
        )
        insert_areas_of_order(session, order_id, orders.take(entries.astype(np.int32)))
        seal_order(session, order_id, at=order.at, who=name_of(order.who))


def _booths(ground: Ground) -> Booths:
    """Return the rows of a ground as booths that an order can name."""
    table = ground.table
    part = [code.rpartition("/") for code in table.booth_id]
    return Booths(
        booth_id=table.booth_id,
        unit_id=table.unit_id,
        name=table.name,
        population=table.population,
        constituency=np.array([head for head, _, _ in part] + [None], dtype=object)[:-1],
        part_number=np.array([tail for _, _, tail in part] + [None], dtype=object)[:-1],
    )


def _booths_of(orders: StandingOrders, ground: Ground) -> _Declared:
    """Return which booths each entry declares a category of: named, covered, or of its unit."""
    table = ground.table
    has_category = orders.category != ""
    by_name = np.flatnonzero(has_category & (orders.booth_id != ""))
    row_by_name = index_of(orders.booth_id[by_name], table.booth_id)
    drawn = np.flatnonzero(has_category & (orders.booth_id == "") & orders.has_polygon)
    entry_by_area, row_by_area, findings = _covered(orders, drawn, ground)
    by_unit = np.flatnonzero(
        has_category & (orders.booth_id == "") & ~orders.has_polygon & (orders.unit_id != "")
    )
    members: dict[str, list[int]] = {}
    for at, unit in enumerate(table.unit_id):
        members.setdefault(unit, []).append(at)
    rows_by_unit = [members.get(unit, []) for unit in orders.unit_id[by_unit]]
    entry = np.concatenate(
        [by_name, entry_by_area, np.repeat(by_unit, [len(rows) for rows in rows_by_unit])]
    )
    row = np.concatenate(
        [row_by_name, row_by_area, *(np.array(rows, dtype=np.int64) for rows in rows_by_unit)]
    )
    # The strictest category of a booth comes first, so that it counts.
    rank = orders.category[entry].astype(str)
    first = np.lexsort((entry, rank))
    first = first[row[first] >= 0]
    return _Declared(entry[first].astype(np.int64), row[first].astype(np.int64), tuple(findings))


def _covered(
    orders: StandingOrders, drawn: Ints, ground: Ground
) -> tuple[Ints, Ints, list[Finding]]:
    nothing = np.empty(0, dtype=np.int64)
    if not len(drawn) or orders.geometry is None:
        return nothing, nothing, []
    shapes = np.asarray(shapely.make_valid(orders.geometry[drawn]), dtype=object)
    covering = booths_covered(shapes, ground.cells)
    booth_id = ground.table.booth_id
    findings = [
        Finding(
            int(orders.row[drawn[at]]),
            "order_area_without_booth",
            tr("its polygon holds the larger part of no booth; name the booths it means"),
        )
        for at in np.flatnonzero(covering.takes_none)
    ]
    for at in range(len(drawn)):
        partly = (covering.polygon == at) & ~covering.is_taken
        if partly.any():
            findings.append(
                Finding(
                    int(orders.row[drawn[at]]),
                    "order_area_cuts_booths",
                    tr(
                        "its polygon takes the smaller part of {booths}, which stay out of the "
                        "order; name them if they are meant",
                        booths=", ".join(booth_id[covering.booth[partly]][:10]),
                    ),
                )
            )
    taken = covering.is_taken
    return drawn[covering.polygon[taken]], covering.booth[taken].astype(np.int64), findings


def _zone_ids(session: Session, orders: StandingOrders, declared: _Declared, now: Present) -> Texts:
    """Return the containment zone of each row of the ground, opened on the day of its orders."""
    ground = now.ground
    is_a = np.zeros(len(ground), dtype=bool)
    is_own = orders.category[declared.entry] == Category.AFFECTED.value
    is_a[declared.row[is_own]] = True
    label = contiguous(is_a, ground.within(now.policy.touching_m), ground.table.sharing)
    zone_id = np.full(len(ground), "", dtype=object)
    begins = np.full(len(ground), np.datetime64("NaT"), dtype="datetime64[s]")
    np.fmin.at(begins, declared.row[is_own], orders.effective_at[declared.entry[is_own]])
    opened: dict[date, list[int]] = {}
    for zone in range(int(label.max(initial=-1)) + 1):
        first = begins[label == zone].min().item().replace(tzinfo=UTC)
        opened.setdefault(clock.today_ist(first), []).append(zone)
    for day, zones in sorted(opened.items()):
        own = np.where(np.isin(label, zones), label, -1)
        dense = _numbered(own)
        given = serials_given(session, day)
        lineage = carry_on(dense, ground.table.booth_id, (), given, day)
        zone_id[own >= 0] = lineage.of_booths(dense)[own >= 0]
    return zone_id


def _numbered(label: Indices) -> Indices:
    """Return labels from 0 without gaps, -1 kept."""
    _, nth = np.unique(label, return_inverse=True)
    numbered: Indices = np.where(label >= 0, nth - int((label < 0).any()), -1).astype(np.int32)
    return numbered


def _zones(orders: StandingOrders, entries: Ints) -> tuple[Texts, Texts]:
    """Return the units that entries declare a zone of; the first one told of a unit counts."""
    own = entries[(orders.zone[entries] != "") & (orders.unit_id[entries] != "")]
    unit_id, first = np.unique(orders.unit_id[own].astype(str), return_index=True)
    return unit_id.astype(object), orders.zone[own][first]


def _head(orders: StandingOrders, entry: int, numbers: set[str], order: ImportOrder) -> NewOrder:
    number = str(orders.number[entry])
    begins = _moment(orders.effective_at[entry])
    assert begins is not None
    if number in numbers:
        # One number with two days of effect is two orders.
        number = tr("{number} of {day}", number=number, day=forms.day(clock.today_ist(begins)))
    review = orders.review_on[entry]
    return NewOrder(
        number=number,
        title=tr("Order {number}, in force before", number=number),
        act=str(orders.act[entry]) or tr("not told"),
        reason=str(orders.reason[entry]) or tr("Brought in from {file}", file=order.name),
        signatory=str(orders.signatory[entry]) or tr("not told"),
        effective_at=begins,
        review_at=None if np.isnat(review) else clock.as_utc(_midnight(review)),
        expires_at=_moment(orders.expires_at[entry]),
    )


def _moment(at: np.datetime64) -> datetime | None:
    if np.isnat(at):
        return None
    moment: datetime = at.astype("datetime64[s]").item()
    return moment.replace(tzinfo=UTC)


def _midnight(day: np.datetime64) -> datetime:
    there: date = day.astype("datetime64[D]").item()
    return datetime(there.year, there.month, there.day)
