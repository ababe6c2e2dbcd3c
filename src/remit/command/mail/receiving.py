"""What `remit mail receive` does: whatever goes wrong here is no reason to lose somebody's mail."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO, Final

from django.db import Error as DatabaseTrouble

from remit.command.application import need_tables, start_application
from remit.command.ending import ended_badly
from remit.inbox.reading.letter import Letter, read_letter
from remit_engine.errors import InputError, RemitError

TAKEN: Final = os.EX_OK
NO_MAIL: Final = os.EX_DATAERR
TRY_AGAIN: Final = os.EX_TEMPFAIL


def receive(stream: BinaryIO) -> int:
    """Take in one mail.

    Returns:
        the exit code for the mail server. A mistake of our own is one to try again after, too: for any other
        code the mail server would tell the customer that their mail could not be delivered.
    """
    try:
        mail = read_letter(stream)
    except RemitError as refused:
        return ended_badly(refused, NO_MAIL)
    except Exception as error:  # noqa: BLE001 (see above)
        return ended_badly(error, TRY_AGAIN, debug=_wants_trace())
    try:
        _take_in(mail)
    except DatabaseTrouble as error:
        not_now = InputError(
            "no-database", "The database can't be reached just now.", "Try again later; nothing was lost."
        )
        return ended_badly(not_now.with_traceback(error.__traceback__), TRY_AGAIN, debug=_wants_trace())
    except Exception as error:  # noqa: BLE001 (see above)
        return ended_badly(error, TRY_AGAIN, debug=_wants_trace())
    return TAKEN


def _take_in(mail: Letter) -> None:
    start_application()
    need_tables()
    from remit.complaints.actions.mail_back import take_in_mail  # noqa: PLC0415 (it needs Django started)

    take_in_mail(mail)


def _wants_trace() -> bool:
    return "--debug" in sys.argv
