"""Small tables with every kind of gap, and equality that counts two gaps as equal."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import shapely

from zoning.model import (
    Cases,
    Classification,
    Coded,
    Facilities,
    Finding,
    Parameter,
    RowAccount,
    Tests,
    Units,
)
from zoning.store.boundaries import insert_edition
from zoning.store.imports import ImportKind, NewImport, begin, finish

NOON = datetime(2020, 5, 18, 6, 30, tzinfo=UTC)
WHO = "health.officer"


def hour(n):
    return NOON + timedelta(hours=n)


def words(*values):
    return np.array(values, dtype=object)


def coded(*cells):
    values = sorted({cell for cell in cells if cell})
    codes = [values.index(cell) if cell else -1 for cell in cells]
    return Coded(np.array(codes, dtype=np.int32), words(*values))


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


def units(n=9):
    """Wards of a 3 x 3 grid of 0.01 degrees, W0 in the south-west corner::

    W6 W7 W8
    W3 W4 W5
    W0 W1 W2
    """
    west, south = (np.arange(n) % 3) * 0.01 + 88.3, (np.arange(n) // 3) * 0.01 + 22.5
    population = np.full(n, 20_000.0)
    population[1] = np.nan
    return Units(
        unit_id=words(*(f"W{i}" for i in range(n))),
        name=words(*("" if i == 2 else "বেলেঘাটা, “north”\nline" for i in range(n))),
        population=population,
        level=words(*["ward"] * n),
        parent_id=words(*("" if i == 3 else "KMC" for i in range(n))),
        geometry=shapely.multipolygons(
            shapely.box(west, south, west + 0.01, south + 0.01), indices=np.arange(n)
        ),
    )


def cases():
    return Cases(
        row=np.array([1, 2, 4, 5]),
        confirmed_on=days("2020-05-01", "2020-05-02", "2020-05-02", "2020-05-18"),
        count=np.array([1, 3, 1, 0]),
        outcome=np.array([0, 1, 2, 3], dtype=np.int8),
        outcome_on=days("NaT", "2020-05-12", "NaT", "2020-05-18"),
        is_imported=np.array([False, True, False, False]),
        is_institutional=np.array([False, False, True, False]),
        unit_id=coded("W0", "", "W4", "W0"),
        booth_id=coded("", "151/23", "", ""),
        lon=np.array([88.305, np.nan, np.nan, 88.3123456789]),
        lat=np.array([22.505, np.nan, np.nan, 22.5]),
        case_id=words("c1", "", "c2", "c 3, “odd”"),
    )


def as_told(cases):
    """Return cases without the import they came with, which no file tells."""
    return replace(cases, import_id=None)


def plain_cases(n, *, first_row=1, unit="W0"):
    """Many cases with a row, a day and a unit, and nothing else."""
    no = np.zeros(n, dtype=np.bool_)
    return Cases(
        row=np.arange(first_row, first_row + n),
        confirmed_on=np.datetime64("2020-03-01") + np.arange(n) % 90,
        count=np.ones(n, dtype=np.int64),
        outcome=np.zeros(n, dtype=np.int8),
        outcome_on=np.full(n, "NaT", dtype="datetime64[D]"),
        is_imported=no,
        is_institutional=no,
        unit_id=Coded(np.zeros(n, dtype=np.int32), words(unit)),
    )


def tests():
    return Tests(
        row=np.array([1, 2]),
        unit_id=coded("W0", "W4"),
        on=days("2020-05-16", "2020-05-17"),
        tests=np.array([120, 80]),
        positives=np.array([6, 0]),
    )


def facilities():
    nan = np.nan
    return Facilities(
        row=np.array([1, 2, 3]),
        facility_id=words("H1", "A1", "H2"),
        name=words("M R Bangur", "Ambulance 7", ""),
        kind=words("hospital", "ambulance", "hospital"),
        category=words("government", "ALS", ""),
        phone=words("033 2473 3354", "", ""),
        address=words("Tollygunge, “gate 2”", "", ""),
        unit_id=words("W0", "", "W4"),
        lon=np.array([88.3456789012345, nan, 88.31]),
        lat=np.array([22.5, nan, 22.51]),
        beds_total=np.array([600, nan, 0]),
        beds_vacant=np.array([0, nan, nan]),
        oxygen_beds_total=np.array([nan, nan, 12]),
        oxygen_beds_vacant=np.array([nan, nan, 3]),
        oxygen_hours=np.array([7.25, nan, nan]),
        updated_at=np.array(["2020-05-18T05:10:00", "NaT", "2020-05-17T23:59:59"], "M8[s]"),
    )


def classification():
    nan = np.nan
    parameter = Parameter(
        value=np.array([22.4, np.inf, nan]),
        class_=words("critical", "desirable", "not_computable"),
        counts=np.array([True, False, False]),
        numerator=np.array([5.0, 0.0, nan]),
        denominator=np.array([22321.0, 1 / 3, nan]),
        low=np.array([7.3, nan, nan]),
        high=np.array([52.3, np.inf, nan]),
    )
    return Classification(
        rule_id="mohfw-2020-05-17",
        on=np.datetime64("2020-05-18"),
        reported_through=days("2020-05-17", "2020-05-16", "NaT"),
        unit_id=words("W4", "W0", "W1"),
        name=words("Beleghata", "", "Tala"),
        zone=words("red", "green", "unclassified"),
        zone_worst=words("red", "orange", "unclassified"),
        confirmed_total=np.array([30, 0, -1]),
        active=np.array([5, 0, -1]),
        parameters={"doubling_days": parameter, "active_per_lakh": parameter},
        doubling_state=words("computed", "infinite", "insufficient"),
        surge=np.array([True, False, False]),
        last_case_on=days("2020-05-17", "NaT", "NaT"),
        flags=(("outcome_overdue",), (), ("feed_silent", "population_missing")),
        explanation=words("red: 22.4 active per lakh", "green: no case ever", ""),
    )


def account(n=4):
    return RowAccount(n + 1, n, 1, 2, (Finding(3, "coordinates_zero", "Row 3: (0, 0).", True),))


def new_import(kind=ImportKind.CASES, content_hash="h1", at=NOON):
    return NewImport(kind, f"{kind}.csv", content_hash, at, WHO, {"cases": {"columns": {}}})


def bring(session, kind, content_hash, insert, table, *, at=NOON):
    """Import one table in full and return the id of its import."""
    import_id = begin(session, new_import(kind, content_hash, at))
    insert(session, import_id, table)
    finish(session, import_id, account(len(table)))
    return import_id


def add_units(session, at=NOON, content_hash="u1", valid_from=None):
    """Import the 3 x 3 grid and return the id of its edition."""
    import_id = begin(session, new_import(ImportKind.BOUNDARIES, content_hash, at))
    edition_id = insert_edition(session, import_id, units(), valid_from or at)
    finish(session, import_id, account(9))
    return edition_id


def assert_same(one, other):
    """Compare two tables field by field; NaN equals NaN, codes equal their texts."""
    assert type(one) is type(other)
    if isinstance(one, Coded):
        np.testing.assert_array_equal(_spelt(one), _spelt(other))
    elif is_dataclass(one):
        for field in fields(one):
            assert_same(getattr(one, field.name), getattr(other, field.name))
    elif isinstance(one, dict):
        assert list(one) == list(other)
        for key in one:
            assert_same(one[key], other[key])
    elif isinstance(one, np.ndarray):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)
    elif isinstance(one, np.datetime64):
        np.testing.assert_array_equal(one, other)
    else:
        assert one == other


def _spelt(column):
    return words(*(None if c < 0 else column.values[c] for c in column.codes))
