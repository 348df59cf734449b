"""Whoever changes what is in force takes turns: orders with and without a draft, and releases."""

from __future__ import annotations

import pytest

from tests.institution import SHELF, moment, proposed
from zoning.workflow import decisions, releasing


class StopError(Exception):
    """Ends a transaction in its first step."""


def stop(session):
    raise StopError


@pytest.mark.parametrize(
    ("module", "act"),
    [
        (decisions, lambda store: decisions.publish(store, moment(3), "tester")),
        (releasing, lambda store: releasing.release(store, SHELF, ["W3-d"], moment(3), "tester")),
    ],
    ids=["publish", "release"],
)
def test_what_is_in_force_is_read_only_after_the_turn_is_taken(
    store, tmp_path, monkeypatch, module, act
):
    proposed(store, tmp_path)
    monkeypatch.setattr(module, "take_turns", stop)
    with pytest.raises(StopError):
        act(store)
