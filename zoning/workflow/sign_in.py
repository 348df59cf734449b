"""Sign-in by OpenID Connect: what the server is told of the provider, and the key of cookies."""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from zoning.errors import ServiceError
from zoning.i18n.catalogue import tr
from zoning.settings import Settings

KEY_FILE = "sign-in.key"
CALLBACK = "/oauth2callback"


def refuse_incomplete(settings: Settings) -> None:
    """Refuse settings of sign-in that are there in part: nobody should be let in by a gap.

    Raises
    ------
    ServiceError
        Naming the setting that is missing or can't be right.
    """
    told = {
        "ZONING_OIDC_METADATA_URL": settings.oidc_metadata_url,
        "ZONING_OIDC_CLIENT_ID": settings.oidc_client_id,
        "ZONING_OIDC_CLIENT_SECRET": settings.oidc_client_secret.get_secret_value(),
        "ZONING_OIDC_REDIRECT_URI": settings.oidc_redirect_uri,
    }
    if not any(told.values()):
        return
    for name, value in told.items():
        if not value:
            raise ServiceError(
                tr("Sign-in is set in part: {name} is empty; set it, or none of them.", name=name)
            )
    if not settings.oidc_redirect_uri.endswith(CALLBACK):
        raise ServiceError(
            tr(
                "ZONING_OIDC_REDIRECT_URI is {uri}; it must be the address of this service with "
                "{callback} at its end.",
                uri=settings.oidc_redirect_uri,
                callback=CALLBACK,
            )
        )


def refuse_without_library(settings: Settings) -> None:
    """Refuse to start where people are to sign in and what speaks with the provider is missing.

    Raises
    ------
    ServiceError
        Naming the package.
    """
    if settings.has_sign_in and find_spec("authlib") is None:
        raise ServiceError(tr("Sign-in needs the package Authlib: install it, then start again."))


def sign_in_secrets(settings: Settings) -> dict[str, Any] | None:
    """Return what Streamlit is to know of the provider; None where nobody signs in.

    It is handed over in memory: the client's secret lies in no file of ours.

    Raises
    ------
    ServiceError
        If the settings are incomplete, or the key of the cookies can't be kept.
    """
    refuse_incomplete(settings)
    if not settings.has_sign_in:
        return None
    return {
        "auth": {
            "redirect_uri": settings.oidc_redirect_uri,
            "cookie_secret": _cookie_key(settings.var_dir / KEY_FILE),
            "client_id": settings.oidc_client_id,
            "client_secret": settings.oidc_client_secret.get_secret_value(),
            "server_metadata_url": settings.oidc_metadata_url,
        }
    }


def _cookie_key(file: Path) -> str:
    """Return the key that cookies are signed with; made once, readable by its owner alone."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_text(encoding="ascii")
        with os.fdopen(handle, "w", encoding="ascii") as new:
            key = secrets.token_urlsafe(32)
            new.write(key)
            return key
    except OSError as fault:
        raise ServiceError(
            tr(
                "The key of sign-in can't be kept in {file}: {fault}.",
                file=file,
                fault=fault.strerror,
            )
        ) from fault
