"""Addresses that can't be guessed: a signed reader, version and expiry."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

Reader = Literal["public", "staff"]

LIFE_S = 6 * 3600


@dataclass(frozen=True)
class Grant:
    """What a token opens: one version of the live data, for one kind of reader."""

    reader: Reader
    version: str


class TokenSigner:
    """Makes and checks tokens under one secret.

    Parameters
    ----------
    secret : bytes
        At least 32 random bytes; a new one makes all older tokens void.
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 32:
            raise ValueError("the secret needs at least 32 bytes")
        self._secret = secret

    def _signature(self, message: bytes) -> str:
        digest = hmac.new(self._secret, message, sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def sign(self, grant: Grant, at: datetime) -> str:
        """Return a token valid for 6 to 12 hours.

        The expiry is rounded up, so that reruns within the same six hours give
        the same token and the browser has nothing to fetch.
        """
        expires = (int(at.timestamp()) // LIFE_S + 2) * LIFE_S
        message = f"{grant.reader}.{grant.version}.{expires}"
        return f"{message}.{self._signature(message.encode())}"

    def read(self, token: str, at: datetime) -> Grant | None:
        """Return what a token opens, or None if it is false or has expired."""
        message, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(message.encode()).encode()):
            return None
        # The signature holds, so the parts are as `sign` wrote them.
        reader, version, expires = message.split(".")
        if int(expires) <= at.timestamp():
            return None
        return Grant("public" if reader == "public" else "staff", version)
