"""Take in what field teams tell: house rounds, contacts, samples, isolation units."""

from __future__ import annotations

from dataclasses import replace

from zoning import clock
from zoning.i18n.catalogue import tr
from zoning.model import Finding, IsolationUnits, RowAccount
from zoning.places.isolation import carve
from zoning.readers.contacts import read_contacts
from zoning.readers.isolation import read_isolation
from zoning.readers.mapping import Mapping
from zoning.readers.rounds import read_rounds
from zoning.readers.samples import read_samples
from zoning.store.engine import Store
from zoning.store.follow_up import insert_contacts, insert_rounds, insert_samples
from zoning.store.imports import ImportKind
from zoning.store.isolation import insert_isolation
from zoning.workflow.ground import GroundShelf
from zoning.workflow.own_facts import own_areas
from zoning.workflow.present import present
from zoning.workflow.taking import ImportOrder, Taking, take


def import_rounds(store: Store, order: ImportOrder) -> RowAccount:
    """Take in house rounds; the newest one of an area and day counts."""
    today = clock.today_ist(order.at)
    taking = Taking(
        ImportKind.ROUNDS,
        lambda mapping: read_rounds(order.file, mapping, today),
        insert_rounds,
        own=own_areas(store, order, ImportKind.ROUNDS),
    )
    return take(store, order, taking)


def import_contacts(store: Store, order: ImportOrder) -> RowAccount:
    """Take in how far the follow-up of contacts is; the newest day told of one counts."""
    today = clock.today_ist(order.at)
    taking = Taking(
        ImportKind.CONTACTS,
        lambda mapping: read_contacts(order.file, mapping, today),
        insert_contacts,
        own=own_areas(store, order, ImportKind.CONTACTS),
    )
    return take(store, order, taking)


def import_samples(store: Store, order: ImportOrder) -> RowAccount:
    """Take in samples and results of areas in containment."""
    today = clock.today_ist(order.at)
    taking = Taking(
        ImportKind.SAMPLES,
        lambda mapping: read_samples(order.file, mapping, today),
        insert_samples,
        own=own_areas(store, order, ImportKind.SAMPLES),
    )
    return take(store, order, taking)


def import_isolation(
    store: Store, order: ImportOrder, shelf: GroundShelf, crs: str = ""
) -> RowAccount:
    """Take in isolation units; they divide booths where the policy in force lets them.

    Raises
    ------
    SeemanaError
        If no boundaries are known, or nothing of the file can be used.
    """
    with store.reading() as session:
        now = present(session, shelf, order.at)
        booths, cells = now.ground.table, now.ground.cells
        allows, policy_id = now.governing.allows_isolation_units, now.governing.id

    def read(mapping: Mapping) -> tuple[IsolationUnits, RowAccount]:
        units, account = read_isolation(order.file, mapping, crs)
        parts = carve(
            booths.booth_id,
            cells,
            booths.sharing,
            units.isolation_id,
            units.geometry,
            units.booth_id,
        )
        found = [replace(f, row=int(units.row[f.row - 1])) for f in parts.findings]
        if not allows:
            found += [_not_allowed(int(row), policy_id) for row in units.row]
        return units, replace(account, findings=(*account.findings, *found))

    return take(store, order, Taking(ImportKind.ISOLATION, read, insert_isolation))


def _not_allowed(row: int, policy_id: str) -> Finding:
    message = tr(
        "kept, but it divides no booth: the policy {policy} names no authority that may close "
        "less than a booth",
        policy=policy_id,
    )
    return Finding(row, "isolation_not_allowed", message)
