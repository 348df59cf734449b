"""What the other process does in the tests about kills and rival writers.

The processes come from a server that has imported everything once: starting
each from nothing would take two seconds.
"""

from __future__ import annotations

import multiprocessing
import time
from contextlib import contextmanager

from sqlalchemy import text

from tests.store import samples
from zoning.store import columns
from zoning.store.cases import insert_cases
from zoning.store.engine import open_store
from zoning.store.imports import ImportKind, begin, finish

KILLED_ROWS = 3000
POINTS = (
    "after the head",
    "in the middle of the rows",
    "after the rows",
    "before the commit",
    "after the commit",
)
WAIT_S = 60

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])


@contextmanager
def importing(address, point):
    """Run an import in another process until it waits at a point; kill it there."""
    reached = _context.Event()
    process = _context.Process(target=_import, args=(address, point, reached), daemon=True)
    process.start()
    try:
        assert reached.wait(WAIT_S), f"the import never came to the point {point!r}"
        yield
    finally:
        process.kill()
        process.join()


def run_together(target, *arguments):
    """Run one process for each tuple of arguments, all at once, and return their exit codes."""
    rivals = [_context.Process(target=target, args=one, daemon=True) for one in arguments]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join(WAIT_S)
    return [rival.exitcode for rival in rivals]


def write_imports(address, name, n):
    """Take in `n` small files, one transaction each."""
    store = open_store(address)
    for i in range(n):
        with store.transaction() as session:
            cases = samples.plain_cases(20)
            samples.bring(session, ImportKind.CASES, f"{name}{i}", insert_cases, cases)
    store.close()


def add_one(address, n):
    """Add one to a number that was read in the same transaction, `n` times."""
    store = open_store(address)
    lock = " for update" if store.engine.dialect.name == "postgresql" else ""
    for _ in range(n):
        with store.transaction() as session:
            value = session.execute(text("select rows_read from imports" + lock)).scalar()
            session.execute(text("update imports set rows_read = :n"), {"n": value + 1})
    store.close()


def _import(address, point, reached):
    def reach(here):
        if here == point:
            reached.set()
            time.sleep(WAIT_S)

    cut = columns._cut

    def cut_and_stop(values, rows):
        if rows.start == KILLED_ROWS // 2:
            reach("in the middle of the rows")
        return cut(values, rows)

    columns.CHUNK_ROWS = KILLED_ROWS // 6
    columns._cut = cut_and_stop
    with open_store(address).transaction() as session:
        import_id = begin(session, samples.new_import(content_hash="killed"))
        reach("after the head")
        insert_cases(session, import_id, samples.plain_cases(KILLED_ROWS))
        reach("after the rows")
        finish(session, import_id, samples.account(KILLED_ROWS))
        reach("before the commit")
    reach("after the commit")
