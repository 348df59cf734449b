"""Notices by e-mail: one message a receiver, handed to the mail server of the authority."""

from __future__ import annotations

import ipaddress
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from zoning import __version__
from zoning.errors import InputError, NoticeError, printable
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.model.notices import Notice
from zoning.notices.deadline import ended_after
from zoning.notices.patience import Patience

TLS_PORT = 465
"""Encrypted from the first byte (RFC 8314)."""

_MAILBOX = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
)


@dataclass(frozen=True)
class MailServer:
    """The server that takes outgoing mail.

    Attributes
    ----------
    host : str
        Its name; empty where there is none, and then e-mails wait.
    port : int
        Its port; at 465 all is encrypted from the first byte.
    user, password : str
        With whom to sign in; empty for nobody.
    sender : str
        Address in `From`.
    is_upgraded : bool
        Whether the conversation is to be encrypted by STARTTLS.
    """

    host: str
    port: int
    user: str
    password: str
    sender: str
    is_upgraded: bool


@dataclass(frozen=True)
class MailSender:
    """Sends notices by SMTP (RFC 5321).

    Attributes
    ----------
    server : MailServer
        Takes them.
    patience : Patience
        Limits.
    trust : callable
        Makes the settings of the encryption; a test brings its own.
    """

    server: MailServer
    patience: Patience
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def send(self, address: str, notice: Notice) -> None:
        """Hand a notice to the mail server; done when this returns.

        Raises
        ------
        NoticeError
            If the server can't be reached, or refuses it.
        """
        message = written(self.server.sender, address, notice, self.patience.listed_units)
        try:
            with self._signed_in() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            code, reply = next(iter(fault.recipients.values()))
            raise self._refused(code, reply, is_final=code >= 500) from fault
        except smtplib.SMTPDataError as fault:
            is_final = fault.smtp_code >= 500
            raise self._refused(fault.smtp_code, fault.smtp_error, is_final=is_final) from fault
        except smtplib.SMTPResponseException as fault:
            # Of the sender, or of the password: once that is set right another try makes sense.
            raise self._refused(fault.smtp_code, fault.smtp_error, is_general=True) from fault
        except (OSError, smtplib.SMTPException, UnicodeError) as fault:
            raise NoticeError(
                tr(
                    "The mail server {host} can't be used: {reason}.",
                    host=self.server.host,
                    reason=_reason(fault),
                ),
                is_general=True,
            ) from fault

    @contextmanager
    def _signed_in(self) -> Iterator[smtplib.SMTP]:
        at, timeout_s = self.server, self.patience.timeout_s
        server = (
            smtplib.SMTP_SSL(timeout=timeout_s, context=self.trust())
            if at.port == TLS_PORT
            else smtplib.SMTP(timeout=timeout_s)
        )
        # It takes the name for the certificate from the constructor only, where it would connect.
        server._host = at.host  # type: ignore[attr-defined]
        try:
            with ended_after(self.patience.deadline_s, lambda: getattr(server, "sock", None)):
                server.connect(at.host, at.port)
                if at.is_upgraded and at.port != TLS_PORT:
                    server.starttls(context=self.trust())
                if at.user:
                    self._refuse_plain_password()
                    server.login(at.user, at.password)
                yield server
                # What comes after the message was taken can't undo that.
                with suppress(OSError, smtplib.SMTPException):
                    server.quit()
        finally:
            server.close()

    def _refuse_plain_password(self) -> None:
        is_encrypted = self.server.is_upgraded or self.server.port == TLS_PORT
        if not is_encrypted and not _is_here(self.server.host):
            raise NoticeError(
                tr(
                    "The password for {host} would go over the net in plain text: set "
                    "ZONING_SMTP_STARTTLS.",
                    host=self.server.host,
                ),
                is_general=True,
            )

    def _refused(
        self, code: int, reply: bytes | str, *, is_final: bool = False, is_general: bool = False
    ) -> NoticeError:
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        return NoticeError(
            tr(
                "The mail server {host} refuses it: {code} {reply}",
                host=self.server.host,
                code=code,
                reply=printable(text),
            ),
            is_final=is_final,
            is_general=is_general,
        )


def checked_mailbox(address: str) -> str:
    """Return the address of a mailbox, its domain in small letters.

    Raises
    ------
    InputError
        If it isn't one.
    """
    if not _MAILBOX.fullmatch(address):
        raise InputError(
            tr("{address} isn't an e-mail address; write it as name@example.org.", address=address)
        )
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.lower()}"


def written(sender: str, address: str, notice: Notice, listed_units: int) -> EmailMessage:
    """Return a notice as a message; its `Message-ID` is the same at every try."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = address
    message["Subject"] = printable(
        tr("Order {number}: {title}", number=notice.number, title=notice.title)
    )
    message["Date"] = format_datetime(notice.published_at)
    message["Message-ID"] = f"<{notice.key}@{sender.rpartition('@')[2]}>"
    # RFC 3834: so that nobody's holiday is announced to us.
    message["Auto-Submitted"] = "auto-generated"
    message["User-Agent"] = f"Seemana/{__version__}"
    message.set_content("\n".join(_lines(notice, listed_units)) + "\n", cte="base64")
    return message


def _lines(notice: Notice, listed_units: int) -> Iterator[str]:
    if notice.is_fictional:
        yield tr("This district is fictional.")
    yield tr("Order {number}: {title}", number=notice.number, title=notice.title)
    yield tr("It takes effect on {moment}.", moment=moment(notice.effective_at))
    if notice.review_at is not None:
        yield tr("It is looked at again on {moment}.", moment=moment(notice.review_at))
    if notice.expires_at is not None:
        yield tr("It ends on {moment}.", moment=moment(notice.expires_at))
    lines = [
        *(tr("{unit} ({code}): {zone}", unit=u.name or u.unit_id, code=u.unit_id, zone=u.zone_label)
          for u in notice.units),
        *(_booth(b.booth_id, b.category) for b in notice.booths),
    ]  # fmt: skip
    if lines and len(lines) <= listed_units:
        yield ""
        yield from lines
    elif lines:
        yield tr("It speaks of more places than a message should name.")
    if notice.url:
        yield ""
        yield tr("What is in force: {url}", url=notice.url)


def _booth(booth_id: str, category: str) -> str:
    if not category:
        return tr("Booth {booth}: in no category", booth=booth_id)
    return tr("Booth {booth}: Category {category}", booth=booth_id, category=category)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _reason(fault: Exception) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return tr("its certificate isn't valid ({fault})", fault=fault.verify_message)
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return tr("it offers no encryption (STARTTLS) or no sign-in")
    if isinstance(fault, UnicodeError):
        return tr("its name, user and password may hold no letters but those of ASCII")
    if isinstance(fault, socket.gaierror):
        return tr("its name isn't known here")
    if isinstance(fault, TimeoutError):
        return tr("it doesn't answer in time")
    if isinstance(fault, ConnectionRefusedError):
        return tr("it refuses the connection")
    if isinstance(fault, ConnectionError | smtplib.SMTPServerDisconnected):
        return tr("it ended the conversation")
    return getattr(fault, "strerror", None) or type(fault).__name__
