"""Words of the approvals."""

from __future__ import annotations

from typing import Final

from django.db import models


class Form(models.TextChoices):
    """What kind of question it is."""

    ASK = "ask", "needs a yes"
    PROPOSE = "propose", "goes ahead unless somebody objects"


class End(models.TextChoices):
    """How a question ended; exactly one of them, once."""

    YES = "yes", "yes"
    YES_FROM_NOW_ON = "yes-from-now-on", "yes, and from now on"
    ANOTHER_AMOUNT = "another-amount", "another amount"
    NO = "no", "no"
    OBJECTED = "objected", "objected"
    WENT_AHEAD = "went-ahead", "nobody objected"
    WITHDRAWN = "withdrawn", "withdrawn"
    VOID = "void", "a fact changed"
    EXPIRED = "expired", "nobody answered in time"


GIVING: frozenset[str] = frozenset({End.YES, End.YES_FROM_NOW_ON, End.ANOTHER_AMOUNT, End.WENT_AHEAD})
"""Ends after which the remedy is given."""

WIDER_AFTER_MINUTES = 10
"""A question that nobody of a circle answered goes to the next one as well, after so many minutes."""

EXPIRES_AFTER_HOURS = 72
"""A question that nobody answered at all ends so."""

ACTS: Final = {
    "approval-asked": "asked for a yes",
    "approval-proposed": "proposed something",
    "approval-yes": "said yes",
    "approval-yes-from-now-on": "said yes, and from now on",
    "approval-another-amount": "gave another amount",
    "approval-no": "said no",
    "approval-objected": "objected",
    "approval-went-ahead": "let it go ahead: nobody objected",
    "approval-withdrawn": "withdrew the question",
    "approval-void": "voided the question: a fact changed",
    "approval-expired": "let the question expire: nobody answered",
}
"""What was done to a question, after the name of who did it."""

GATHERED: Final = {
    "approval-asked": ("{count} approvals wait for you", "/approvals/"),
    "approval-ended": ("{count} of your questions have ended", "/approvals/"),
}
"""Notices of which many stand as one, and where all of them are listed."""
