"""One history of the tables, the same on both databases."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from zoning.errors import StoreError
from zoning.store.engine import open_store, upgrade
from zoning.store.history import migration_config, migration_options
from zoning.store.tables import Base


def test_the_models_equal_what_the_migrations_build(store):
    with store.transaction() as session:
        context = MigrationContext.configure(session.connection(), opts=migration_options())
        assert compare_metadata(context, Base.metadata) == []


def test_setting_up_twice_changes_nothing(empty_address):
    store = open_store(empty_address, is_new=True)
    upgrade(store)
    upgrade(store)
    with store.reading() as session:
        assert session.execute(text("select count(*) from cases")).scalar() == 0
    store.close()


def test_every_migration_goes_back(store):
    with store.transaction() as session:
        command.downgrade(migration_config(session.connection()), "base")
        command.upgrade(migration_config(session.connection()), "head")


def test_the_history_has_one_head():
    assert len(ScriptDirectory.from_config(migration_config()).get_heads()) == 1


def test_a_database_without_tables_asks_for_setup(empty_address):
    with pytest.raises(StoreError, match="zoning setup"):
        open_store(empty_address)


@pytest.mark.parametrize(
    ("revision", "way_out"), [("from_the_future", "update the program"), ("r0001", "zoning setup")]
)
def test_a_database_of_another_version_names_the_way_out(store, store_address, revision, way_out):
    with store.transaction() as session:
        session.execute(text("update alembic_version set version_num = :r"), {"r": revision})
    with pytest.raises(StoreError, match=way_out):
        open_store(store_address)
