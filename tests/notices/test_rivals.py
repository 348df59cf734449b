"""A tick that is killed loses nothing; ticks that run at once never send the same."""

from datetime import timedelta

import pytest

from tests.notices.desks import proposed, publish, receiver, tick, waiting
from tests.notices.receivers import webhook
from tests.notices.rivals import POINTS, tick_once, ticking
from tests.store.processes import run_together
from tests.store.samples import NOON
from zoning.notices.patience import patience

LEASE_ENDED = NOON + timedelta(seconds=patience().lease_s)


@pytest.mark.parametrize("point", POINTS)
def test_a_tick_killed_at_any_point_loses_nothing_and_repeats_only_under_the_same_key(
    store, store_address, point
):
    run_id = proposed(store)
    with webhook() as there:
        receiver(store, "webhook", there.address)
        publish(store, run_id)
        with ticking(store_address, point):
            pass
        assert tick(store, NOON).sent == 0, "it still belongs to the one that was killed"
        assert tick(store, LEASE_ENDED).sent == 1
        assert tick(store, LEASE_ENDED + timedelta(days=1)).sent == 0
        assert len(there.keys()) == 1
        assert sum(there.keys().values()) == (1 if point == "before the sending" else 2)
    assert waiting(store) == 0


def test_ticks_that_run_at_once_send_everything_once(store, store_address):
    run_id = proposed(store)
    with webhook() as there:
        for n in range(4):
            receiver(store, "webhook", f"{there.address}/{n}")
        for n in range(8):
            publish(store, run_id, f"KMC/{n}")
        assert run_together(tick_once, *((store_address,) for _ in range(3))) == [0, 0, 0]
        while tick(store, NOON).sent:
            pass
        assert len(there.keys()) == 32
        assert set(there.keys().values()) == {1}
    assert waiting(store) == 0
