"""Fixtures of the whole suite; those of one subject live beside its tests."""

# Before a command run in this process hides it from pyogrio (see zoning/lean.py).
import geopandas  # noqa: F401
from hypothesis import settings

pytest_plugins = [
    "tests.main_module",
    "tests.store.postgis",
    "tests.store.stores",
    "tests.soak.campaign",
    "tests.soak.grounds",
]

# A slow machine isn't a counterexample; the same examples on every run keep the suite steady.
settings.register_profile("suite", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("suite")
