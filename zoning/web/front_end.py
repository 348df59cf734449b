"""The page that Streamlit's program starts from, and that program, sent packed.

Streamlit sends 3 MB of scripts as they are, and a browser learns of the map's
files only when that program has run. Both cost seconds on a slow line.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from zoning.web.responses import REVALIDATED, compress, compressed_response

KEPT_PAGES = 4

# Our theme writes with the fonts of the system, so this one needn't come first.
_EARLY_FONT = re.compile(r'<link\s[^>]*\bas="font"[^>]*>')


def _folder(package: str) -> Path:
    """Return the folder of a package without importing it.

    Streamlit serves a component only if a page run was the first to import it.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package, name=package)
    return Path(spec.origin).parent


@cache
def program_files() -> dict[str, Path]:
    """Return the scripts and styles of Streamlit and of the map's frame by address.

    Each has a hash of its content in its name, so a browser may keep it for ever.
    """
    folders = {
        "/static": _folder("streamlit") / "static/static",
        "/component/streamlit_folium.st_folium/static": (
            _folder("streamlit_folium") / "frontend/build/static"
        ),
    }
    return {
        f"{address}/{file.relative_to(folder).as_posix()}": file
        for address, folder in folders.items()
        for file in sorted(folder.rglob("*"))
        if file.suffix in (".js", ".css")
    }


@cache
def _packed(address: str) -> bytes:
    return compress(program_files()[address].read_bytes())


@cache
def _plain_page() -> str:
    page = (_folder("streamlit") / "static/index.html").read_text("utf-8")
    return _EARLY_FONT.sub("", page)


@lru_cache(maxsize=KEPT_PAGES)
def first_page(early: tuple[str, ...]) -> bytes:
    """Return the page, packed, with addresses that the browser should fetch in time.

    The map's frame finds them in the browser's cache, hence `prefetch`: `preload`
    would keep them for the page around it alone.
    """
    links = "".join(f'<link rel="prefetch" href="{address}">' for address in early)
    return compress(_plain_page().replace("</head>", f"{links}</head>", 1).encode())


def frame_scripts() -> Iterator[str]:
    """Yield the addresses of the scripts that the map's frame starts with."""
    return (address for address in program_files() if address.startswith("/component/"))


def pack_program() -> None:
    """Pack what the page names, so that the first visitor doesn't wait for it."""
    page = _plain_page()
    for address in program_files():
        if f'".{address}"' in page or address.startswith("/component/"):
            _packed(address)


class FrontEnd:
    """Middleware that answers for the first page and the program's files.

    Parameters
    ----------
    app : ASGIApp
        Whatever else is asked for.
    early : callable
        Returns the addresses that a newcomer's browser will need.
    """

    def __init__(self, app: ASGIApp, early: Callable[[], Iterable[str]]) -> None:
        self._app = app
        self._early = early

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        response = None
        if scope["type"] == "http" and scope["method"] == "GET":
            response = await self._answer(Request(scope))
        await (response or self._app)(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        address = request.url.path
        if address == "/":
            packed = first_page((*frame_scripts(), *self._early()))
            return compressed_response(request, packed, media_type="text/html", caching=REVALIDATED)
        if address in program_files():
            packed = await run_in_threadpool(_packed, address)
            media_type = mimetypes.guess_type(address)[0] or "application/octet-stream"
            return compressed_response(request, packed, media_type=media_type)
        return None
