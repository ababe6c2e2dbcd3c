"""Words of the mailboxes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models


class Way(models.TextChoices):
    """How mail to the address of a team gets here."""

    IMAP = "imap", "a mailbox over IMAP"
    MAILGUN = "mailgun", "Mailgun posts it here"
    SENDGRID = "sendgrid", "SendGrid posts it here"
    POSTMARK = "postmark", "Postmark posts it here"
    POST = "post", "another service or program posts it here"
    PIPE = "pipe", "the mail server of this machine pipes it into remit mail receive"


HOOKS: Final = frozenset({Way.MAILGUN, Way.SENDGRID, Way.POSTMARK, Way.POST})
"""Ways by which somebody posts mail to an address that nobody guesses."""

USUAL_MOST_AN_HOUR: Final = 200
"""Mails to customers that leave a team within an hour at most, while nobody chose another number."""

SILENT_FOR: Final = timedelta(minutes=15)
"""After which somebody is told that a mailbox isn't reached."""

ACTS: Final = {
    "mailbox-set-up": "set up the mailbox of the team",
    "mailbox-changed": "changed the mailbox of the team",
    "mailbox-switched-off": "switched off the mailbox of the team",
}
"""What was done to a mailbox, after the name of who did it."""
