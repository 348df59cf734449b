"""The audit holds every write and can't be changed."""

import pytest
from sqlalchemy import text

from tests.store import samples
from tests.store.samples import NOON, WHO, bring, hour
from tests.store.test_orders import new_order, propose
from zoning.errors import StoreError
from zoning.store.audit import AuditEntry, append, read_entries
from zoning.store.cases import insert_cases
from zoning.store.imports import ImportKind, undo
from zoning.store.orders import publish_first_order

ENTRY = AuditEntry(NOON, WHO, "import.finish", "imports/1", {"rows": 4, "file": "cases.csv"})


def test_an_entry_comes_back_as_it_went_in(store):
    with store.transaction() as session:
        append(session, ENTRY)
        assert read_entries(session) == (ENTRY,)


@pytest.mark.parametrize(
    "change", ["update audit set who = 'nobody'", "delete from audit", "truncate audit"]
)
def test_an_entry_is_never_changed(store, change):
    if change.startswith("truncate") and store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with store.transaction() as session:
        append(session, ENTRY)
    with pytest.raises(StoreError, match="never changed"), store.transaction() as session:
        session.execute(text(change))
    with store.reading() as session:
        assert read_entries(session) == (ENTRY,)


def test_every_write_leaves_an_entry(store):
    with store.transaction() as session:
        edition_id = samples.add_units(session)
        import_id = bring(session, ImportKind.CASES, "c", insert_cases, samples.cases())
        run_id = propose(session, edition_id)
        publish_first_order(session, new_order(), run_id, at=NOON, who=WHO)
        undo(session, import_id, at=hour(3), who="someone")
    with store.reading() as session:
        entries = read_entries(session)
    assert [entry.action for entry in reversed(entries)] == [
        "edition.add",
        "edition.switch",
        "import.finish",
        "import.finish",
        "run.save",
        "order.publish",
        "import.undo",
    ]
    assert (entries[0].at, entries[0].who) == (hour(3), "someone")


def test_a_refused_write_leaves_no_entry(store):
    with pytest.raises(ZeroDivisionError), store.transaction() as session:
        append(session, ENTRY)
        _ = 1 / 0
    with store.reading() as session:
        assert read_entries(session) == ()
