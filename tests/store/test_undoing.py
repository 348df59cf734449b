"""What taking an import back would change is told without changing anything."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.store import samples
from tests.store.samples import NOON, WHO, coded, hour
from zoning.errors import StoreError
from zoning.store.audit import read_entries
from zoning.store.cases import insert_cases
from zoning.store.imports import ImportKind, begin, finish, list_imports
from zoning.workflow.history import zones_known
from zoning.workflow.imports import undo
from zoning.workflow.undoing import effect_of_undo

RULE = "mohfw-2020-05-17"


def bring_cases(session, content_hash, *units, at=NOON):
    cases = replace(
        samples.plain_cases(len(units)),
        confirmed_on=np.full(len(units), "2020-05-16", dtype="datetime64[D]"),
        unit_id=coded(*units),
    )
    import_id = begin(session, samples.new_import(ImportKind.CASES, content_hash, at))
    insert_cases(session, import_id, cases)
    finish(session, import_id, samples.account(len(units)), np.datetime64("2020-05-17"))
    return import_id


@pytest.fixture
def filled(store):
    with store.transaction() as session:
        samples.add_units(session)
        bring_cases(session, "first", "W0", "W0", "W4")
        bring_cases(session, "second", "W4", at=hour(1))
    return store


def nth(store, n):
    """Return the number of the nth import."""
    with store.reading() as session:
        return sorted(record.import_id for record in list_imports(session))[n - 1]


def test_only_the_units_whose_figures_rest_on_it_would_change(filled):
    effect = effect_of_undo(filled, RULE, nth(filled, 3), hour(2), WHO)
    assert effect.changed == ("W4",)
    assert (effect.units, effect.on, effect.is_last) == (9, date(2020, 5, 17), False)


def test_what_is_told_is_what_happens(filled):
    told = effect_of_undo(filled, RULE, nth(filled, 3), hour(2), WHO).changed
    before = zones_known(filled, RULE, date(2020, 5, 17), hour(2)).result
    undo(filled, nth(filled, 3), hour(3), WHO)
    after = zones_known(filled, RULE, date(2020, 5, 17), hour(3)).result
    differs = before.confirmed_total != after.confirmed_total
    assert tuple(before.unit_id[differs]) == told


def test_asking_writes_nothing(filled):
    with filled.reading() as session:
        entries = read_entries(session)
    effect_of_undo(filled, RULE, nth(filled, 2), hour(2), WHO)
    with filled.reading() as session:
        assert read_entries(session) == entries
        assert all(record.undone_at is None for record in list_imports(session))


def test_without_the_boundaries_nothing_could_be_computed(filled):
    effect = effect_of_undo(filled, RULE, nth(filled, 1), hour(2), WHO)
    assert effect.is_last
    assert len(effect.changed) == effect.units == 9


def test_where_nothing_can_be_computed_nothing_changes(store):
    with store.transaction() as session:
        samples.add_units(session)
    effect = effect_of_undo(store, RULE, nth(store, 1), hour(1), WHO)
    assert (effect.on, effect.changed) == (None, ())


def test_an_import_that_is_gone_already_is_refused(filled):
    undo(filled, nth(filled, 3), hour(2), WHO)
    with pytest.raises(StoreError, match="already undone"):
        effect_of_undo(filled, RULE, nth(filled, 3), hour(3), WHO)
    with pytest.raises(StoreError, match="no import 1000000"):
        effect_of_undo(filled, RULE, 10**6, hour(3), WHO)
