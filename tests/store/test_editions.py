"""An edition is in force by a switch: one act, which can be undone."""

from datetime import timedelta

import pytest

from tests.store import samples
from tests.store.samples import NOON, WHO, hour
from zoning.errors import StoreError
from zoning.store.boundaries import insert_edition, read_units
from zoning.store.editions import (
    edition_in_force,
    get_edition,
    list_switches,
    switch_back,
    switch_to,
)
from zoning.store.imports import ImportKind, begin, finish, undo


def held(session, at, content_hash="u2"):
    import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES, content_hash, at))
    edition_id = insert_edition(session, import_id, samples.units(4), at, is_held=True)
    finish(session, import_id, samples.account(4))
    return edition_id


def in_force(session, at, known_at=None):
    edition = edition_in_force(session, at, known_at=known_at)
    return None if edition is None else edition.edition_id


def test_a_held_edition_counts_only_after_the_switch(store):
    with store.transaction() as session:
        first = samples.add_units(session)
        second = held(session, hour(1))
        assert in_force(session, hour(2)) == first
        switch_to(session, second, hour(3), at=hour(3), who=WHO)
        assert in_force(session, hour(2)) == first, "what was in force then stays"
        assert in_force(session, hour(3)) == second


def test_switching_back_brings_the_edition_before_and_keeps_what_was_known(store):
    with store.transaction() as session:
        first = samples.add_units(session)
        second = held(session, hour(1))
        switch_to(session, second, hour(2), at=hour(2), who=WHO)
        switch_back(session, at=hour(4), who="someone")
        assert in_force(session, hour(5)) == first
        assert in_force(session, hour(3), known_at=hour(3)) == second
        assert in_force(session, hour(3), known_at=hour(5)) == first
        assert len(read_units(session, second)) == 4, "an edition itself never goes"
        newest = list_switches(session, hour(5))[0]
        assert (newest.undone_at, newest.undone_by) == (hour(4), "someone")


def test_the_only_edition_is_never_switched_away(store):
    with store.transaction() as session:
        samples.add_units(session)
        with pytest.raises(StoreError, match="only one"):
            switch_back(session, at=hour(1), who=WHO)


def test_a_switch_that_takes_effect_later_waits_for_its_hour(store):
    with store.transaction() as session:
        first = samples.add_units(session)
        second = held(session, hour(1))
        switch_to(session, second, NOON + timedelta(days=7), at=hour(2), who=WHO)
        assert in_force(session, hour(3)) == first
        assert in_force(session, NOON + timedelta(days=7)) == second


def test_an_edition_whose_import_was_undone_cant_be_put_in_force(store):
    with store.transaction() as session:
        samples.add_units(session)
        second = held(session, hour(1))
        undo(session, get_edition(session, second).import_id, at=hour(2), who=WHO)
        with pytest.raises(StoreError, match="is undone"):
            switch_to(session, second, hour(3), at=hour(3), who=WHO)


def test_codes_of_the_directory_and_names_in_other_scripts_come_back(store):
    units = samples.units()
    units = units.__class__(
        **{
            **units.__dict__,
            "lgd_code": samples.words("260001", *[""] * 8),
            "names": {"bn": samples.words("বেলেঘাটা", *[""] * 8)},
        }
    )
    with store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES, "u", NOON))
        edition_id = insert_edition(session, import_id, units, NOON)
        samples.assert_same(read_units(session, edition_id), units)
