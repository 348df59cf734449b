"""The store: one set of tables on SQLite and PostGIS, queries by subject."""
