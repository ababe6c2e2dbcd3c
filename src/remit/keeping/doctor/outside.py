"""What the doctor sees from outside: the mail server, and the address under which Remit is reached."""

from __future__ import annotations

import http.client
import smtplib
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from remit.core.errors import Refusal
from remit.jobs.errors import NeedsPerson
from remit.keeping.doctor.finding import Finding, look, ok, wrong
from remit.notices.mail import has_mail, reach_server, send_mail
from remit.people.ways import company

_SECONDS: Final = 10
_SKEW: Final = timedelta(seconds=60)
_ENDS_SOON: Final = 14
_SERVER_ERROR: Final = 500


def mail(to: str) -> Iterator[Finding]:
    """Whether the mail server answers, lets Remit in and takes its sender; a mail is sent where one is asked.

    Args:
        to: an address, or "".
    """
    if not has_mail():
        yield look("mail", "No mail leaves: there is no mail server.", "Set REMIT_MAIL.")
        return
    refusal = ""
    try:
        refusal = reach_server()
        if to:
            send_mail(to, "A mail from remit doctor", "Mail leaves your Remit, and arrives.")
    except NeedsPerson as refused:
        yield wrong("mail", refused.words, "Look at REMIT_MAIL and REMIT_MAIL_FROM.")
    except smtplib.SMTPAuthenticationError as error:
        yield wrong(
            "mail", f"The mail server doesn't let Remit in ({error.smtp_code}).", "Look at REMIT_MAIL."
        )
    except (OSError, smtplib.SMTPException) as error:
        yield wrong("mail", f"The mail server can't be reached: {_why(error)}.", "Look at REMIT_MAIL.")
    else:
        yield ok("mail", f"A mail to {to} was sent." if to else "The mail server answers and lets Remit in.")
    yield from _sender(refusal)


def _sender(refusal: str) -> Iterator[Finding]:
    """Whether mails are taken from whom they are from."""
    sender = settings.DEFAULT_FROM_EMAIL
    if refusal:
        yield wrong(
            "mail sender",
            f"The mail server takes none from {sender}: {refusal}.",
            "Set REMIT_MAIL_FROM to an address that it lets you send from.",
        )
    elif sender.rstrip(">").endswith("@localhost"):
        yield look(
            "mail sender",
            f"Mails are from {sender}: most mail servers refuse that on their way.",
            "Set REMIT_MAIL_FROM.",
        )


def address() -> Iterator[Finding]:
    """Whether REMIT_ADDRESS leads here: its name, its certificate, what answers, and its clock."""
    if not settings.ADDRESS:
        return
    parts = urlsplit(settings.ADDRESS)
    host = parts.hostname or ""
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        yield wrong(
            "address", f"The name {host} isn't known.", "Enter it in your DNS, or mend REMIT_ADDRESS."
        )
        return
    try:
        yield from _asked(parts.scheme, host, parts.port)
    except ssl.SSLCertVerificationError as error:
        yield wrong("address", f"The certificate of {host} isn't valid: {error.verify_message}.", "Renew it.")
    except (OSError, http.client.HTTPException, ValueError) as error:
        yield look(
            "address",
            f"{host} doesn't answer from here: {_why(error)}.",
            "Start remit serve and its proxy. Some networks let no machine reach itself by its outer name.",
        )


def directory() -> Iterator[Finding]:
    """Whether the company's directory answers, and is the one that was set up; nothing where none was."""
    if not company.is_there():
        return
    try:
        company.need_directory()
    except Refusal as refused:
        yield wrong(
            "directory",
            refused.wrong,
            "Set REMIT_OIDC_ISSUER to the issuer that its /.well-known/openid-configuration says. The other "
            "ways in stay open.",
        )
    else:
        yield ok("directory", "It answers, and calls itself what REMIT_OIDC_ISSUER says.")


def _asked(scheme: str, host: str, port: int | None) -> Iterator[Finding]:
    """What a request to the address says."""
    asking: http.client.HTTPConnection
    if scheme == "https":
        asking = http.client.HTTPSConnection(
            host, port, timeout=_SECONDS, context=ssl.create_default_context()
        )
    else:
        asking = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    try:
        asking.connect()
        if isinstance(asking.sock, ssl.SSLSocket):
            yield _certificate(asking.sock, host)
        asking.request("HEAD", "/")
        answer = asking.getresponse()
        if answer.status >= _SERVER_ERROR:
            yield wrong("address", f"{host} answers with an error ({answer.status}).", "Start remit serve.")
        else:
            yield ok("address", f"{host} answers.")
        yield from _clock(answer.getheader("Date", ""))
    finally:
        asking.close()


def _certificate(sock: ssl.SSLSocket, host: str) -> Finding:
    ends = str((sock.getpeercert() or {}).get("notAfter", ""))
    left = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) - datetime.now(UTC)
    words = f"That of {host} is valid for {left.days} days."
    return (
        look("certificate", words, "See that it is renewed.")
        if left.days < _ENDS_SOON
        else ok("certificate", words)
    )


def _clock(date: str) -> Iterator[Finding]:
    if not date:
        return
    skew = abs(datetime.now(UTC) - parsedate_to_datetime(date))
    words = f"The clock of what answers there and this one are {skew.total_seconds():.0f} s apart."
    yield look("clock", words, "Set both by NTP.") if skew > _SKEW else ok("clock", words)


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or type(error).__name__)
