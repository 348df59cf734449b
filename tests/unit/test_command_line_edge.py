"""What comes out at the edge is ours: no library speaks to the user."""

import warnings

import pytest

from tests.running import zoning
from zoning.measures import memo
from zoning.workflow import measures_desk


# Where it would reach somebody, it is an error here.
@pytest.mark.filterwarnings("error")
def test_a_warning_of_a_library_is_no_sentence_for_the_user(monkeypatch):
    told = memo.known_memos

    def load_grumbling(folder):
        warnings.warn("Cell A1 is marked as a date", stacklevel=1)
        return told(folder)

    monkeypatch.setattr(measures_desk, "known_memos", load_grumbling)
    monkeypatch.setattr("sys.warnoptions", [])
    outcome = zoning("measures", "--list")
    assert outcome.status == 0
    assert outcome.err == ""
