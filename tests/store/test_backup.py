"""A backup is the whole database of one moment; a restore brings it back or changes nothing."""

from __future__ import annotations

import json
import stat
import zipfile
from collections import Counter

import pytest
from sqlalchemy import text

from tests.soak.states import assert_nothing_is_half, counts, opened
from tests.store import samples
from tests.store.samples import NOON, WHO, add_units, bring, hour
from zoning.errors import OutputError, StoreError
from zoning.store.audit import read_entries
from zoning.store.backup import back_up
from zoning.store.backup_file import MANIFEST, read_manifest
from zoning.store.boundaries import unit_at
from zoning.store.cases import insert_cases
from zoning.store.engine import open_store, upgrade
from zoning.store.facilities import insert_facilities
from zoning.store.history import newest_revision
from zoning.store.imports import ImportKind
from zoning.store.restore import RestoreOrder, restore


@pytest.fixture
def store_address(empty_address):
    """Set up a database of the test's own: a restore leaves the one before in it."""
    store = open_store(empty_address, is_new=True)
    upgrade(store)
    store.close()
    return empty_address


@pytest.fixture
def other_address(request, store_address, tmp_path):
    """Return the address of a second database of the same kind, without tables."""
    if "sqlite" in store_address:
        yield f"sqlite:///{tmp_path}/other/seemana.db"
        return
    server = request.getfixturevalue("postgis_server")
    server.run("create database other")
    yield server.address("other")
    server.run("drop database other with (force)")


@pytest.fixture
def filled(store):
    """Fill a database with places, cases and facilities."""
    with store.transaction() as session:
        add_units(session)
        bring(session, ImportKind.CASES, "c1", insert_cases, samples.cases())
        bring(session, ImportKind.FACILITIES, "f1", insert_facilities, samples.facilities())
    return store


@pytest.fixture
def backup(filled, store_address, tmp_path):
    file = tmp_path / "copies" / "seemana.backup"
    file.parent.mkdir()
    back_up(store_address, file, at=NOON, who=WHO)
    return file


def add_cases(address, name="later"):
    with opened(address) as store, store.transaction() as session:
        bring(session, ImportKind.CASES, name, insert_cases, samples.plain_cases(50))


def restored(address, file, *, is_replacing=True):
    return restore(address, file, RestoreOrder(hour(1), "keeper", is_replacing))


def all_rows(address):
    """Return every row of every table, but those of the audit that tell of restores."""
    with opened(address) as store, store.reading() as session:
        names = counts(store) - Counter()
        names.pop("undone", None)
        rows = {n: sorted(map(repr, session.execute(text(f"select * from {n}")))) for n in names}
    rows["audit"] = [row for row in rows["audit"] if "database.restore" not in row]
    return rows


def tampered(file, **changes):
    """Return a copy of a backup whose manifest tells something else."""
    other = file.with_name("tampered.backup")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == MANIFEST:
                content = json.dumps(json.loads(content) | changes).encode()
            target.writestr(name, content)
    return other


def test_a_backup_says_what_is_in_it_and_only_its_owner_reads_it(backup, filled):
    manifest = read_manifest(backup)
    assert (manifest.made_at, manifest.made_by, manifest.revision) == (NOON, WHO, newest_revision())
    told = Counter({n: rows for n, rows in manifest.rows.items() if n in counts(filled)})
    assert told - Counter() == counts(filled) - Counter()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_restore_brings_every_row_back_and_keeps_the_database_before(
    backup, store, store_address, tmp_path
):
    before = all_rows(store_address)
    add_cases(store_address)
    later = all_rows(store_address)
    assert later != before
    store.close()
    done = restored(store_address, backup)
    assert all_rows(store_address) == before
    assert "replaced_20200518t073000z" in done.kept_as
    with opened(store_address) as again:
        assert_nothing_is_half(again)
        if again.engine.dialect.name == "sqlite":
            assert all_rows(f"sqlite:///{done.kept_as}") == later
        with again.reading() as session:
            assert unit_at(session, 1, 88.305, 22.505) == "W0", "the spatial index works"
            newest = read_entries(session, 1)[0]
            assert (newest.action, newest.who) == ("database.restore", "keeper")
            if again.engine.dialect.name == "postgresql":
                kept = session.scalar(text(f"select count(*) from {done.kept_as}.cases"))
                assert kept == len(later["cases"])
    add_cases(store_address, "after the restore")


def test_an_order_restored_is_still_guarded_against_change(backup, store, store_address):
    store.close()
    restored(store_address, backup)
    with (
        opened(store_address) as again,
        pytest.raises(StoreError, match="never changed"),
        again.transaction() as session,
    ):
        session.execute(text("update audit set who = 'nobody'"))


