"""Killed in the middle of a fetch, nothing half is there, and the next one goes on."""

from __future__ import annotations

import multiprocessing
import time

import pytest

from tests.fetch.conftest import AT, LIMITS, source_at
from tests.fetch.server import ranged
from zoning.fetch.download import download

BODY = b"".join(n.to_bytes(4, "big") for n in range(50_000))
WAIT_S = 60

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])


def fetch_until(address, folder, n_bytes, reached):
    """Fetch, and stop still once so many bytes have come."""

    def told(n_here, total_bytes):
        if n_here >= n_bytes:
            reached.set()
            time.sleep(WAIT_S)

    download(source_at(address), folder, AT, told=told, limits=LIMITS)


@pytest.mark.parametrize("n_bytes", [0, 1, len(BODY) // 2, len(BODY)])
def test_killed_in_the_middle_the_next_fetch_brings_the_same_bytes(fetch, n_bytes):
    fetch.server.answers = [ranged(BODY)]
    reached = _context.Event()
    address = f"{fetch.server.address}/data/Wards.GeoJSON"
    process = _context.Process(
        target=fetch_until, args=(address, fetch.folder, n_bytes, reached), daemon=True
    )
    process.start()
    try:
        assert reached.wait(WAIT_S)
    finally:
        process.kill()
        process.join()
    assert not fetch.file.exists(), "never half a file"
    n_kept = fetch.folder.joinpath("nadipur-wards.geojson.part").stat().st_size
    fetch()
    assert fetch.file.read_bytes() == BODY
    assert fetch.names() == {"nadipur-wards.geojson", "nadipur-wards.geojson.fetched.json"}
    if n_kept:
        start = min(n_kept, len(BODY) - 1)
        assert fetch.asked[1]["Range"] == f"bytes={start}-"
