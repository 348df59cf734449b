"""Without sign-in the service answers this machine alone, however it was started."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from zoning.i18n.catalogue import tr
from zoning.web.responses import refusal
from zoning.workflow.service import is_loopback

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


class LoopbackOnly:
    """Middleware that refuses whatever doesn't come from this machine, and goes to it by name.

    The address that the server was told to listen on is looked at when it starts;
    another server than Streamlit's may listen elsewhere all the same, a proxy may
    forward, and a page on the net may send a browser here under a name of its own.

    Parameters
    ----------
    app : ASGIApp
        The service.
    is_active : bool
        Whether nobody signs in.
    """

    def __init__(self, app: ASGIApp, is_active: bool) -> None:
        self._app = app
        self._is_active = is_active

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if not self._is_active or scope["type"] not in ("http", "websocket") or _is_own(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            sentence = tr("Nobody signs in here, so this service answers its own machine alone.")
            await refusal(403, sentence)(scope, receive, send)


def _is_own(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    if any(name in headers for name in FORWARDED):
        return False
    names = [urlsplit(f"//{headers.get('host', '')}").hostname or ""]
    # A socket of a file has no address, and nobody reaches it over the net.
    names += [end[0] for end in (scope.get("server"), scope.get("client")) if end and end[0]]
    return all(is_loopback(name) for name in names)
