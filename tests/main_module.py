"""The module that a process was started from, kept through the pages that tests run."""

import sys

import pytest


@pytest.fixture(autouse=True)
def own_main_module():
    """Put `__main__` back: a page run replaces it, and new processes start from it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
