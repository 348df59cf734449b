"""Compressed answers that a browser may keep: gzip, ETag, Cache-Control."""

from __future__ import annotations

import gzip

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

IMMUTABLE = "public, max-age=31536000, immutable"
PRIVATE = "private, no-store"
REVALIDATED = "no-cache"


def compress(content: bytes, level: int = 6) -> bytes:
    """Return gzip bytes that depend on the content alone."""
    return gzip.compress(content, level, mtime=0)


def compressed_response(
    request: Request, packed: bytes, *, media_type: str, etag: str = "", caching: str = IMMUTABLE
) -> Response:
    """Answer with gzip bytes, unpacked for a client that can't read them.

    Parameters
    ----------
    request : Request
        Its `If-None-Match` and `Accept-Encoding` are honoured.
    packed : bytes
        The content as gzip.
    media_type : str
        Of the content.
    etag : str
        Hash of the content, without quotes; empty for none.
    caching : str
        Value of `Cache-Control`.
    """
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    if etag:
        headers["ETag"] = f'"{etag}"'
        if f'"{etag}"' in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(packed, media_type=media_type, headers=headers)
    return Response(gzip.decompress(packed), media_type=media_type, headers=headers)


def refusal(status: int, sentence: str) -> JSONResponse:
    """Answer with a sentence and a status."""
    return JSONResponse({"message": sentence}, status, {"Cache-Control": "no-store"})
