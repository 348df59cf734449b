"""Without sign-in the service answers this machine alone, however it was started."""

import os
import stat
import subprocess
import sys

import pytest

from tests.awaiting import awaited
from tests.source_tree import ROOT
from zoning.errors import ServiceError
from zoning.settings import Settings
from zoning.web.loopback import LoopbackOnly
from zoning.workflow.service import is_loopback, refuse_open_address
from zoning.workflow.sign_in import refuse_incomplete, sign_in_secrets

WHOLE = {
    "oidc_metadata_url": "http://127.0.0.1:1/.well-known/openid-configuration",
    "oidc_client_id": "seemana",
    "oidc_client_secret": "told-to-nobody",
    "oidc_redirect_uri": "http://127.0.0.1:2/oauth2callback",
}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_this_machine_is_known_by_each_of_its_names(host):
    assert is_loopback(host)
    refuse_open_address(Settings(), host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "", "192.0.2.7", "localhost.example.org", "127.0.0.1.nip.io"]
)
def test_an_address_that_others_reach_needs_sign_in(host):
    with pytest.raises(ServiceError, match="Nobody signs in here"):
        refuse_open_address(Settings(), host)
    refuse_open_address(Settings(**WHOLE), host)


@pytest.mark.parametrize(
    "command",
    [
        ("zoning", "serve", "--address", "0.0.0.0", "--port", "8977"),
        ("streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.port", "8977"),
    ],
    ids=lambda c: c[0],
)
def test_a_server_for_everybody_without_sign_in_never_starts(command, tmp_path):
    environment = os.environ | {"ZONING_VAR_DIR": str(tmp_path / "var"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "listens on this machine alone and not on 0.0.0.0" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "var").exists()


def answered(kind, *, is_active=True, server="127.0.0.1", client="127.0.0.1", **headers):
    """Return whether the service beneath was asked, and what was sent otherwise."""
    asked, sent = [], []

    async def beneath(scope, _receive, _send):
        asked.append(scope["type"])

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    told = {"host": "127.0.0.1:8501"} | {k.replace("_", "-"): v for k, v in headers.items()}
    scope = {
        "type": kind,
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "server": (server, 8501),
        "client": (client, 50_000),
        "headers": [(k.encode(), v.encode()) for k, v in told.items()],
    }
    awaited(LoopbackOnly(beneath, is_active=is_active)(scope, receive, send))
    return bool(asked), sent


@pytest.mark.parametrize("kind", ["http", "websocket", "lifespan"])
@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "localhost"])
def test_this_machine_is_answered(kind, host):
    assert answered(kind, host=host) == (True, [])


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "whence",
    [
        {"client": "192.0.2.9"},
        {"server": "192.0.2.7"},
        # A page of the net that sends a browser here under a name of its own.
        {"host": "rebound.example.org:8501"},
        {"host": "127.0.0.1.nip.io"},
        {"host": ""},
        {"x_forwarded_for": "192.0.2.9"},
        {"x_real_ip": "192.0.2.9"},
        {"forwarded": "for=192.0.2.9"},
    ],
)
def test_whoever_else_is_refused_pages_and_sockets(kind, whence):
    was_asked, sent = answered(kind, **whence)
    assert not was_asked
    if kind == "websocket":
        assert sent == [{"type": "websocket.close", "code": 1008}]
    else:
        assert sent[0]["status"] == 403 and b"own machine alone" in sent[1]["body"]


def test_with_sign_in_others_are_answered():
    assert answered("http", is_active=False, client="192.0.2.9")[0]


@pytest.mark.parametrize("gap", WHOLE)
def test_sign_in_that_is_set_in_part_is_refused(gap):
    with pytest.raises(ServiceError, match=f"ZONING_{gap.upper()} is empty"):
        refuse_incomplete(Settings(**{**WHOLE, gap: ""}))


def test_the_way_back_from_the_provider_must_be_ours():
    with pytest.raises(ServiceError, match="oauth2callback"):
        refuse_incomplete(Settings(**{**WHOLE, "oidc_redirect_uri": "http://127.0.0.1:2/"}))


def test_the_key_of_sign_in_is_kept_for_its_owner_and_the_secret_nowhere(tmp_path):
    settings = Settings(**WHOLE, var_dir=tmp_path / "var")
    first = sign_in_secrets(settings)["auth"]
    assert sign_in_secrets(settings)["auth"] == first
    (file,) = (tmp_path / "var").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == first["cookie_secret"] != ""
    assert "told-to-nobody" not in repr(settings)


def test_without_a_provider_nothing_is_told_of_one(tmp_path):
    assert sign_in_secrets(Settings(var_dir=tmp_path / "var")) is None
    assert not (tmp_path / "var").exists()
