"""What `remit mail receive` does: whatever goes wrong here is no reason to lose somebody's mail."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO, Final

from django.db import Error as DatabaseTrouble

from remit.command.application import need_tables, start_application
from remit.command.ending import ended_badly
from remit.inbox.reading.letter import MOST_BYTES, Letter, read_letter
from remit_engine.errors import InputError, RemitError

TAKEN: Final = os.EX_OK
NO_MAIL: Final = os.EX_DATAERR
TRY_AGAIN: Final = os.EX_TEMPFAIL

_CHUNK: Final = 64 * 1024


def receive(stream: BinaryIO) -> int:
    """Take in one mail.

    Returns:
        the exit code for the mail server. A mistake of our own is one to try again after, too: for any other
        code the mail server would tell the customer that their mail could not be delivered.
    """
    try:
        start_application()
    except Exception as error:  # noqa: BLE001 (settings that are wrong are no reason to lose a mail either)
        return ended_badly(error, TRY_AGAIN, debug=_wants_trace())
    try:
        raw = _whole(stream)
        mail = _read(raw)
    except RemitError as refused:
        return ended_badly(refused, NO_MAIL)
    except Exception as error:  # noqa: BLE001 (see above)
        return ended_badly(error, TRY_AGAIN, debug=_wants_trace())
    try:
        _take_in(mail, raw)
    except DatabaseTrouble as error:
        not_now = InputError(
            "no-database", "The database can't be reached just now.", "Try again later; nothing was lost."
        )
        return ended_badly(not_now.with_traceback(error.__traceback__), TRY_AGAIN, debug=_wants_trace())
    except Exception as error:  # noqa: BLE001 (see above)
        return ended_badly(error, TRY_AGAIN, debug=_wants_trace())
    return TAKEN


def _whole(stream: BinaryIO) -> bytes:
    """All of a mail; of one that is too large only so much that it is seen, though it is read to its end."""
    raw = stream.read(MOST_BYTES + 1)
    while stream.read(_CHUNK):
        pass
    return raw


def _read(raw: bytes) -> Letter:
    from remit.notices.mail import our_mark  # noqa: PLC0415 (it needs Django started)

    return read_letter(raw, our_mark=our_mark())


def _take_in(mail: Letter, raw: bytes) -> None:
    need_tables()
    from remit.complaints.actions.mail_piped import take_in_piped  # noqa: PLC0415 (it needs Django started)

    take_in_piped(mail, raw)


def _wants_trace() -> bool:
    return "--debug" in sys.argv
