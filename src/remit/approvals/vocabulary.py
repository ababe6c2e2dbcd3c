"""Words of the approvals."""

from __future__ import annotations

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
