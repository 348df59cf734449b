"""Alembic's entry: runs the steps on the connection that `history` hands over."""

from alembic import context

from zoning.store.history import migration_options

context.configure(connection=context.config.attributes["connection"], **migration_options())
with context.begin_transaction():
    context.run_migrations()
