"""`zoning check` on both databases: each fault is found in its own part, and told in a sentence."""

import json
import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import text

from tests.notices.desks import proposed, publish, receiver
from tests.running import zoning
from tests.store import samples
from tests.store.samples import NOON, WHO, hour, words
from zoning import clock
from zoning.settings import Settings
from zoning.store.audit import AuditEntry, append
from zoning.store.boundaries import insert_edition
from zoning.store.history import migration_config
from zoning.store.imports import ImportKind, begin, finish, undo
from zoning.store.integrity import guards_of
from zoning.workflow.checking import State, check, worst


@pytest.fixture
def settings(store_address, tmp_path):
    return Settings(var_dir=tmp_path / "var", database_url=store_address)


@pytest.fixture
def settled(store):
    """A store with shapes, cases and an order in force, in which nothing is doubtful."""
    run_id = proposed(store)
    publish(store, run_id, at=hour(1))
    return store


def parts(settings, at=None, noted=""):
    found = check(settings, at or hour(2), noted)
    return {c.name: c for c in found}


def states(settings, at=None, noted=""):
    return {name: c.state for name, c in parts(settings, at, noted).items()}


def run(store, *statements):
    with store.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def unguarded(store, change, table="audit"):
    """Change a table without its guards and put the guards back, as a careful hand would."""
    if store.engine.dialect.name == "postgresql":
        run(store, "set local session_replication_role = replica", change)
        return
    with store.transaction() as session:
        kept = session.execute(
            text("select name, sql from sqlite_master where type = 'trigger' and tbl_name = :t"),
            {"t": table},
        ).all()
        for name, _ in kept:
            session.execute(text(f"drop trigger {name}"))
        session.execute(text(change))
        for _, sql in kept:
            session.connection().exec_driver_sql(sql)


def test_what_is_well_is_ok_in_every_part(settled, settings):
    found = states(settings)
    assert set(found.values()) == {State.OK}, parts(settings)
    assert list(found) == [
        *("schema", "database", "guards", "audit", "clock", "editions", "orders", "notices"),
        *("cache", "time_zone"),
    ]


def test_the_guards_that_are_asked_for_are_those_that_there_are(store):
    if store.engine.dialect.name == "postgresql":
        query = "select tgname from pg_trigger where not tgisinternal and tgname like '%\\_no\\_%'"
    else:
        query = "select name from sqlite_master where type = 'trigger' and name like '%\\_no\\_%'"
        query += " escape '\\'"
    with store.reading() as session:
        assert set(session.scalars(text(query))) == guards_of(store.engine.dialect.name)


def test_a_changed_entry_is_told_by_its_number(settled, settings):
    unguarded(settled, "update audit set who = 'nobody' where id = (select min(id) + 1 from audit)")
    found = parts(settings)
    assert found["audit"].state is State.BROKEN
    assert f"Entry {found['audit'].figures['broken_at']} isn't what" in found["audit"].sentence
    assert {name for name, c in found.items() if c.state is not State.OK} == {"audit"}


def test_a_removed_entry_is_told_by_the_two_beside_it(settled, settings):
    unguarded(settled, "delete from audit where id = (select min(id) + 1 from audit)")
    sentence = parts(settings)["audit"].sentence
    assert "doesn't follow entry" in sentence


def test_an_entry_that_is_no_json_any_more_is_told_and_is_no_crash(settled, settings):
    newest = "(select max(id) from audit)"
    unguarded(settled, f"update audit set detail = '[1]' where id = {newest}")
    found = parts(settings)
    assert (found["audit"].state, found["clock"].state) == (State.BROKEN, State.OK)
    assert "can't be read" in found["audit"].sentence


def test_a_removed_end_shows_only_to_whoever_noted_the_head(settled, settings):
    noted = parts(settings)["audit"].figures["head"]
    assert "nothing was changed" in parts(settings, noted=noted)["audit"].sentence
    with settled.transaction() as session:
        append(session, AuditEntry(hour(2), WHO, "x", "y", {}))
    assert states(settings, noted=noted)["audit"] is State.OK
    unguarded(settled, "delete from audit where id >= (select max(id) - 1 from audit)")
    assert states(settings)["audit"] is State.OK, "this is what a chain can't tell by itself"
    assert states(settings, noted=noted)["audit"] is State.BROKEN


def test_a_guard_that_is_missing_or_switched_off_is_named(settled, settings):
    is_postgres = settled.engine.dialect.name == "postgresql"
    run(
        settled,
        "alter table orders disable trigger orders_no_delete"
        if is_postgres
        else "drop trigger orders_no_delete",
    )
    found = parts(settings)["guards"]
    if is_postgres:
        # The tests share this database.
        run(settled, "alter table orders enable trigger orders_no_delete")
    assert (found.state, found.figures) == (State.BROKEN, {"missing": ["orders_no_delete"]})


