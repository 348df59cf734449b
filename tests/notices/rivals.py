"""What other processes do in the tests about kills and rival ticks."""

from __future__ import annotations

import time
from contextlib import contextmanager

from tests.notices import desks
from tests.store.processes import WAIT_S, _context
from tests.store.samples import NOON
from zoning.model.notices import NoticeKind
from zoning.store import outbox
from zoning.store.engine import open_store

POINTS = ("before the sending", "after the sending", "before the commit")


def tick_once(address):
    """Run one tick at noon; for `run_together`."""
    store = open_store(address)
    desks.tick(store, NOON)
    store.close()


@contextmanager
def ticking(address, point):
    """Run a tick in another process until it comes to a point; kill it there."""
    reached = _context.Event()
    process = _context.Process(target=_tick, args=(address, point, reached), daemon=True)
    process.start()
    try:
        assert reached.wait(WAIT_S), f"the tick never came to the point {point!r}"
        yield
    finally:
        process.kill()
        process.join()


def _tick(address, point, reached):
    def reach(here):
        if here == point:
            reached.set()
            time.sleep(WAIT_S)

    inner = desks.senders()[NoticeKind.WEBHOOK]

    class Stopping:
        def send(self, to, notice):
            reach("before the sending")
            inner.send(to, notice)
            reach("after the sending")

    mark_sent = outbox.mark_sent

    def mark_and_stop(*arguments):
        mark_sent(*arguments)
        reach("before the commit")

    outbox.mark_sent = mark_and_stop
    desks.tick(open_store(address), NOON, {NoticeKind.WEBHOOK: Stopping()})
