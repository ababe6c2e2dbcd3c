"""The door at which mail services knock: a mail that is posted is kept before it is answered."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from io import BytesIO
from typing import Final
from urllib.parse import parse_qsl

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from multipart import MultipartError, MultipartParser

from remit.complaints.actions.mail_taken_in import keep_unreadable, take_in_letter
from remit.core.clock import now
from remit.core.errors import NotAllowed, Refusal
from remit.core.sealing import SealBroken, unseal
from remit.inbox.actions.watching import note_reached, note_trouble
from remit.inbox.fetching.account import stumbled
from remit.inbox.fetching.hooks import from_anybody, from_mailgun, from_postmark, from_sendgrid
from remit.inbox.models import Mailbox
from remit.inbox.reading.letter import read_letter
from remit.inbox.vocabulary import Way
from remit.notices.mail import our_mark
from remit.people.middleware import open_to_everybody
from remit.people.secrets import hash_of

MOST_POSTED: Final = 64 * 1024 * 1024
"""Bytes of what is posted: a mail of 40 MB, and a third more where it is encoded."""

_log = logging.getLogger(__name__)
_MOST_FIELDS: Final = 200
_TAKEN, _WRONG, _NOT_BELIEVED, _NOT_THERE, _TOO_LARGE, _NOT_NOW = 200, 400, 401, 404, 413, 503


@csrf_exempt
@open_to_everybody
@require_POST
def hook(request: HttpRequest, secret: str) -> HttpResponse:
    """A mail that a service posts; the same one again is taken in once.

    The address itself is what only the service knows; Mailgun signs beside.
    """
    mailbox = Mailbox.objects.select_related("team").filter(hook_hash=hash_of(secret), off_at=None).first()
    if mailbox is None:
        return _said("There is nothing here.", _NOT_THERE)
    try:
        _keep(mailbox, _mail_in(request, mailbox, secret))
    except _TooLarge:
        return _said(f"More than {MOST_POSTED // 1024 // 1024} MB aren't taken.", _TOO_LARGE)
    except Refusal as refused:
        status = _NOT_BELIEVED if isinstance(refused, NotAllowed) else _WRONG
        return _said(f"{refused.wrong} {refused.next_step}", status)
    except (InterfaceError, OperationalError, SealBroken):
        return _said("It can't be kept just now: send it again later.", _NOT_NOW)
    return _said("taken", _TAKEN)


class _TooLarge(Exception):
    """More was posted than is taken."""


def _keep(mailbox: Mailbox, raw: bytes) -> None:
    """Take it in; what can't be is kept, and somebody looks at it."""
    try:
        take_in_letter(mailbox, read_letter(raw, our_mark=our_mark()), raw)
    except Refusal as refused:
        keep_unreadable(mailbox, raw, f"{refused.wrong} {refused.next_step}")
    except (InterfaceError, OperationalError):
        raise
    except Exception as error:  # noqa: BLE001 (see below)
        # A mistake of our own: the mail is kept all the same, and the service hears that it is.
        _log.exception("a mail that was posted couldn't be taken in, and was set aside")
        keep_unreadable(mailbox, raw, stumbled(error))
    note_reached(mailbox)


def _mail_in(request: HttpRequest, mailbox: Mailbox, secret: str) -> bytes:
    """The mail of a request.

    Raises:
        NotAllowed: it isn't signed as it should be.
        Refusal: it holds no whole mail.
        SealBroken: another secret key sealed the key with which it is checked; somebody is told.
    """
    body = _body(request)
    match mailbox.way:
        case Way.MAILGUN:
            return from_mailgun(_fields(request, body), key=_signing_key(mailbox), at=now())
        case Way.SENDGRID:
            return from_sendgrid(_fields(request, body), given=secret, key=secret)
        case Way.POSTMARK:
            return from_postmark(body, given=secret, key=secret)
        case _:
            return from_anybody(body, given=secret, key=secret)


def _signing_key(mailbox: Mailbox) -> str:
    try:
        return unseal(mailbox.sealed_key)
    except SealBroken:
        note_trouble(mailbox, "Its signing key was sealed with another secret key. Put it in again.")
        raise


def _body(request: HttpRequest) -> bytes:
    """What was posted; read here, since Django takes no body of this size at once."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    if said.isdecimal() and int(said[:15]) > MOST_POSTED:
        raise _TooLarge
    chunks, size = [], 0
    while chunk := request.read(256 * 1024):
        chunks.append(chunk)
        size += len(chunk)
        if size > MOST_POSTED:
            raise _TooLarge
    return b"".join(chunks)


def _fields(request: HttpRequest, body: bytes) -> Mapping[str, bytes]:
    """The fields of a form, as bytes: a mail is in whatever charset it likes."""
    kind = request.content_type or ""
    try:
        if kind == "multipart/form-data":
            boundary = (request.content_params or {}).get("boundary", "")
            return _parts(body, boundary)
        # Every byte stands for itself in this charset, there and back.
        flat = body.decode("latin-1")
        pairs = parse_qsl(flat, keep_blank_values=True, encoding="latin-1", max_num_fields=_MOST_FIELDS)
        return {name: value.encode("latin-1") for name, value in pairs}
    except (MultipartError, ValueError) as error:
        raise Refusal(
            "hook-no-form", "This is no form that can be read.", "Check what posts here."
        ) from error


def _parts(body: bytes, boundary: str) -> Mapping[str, bytes]:
    parser = MultipartParser(
        BytesIO(body),
        boundary,
        len(body),
        part_limit=_MOST_FIELDS,
        disk_limit=0,
        memory_limit=MOST_POSTED,
        spool_limit=MOST_POSTED,
    )
    return {part.name: part.raw for part in parser}


def _said(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)
