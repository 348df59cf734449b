"""Boundaries for the browser: `/geometry/{edition_key}.json`, kept for ever.

Boundaries are public. A key is a content hash, so its answer never changes.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response

from zoning.cache.files import ContentCache
from zoning.i18n.catalogue import tr
from zoning.model import Units
from zoning.places.topology import build_topology, encode_topology
from zoning.settings import Settings
from zoning.web.responses import compress, compressed_response, refusal

KEPT_EDITIONS = 4


class GeometryDesk:
    """Builds the topology of an edition once, keeps it on disk, serves it."""

    def __init__(self, settings: Settings) -> None:
        self._cache = ContentCache(settings.cache_dir / "geometry", ".json.gz")
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()
        self._building = Lock()

    def prepare(self, edition_key: str, units: Units) -> None:
        """Make sure that an edition can be served.

        Raises
        ------
        SeemanaError
            If the units have no geometry, or the cache folder can't be written.
        """
        with self._lock:
            if edition_key in self._kept:
                return
        # Two sessions that open at once must not both spend the seconds.
        with self._building:
            packed = self._cache.get_or_make(
                edition_key, lambda: compress(encode_topology(build_topology(units)), 9)
            )
        self._keep(edition_key, packed)

    def _keep(self, edition_key: str, packed: bytes) -> None:
        with self._lock:
            self._kept[edition_key] = packed
            while len(self._kept) > KEPT_EDITIONS:
                self._kept.popitem(last=False)

    def respond(self, request: Request) -> Response:
        """Answer `/geometry/{edition_key}.json`."""
        key = request.path_params["edition_key"]
        with self._lock:
            packed = self._kept.get(key)
        if packed is None:
            packed = self._cache.get(key)
            if packed is None:
                return refusal(404, tr("There is no boundary edition with this key."))
            self._keep(key, packed)
        return compressed_response(request, packed, media_type="application/json", etag=key)
