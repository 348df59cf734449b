"""What comes out at the edge is ours: no library speaks to the user."""

import warnings

import pytest

from tests.running import zoning
from zoning.measures import memo


# Where it would reach somebody, it is an error here.
@pytest.mark.filterwarnings("error")
def test_a_warning_of_a_library_is_no_sentence_for_the_user(monkeypatch):
    told = memo.load_memo

    def load_grumbling(order):
        warnings.warn("Cell A1 is marked as a date", stacklevel=1)
        return told(order)

    monkeypatch.setattr(memo, "load_memo", load_grumbling)
    monkeypatch.setattr("sys.warnoptions", [])
    outcome = zoning("measures", "--list")
    assert outcome.status == 0
    assert outcome.err == ""