def test_a_database_that_holds_data_is_not_replaced_unasked(backup, store, store_address):
    before = all_rows(store_address)
    store.close()
    with pytest.raises(StoreError, match="--replace"):
        restored(store_address, backup, is_replacing=False)
    assert all_rows(store_address) == before


def test_a_database_without_data_is_filled_without_asking(backup, store_address, other_address):
    done = restored(other_address, backup, is_replacing=False)
    assert done.kept_as == ""
    assert all_rows(other_address) == all_rows(store_address)
    with opened(other_address) as store, store.reading() as session:
        if store.engine.dialect.name == "postgresql":
            schemas = session.scalars(text("select nspname from pg_namespace")).all()
            assert not [name for name in schemas if name.startswith("replaced")]


def test_a_backup_goes_back_only_to_its_own_kind(backup, store_address):
    nowhere = "postgresql://me@127.0.0.1:1/x" if "sqlite" in store_address else "sqlite:///x.db"
    with pytest.raises(StoreError, match="ZONING_DATABASE_URL"):
        restored(nowhere, backup)


def test_a_damaged_backup_is_refused_before_anything_is_touched(backup, store, store_address):
    before = all_rows(store_address)
    store.close()
    whole = backup.read_bytes()
    for place in (0.1, 0.5, 0.9):
        at = int(len(whole) * place)
        flipped = bytes(byte ^ 0xFF for byte in whole[at : at + 8])
        backup.write_bytes(whole[:at] + flipped + whole[at + 8 :])
        with pytest.raises(StoreError, match="damaged"):
            restored(store_address, backup)
    assert all_rows(store_address) == before


def test_a_backup_cut_short_or_of_something_else_is_refused(backup, store_address, tmp_path):
    whole = backup.read_bytes()
    for content in (b"", whole[: len(whole) // 2], b"unit_id,name\n1,One\n"):
        backup.write_bytes(content)
        with pytest.raises(StoreError, match="is no backup of Seemana, or is damaged"):
            restored(store_address, backup)
    with pytest.raises(StoreError, match="There is no file"):
        restored(store_address, tmp_path / "nothing.backup")


def test_a_backup_that_can_not_be_right_changes_nothing(backup, store, store_address):
    before = all_rows(store_address)
    store.close()
    for changes, words in (
        ({"format": 2}, "newer version"),
        ({"revision": "from_the_future"}, "newer version"),
        ({"sha256": "0" * 64}, "damaged"),
        ({"rows": {"cases": 99}}, "other rows"),
        ({"kind": "oracle"}, "damaged"),
        ({"made_at": "yesterday"}, "damaged"),
    ):
        with pytest.raises(StoreError, match=words):
            restored(store_address, tampered(backup, **changes))
    assert all_rows(store_address) == before


def test_a_backup_never_takes_the_place_of_another_file(filled, store_address, tmp_path):
    other = tmp_path / "thesis.docx"
    other.write_bytes(b"years of work")
    with pytest.raises(OutputError, match="choose another name"):
        back_up(store_address, other, at=NOON, who=WHO)
    assert other.read_bytes() == b"years of work"


def test_a_newer_backup_takes_the_place_of_an_older_one(backup, store_address):
    add_cases(store_address)
    back_up(store_address, backup, at=hour(2), who=WHO)
    assert read_manifest(backup).made_at == hour(2)
    assert read_manifest(backup).rows["cases"] == 54


def test_a_backup_that_fails_leaves_the_older_one(backup, store_address, monkeypatch):
    before = backup.read_bytes()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zoning.store.backup_file.os.fsync", fail)
    with pytest.raises(OutputError, match="No space left"):
        back_up(store_address, backup, at=hour(2), who=WHO)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_backup_of_older_tables_is_brought_up_to_date(store, store_address, tmp_path):
    from alembic import command

    from zoning.store.history import migration_config

    with store.transaction() as session:
        command.downgrade(migration_config(session.connection()), "r0003")
    file = tmp_path / "old.backup"
    assert back_up(store_address, file, at=NOON, who=WHO).revision == "r0003"
    store.close()
    restored(store_address, file)
    open_store(store_address).close()
    add_cases(store_address)


def test_a_database_that_somebody_reads_is_not_replaced(backup, store, store_address, monkeypatch):
    monkeypatch.setattr("zoning.store.backup_sqlite.ALONE_WAIT_S", 0.1)
    monkeypatch.setattr("zoning.store.backup_postgres._LOCK_WAIT_S", 1)
    before = all_rows(store_address)
    with store.reading() as reader:
        reader.scalar(text("select count(*) from cases"))
        with pytest.raises(StoreError, match="stop the server"):
            restored(store_address, backup)
    assert all_rows(store_address) == before
