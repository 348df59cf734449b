"""The audit as a chain on both databases: tampering past the triggers shows where it was done."""

import pytest
from alembic import command
from sqlalchemy import text

from tests.store.processes import run_together, write_imports
from tests.store.samples import NOON, WHO, hour
from zoning.orders.chain import Breach, verify
from zoning.store.audit import READ, AuditEntry, append, append_read, last_change
from zoning.store.audit_links import read_links
from zoning.store.history import migration_config

ODD = {"text": "বেলেঘাটা “north”\n", "share": 0.1, "big": 2**70, "of": (1, None), "z": {"b": True}}


def fill(store, n=6):
    for i in range(n):
        with store.transaction() as session:
            append(session, AuditEntry(hour(i), WHO, "import.finish", f"imports/{i}", ODD))


def walk(store, noted=""):
    with store.reading() as session:
        return verify(read_links(session), noted)


def tamper(store, *statements):
    """Change the audit as somebody with all rights would: without triggers and uniqueness."""
    is_sqlite = store.engine.dialect.name == "sqlite"
    with store.transaction() as session:
        if is_sqlite:
            session.execute(text("drop trigger audit_no_update"))
            session.execute(text("drop trigger audit_no_delete"))
        else:
            session.execute(text("set local session_replication_role = replica"))
        for statement in statements:
            session.execute(text(statement))


def numbers(store):
    with store.reading() as session:
        return list(session.scalars(text("select id from audit order by id")))


def test_the_chain_holds_whatever_an_entry_says(store):
    fill(store)
    found = walk(store)
    assert (found.entries, found.broken) == (6, None)


def test_entries_of_one_transaction_follow_each_other(store):
    with store.transaction() as session:
        for i in range(4):
            append(session, AuditEntry(hour(i), WHO, "x", "y", {}))
    assert (walk(store).entries, walk(store).broken) == (4, None)


def test_a_microsecond_is_part_of_what_is_hashed(store):
    with store.transaction() as session:
        append(session, AuditEntry(NOON.replace(microsecond=120_300), WHO, "x", "y", {}))
    assert walk(store).broken is None


@pytest.mark.parametrize(
    ("change", "broken_at", "breach"),
    [
        ("update audit set who = 'nobody' where id = :third", "third", Breach.CONTENT),
        ("update audit set subject = 'imports/9' where id = :third", "third", Breach.CONTENT),
        ("update audit set detail = '{\"rows\": 9}' where id = :third", "third", Breach.CONTENT),
        ("update audit set at = '2020-05-18 07:00:00' where id = :third", "third", Breach.CONTENT),
        ("update audit set prev_hash = 'x' where id = :third", "third", Breach.CONTENT),
        ("update audit set hash = 'x' where id = :third", "third", Breach.CONTENT),
        ("update audit set detail = '[]' where id = :third", "third", Breach.UNREADABLE),
        ("delete from audit where id = :third", "fourth", Breach.ORDER),
        ("delete from audit where id = :first", "second", Breach.ORDER),
    ],
)
def test_tampering_is_found_at_the_right_entry(store, change, broken_at, breach):
    fill(store)
    named = dict(
        zip(("first", "second", "third", "fourth", "fifth", "last"), numbers(store), strict=True)
    )
    for name, number in named.items():
        change = change.replace(f":{name}", str(number))
    tamper(store, change)
    broken = walk(store).broken
    assert (broken.number, broken.breach) == (named[broken_at], breach)


def test_two_entries_that_change_places_are_found(store):
    fill(store)
    first, second, *_ = numbers(store)
    tamper(
        store,
        f"update audit set id = 1000000 where id = {first}",
        f"update audit set id = {first} where id = {second}",
        f"update audit set id = {second} where id = 1000000",
    )
    broken = walk(store).broken
    assert (broken.number, broken.breach) == (first, Breach.ORDER)


def test_an_entry_put_in_between_is_found(store):
    fill(store, 4)
    third = numbers(store)[2]
    with store.reading() as session:
        links = list(read_links(session))
    last = numbers(store)[-1]
    tamper(
        store,
        f"update audit set id = {last + 5} where id = {last}",
        f"insert into audit (id, at, who, action, subject, detail, prev_hash, hash) select"
        f" {last}, at, 'nobody', action, subject, detail, '{'0' * 63}1', '{'0' * 63}2'"
        f" from audit where id = {third}",
    )
    broken = walk(store).broken
    assert (broken.number, broken.breach, broken.number_before) == (last, Breach.CONTENT, third)
    assert walk(store).head == links[2].hash


def test_a_newest_entry_that_was_removed_shows_against_a_noted_head(store):
    fill(store)
    noted = walk(store).head
    assert walk(store, noted).noted_at == numbers(store)[-1]
    fill(store, 1)
    assert walk(store, noted).noted_at is not None, "what came later doesn't matter"
    last_two = numbers(store)[-2:]
    tamper(store, f"delete from audit where id in ({last_two[0]}, {last_two[1]})")
    found = walk(store, noted)
    assert (found.broken, found.noted_at) == (None, None)


def test_two_processes_that_write_at_once_leave_one_chain(store, store_address):
    fill(store, 1)
    ends = run_together(write_imports, *((store_address, name, 12) for name in "abc"))
    assert ends == [0, 0, 0]
    found = walk(store)
    assert (found.entries, found.broken) == (37, None)


def test_a_fork_is_refused_by_the_database(store):
    fill(store, 2)
    fork = (
        "insert into audit (id, at, who, action, subject, detail, prev_hash, hash)"
        " select id + 100, at, who, action, subject, detail, prev_hash, 'other' from audit"
    )
    with pytest.raises(Exception, match="refused a row"), store.transaction() as session:
        session.execute(text(fork))


def test_entries_of_before_the_chain_are_chained_by_the_upgrade(store):
    fill(store)
    with store.transaction() as session:
        command.downgrade(migration_config(session.connection()), "r0006")
        command.upgrade(migration_config(session.connection()), "head")
    found = walk(store)
    assert (found.entries, found.broken) == (6, None)
    with pytest.raises(Exception, match="never changed"), store.transaction() as session:
        session.execute(text("delete from audit"))


def test_a_read_is_in_the_chain_and_is_no_change(store):
    fill(store, 2)
    with store.reading() as session:
        before = last_change(session)
    with store.transaction() as session:
        append_read(session, at=NOON, who=WHO, subject="queue", detail={"cases": 3})
    with store.reading() as session:
        assert last_change(session) == before > 0
        said = session.execute(text("select action from audit order by id desc")).scalar()
    assert said == READ
    assert (walk(store).entries, walk(store).broken) == (3, None)
