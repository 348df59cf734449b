"""Scripts, styles and licences from our own folder: `/vendor/{hash}/{name}`."""

from __future__ import annotations

import mimetypes
from functools import cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from zoning.assets.shelf import ASSETS, asset_bytes, asset_version
from zoning.i18n.catalogue import tr
from zoning.web.responses import compress, compressed_response, refusal


@cache
def _packed(name: str) -> bytes:
    return compress(asset_bytes(name), 9)


@cache
def _etag(name: str) -> str:
    return sha256(asset_bytes(name)).hexdigest()[:16]


def respond(request: Request) -> Response:
    """Answer with one of the files that `zoning.assets` names."""
    name = request.path_params["name"]
    if name not in ASSETS or request.path_params["version"] != asset_version():
        return refusal(404, tr("There is no such file; reload the page."))
    return compressed_response(
        request,
        _packed(name),
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        etag=_etag(name),
    )
