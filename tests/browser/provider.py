"""A sign-in provider on the loopback address; whoever names a subject there is signed in."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request

import pytest

from tests.browser.service import Service, free_port


@pytest.fixture(scope="session")
def provider():
    """Run a provider; the claims of the subject `thief` name an address that isn't verified."""
    pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock is not installed")
    pytest.importorskip("authlib", reason="Authlib is not installed")
    port = free_port()
    claims = '{"sub": "thief", "email": "dm@wb.example", "email_verified": false}'
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--user-claims", claims],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    metadata = f"http://127.0.0.1:{port}/.well-known/openid-configuration"
    try:
        _wait_for(metadata, process)
        yield metadata
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(url, process):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the provider didn't start")


def with_sign_in(service: Service, metadata: str) -> Service:
    """Let a service that hasn't started ask a provider who somebody is."""
    service.environment |= {
        "ZONING_OIDC_METADATA_URL": metadata,
        "ZONING_OIDC_CLIENT_ID": "seemana",
        "ZONING_OIDC_CLIENT_SECRET": "a secret of the test",
        "ZONING_OIDC_REDIRECT_URI": f"{service.url}oauth2callback",
    }
    return service


def sign_in_as(page, service: Service, subject: str) -> None:
    """Press the button and name a subject to the provider."""
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=sub]").wait_for(timeout=30_000)
    page.locator("input[name=sub]").fill(subject)
    page.locator("input[name=sub]").press("Enter")
    page.wait_for_url(f"{service.url}**", timeout=30_000)
