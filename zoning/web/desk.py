"""What pages and routes of one process share: the desks behind the addresses."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from starlette.routing import BaseRoute, Route

from layers.booth_payload import BoothAddress, BoothPayload, booth_payload
from layers.payload import LivePayload, live_payload
from layers.view import MapView
from zoning import clock
from zoning.assets.shelf import FIRST_PAGE, asset_url
from zoning.settings import Settings
from zoning.web import vendored
from zoning.web.geometry import GeometryDesk
from zoning.web.ground import GroundDesk
from zoning.web.live import LiveDesk
from zoning.web.tokens import TokenSigner

# Each holds the outlines of a state's zones, up to a megabyte.
KEPT_BOOTH_VERSIONS = 12


@dataclass(frozen=True)
class MapAddress:
    """Where the browser finds a view."""

    geometry_url: str
    live_url: str
    version: str
    booths: BoothAddress | None = None


@dataclass
class Desk:
    """The routes of the map and the way to put a view behind them."""

    geometry: GeometryDesk
    live: LiveDesk[LivePayload]
    ground: GroundDesk
    booths: LiveDesk[BoothPayload]
    _newest: tuple[datetime, str] = (datetime.min.replace(tzinfo=UTC), "")

    def publish(self, view: MapView) -> MapAddress:
        """Put a view where the browser can fetch it.

        Raises
        ------
        SeemanaError
            If its boundaries can't be prepared.
        """
        self.geometry.prepare(view.edition_key, view.units)
        payload = live_payload(view)
        geometry_url = f"/geometry/{view.edition_key}.json"
        # A look at the past may show an older edition than a newcomer will need.
        if view.as_of >= self._newest[0]:
            self._newest = (view.as_of, geometry_url)
        return MapAddress(
            geometry_url=geometry_url,
            live_url=f"/live/{self.live.offer(payload)}",
            version=payload.version,
            booths=self._publish_booths(view),
        )

    def _publish_booths(self, view: MapView) -> BoothAddress | None:
        payload = booth_payload(view)
        if payload is None or view.booths is None:
            return None
        return BoothAddress(
            ground_url=self.ground.prepare(view.booths),
            live_url=f"/booths/{self.booths.offer(payload)}",
            version=payload.version,
        )

    def early(self) -> tuple[str, ...]:
        """Return what the map of a newcomer will fetch, before a view has said so.

        Its scripts and styles, and the boundaries now in force: nothing that isn't public.
        """
        files = [asset_url(name) for name in FIRST_PAGE]
        return tuple(filter(None, (*files, self._newest[1])))

    def routes(self) -> list[BaseRoute]:
        """Return the routes for `st.App`."""
        return [
            Route("/geometry/{edition_key}.json", self.geometry.respond),
            Route("/live/{token}", self.live.respond),
            Route("/ground/{key}/{name}.json", self.ground.respond),
            Route("/booths/{token}", self.booths.respond),
            Route("/vendor/{version}/{name:path}", vendored.respond),
        ]


def open_desk(settings: Settings, signer: TokenSigner, tell_time: clock.Clock) -> Desk:
    """Return a desk with nothing on it yet."""
    return Desk(
        GeometryDesk(settings),
        LiveDesk(signer, tell_time),
        GroundDesk(settings),
        LiveDesk(signer, tell_time, KEPT_BOOTH_VERSIONS),
    )


@cache
def desk(settings: Settings) -> Desk:
    """Return the desk of this process; its secret lives as long as the process."""
    return open_desk(settings, TokenSigner(secrets.token_bytes(32)), clock.now)
