"""Over https, through a proxy that only passes on: the way most offices reach the net.

The proxy is played by the server itself, which speaks TLS as example.org after `CONNECT`.
"""

from __future__ import annotations

import shutil
import ssl
import subprocess
from io import BytesIO

import pytest

from tests.fetch.conftest import AT, LIMITS, source_at
from tests.fetch.server import Handler, serving
from zoning.errors import FetchError
from zoning.fetch.download import download

BODY = b"unit_id,name\n1,One\n" * 9_999
HALF = len(BODY) // 2
ADDRESS = "https://example.org/wards.csv"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate of this test, isn't installed")
    folder = tmp_path_factory.mktemp("certificate")
    name = ["-subj", "/CN=example.org", "-addext", "subjectAltName=DNS:example.org"]
    files = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *name, *files],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def proxy(certificate, monkeypatch):
    """A proxy to example.org, which breaks the first answer off in the middle."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    asked = []

    def do_connect(handler):
        handler.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            with context.wrap_socket(handler.connection, server_side=True) as inner:
                head = b""
                while b"\r\n\r\n" not in head:
                    head += inner.recv(4096)
                fields = Handler.MessageClass()
                for line in BytesIO(head).readlines()[1:-1]:
                    field, _, value = line.decode().strip().partition(": ")
                    fields[field] = value
                asked.append((handler.path, fields["Range"]))
                start = int((fields["Range"] or "bytes=0-")[6:-1])
                place = f"Content-Range: bytes {start}-{len(BODY) - 1}/{len(BODY)}\r\n"
                line = f"HTTP/1.1 206 Part\r\n{place}" if start else "HTTP/1.1 200 OK\r\n"
                line += f'ETag: "1"\r\nContent-Length: {len(BODY) - start}\r\n\r\n'
                inner.sendall(line.encode() + BODY[start : None if start else HALF])
        except OSError:
            asked.append((handler.path, "left"))
        handler.close_connection = True

    monkeypatch.setattr(Handler, "do_CONNECT", do_connect, raising=False)
    with serving() as server:
        monkeypatch.setenv("https_proxy", server.address)
        yield asked


def test_a_file_comes_encrypted_and_is_gone_on_with_after_a_break(
    proxy, certificate, monkeypatch, tmp_path
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    got = download(source_at(ADDRESS), tmp_path, AT, sleep=lambda _: None, limits=LIMITS)
    assert got.path.read_bytes() == BODY
    assert proxy == [("example.org:443", None), ("example.org:443", f"bytes={HALF}-")]


def test_a_certificate_that_nobody_vouches_for_is_refused(proxy, tmp_path):
    with pytest.raises(FetchError, match="its certificate isn't valid") as refusal:
        download(source_at(ADDRESS), tmp_path / "boundaries", AT, limits=LIMITS)
    assert "\n" not in str(refusal.value)
    assert proxy == [("example.org:443", "left")]
