"""Words of what is kept, handed out and erased."""

from __future__ import annotations

from typing import Final

from django.db import models

BOOKS_YEARS: Final = 10
"""Years for which books have to be kept, until an owner says otherwise: the longest usual in Europe."""
BACKUP_DAYS: Final = 30
"""Days for which backups are said to be kept, until an owner says otherwise."""
EXPORT_HOURS: Final = 24
"""Hours for which the link to an export leads somewhere; within them, as often as it is needed."""


class ErasureOf(models.TextChoices):
    """What was erased."""

    CUSTOMER = "customer", "a customer"
    MEMBER = "member", "a member who left"


ACTS: Final = {
    "customer-erased": "made a customer nobody",
    "customer-deleted": "deleted a customer of whom nothing has to be kept",
    "complaint-erased": "erased what was said in it, because of its age",
    "member-erased": "made somebody who left nobody",
    "erased-again": "erased again, after a restore, who had been erased before",
    "export-asked": "asked for all that is held about a customer",
    "export-made": "put together all that is held about a customer",
    "export-fetched": "fetched all that is held about them",
    "hold-placed": "placed a hold: nothing of it is erased",
    "hold-ended": "ended the hold",
    "retention-changed": "changed how long what is kept",
    "night-ended": "erased what is older than it has to be",
    "night-stopped": "stopped erasing by age",
    "statement-written": "wrote anew what customers read about what is kept",
}
"""What was done, after the name of who did it."""

ACTS_OF_THE_CUSTOMER: Final = frozenset({"export-fetched"})
"""What is done with a link, signed in as nobody."""

TYPED: Final = "erase"
"""What has to be typed before somebody is made nobody."""
