"""Pages run in this process; what they leave behind must not reach other tests."""

import sys

import pytest


@pytest.fixture(autouse=True)
def own_main_module():
    """Put `__main__` back: a page run replaces it, and new processes start from it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