def test_a_row_that_hangs_in_the_air_is_damage(sqlite_template, tmp_path):
    file = tmp_path / "seemana.db"
    shutil.copy(sqlite_template, file)
    with sqlite3.connect(file) as connection:
        connection.execute("insert into order_units values (99, 'W1', 'red')")
    found = parts(Settings(var_dir=tmp_path))
    assert found["database"].state is State.BROKEN
    assert "order_units" in found["database"].sentence


def test_a_damaged_file_is_told_and_the_rest_is_looked_at(sqlite_template, tmp_path):
    file = tmp_path / "seemana.db"
    whole = sqlite_template.read_bytes()
    file.write_bytes(whole[: 4096 * 2] + b"\xff" * (len(whole) - 4096 * 2))
    found = parts(Settings(var_dir=tmp_path))
    assert worst(tuple(found.values())) is State.BROKEN
    assert {"schema", "cache", "time_zone"} <= set(found)


def test_a_database_that_is_not_there_is_not_made_by_looking(tmp_path):
    found = parts(Settings(var_dir=tmp_path))
    assert "isn't set up" in found["schema"].sentence
    assert list(tmp_path.iterdir()) == []


def test_older_tables_are_told_with_the_way_out(store, settings):
    with store.transaction() as session:
        command.downgrade(migration_config(session.connection()), "r0006")
    try:
        found = parts(settings)
        assert found["schema"].state is State.BROKEN
        assert "zoning setup" in found["schema"].sentence
    finally:
        with store.transaction() as session:
            command.upgrade(migration_config(session.connection()), "head")


def test_a_clock_behind_the_audit_is_doubtful(settled, settings):
    assert states(settings, hour(1) - timedelta(seconds=119))["clock"] is State.OK
    assert states(settings, hour(1) - timedelta(seconds=121))["clock"] is State.DOUBTFUL


def test_units_without_a_shape_are_counted(store, settings):
    units = samples.units()
    units.geometry[:4] = None
    with store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.BOUNDARIES, "u", NOON))
        insert_edition(session, import_id, replace(units, name=words(*"abcdefghi")), NOON)
        finish(session, import_id, samples.account(9))
    found = parts(settings)["editions"]
    assert found.state is State.DOUBTFUL
    assert "4 units without a shape" in found.sentence


def test_an_empty_database_lacks_boundaries(store, settings):
    found = parts(settings)["editions"]
    assert (found.state, "import boundaries" in found.sentence) == (State.DOUBTFUL, True)


def test_an_order_that_rests_on_what_was_taken_back_is_doubtful(store, settings):
    with store.transaction() as session:
        import_id = begin(session, samples.new_import(ImportKind.CASES, "c", NOON))
        finish(session, import_id, samples.account(1))
    publish(store, proposed(store), at=hour(1))
    assert states(settings)["orders"] is State.OK
    with store.transaction() as session:
        undo(session, import_id, at=hour(2), who=WHO)
    found = parts(settings, hour(3))["orders"]
    assert found.state is State.DOUBTFUL
    assert f"Order KMC/1 rests on import {import_id}" in found.sentence


def test_e_mails_without_a_mail_server_are_told(settled, settings):
    receiver(settled, "email", "control@example.org")
    with settled.reading() as session:
        run_id = session.scalar(text("select min(id) from rule_runs"))
    publish(settled, run_id, "KMC/2", hour(2))
    found = parts(settings)["notices"]
    assert (found.state, "1 e-mails wait" in found.sentence) == (State.DOUBTFUL, True)
    served = Settings(
        database_url=settings.database_url, smtp_host="mail.invalid", smtp_from="a@example.org"
    )
    assert states(served)["notices"] is State.OK, "it is due, and not yet late"
    assert states(served, hour(4))["notices"] is State.DOUBTFUL, "nobody ticks"
    wrong = Settings(database_url=settings.database_url, smtp_host="mail.invalid")
    assert states(wrong)["notices"] is State.BROKEN, "e-mails come from no address"


def test_a_cache_that_can_not_be_written_is_doubtful(settled, settings):
    settings.var_dir.mkdir()
    settings.cache_dir.write_text("a file where a folder should be")
    assert states(settings)["cache"] is State.DOUBTFUL


def test_the_command_says_all_and_its_status_says_the_worst(settled, settings, monkeypatch):
    monkeypatch.setenv("ZONING_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ZONING_VAR_DIR", str(settings.var_dir))
    monkeypatch.setattr(clock, "now", lambda: hour(2))
    fine = zoning("check")
    assert (fine.status, len(fine.out.splitlines())) == (0, 10)
    assert all(line.startswith("ok  ") for line in fine.out.splitlines())
    head = zoning("check", "--json").json()["checks"][3]["head"]
    assert zoning("check", "--noted", head.upper()).status == 0
    unguarded(settled, "delete from audit where id = (select max(id) from audit)")
    late = zoning("check", "--noted", head, "--json")
    assert (late.status, json.loads(late.out)["state"]) == (2, "broken")
