"""A mail server that asks for encryption and a password gets both, and no one else does."""

import shutil
import ssl
import subprocess
from dataclasses import replace

import pytest
from aiosmtpd.smtp import AuthResult

from tests.notices.desks import senders
from tests.notices.receivers import Mailbox, mail_server
from tests.notices.test_webhook import NOTICE
from zoning.errors import NoticeError
from zoning.model.notices import NoticeKind

USER, PASSWORD = "seemana", "so-secret"

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl, which makes the certificate, isn't installed"
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", folder / "key.pem", "-out", folder / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def served(certificate):
    """Run a server that takes nothing without encryption and the right password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    signed_in = []

    def authenticator(_server, _session, _envelope, _mechanism, data):
        is_right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        signed_in.append(is_right)
        return AuthResult(success=is_right, handled=False)

    mailbox = Mailbox()
    rules = {"require_starttls": True, "auth_required": True, "authenticator": authenticator}
    with mail_server(mailbox, tls_context=context, **rules) as server:
        yield server, mailbox, signed_in


def sender(port, certificate, **server):
    found = senders(port, is_upgraded=True, **server)[NoticeKind.EMAIL]
    if certificate is None:
        return found
    return replace(found, trust=lambda: ssl.create_default_context(cafile=certificate / "cert.pem"))


def test_a_notice_goes_encrypted_and_signed_in(served, certificate):
    server, mailbox, signed_in = served
    by = sender(server.port, certificate, user=USER, password=PASSWORD)
    by.send("control@example.org", NOTICE)
    assert (len(mailbox.messages), signed_in) == (1, [True])


def test_a_certificate_that_nobody_vouches_for_is_refused(served):
    server, mailbox, signed_in = served
    with pytest.raises(NoticeError, match="certificate isn't valid"):
        sender(server.port, None, user=USER, password=PASSWORD).send("a@example.org", NOTICE)
    assert (mailbox.messages, signed_in) == ([], [])


def test_a_wrong_password_concerns_all_notices_and_is_told_without_it(served, certificate):
    server, mailbox, _ = served
    by = sender(server.port, certificate, user=USER, password="wrong-one")
    with pytest.raises(NoticeError, match="535") as refusal:
        by.send("control@example.org", NOTICE)
    assert (refusal.value.is_general, refusal.value.is_final) == (True, False)
    assert "wrong-one" not in str(refusal.value)
    assert mailbox.messages == []


def test_a_password_that_the_protocol_can_not_carry_is_told_as_such(served, certificate):
    server, _, _ = served
    by = sender(server.port, certificate, user=USER, password="বড় গোপন")
    with pytest.raises(NoticeError, match="no letters but") as refusal:
        by.send("control@example.org", NOTICE)
    assert refusal.value.is_general
    assert "গোপন" not in str(refusal.value)
