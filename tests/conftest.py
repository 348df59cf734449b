"""Fixtures of the whole suite; those of one subject live beside its tests."""

pytest_plugins = ["tests.store.postgis", "tests.store.stores"]
