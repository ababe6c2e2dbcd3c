"""The one door through which mail leaves Remit."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import make_msgid, parseaddr
from functools import cache
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.crypto import salted_hmac

from remit.core.writing import is_writing
from remit.jobs.errors import NeedsPerson

_SECONDS: Final = 20
_REFUSED: Final = 400
_FOR_GOOD: Final = 500
_PORTS: Final = {"smtp": 25, "smtps": 465}
_SALT: Final = "remit.notices.mail"


class NotConnected(OSError):
    """The mail server can't be reached just now: nothing left, for sure."""


class NotLetIn(NeedsPerson):
    """No mail server lets Remit in, until somebody mends `REMIT_MAIL`: nothing left, for sure."""


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that goes with a mail.

    Attributes:
        content: bytes of it.
        media_type: what it is, such as `image/jpeg`.
    """

    name: str
    content: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class _Server:
    """The mail server of `REMIT_MAIL`."""

    host: str
    port: int
    username: str
    password: str
    use_tls: bool
    use_ssl: bool


def has_mail() -> bool:
    """Whether Remit was told a mail server."""
    return bool(settings.MAIL)


def our_mark() -> str:
    """What all mail that leaves this Remit bears in `X-Remit-Mail`; nobody else's does."""
    return salted_hmac(_SALT, "our mark", algorithm="sha256").hexdigest()[:32]


def new_message_id() -> str:
    """A Message-ID that no other mail has; one that is kept with a job is the same at every try."""
    return make_msgid(domain=_our_domain())


def message_id_of(what: str) -> str:
    """The Message-ID of what a mail says: the same at every try, so that who gets it twice may see that.

    Args:
        what: tells it from every other mail, for example which rows it speaks of, and when they were made.
    """
    return f"<{salted_hmac(_SALT, what, algorithm='sha256').hexdigest()[:32]}@{_our_domain()}>"


def _our_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def send_mail(
    to: str,
    subject: str,
    text: str,
    *,
    headers: Mapping[str, str] | None = None,
    message_id: str = "",
    sender: str = "",
    is_answer: bool = False,
    files: Sequence[MailFile] = (),
) -> str:
    """Send one mail, now; called by a job, never inside a write.

    Args:
        to: one address.
        subject: line breaks in it become blanks.
        text: plain.
        headers: more of them: `Reply-To`, `In-Reply-To`, `List-Id`.
        message_id: where the caller keeps one; else it gets a new one.
        sender: whom it is from, and where the mail server returns it if it can't be delivered; that of
            `REMIT_MAIL_FROM` when "".
        is_answer: it answers a mail by itself (RFC 3834); else nobody asked for it by mail.
        files: behind the text (multipart/mixed, RFC 2046), to be downloaded (RFC 2183).

    Returns:
        its Message-ID.

    Raises:
        NotLetIn: there is no mail server, or it doesn't let us in.
        NotConnected: it can't be reached just now: try again later.
        NeedsPerson: it refuses this mail for good.
        OSError, SMTPException: it refuses for now, or broke off in the middle: try again later.
        RuntimeError: a write is open: it might still fail, and the mail would be out.
    """
    if is_writing():
        raise RuntimeError("mail is sent by a job, never inside a write")
    if not has_mail():
        raise NotLetIn("Remit was told no mail server: set REMIT_MAIL, then try again.")
    number = message_id or new_message_id()
    connection = _connection()
    mail = EmailMessage(
        subject=" ".join(subject.split()),
        body=text,
        from_email=sender or None,
        to=[to],
        connection=connection,
        headers={
            "Message-ID": number,
            "Auto-Submitted": "auto-replied" if is_answer else "auto-generated",
            "X-Remit-Mail": our_mark(),
            **(headers or {}),
        },
    )
    for each in files:
        mail.attach(each.name, each.content, each.media_type)
    try:
        _open(connection)
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, answer = next(iter(refused.recipients.values()), (0, b""))
        _give_up_for_good(code, answer, "The mail server refuses this address")
        raise
    except smtplib.SMTPResponseException as refused:
        _give_up_for_good(refused.smtp_code, refused.smtp_error, "The mail server refuses this mail")
        raise
    finally:
        connection.close()
    return number


def _open(connection: BaseEmailBackend) -> None:
    """Reach the mail server and sign in, before any mail is named: what goes wrong here sent none."""
    try:
        connection.open()
    except smtplib.SMTPResponseException as refused:
        if refused.smtp_code < _FOR_GOOD:
            raise NotConnected(f"{refused.smtp_code}: {_in_words(refused.smtp_error)}") from refused
        raise NotLetIn(
            f"The mail server doesn't let Remit in: {_in_words(refused.smtp_error)} ({refused.smtp_code}). "
            "Mend REMIT_MAIL, then try again."
        ) from None
    except OSError as error:
        raise NotConnected(f"{type(error).__name__}: {error}") from error


def reach_server() -> str:
    """Connect to the mail server, sign in there, name the sender of `REMIT_MAIL_FROM`, and send nothing.

    Returns:
        with what words it refuses that sender, on one line; "" where it takes them.

    Raises:
        NeedsPerson: REMIT_MAIL can't be read.
        OSError, SMTPException: it can't be reached, or doesn't let us in.
    """
    connection = _connection()
    try:
        connection.open()
        server = connection.connection  # type: ignore[attr-defined]
        server.ehlo_or_helo_if_needed()
        code, answer = server.mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
        server.rset()
        return "" if code < _REFUSED else f"{_in_words(answer)} ({code})"
    finally:
        connection.close()


def _give_up_for_good(code: int, answer: bytes | str, what: str) -> None:
    """Answers above 500 are final; those below (busy, greylisted) are worth another try."""
    if code < _FOR_GOOD:
        return
    raise NeedsPerson(f"{what}: {_in_words(answer)} ({code}).") from None


def _in_words(answer: bytes | str) -> str:
    """What a mail server said, on one line."""
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(words.split())[:200]


def _connection() -> BaseEmailBackend:
    server = _server(settings.MAIL)
    connection: BaseEmailBackend = get_connection(
        host=server.host,
        port=server.port,
        username=server.username,
        password=server.password,
        use_tls=server.use_tls,
        use_ssl=server.use_ssl,
        timeout=_SECONDS,
    )
    return connection


@cache
def _server(address: str) -> _Server:
    """The server of `smtp://user:password@mail.example.org:587?tls=yes`, or `smtps://…`.

    Raises:
        NotLetIn: it can't be read.
    """
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise NotLetIn(
            "REMIT_MAIL can't be read: write it like smtp://user:password@mail.example.org:587?tls=yes."
        )
    is_tls = parse_qs(parts.query).get("tls", ["no"])[-1] in {"yes", "1", "true"}
    return _Server(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=is_tls and parts.scheme == "smtp",
        use_ssl=parts.scheme == "smtps",
    )
