"""Two districts of the grid of wards, their officers, and files that each brings in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import shapely

from tests.store import samples
from tests.store.samples import NOON, hour, words
from zoning.access import Officer, Posting, Role
from zoning.model import Units
from zoning.settings import Settings
from zoning.store.boundaries import insert_edition
from zoning.store.imports import ImportKind, begin, finish
from zoning.store.officers import add_officers, add_postings
from zoning.workflow.postings import find_officer, local_actor, officer_actor

NORTH, SOUTH = ("W0", "W1", "W2", "W3"), ("W4", "W5", "W6", "W7", "W8")
SINCE = date(2020, 1, 1)


def districts() -> Units:
    """W0 to W3 in the district N, W0 and W1 of them in the corporation C; the others in S."""
    wards = samples.units()
    wards.name[:] = [f"Ward {i}" for i in range(9)]
    wards.parent_id[:] = ["C", "C", "N", "N", "S", "S", "S", "S", "S"]
    shapes = wards.geometry
    whole = [shapely.union_all(shapes[a:b]) for a, b in ((0, 2), (0, 4), (4, 9))]
    return Units(
        words(*wards.unit_id, "C", "N", "S"),
        words(*wards.name, "Corporation", "North", "South"),
        np.append(np.full(9, 20_000.0), [40_000.0, 80_000.0, 100_000.0]),
        words(*["ward"] * 9, "corporation", "district", "district"),
        words(*wards.parent_id, "N", "", ""),
        np.array([*shapes, *map(_multi, whole)], dtype=object),
    )


def _multi(shape):
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])


def settle(store, at=NOON):
    """Bring the two districts in."""
    with store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES, "districts", at))
        insert_edition(session, import_id, districts(), at)
        finish(session, import_id, samples.account(12))
    return store


def post(store, person, role, area="", subject="", **days):
    """Put a person on the roster in one post, and return the number of the posting."""
    with store.transaction() as session:
        officer = Officer(person, person.title(), f"{person}@wb.example")
        add_officers(session, (officer,), at=NOON, who="tester")
        posting = Posting(person, role, area, subject, SINCE)
        made = add_postings(session, (replace(posting, **days),), at=NOON, who="tester")
    return made[0]


def actor(store, role, area="", subject="", at=None, settings=None):
    """Return an officer of a role in an area, by way of the roster."""
    moment = at or hour(1)
    if role in (Role.LOCAL, Role.PUBLIC):
        return local_actor(store, settings or Settings(), role, area, moment)
    person = "-".join(filter(None, (role.value, area, subject))).lower()
    if find_officer(store, f"{person}@wb.example", moment) is None:
        post(store, person, role, area, subject)
    signed_in = find_officer(store, f"{person}@wb.example", moment)
    return officer_actor(store, settings or Settings(), signed_in, None, moment)
