"""Ground of booths for the browser: `/ground/{key}/{chunk}.json`, kept for ever.

Like boundaries it is public, and a key is a content hash, so its answer never changes.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response

from layers.booth_ground import booth_ground, chunk
from layers.booth_view import BoothView
from zoning.cache.files import ContentCache
from zoning.i18n.catalogue import tr
from zoning.settings import Settings
from zoning.web.responses import compress, compressed_response, refusal

KEPT_GROUNDS = 2
INDEX = "index"


class GroundDesk:
    """Packs a chunk when it is first asked for, keeps it on disk, serves it."""

    def __init__(self, settings: Settings) -> None:
        self._cache = ContentCache(settings.var_dir / "cache" / "ground", ".json.gz")
        self._views: OrderedDict[str, BoothView] = OrderedDict()
        self._lock = Lock()
        self._building = Lock()

    def prepare(self, view: BoothView) -> str:
        """Make sure that the ground of a view can be served; return its address."""
        key = booth_ground(view).key
        with self._lock:
            # The newest object: an older one would keep its categories in memory.
            self._views[key] = view
            self._views.move_to_end(key)
            while len(self._views) > KEPT_GROUNDS:
                self._views.popitem(last=False)
        return f"/ground/{key}"

    def pack(self) -> None:
        """Pack every chunk that isn't yet, so that nobody waits for one.

        Raises
        ------
        SeemanaError
            If a chunk can't be drawn, or the cache folder can't be written.
        """
        with self._lock:
            views = list(self._views.items())
        for key, view in views:
            for name in (INDEX, *map(str, range(booth_ground(view).n_chunks))):
                self._packed(key, name, view)

    def _packed(self, key: str, name: str, view: BoothView) -> bytes:
        ground = booth_ground(view)
        # Two browsers that ask at once must not both spend the time.
        with self._building:
            return self._cache.get_or_make(
                _filed(key, name),
                lambda: compress(
                    ground.index() if name == INDEX else chunk(view, ground, int(name))
                ),
            )

    def respond(self, request: Request) -> Response:
        """Answer `/ground/{key}/{name}.json`, where the name is `index` or a number.

        Raises
        ------
        SeemanaError
            If a chunk can't be drawn, or the cache folder can't be written.
        """
        key, name = request.path_params["key"], request.path_params["name"]
        if not (name == INDEX or (name.isascii() and name.isdecimal() and len(name) < 6)):
            return _unknown()
        packed = self._cache.get(_filed(key, name))
        if packed is None:
            with self._lock:
                view = self._views.get(key)
            if view is None or (name != INDEX and int(name) >= booth_ground(view).n_chunks):
                return _unknown()
            packed = self._packed(key, name, view)
        return compressed_response(
            request, packed, media_type="application/json", etag=_filed(key, name)
        )


def _filed(key: str, name: str) -> str:
    return hashlib.sha256(f"{key}/{name}".encode()).hexdigest()[:32]


def _unknown() -> Response:
    return refusal(404, tr("There is no ground of booths with this key; reload the page."))
