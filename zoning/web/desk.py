"""What pages and routes of one process share: the desks behind the addresses."""

from __future__ import annotations

import gc
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from starlette.routing import BaseRoute, Route

from layers.payload import live_payload
from layers.view import MapView
from zoning import clock
from zoning.settings import Settings
from zoning.web import vendored
from zoning.web.geometry import GeometryDesk
from zoning.web.live import LiveDesk
from zoning.web.tokens import TokenSigner


@dataclass(frozen=True)
class MapAddress:
    """Where the browser finds a view."""

    geometry_url: str
    live_url: str
    version: str


@dataclass(frozen=True)
class Desk:
    """The routes of the map and the way to put a view behind them."""

    geometry: GeometryDesk
    live: LiveDesk

    def publish(self, view: MapView) -> MapAddress:
        """Put a view where the browser can fetch it.

        Raises
        ------
        SeemanaError
            If its boundaries can't be prepared.
        """
        self.geometry.prepare(view.edition_key, view.units)
        payload = live_payload(view)
        return MapAddress(
            geometry_url=f"/geometry/{view.edition_key}.json",
            live_url=f"/live/{self.live.offer(payload)}",
            version=payload.version,
        )

    def routes(self) -> list[BaseRoute]:
        """Return the routes for `st.App`."""
        return [
            Route("/geometry/{edition_key}.json", self.geometry.respond),
            Route("/live/{token}", self.live.respond),
            Route("/vendor/{version}/{name:path}", vendored.respond),
        ]


@cache
def desk(settings: Settings) -> Desk:
    """Return the desk of this process; its secret lives as long as the process."""
    signer = TokenSigner(secrets.token_bytes(32))
    return Desk(GeometryDesk(settings), LiveDesk(signer, clock.now))


def frozen_heap(*modules: str) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any]]]:
    """Return a lifespan that imports modules and keeps them from the garbage collector.

    Streamlit collects after every run; over the modules of geopandas and folium
    that doubles the cost of a rerun. Pages can't be among the modules: Streamlit
    serves only components that a page run has imported.
    """

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
        for module in modules:
            import_module(module)
        gc.collect()
        gc.freeze()
        yield {}

    return lifespan
